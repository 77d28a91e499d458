//! How messages get to partners, and what becomes of those that do not.

use std::{net::IpAddr, sync::Arc, time::Duration as Pause};

use dreamtree_crypto::{Seeded, WebhookSecret};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_partners::{
    Error, Partner, housekeeping,
    webhook::{
        Courier, DeliveryState, Dispatcher, FORMER, NewWebhook, Reach, Replay, Resolve, Retries,
        Switch, WebhookEvent, WebhookState, all, replay, reseal, rotate, sealed_before, set,
        test as try_out,
    },
};
use time::Duration;
use uuid::Uuid;

use super::{PAUSE, deliveries, dispatcher, new, place, rate, told, with_keys};
use crate::{
    receiver::Receiver,
    stage::{ALL, clock, keys, person, school, tokens},
};

on_both!(
    what_fails_is_tried_again_until_it_is_a_dead_letter_and_then_by_hand,
    who_asks_to_be_left_alone_is_left_alone,
    a_place_that_is_gone_or_off_is_not_told,
    two_secrets_sign_for_a_day,
    secrets_are_carried_to_newer_keys,
    two_dispatchers_tell_once,
    a_dispatcher_that_dies_is_gone_on_with,
    private_places_are_refused_when_they_are_written_down_and_when_they_are_told,
    what_is_old_is_taken_away,
);

async fn what_fails_is_tried_again_until_it_is_a_dead_letter_and_then_by_hand(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let (database, clock) = (&test.database, test.database.clock());
    // Not on the second, as in life.
    clock.advance(Duration::milliseconds(500));
    let id = try_out(database.counters(), school.id, clock.now());
    let id = id.await.unwrap();
    receiver.answer(&[
        "500 No",
        "302 Found\r\nlocation: http://127.0.0.1:1/",
        "404 No",
    ]);
    for attempt in 1..=3 {
        assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 0);
        assert_eq!(receiver.heard().len(), 1, "attempt {attempt}");
        assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 0);
        assert!(receiver.heard().is_empty(), "not before its time");
        clock.advance(2 * PAUSE);
    }
    let [dead] = &*deliveries(test, Some(DeliveryState::Dead)).await else {
        panic!("one")
    };
    assert_eq!(
        (dead.id, dead.attempts, dead.last_status),
        (id, 3, Some(404))
    );
    assert_eq!(dead.last_fault.as_deref(), Some("status"));
    let place = all(database.shared()).await.unwrap().remove(0);
    assert_eq!(place.state(clock.now()), WebhookState::On);
    let later = clock.now() + Duration::days(2);
    assert_eq!(place.state(later), WebhookState::Failing);

    let again = |which| replay(database.counters(), school.id, which, clock.now());
    let wrong = again(Replay::One(Uuid::nil().into())).await;
    assert!(matches!(wrong, Err(Error::NoDelivery)));
    let late = Replay::Since(clock.now());
    assert_eq!(again(late).await.unwrap(), 0);
    let other = replay(
        database.counters(),
        Uuid::nil().into(),
        Replay::One(id),
        later,
    )
    .await;
    assert!(matches!(other, Err(Error::NoDelivery)), "another partner's");
    assert_eq!(again(Replay::Since(dead.created_at)).await.unwrap(), 1);
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 1);
    let heard = receiver.heard().pop().unwrap();
    assert_eq!(heard.header("webhook-id"), dead.message_id(), "the same id");
    assert_eq!(Some(&heard.body), dead.body.as_ref());
    let [done] = &*deliveries(test, Some(DeliveryState::Delivered)).await else {
        panic!("one")
    };
    assert_eq!((done.attempts, done.last_status), (1, Some(204)));
    assert_eq!(
        (&done.body, &done.last_fault),
        (&None, &None),
        "nothing is kept"
    );
    let once = again(Replay::One(id)).await;
    assert!(matches!(once, Err(Error::NoDelivery)), "it has arrived");
    let place = all(database.shared()).await.unwrap().remove(0);
    assert_eq!(place.failing_since, None);
}

async fn who_asks_to_be_left_alone_is_left_alone(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let (database, clock) = (&test.database, test.database.clock());
    let now = clock.now();
    try_out(database.counters(), school.id, now).await.unwrap();
    receiver.answer(&["503 Later\r\nretry-after: 7200"]);
    dispatcher().tell(database, school.id).await.unwrap();
    let waiting = deliveries(test, Some(DeliveryState::Waiting)).await;
    assert_eq!(waiting[0].next_attempt_at, now + Duration::hours(2));
    clock.advance(Duration::hours(2));
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 1);
}

