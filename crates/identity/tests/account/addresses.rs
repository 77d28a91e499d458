//! Whose an address is: claims, confirmations, changes.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{Client, Error, address};
use time::Duration;

use crate::stage::{EMAIL, OTHER, Owner, PASSWORD, Stage, clock};

on_both!(
    an_address_is_confirmed_once_by_its_link,
    a_claim_of_a_taken_address_looks_like_any_other,
    of_many_who_claim_an_address_the_first_to_confirm_has_it,
    another_address_takes_over_when_its_link_is_followed,
    a_stale_link_brings_no_address_back,
    tokens_that_do_not_work_look_alike,
);

async fn confirm(stage: &Stage<'_>, token: &str) -> Result<(), Error> {
    address::confirm(&stage.test.database, &stage.identity, token).await
}

async fn change(
    stage: &Stage<'_>,
    owner: &Owner,
    email: &str,
    password: &str,
) -> Result<(), Error> {
    let begin = async || stage.write(&owner.token).await;
    let change = address::Change {
        email: email.to_owned(),
        password: password.to_owned(),
    };
    let (database, here) = (&stage.test.database, Client::nowhere());
    address::change(database, &stage.identity, &here, owner.user, change, begin).await
}

async fn shown(stage: &Stage<'_>, owner: &Owner) -> Vec<(String, bool, bool)> {
    let scope = stage.write(&owner.token).await.expect("a scope");
    let all = address::all(&scope, &stage.identity).await;
    let all = all.expect("addresses").into_iter();
    all.map(|one| (one.email, one.active, one.confirmed_at.is_some()))
        .collect()
}

async fn an_address_is_confirmed_once_by_its_link(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::unconfirmed(&stage, EMAIL).await;
    assert_eq!(
        shown(&stage, &owner).await,
        [(EMAIL.to_owned(), true, false)]
    );
    stage
        .sign_in(EMAIL, PASSWORD)
        .await
        .expect("before it is confirmed");
    let (kind, to, token) = stage.letter().await;
    assert_eq!((kind.as_str(), to.as_str()), ("confirm_address", EMAIL));
    confirm(&stage, &token).await.expect("confirmed");
    assert_eq!(
        shown(&stage, &owner).await,
        [(EMAIL.to_owned(), true, true)]
    );
    assert!(matches!(confirm(&stage, &token).await, Err(Error::Token)));
    assert_eq!(
        stage.count("SELECT count(*) FROM pending_addresses").await,
        0
    );
    stage
        .sign_in(" SomeOne@Example.ORG", PASSWORD)
        .await
        .expect("and afterwards");
}

async fn a_claim_of_a_taken_address_looks_like_any_other(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let (_, stranger) = stage.visitor().await;
    let other = crate::stage::credentials("SomeOne@Example.ORG", OTHER);
    let claimed = stage.claim_as(&stranger, other).await;
    let claimed = claimed.expect("a claim like any other");
    assert!(!claimed.viewer.anonymous);
    let (kind, to, token) = stage.letter().await;
    assert_eq!(
        (kind.as_str(), to.as_str(), token.as_str()),
        ("address_taken", "SomeOne@Example.ORG", "")
    );
    // Both sign in, each to their own.
    let theirs = stage
        .sign_in(EMAIL, OTHER)
        .await
        .expect("as after any claim");
    let entered = dreamtree_identity::door::to_read(&test.database, &theirs).await;
    let scope = entered.expect("an answer").scope.expect("a session");
    assert_eq!(scope.user(), claimed.viewer.id);
    drop(scope);
    let own = stage
        .sign_in(EMAIL, PASSWORD)
        .await
        .expect("the owner as before");
    let vault = stage.vault(&own).await.expect("a session");
    assert!(crate::stage::opens(&vault, owner.user, &owner.sealed));
    // What mail goes to the address is the owner's.
    stage.ask_for_reset(EMAIL).await;
    let (kind, to, token) = stage.letter().await;
    assert_eq!((kind.as_str(), to.as_str()), ("reset_password", EMAIL));
    let token = dreamtree_crypto::MailToken::parse(&token).expect("a token");
    assert_eq!(token.user(), owner.user.uuid());
}

