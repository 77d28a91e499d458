//! What partners are told, and in which transaction it is written.

use std::collections::BTreeSet;

use dreamtree_database::{Scope, counted, on_both, testing::TestDatabase};
use dreamtree_partners::{
    grant, partner,
    webhook::{Delivery, WebhookEvent},
};
use serde_json::json;

use super::{deliveries, dispatcher, heard, new, place, rate, told};
use crate::{
    receiver::Heard,
    stage::{ALL, clock, content, granted, person, school, scopes, tokens},
};

on_both!(
    a_consent_is_told_when_it_is_given_changed_and_withdrawn,
    a_result_is_told_to_whoever_may_read_it_and_to_nobody_else,
    what_is_rolled_back_was_never_told,
    what_waits_about_a_consent_goes_with_it,
);

async fn a_consent_is_told_when_it_is_given_changed_and_withdrawn(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let user = person(test).await;
    tokens(test, user, &school, ALL).await;
    assert_eq!(
        dispatcher().tell(&test.database, school.id).await.unwrap(),
        1
    );
    let id = granted(test, user).await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    let limited = grant::limit(&scope, id, &scopes("profile.basic")).await;
    let grant = limited.unwrap();
    scope.commit().await.unwrap();
    assert_eq!(
        dispatcher().tell(&test.database, school.id).await.unwrap(),
        1
    );
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::withdraw(&scope, id).await.unwrap();
    scope.commit().await.unwrap();
    assert_eq!(
        dispatcher().tell(&test.database, school.id).await.unwrap(),
        1
    );
    assert_eq!(
        dispatcher().tell(&test.database, school.id).await.unwrap(),
        0
    );

    let heard = receiver.heard();
    let events: Vec<_> = heard.iter().map(Heard::event).collect();
    assert_eq!(events, ["grant.given", "grant.changed", "grant.withdrawn"]);
    for one in &heard {
        let told = json!({ "type": one.event(), "timestamp": "2026-03-01T12:00:00Z",
            "data": { "subject": grant.subject, "grant": grant.id } });
        assert_eq!(one.json(), told, "this and nothing else");
        assert_eq!(one.header("content-type"), "application/json");
        assert!(!one.body.contains(&user.to_string()));
    }
    // Again under the same name, and an account that goes says no more than a withdrawal.
    tokens(test, user, &school, ALL).await;
    dispatcher().tell(&test.database, school.id).await.unwrap();
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::forget(&scope).await.unwrap();
    scope.commit().await.unwrap();
    dispatcher().tell(&test.database, school.id).await.unwrap();
    let heard = receiver.heard();
    let events: Vec<_> = heard.iter().map(Heard::event).collect();
    assert_eq!(events, ["grant.given", "grant.withdrawn"]);
    assert_eq!(heard[1].json()["data"]["subject"], json!(grant.subject));
}