async fn a_place_that_is_gone_or_off_is_not_told(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let (database, clock) = (&test.database, test.database.clock());
    let user = person(test).await;
    tokens(test, user, &school, ALL).await;
    receiver.answer(&["410 Gone"]);
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 0);
    let place_now = || async { all(database.shared()).await.unwrap().remove(0) };
    assert_eq!(place_now().await.state(clock.now()), WebhookState::Gone);
    assert_eq!(deliveries(test, Some(DeliveryState::Dead)).await.len(), 1);
    rate(test, user, 2).await;
    assert_eq!(deliveries(test, None).await.len(), 1, "nothing is written");

    let secret = place_now().await.secret;
    let on = new(
        &school,
        &receiver.url(),
        &[WebhookEvent::CompetencyResultChanged],
    );
    let placed = place(test, on.clone()).await.unwrap();
    assert!(placed.secret.is_none() && placed.webhook.secret == secret);
    rate(test, user, 3).await;
    let off = NewWebhook {
        switch: Switch::Off,
        ..on.clone()
    };
    place(test, off).await.unwrap();
    rate(test, user, 4).await;
    receiver.heard();
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 0);
    assert_eq!(place_now().await.state(clock.now()), WebhookState::Off);
    place(test, on).await.unwrap();
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 1);
    assert_eq!(receiver.heard().len(), 1, "what had waited");
}

async fn two_secrets_sign_for_a_day(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let receiver = Receiver::open().await;
    let placed = place(test, new(&school, &receiver.url(), &WebhookEvent::ALL)).await;
    let first = placed.unwrap().secret.unwrap();
    let (database, clock) = (&test.database, test.database.clock());
    let signatures = || async {
        let now = clock.now();
        try_out(database.counters(), school.id, now).await.unwrap();
        assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 1);
        let heard = receiver.heard().pop().unwrap();
        let seconds = heard.header("webhook-timestamp").parse().unwrap();
        assert_eq!(seconds, now.unix_timestamp());
        let id = heard.header("webhook-id").to_owned();
        let known = heard.header("webhook-signature").to_owned();
        let sign = move |secret: &WebhookSecret| secret.sign(&id, seconds, heard.body.as_bytes());
        (known, sign)
    };
    let (known, sign) = signatures().await;
    assert_eq!(known, sign(&first));
    let nobody = rotate(
        database.counters(),
        &keys(),
        Uuid::nil().into(),
        clock.now(),
    )
    .await;
    assert!(matches!(nobody, Err(Error::NoWebhook)));
    let second = rotate(database.counters(), &keys(), school.id, clock.now()).await;
    let second = second.unwrap();
    clock.advance(FORMER - Duration::SECOND);
    let (known, sign) = signatures().await;
    assert_eq!(known, format!("{} {}", sign(&second), sign(&first)));
    clock.advance(Duration::SECOND);
    let (known, sign) = signatures().await;
    assert_eq!(known, sign(&second));
    housekeeping::sweep(database).await.unwrap();
    let place = all(database.shared()).await.unwrap().remove(0);
    assert_eq!((place.former_secret, place.former_until), (None, None));
}

async fn secrets_are_carried_to_newer_keys(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let database = &test.database;
    let now = database.clock().now();
    rotate(database.counters(), &keys(), school.id, now)
        .await
        .unwrap();
    let both = keys().with_next(&mut Seeded::new(8)).unwrap().unwrap();
    assert_eq!(sealed_before(database, &both).await.unwrap(), 0);
    both.turn_to(2);
    assert_eq!(sealed_before(database, &both).await.unwrap(), 2);
    let tell = |keys| async {
        try_out(database.counters(), school.id, now).await.unwrap();
        let count = with_keys(keys).tell(database, school.id).await.unwrap();
        (count, receiver.heard().len())
    };
    let alone = || both.without_older().unwrap();
    assert_eq!(tell(alone()).await, (0, 0), "it cannot be signed");
    let waiting = deliveries(test, Some(DeliveryState::Waiting)).await;
    assert_eq!(waiting[0].last_fault.as_deref(), Some("sealed"));
    assert_eq!(reseal(database, &both).await.unwrap(), 2);
    assert_eq!(reseal(database, &both).await.unwrap(), 0);
    assert_eq!(sealed_before(database, &both).await.unwrap(), 0);
    assert_eq!(tell(alone()).await, (1, 1));
}

