//! What a partner reads of whom.

use dreamtree_audit::page as diary;
use dreamtree_database::{Scope, counted, on_both, testing::TestDatabase};
use dreamtree_partners::{Error, PartnerCaller, Wanted, for_itself, grant};
use dreamtree_types::UserId;
use sea_orm::ConnectionTrait;
use time::Duration;

use crate::stage::{
    ALL, begun, clock, content, first, granted, person, rate, read, school, scopes, tokens,
    withdraw,
};

on_both!(
    a_partner_reads_what_each_person_has_chosen,
    pages_follow_each_other_without_gap,
    consent_withdrawn_during_a_page_ends_it,
    consent_limited_during_a_page_ends_it,
    a_token_of_a_code_reads_one_person,
    a_read_is_written_down_once_a_day,
    a_page_of_many_costs_what_a_page_of_two_costs,
    only_what_is_new_is_read_again,
    no_token_reads_nothing,
);

async fn own(
    test: &TestDatabase,
    partner: &dreamtree_partners::Partner,
) -> dreamtree_crypto::PartnerToken {
    for_itself(&test.database, partner, None)
        .await
        .unwrap()
        .access
}

async fn events(test: &TestDatabase, user: UserId, name: &str) -> usize {
    let scope = Scope::read(&test.database, user).await.unwrap();
    let entries = diary(&scope, 50, None).await.unwrap().entries;
    entries.iter().filter(|entry| entry.event == name).count()
}

async fn a_partner_reads_what_each_person_has_chosen(test: &TestDatabase) {
    let library = content(test).await;
    let (one, other) = (
        school(test, ALL).await.partner,
        school(test, ALL).await.partner,
    );
    let [both, name, result, none] = [
        person(test).await,
        person(test).await,
        person(test).await,
        person(test).await,
    ];
    for user in [both, name, result, none] {
        rate(test, user, &library, &[4, 2, 5]).await;
    }
    let named = "UPDATE user_settings SET display_name = 'Robin'";
    test.owner.execute_unprepared(named).await.unwrap();
    tokens(test, both, &one, "competency.read profile.basic").await;
    tokens(test, name, &one, "profile.basic").await;
    tokens(test, result, &one, "competency.read").await;
    tokens(test, none, &other, ALL).await;
    let page = read(test, &own(test, &one).await, first(10)).await.unwrap();
    assert_eq!(page.subjects.len(), 3);
    for subject in &page.subjects {
        let user = subject.grant.user_id;
        let seen = (subject.name.as_deref(), subject.scores.len());
        let expected = match user {
            user if user == both => (Some("Robin"), 3),
            user if user == name => (Some("Robin"), 0),
            user if user == result => (None, 3),
            _ => panic!("a stranger"),
        };
        assert_eq!(seen, expected);
    }
    let rated = page.subjects.iter().find(|one| one.grant.user_id == both);
    let found = rated.unwrap().result(&library, page.now).unwrap();
    assert_eq!(found.overall.rounded().to_string(), "3.67");
    let standing = rated.unwrap().rated(&library, found.overall);
    assert_eq!(standing.count(), 3);
    // The token asks for less than the people have granted.
    let less = for_itself(&test.database, &one, Some("profile.basic"))
        .await
        .unwrap();
    let page = read(test, &less.access, first(10)).await.unwrap();
    assert!(page.subjects.iter().all(|one| one.scores.is_empty()));
    let public = for_itself(&test.database, &one, Some("framework.read"))
        .await
        .unwrap();
    let refused = read(test, &public.access, first(10)).await;
    assert!(matches!(refused, Err(Error::InsufficientScope)));
}

async fn pages_follow_each_other_without_gap(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    for _ in 0..5 {
        let user = person(test).await;
        tokens(test, user, &school, ALL).await;
    }
    let token = own(test, &school).await;
    let whole = read(test, &token, first(100)).await.unwrap();
    assert!(!whole.has_next);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let wanted = Wanted { after, ..first(2) };
        let page = read(test, &token, wanted).await.unwrap();
        seen.extend(page.subjects.iter().map(|one| one.grant.subject.clone()));
        assert_eq!(page.has_next, seen.len() < 5);
        after = page.end;
        if !page.has_next {
            break;
        }
    }
    let all: Vec<_> = whole
        .subjects
        .iter()
        .map(|one| one.grant.subject.clone())
        .collect();
    assert_eq!(seen, all);
    assert_eq!(all.len(), 5);
}

async fn consent_withdrawn_during_a_page_ends_it(test: &TestDatabase) {
    let library = content(test).await;
    let school = school(test, ALL).await.partner;
    let (user, stays) = (person(test).await, person(test).await);
    rate(test, user, &library, &[3]).await;
    let issued = tokens(test, user, &school, ALL).await;
    tokens(test, stays, &school, ALL).await;
    let token = own(test, &school).await;
    // Read before on this day, or not: the page ends either way.
    for _ in 0..2 {
        let page = begun(test, &token, first(10)).await.unwrap();
        let alone = begun(test, &issued.access, first(10)).await;
        withdraw(test, user).await;
        let ended = page.release(&test.database).await;
        assert!(matches!(ended, Err(Error::Withdrawn)));
        if let Ok(alone) = alone {
            let ended = alone.release(&test.database).await;
            assert!(matches!(ended, Err(Error::Withdrawn)));
        }
        let next = read(test, &token, first(10)).await.unwrap();
        assert_eq!(next.subjects.len(), 1);
        let dead = read(test, &issued.access, first(10)).await;
        assert!(matches!(dead, Err(Error::DeadToken)));
        tokens(test, user, &school, ALL).await;
        read(test, &token, first(10)).await.unwrap();
    }
    assert_eq!(
        events(test, user, "partner_read").await,
        2,
        "of the pages that were told"
    );
}