async fn a_result_is_told_to_whoever_may_read_it_and_to_nobody_else(test: &TestDatabase) {
    let user = person(test).await;
    let library = content(test).await;
    let read = Scope::write(&heard(test), user).await.unwrap();
    let one = vec![(library.competencies()[0].id, 2)];
    let (done, alone) = counted(dreamtree_assessments::submit(&read, &library, one)).await;
    done.unwrap();
    drop(read);

    let (may, receiver) = told(test).await;
    let (other, second) = told(test).await;
    let (name_only, _) = told(test).await;
    let (limited, _) = told(test).await;
    let deaf = school(test, ALL).await.partner;
    let uninterested = school(test, ALL).await.partner;
    let placed = place(
        test,
        new(&uninterested, &receiver.url(), &[WebhookEvent::GrantGiven]),
    );
    placed.await.unwrap();
    let (closed, _) = told(test).await;
    for partner in [&may, &other, &limited, &deaf, &uninterested, &closed] {
        tokens(test, user, partner, ALL).await;
    }
    tokens(test, user, &name_only, "profile.basic").await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    let all = grant::all(&scope).await.unwrap();
    let theirs = all.iter().find(|(_, one)| one.id == limited.id).unwrap();
    let less = scopes("profile.basic");
    grant::limit(&scope, theirs.0.id, &less).await.unwrap();
    scope.commit().await.unwrap();
    let now = test.database.clock().now();
    let door = partner::close(test.database.counters(), closed.id, now);
    let waiting = |rows: Vec<Delivery>| rows.iter().any(|one| one.partner_id == closed.id);
    assert!(waiting(deliveries(test, None).await));
    door.await.unwrap();
    assert!(
        !waiting(deliveries(test, None).await),
        "it is closed for good"
    );
    let before = deliveries(test, None).await.len();

    let scope = Scope::write(&heard(test), user).await.unwrap();
    let one = vec![(library.competencies()[0].id, 3)];
    let (done, told_two) = counted(dreamtree_assessments::submit(&scope, &library, one)).await;
    done.unwrap();
    scope.commit().await.unwrap();
    assert_eq!(
        told_two,
        alone + 1,
        "one more where somebody is told, however many"
    );
    let all = deliveries(test, None).await;
    assert_eq!(all.len(), before + 2);
    let told: Vec<_> = all.iter().take(2).collect();
    for one in &told {
        assert_eq!(one.event, "competency_result.changed");
        assert!([may.id, other.id].contains(&one.partner_id));
    }
    let ids: Vec<_> = told.iter().map(|one| one.message_id()).collect();
    assert_ne!(ids[0][..12], ids[1][..12], "nothing that two could compare");
    for partner in [&may, &other] {
        dispatcher().tell(&test.database, partner.id).await.unwrap();
    }
    let (one, two) = (
        receiver.heard().pop().unwrap(),
        second.heard().pop().unwrap(),
    );
    assert_ne!(one.header("webhook-id"), two.header("webhook-id"));
    assert_ne!(one.json()["data"]["subject"], two.json()["data"]["subject"]);
    let said = one.json();
    let names: BTreeSet<_> = said["data"].as_object().unwrap().keys().collect();
    assert!(
        names.into_iter().eq(["grant", "subject"]),
        "ids, and nothing of the result"
    );
}

async fn what_is_rolled_back_was_never_told(test: &TestDatabase) {
    let (school, _) = told(test).await;
    let user = person(test).await;
    tokens(test, user, &school, ALL).await;
    let before = deliveries(test, None).await.len();
    let library = content(test).await;
    let scope = Scope::write(&heard(test), user).await.unwrap();
    let scores = vec![(library.competencies()[0].id, 3)];
    let submitted = dreamtree_assessments::submit(&scope, &library, scores).await;
    submitted.unwrap();
    drop(scope);
    assert_eq!(deliveries(test, None).await.len(), before);
    rate(test, user, 3).await;
    assert_eq!(deliveries(test, None).await.len(), before + 1);
}

async fn what_waits_about_a_consent_goes_with_it(test: &TestDatabase) {
    let (school, receiver) = told(test).await;
    let (user, stays) = (person(test).await, person(test).await);
    tokens(test, user, &school, ALL).await;
    tokens(test, stays, &school, ALL).await;
    for user in [user, stays] {
        rate(test, user, 4).await;
    }
    let id = granted(test, user).await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::limit(&scope, id, &scopes("profile.basic"))
        .await
        .unwrap();
    scope.commit().await.unwrap();
    let events = |rows: Vec<Delivery>| {
        let about = rows.into_iter().filter(|one| one.grant_id == Some(id));
        about.map(|one| one.event).rev().collect::<Vec<_>>()
    };
    let waiting = events(deliveries(test, None).await);
    assert_eq!(
        waiting,
        ["grant.given", "grant.changed"],
        "no result any more"
    );
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::withdraw(&scope, id).await.unwrap();
    scope.commit().await.unwrap();
    assert_eq!(events(deliveries(test, None).await), ["grant.withdrawn"]);
    dispatcher().tell(&test.database, school.id).await.unwrap();
    assert_eq!(receiver.heard().len(), 3, "the other person's are there");
}