async fn of_many_who_claim_an_address_the_first_to_confirm_has_it(test: &TestDatabase) {
    let stage = Stage::new(test);
    let mut tokens = Vec::new();
    for _ in 0..4 {
        tokens.push(stage.visitor().await.1);
    }
    let [a, b, c, d] = [0, 1, 2, 3].map(|one: usize| stage.claim(&tokens[one], EMAIL));
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    for claimed in [a, b, c, d] {
        assert!(!claimed.expect("each is answered alike").viewer.anonymous);
    }
    let letters = stage.letters().await;
    assert_eq!(letters.len(), 4);
    assert!(letters.iter().all(|(kind, ..)| kind == "confirm_address"));
    assert_eq!(
        stage.count("SELECT count(*) FROM pending_addresses").await,
        1
    );
    let [a, b, c, d] = [0, 1, 2, 3].map(|one: usize| confirm(&stage, &letters[one].2));
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    let all = [a, b, c, d];
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1, "{all:?}");
    assert!(
        all.iter()
            .all(|one| matches!(one, Ok(()) | Err(Error::Token)))
    );
    assert_eq!(stage.count("SELECT count(*) FROM login_directory").await, 1);
}

async fn another_address_takes_over_when_its_link_is_followed(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let new = "Else@example.org";
    let wrong = change(&stage, &owner, new, OTHER).await;
    assert!(matches!(wrong, Err(Error::WrongPassword { .. })));
    let same = change(&stage, &owner, " SOMEONE@example.org", PASSWORD).await;
    assert!(matches!(same, Err(Error::SameAddress)));
    for _ in 0..2 {
        change(&stage, &owner, new, PASSWORD).await.expect("asked");
        let (kind, to, _) = stage.letter().await;
        assert_eq!((kind.as_str(), to.as_str()), ("confirm_address", new));
    }
    assert!(
        stage.sign_in(new, PASSWORD).await.is_err(),
        "not before it is confirmed"
    );
    stage
        .sign_in(EMAIL, PASSWORD)
        .await
        .expect("the present one");
    let link = stage.letter().await.2;
    confirm(&stage, &link).await.expect("confirmed");
    let expected = [
        (EMAIL.to_owned(), false, true),
        (new.to_owned(), true, true),
    ];
    assert_eq!(shown(&stage, &owner).await, expected);
    let (kind, to, _) = stage.letter().await;
    assert_eq!((kind.as_str(), to.as_str()), ("address_changed", EMAIL));
    stage.sign_in(new, PASSWORD).await.expect("the new one");
    let old = stage.sign_in(EMAIL, PASSWORD).await;
    assert!(matches!(old, Err(Error::Credentials)));
    // The one before is kept for its person: a stranger's claim of it leads to nothing.
    let (_, stranger) = stage.visitor().await;
    stage.claim(&stranger, EMAIL).await.expect("a claim");
    assert_eq!(stage.letter().await.0, "address_taken");
    // And its person can come back to it.
    change(&stage, &owner, EMAIL, PASSWORD)
        .await
        .expect("asked");
    confirm(&stage, &stage.token("confirm_address").await)
        .await
        .expect("confirmed");
    stage
        .sign_in(EMAIL, PASSWORD)
        .await
        .expect("in use once more");
}

async fn a_stale_link_brings_no_address_back(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let mut links = Vec::new();
    for email in ["one@example.org", "two@example.org"] {
        change(&stage, &owner, email, PASSWORD)
            .await
            .expect("asked");
        links.push(stage.token("confirm_address").await);
    }
    confirm(&stage, &links[1]).await.expect("the later one");
    assert!(matches!(
        confirm(&stage, &links[0]).await,
        Err(Error::Token)
    ));
}

async fn tokens_that_do_not_work_look_alike(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::unconfirmed(&stage, EMAIL).await;
    let link = stage.token("confirm_address").await;
    stage.ask_for_reset(EMAIL).await;
    let reset = stage.token("reset_password").await;
    let wrong = [
        String::new(),
        link[1..].to_owned(),
        format!("{link}A"),
        "ä".repeat(32),
        "A".repeat(64),
        link.repeat(1000),
        reset.clone(),
        owner.token.clone(),
        format!(
            "{}{}",
            &link[..32],
            link[32..].chars().rev().collect::<String>()
        ),
    ];
    for token in &wrong {
        assert!(matches!(confirm(&stage, token).await, Err(Error::Token)));
    }
    for token in wrong
        .iter()
        .filter(|token| **token != reset)
        .chain([&link, &owner.token])
    {
        let refused = dreamtree_identity::reset_password(
            &test.database,
            &stage.identity,
            token,
            OTHER.to_owned(),
        )
        .await;
        assert!(matches!(refused, Err(Error::Token)));
    }
    stage.test.database.clock().advance(Duration::minutes(30));
    let late = dreamtree_identity::reset_password(
        &test.database,
        &stage.identity,
        &reset,
        OTHER.to_owned(),
    )
    .await;
    assert!(matches!(late, Err(Error::Token)), "half an hour is over");
    stage.test.database.clock().advance(Duration::days(3));
    assert!(
        matches!(confirm(&stage, &link).await, Err(Error::Token)),
        "three days are over"
    );
}
