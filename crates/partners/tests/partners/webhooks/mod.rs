//! Webhooks: what partners are told, and how it gets to them.

mod carried;
mod told;

use std::{sync::Arc, time::Duration as Pause};

use dreamtree_crypto::ServerKeys;
use dreamtree_database::{Database, Scope, testing::TestDatabase};
use dreamtree_partners::{
    Error, Partner,
    webhook::{
        Courier, Delivery, DeliveryState, Dispatcher, Herald, NewWebhook, Placed, Reach, Retries,
        Switch, Wanted, WebhookEvent, page, set,
    },
};
use dreamtree_types::UserId;
use time::Duration;

use crate::{
    receiver::Receiver,
    stage::{ALL, content, keys, school},
};

pub(super) const PAUSE: Duration = Duration::minutes(1);

/// The database with whoever writes messages.
pub(super) fn heard(test: &TestDatabase) -> Database {
    test.database.clone().heard_by(Arc::new(Herald))
}

pub(super) fn dispatcher() -> Dispatcher {
    with_keys(keys())
}

pub(super) fn with_keys(keys: ServerKeys) -> Dispatcher {
    let courier = Courier::new(Reach::AndThisMachine, Pause::from_secs(15));
    Dispatcher::new(Arc::new(keys), courier, Retries::new(vec![PAUSE, PAUSE]))
}

pub(super) fn new(partner: &Partner, url: &str, events: &[WebhookEvent]) -> NewWebhook {
    NewWebhook {
        partner: partner.id,
        url: url.to_owned(),
        events: events.to_vec(),
        switch: Switch::On,
    }
}

pub(super) async fn place(test: &TestDatabase, new: NewWebhook) -> Result<Placed, Error> {
    let (connection, now) = (test.database.counters(), test.database.clock().now());
    set(connection, &keys(), Reach::AndThisMachine, new, now).await
}

/// A partner that is told of everything, and where.
pub(super) async fn told(test: &TestDatabase) -> (Partner, Receiver) {
    let school = school(test, ALL).await.partner;
    let receiver = Receiver::open().await;
    let placed = place(test, new(&school, &receiver.url(), &WebhookEvent::ALL)).await;
    placed.unwrap();
    (school, receiver)
}

pub(super) async fn rate(test: &TestDatabase, user: UserId, level: i32) {
    let library = content(test).await;
    let scope = Scope::write(&heard(test), user).await.unwrap();
    let scores = vec![(library.competencies()[0].id, level)];
    let submitted = dreamtree_assessments::submit(&scope, &library, scores).await;
    submitted.unwrap();
    scope.commit().await.unwrap();
}

pub(super) async fn deliveries(test: &TestDatabase, state: Option<DeliveryState>) -> Vec<Delivery> {
    let wanted = Wanted {
        state,
        first: 100,
        ..Wanted::default()
    };
    page(test.database.shared(), wanted)
        .await
        .unwrap()
        .deliveries
}