async fn consent_limited_during_a_page_ends_it(test: &TestDatabase) {
    let library = content(test).await;
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    rate(test, user, &library, &[3]).await;
    let issued = tokens(test, user, &school, "competency.read profile.basic").await;
    let page = begun(test, &issued.access, first(1)).await.unwrap();
    let id = granted(test, user).await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::limit(&scope, id, &scopes("profile.basic"))
        .await
        .unwrap();
    scope.commit().await.unwrap();
    let ended = page.release(&test.database).await;
    assert!(matches!(ended, Err(Error::Withdrawn)));
    let next = read(test, &issued.access, first(1)).await.unwrap();
    assert!(next.subjects[0].scores.is_empty());
    assert_eq!(next.subjects[0].scopes.to_string(), "profile.basic");
}

async fn a_token_of_a_code_reads_one_person(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let (user, other) = (person(test).await, person(test).await);
    let issued = tokens(test, user, &school, ALL).await;
    tokens(test, other, &school, ALL).await;
    let page = read(test, &issued.access, first(100)).await.unwrap();
    assert_eq!(page.subjects.len(), 1);
    assert_eq!(page.subjects[0].grant.user_id, user);
    let everybody = own(test, &school).await;
    let all = read(test, &everybody, first(100)).await.unwrap().subjects;
    let theirs = all.iter().find(|one| one.grant.user_id == other).unwrap();
    let wanted = Wanted {
        only: Some(theirs.grant.subject.clone()),
        ..first(1)
    };
    let one = read(test, &everybody, wanted.clone()).await.unwrap();
    assert_eq!(one.subjects.len(), 1);
    let foreign = read(test, &issued.access, wanted).await.unwrap();
    assert!(foreign.subjects.is_empty());
}

async fn a_read_is_written_down_once_a_day(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    tokens(test, user, &school, ALL).await;
    for (days, expected) in [(0, 1), (0, 1), (1, 2)] {
        test.database.clock().advance(Duration::days(days));
        let token = own(test, &school).await;
        read(test, &token, first(10)).await.unwrap();
        assert_eq!(events(test, user, "partner_read").await, expected);
    }
    let scope = Scope::read(&test.database, user).await.unwrap();
    let grant = &grant::all(&scope).await.unwrap()[0].0;
    assert_eq!(grant.read_on, Some(test.database.clock().now().date()));
}

async fn a_page_of_many_costs_what_a_page_of_two_costs(test: &TestDatabase) {
    let library = content(test).await;
    let school = school(test, ALL).await.partner;
    for _ in 0..30 {
        let user = person(test).await;
        rate(test, user, &library, &[1, 2, 3]).await;
        tokens(test, user, &school, ALL).await;
    }
    let token = own(test, &school).await;
    assert_eq!(
        read(test, &token, first(100)).await.unwrap().subjects.len(),
        30
    );
    let (two, few) = counted(read(test, &token, first(2))).await;
    let (all, many) = counted(read(test, &token, first(100))).await;
    assert_eq!(two.unwrap().subjects.len(), 2);
    assert_eq!(all.unwrap().subjects.len(), 30);
    // The token, the grants, names, scores, and the consents once more.
    assert_eq!((few, many), (5, 5));
}

async fn only_what_is_new_is_read_again(test: &TestDatabase) {
    let library = content(test).await;
    let school = school(test, ALL).await.partner;
    let [old, scored, limited] = [person(test).await, person(test).await, person(test).await];
    for user in [old, scored, limited] {
        rate(test, user, &library, &[3]).await;
        tokens(test, user, &school, ALL).await;
    }
    test.database.clock().advance(Duration::days(3));
    let since = test.database.clock().now();
    rate(test, scored, &library, &[4]).await;
    let id = granted(test, limited).await;
    let scope = Scope::write(&test.database, limited).await.unwrap();
    grant::limit(&scope, id, &scopes("profile.basic"))
        .await
        .unwrap();
    scope.commit().await.unwrap();
    let token = own(test, &school).await;
    let wanted = |size| Wanted {
        since: Some(since),
        ..first(size)
    };
    let page = read(test, &token, wanted(10)).await.unwrap();
    let mut seen: Vec<_> = page.subjects.iter().map(|one| one.grant.user_id).collect();
    let mut expected = vec![scored, limited];
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
    assert!(!page.has_next);
    let one = read(test, &token, wanted(1)).await.unwrap();
    assert!(one.has_next);
    let rest = Wanted {
        after: one.end,
        ..wanted(10)
    };
    assert_eq!(read(test, &token, rest).await.unwrap().subjects.len(), 1);
    test.database.clock().advance(Duration::MINUTE);
    let later = Wanted {
        since: Some(test.database.clock().now()),
        ..first(10)
    };
    assert!(read(test, &token, later).await.unwrap().subjects.is_empty());
}

async fn no_token_reads_nothing(test: &TestDatabase) {
    let school = school(test, ALL).await;
    let enter = async |token: Option<String>| {
        let caller = PartnerCaller::new(test.database.clone(), token);
        caller.enter().await.map(|admitted| admitted.partner.id)
    };
    assert!(matches!(enter(None).await, Err(Error::NoToken)));
    let user = person(test).await;
    let issued = tokens(test, user, &school.partner, ALL).await;
    let secret = school.secret.unwrap().reveal();
    let access = issued.access_text();
    let refresh = issued.refresh_text().unwrap().replace("dtpr_", "dtpa_");
    for dead in [&secret, &refresh, "dtpa_", &access[..access.len() - 1]] {
        let refused = enter(Some(dead.to_owned())).await;
        assert!(matches!(refused, Err(Error::DeadToken)));
    }
    assert_eq!(enter(Some(access)).await.unwrap(), school.partner.id);
}