async fn two_dispatchers_tell_once(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let database = &test.database;
    let now = database.clock().now();
    for _ in 0..12 {
        try_out(database.counters(), school.id, now).await.unwrap();
    }
    let (one, two) = (dispatcher(), dispatcher());
    let (one, two) = tokio::join!(one.tell(database, school.id), two.tell(database, school.id));
    assert_eq!(one.unwrap() + two.unwrap(), 12);
    let mut ids: Vec<_> = receiver.heard();
    assert_eq!(ids.len(), 12);
    ids.sort_by_key(|one| one.header("webhook-id").to_owned());
    ids.dedup_by_key(|one| one.header("webhook-id").to_owned());
    assert_eq!(ids.len(), 12);
}

async fn a_dispatcher_that_dies_is_gone_on_with(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    place(test, new(&school, &url, &WebhookEvent::ALL))
        .await
        .unwrap();
    let (database, clock) = (&test.database, test.database.clock());
    try_out(database.counters(), school.id, clock.now())
        .await
        .unwrap();
    // It is dropped with the message in hand.
    let dead = dispatcher();
    let dies = tokio::time::timeout(Pause::from_millis(500), dead.tell(database, school.id));
    assert!(dies.await.is_err());
    let receiver = Receiver::open().await;
    let url = receiver.url();
    place(test, new(&school, &url, &WebhookEvent::ALL))
        .await
        .unwrap();
    assert_eq!(
        dispatcher().tell(database, school.id).await.unwrap(),
        0,
        "still in hand"
    );
    clock.advance(Duration::seconds(30));
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 1);
    assert_eq!(receiver.heard().len(), 1);
}

/// A resolver for which every name is one address.
#[derive(Debug)]
struct Always(IpAddr);

#[async_trait::async_trait]
impl Resolve for Always {
    async fn resolve(&self, _: &str) -> std::io::Result<Vec<IpAddr>> {
        Ok(vec![self.0])
    }
}

async fn private_places_are_refused_when_they_are_written_down_and_when_they_are_told(
    test: &TestDatabase,
) {
    let school = school(test, ALL).await.partner;
    let (database, clock) = (&test.database, test.database.clock());
    let write = |url: &str, reach| {
        let new = new(&school, url, &WebhookEvent::ALL);
        let now = clock.now();
        async move { set(database.counters(), &keys(), reach, new, now).await }
    };
    for url in [
        "http://hooks.example/",
        "https://127.0.0.1/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https://user@hooks.example/",
        "https://hooks.example:25/",
    ] {
        let refused = write(url, Reach::Internet).await;
        let is = matches!(
            refused,
            Err(Error::Input {
                field: "input.url",
                ..
            })
        );
        assert!(is, "{url}");
    }
    let nothing = place(test, new(&school, "https://hooks.example/", &[])).await;
    assert!(matches!(
        nothing,
        Err(Error::Input {
            field: "input.events",
            ..
        })
    ));
    assert!(all(database.shared()).await.unwrap().is_empty());
    let nobody = Partner {
        id: Uuid::nil().into(),
        ..school.clone()
    };
    let nobody = place(
        test,
        new(&nobody, "https://hooks.example/", &WebhookEvent::ALL),
    )
    .await;
    assert!(matches!(nobody, Err(Error::NoPartner)));

    let written = write("https://hooks.example/", Reach::Internet).await;
    written.unwrap();
    try_out(database.counters(), school.id, clock.now())
        .await
        .unwrap();
    let resolver = Arc::new(Always("10.0.0.7".parse().unwrap()));
    let courier = Courier::asking(resolver, Reach::Internet, Pause::from_secs(15));
    let dispatcher = Dispatcher::new(Arc::new(keys()), courier, Retries::default());
    assert_eq!(dispatcher.tell(database, school.id).await.unwrap(), 0);
    let [waiting] = &*deliveries(test, Some(DeliveryState::Waiting)).await else {
        panic!("one")
    };
    assert_eq!(waiting.last_fault.as_deref(), Some("private"));
    assert_eq!(waiting.last_status, None);
}

async fn what_is_old_is_taken_away(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let (database, clock) = (&test.database, test.database.clock());
    let try_again = || try_out(database.counters(), school.id, clock.now());
    receiver.answer(&["500 No"]);
    try_again().await.unwrap();
    dispatcher().tell(database, school.id).await.unwrap();
    try_again().await.unwrap();
    assert_eq!(dispatcher().tell(database, school.id).await.unwrap(), 1);
    clock.advance(Duration::days(29));
    housekeeping::sweep(database).await.unwrap();
    assert_eq!(deliveries(test, None).await.len(), 2);
    clock.advance(Duration::days(1));
    housekeeping::sweep(database).await.unwrap();
    let left = deliveries(test, None).await;
    assert!(left.len() == 1 && left[0].state() == DeliveryState::Waiting);
    clock.advance(Duration::days(60));
    housekeeping::sweep(database).await.unwrap();
    assert!(deliveries(test, None).await.is_empty());
}
