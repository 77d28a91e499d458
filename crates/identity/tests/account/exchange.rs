//! The server's keys are exchanged while people come and go: nobody notices, and nobody is lost on the way.

use dreamtree_crypto::{Seeded, ServerKeys};
use dreamtree_database::{
    on_both,
    testing::{TestDatabase, cut},
};
use dreamtree_identity::{
    CookiePolicy, Error, Identity, Stretcher, address,
    exchange::{self, Fault},
    reset_password,
};
use uuid::Uuid;

use crate::stage::{EMAIL, OTHER, Owner, PASSWORD, Stage, clock, opens};

on_both!(
    keys_are_exchanged_in_the_middle_of_life,
    an_address_stays_with_one_person_whatever_keys_a_server_writes_with,
    a_server_that_lacks_the_newer_keys_holds_the_exchange_up,
    what_is_interrupted_is_gone_on_with,
    keys_of_another_server_are_refused_once_something_depends_on_them,
);

/// A server with these keys.
pub(crate) fn server(test: &TestDatabase, keys: ServerKeys) -> Stage<'_> {
    let cookie = CookiePolicy { secure: true };
    let identity = Identity::new(keys, Stretcher::cheap(), cookie);
    Stage { test, identity }
}

/// The keys of every stage, and newer ones beside them.
pub(crate) fn both() -> ServerKeys {
    let first = ServerKeys::generate(&mut Seeded::new(7)).expect("keys");
    let next = first.with_next(&mut Seeded::new(8)).expect("keys");
    next.expect("newer ones")
}

/// A server says which keys it knows, and looks which are in use.
async fn announce(stage: &Stage<'_>, id: u128) -> Result<(), Fault> {
    let (database, keys) = (&stage.test.database, stage.identity.keys());
    exchange::announce(database, &keys, Uuid::from_u128(id)).await
}

/// Takes the newer keys into use, with servers that look again and again.
pub(crate) async fn turn(stage: &Stage<'_>, servers: &[&Stage<'_>]) {
    let keys = stage.identity.keys();
    let looking = async {
        loop {
            for (id, server) in (1..).zip(servers) {
                announce(server, id).await.expect("known keys");
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    tokio::select! {
        done = exchange::turn(&stage.test.database, &keys) => done.expect("all know them"),
        () = looking => {}
    }
}

async fn keys_are_exchanged_in_the_middle_of_life(test: &TestDatabase) {
    let before = Stage::new(test);
    before.settle().await;
    let owner = Owner::new(&before, EMAIL).await;
    let pending = Owner::unconfirmed(&before, "pending@example.org").await;
    let link = before.token("confirm_address").await;
    let lost = Owner::new(&before, "lost@example.org").await;
    before.ask_for_reset("lost@example.org").await;
    let reset = before.token("reset_password").await;

    // Servers that know both write with the older one, so that those which do not can read it.
    let (one, other) = (server(test, both()), server(test, both()));
    announce(&one, 1).await.expect("known");
    before.sign_in(EMAIL, PASSWORD).await.expect("by the old");
    one.sign_in(EMAIL, PASSWORD).await.expect("by the new");
    let late = Owner::new(&one, "late@example.org").await;
    before
        .sign_in("late@example.org", PASSWORD)
        .await
        .expect("readable for all");

    turn(&one, &[&one, &other]).await;
    assert_eq!(other.identity.keys().in_use(), 2);
    assert!(matches!(announce(&before, 3).await, Err(Fault::Unknown(2))));
    // Whatever was begun with the older keys goes on.
    address::confirm(&test.database, &other.identity, &link)
        .await
        .expect("confirmed");
    let fresh = Owner::new(&other, "fresh@example.org").await;
    one.sign_in("fresh@example.org", PASSWORD)
        .await
        .expect("somebody new");
    one.ask_for_reset(EMAIL).await;
    assert_eq!(one.letter().await.1, EMAIL);

    let keys = one.identity.keys();
    let census = exchange::census(&test.database, &keys)
        .await
        .expect("counted");
    assert_eq!((census.addresses, census.passwords), (4, 4));
    assert!(census.letters > 0 && census.has_to_be_carried());
    let carried = exchange::carry(&test.database, &keys)
        .await
        .expect("carried");
    assert_eq!((carried.people, carried.letters), (4, census.letters));
    let again = exchange::carry(&test.database, &keys)
        .await
        .expect("carried");
    assert_eq!(again, exchange::Carried::default());
    let census = exchange::census(&test.database, &keys)
        .await
        .expect("counted");
    assert!(!census.has_to_be_carried());
    assert_eq!(census.holders.len(), 4);

    // Two devices at once change it once.
    let (here, there) = tokio::join!(one.sign_in(EMAIL, PASSWORD), other.sign_in(EMAIL, PASSWORD));
    here.expect("one device");
    there.expect("and another");
    // The password changes when it is next given, and opens the same.
    for (person, email) in [
        (&owner, EMAIL),
        (&pending, "pending@example.org"),
        (&late, "late@example.org"),
        (&fresh, "fresh@example.org"),
    ] {
        for _ in 0..2 {
            let wrong = other.sign_in(email, OTHER).await;
            assert!(matches!(wrong, Err(Error::Credentials)), "{email}");
            let token = other.sign_in(email, PASSWORD).await.expect(email);
            let vault = other.vault(&token).await.expect("a session");
            assert!(opens(&vault, person.user, &person.sealed), "{email}");
            other.forgive().await;
        }
        let vault = other
            .vault(&person.token)
            .await
            .expect("the session goes on");
        assert!(opens(&vault, person.user, &person.sealed));
    }
    let password = OTHER.to_owned();
    let code = reset_password(&test.database, &one.identity, &reset, password).await;
    code.expect("a link from before");
    one.sign_in("lost@example.org", OTHER)
        .await
        .expect("the new password");
    let census = exchange::census(&test.database, &keys)
        .await
        .expect("counted");
    assert_eq!((census.passwords, census.former), (0, 1));
    assert_eq!(
        census.holders,
        [lost.user],
        "who could open what a reset has locked"
    );
}

const WAITING: &str = "SELECT count(*) FROM pending_addresses";

async fn an_address_stays_with_one_person_whatever_keys_a_server_writes_with(test: &TestDatabase) {
    let (old, new) = (server(test, both()), server(test, both()));
    new.identity.keys().turn_to(2);
    let owner = Owner::new(&old, EMAIL).await;
    let (_, token) = new.visitor().await;
    new.claim(&token, EMAIL).await.expect("it looks alike");
    assert_eq!(new.letter().await.0, "address_taken");
    let back = new.sign_in(EMAIL, PASSWORD).await.expect("the owner");
    let vault = new.vault(&back).await.expect("a session");
    assert!(opens(&vault, owner.user, &owner.sealed));

    // Of two who claim a free address the last one has it, and of two who confirm it at once one gets it.
    for round in 0..10 {
        let email = format!("free{round}@example.org");
        let claim = async |stage: &Stage<'_>| {
            stage.forgive().await;
            let (_, token) = stage.visitor().await;
            stage.claim(&token, &email).await.expect("a claim");
            stage.token("confirm_address").await
        };
        let before = new.count(WAITING).await;
        let (first, second) = (claim(&old).await, claim(&new).await);
        assert_eq!(new.count(WAITING).await, before + 1, "round {round}");
        let database = &test.database;
        let (one, other) = tokio::join!(
            address::confirm(database, &old.identity, &first),
            address::confirm(database, &new.identity, &second),
        );
        assert!(
            one.is_ok() != other.is_ok(),
            "round {round}: {one:?}, {other:?}"
        );
    }
    let owners = "SELECT count(*) FROM login_directory";
    assert_eq!(new.count(owners).await, 11);
}

async fn a_server_that_lacks_the_newer_keys_holds_the_exchange_up(test: &TestDatabase) {
    let (old, new) = (Stage::new(test), server(test, both()));
    let (first, keys) = (old.identity.keys(), new.identity.keys());
    let database = &test.database;
    exchange::settle(database, &first, true)
        .await
        .expect("in use");
    assert!(matches!(
        exchange::turn(database, &first).await,
        Err(Fault::Alone)
    ));
    announce(&old, 1).await.expect("known");
    announce(&new, 2).await.expect("known");
    assert!(matches!(
        exchange::turn(database, &keys).await,
        Err(Fault::Behind(1))
    ));
    assert_eq!(exchange::in_use(database).await.expect("a row"), Some(1));
    assert!(matches!(
        exchange::turned(database, &keys).await,
        Err(Fault::NotInUse)
    ));
    exchange::leave(database, Uuid::from_u128(1))
        .await
        .expect("it ends");
    turn(&new, &[&new, &new]).await;
    exchange::turned(database, &keys).await.expect("everywhere");
    // A server that was killed is forgotten after a while.
    announce(&server(test, both()), 3).await.expect("known");
    assert!(matches!(
        exchange::turned(database, &keys).await,
        Err(Fault::Behind(1))
    ));
    database.clock().advance(time::Duration::minutes(1));
    exchange::turned(database, &keys).await.expect("it is gone");
}

async fn what_is_interrupted_is_gone_on_with(test: &TestDatabase) {
    let old = Stage::new(test);
    let people = ["a@example.org", "b@example.org", "c@example.org"];
    for email in people {
        Owner::new(&old, email).await;
    }
    Owner::unconfirmed(&old, "d@example.org").await;
    let new = server(test, both());
    let keys = new.identity.keys();
    keys.turn_to(2);
    let work = async || exchange::carry(&test.database, &keys).await;
    for statement in 0..400 {
        let done = cut(work(), statement).await;
        // Every address is found by what its row says, whoever has got how far.
        let astray = "SELECT count(*) FROM emails e WHERE NOT EXISTS \
            (SELECT 1 FROM login_directory d WHERE d.email_hash = e.email_hash AND d.user_id = e.user_id) \
            AND NOT EXISTS (SELECT 1 FROM pending_addresses p \
            WHERE p.email_hash = e.email_hash AND p.user_id = e.user_id)";
        let person = people[usize::try_from(statement).expect("small") % 3];
        new.forgive().await;
        new.sign_in(person, PASSWORD).await.expect(person);
        assert_eq!(
            new.count(astray).await,
            0,
            "cut at statement {}",
            statement + 1
        );
        if let Some(done) = done {
            done.expect("carried");
            assert!(statement > 5, "{statement}");
            let census = exchange::census(&test.database, &keys)
                .await
                .expect("counted");
            assert!(!census.has_to_be_carried());
            assert_eq!(census.passwords, 1, "who has not signed in");
            return;
        }
    }
    panic!("it never ends");
}

async fn keys_of_another_server_are_refused_once_something_depends_on_them(test: &TestDatabase) {
    let keys = |seed| ServerKeys::generate(&mut Seeded::new(seed)).expect("keys");
    let settle = async |keys: &ServerKeys, depended_on| {
        exchange::settle(&test.database, keys, depended_on).await
    };
    settle(&keys(1), false).await.expect("the first");
    settle(&keys(2), false)
        .await
        .expect("nothing depends on them");
    settle(&keys(2), true).await.expect("the same");
    assert!(matches!(
        settle(&keys(1), true).await,
        Err(Fault::Others(1))
    ));
    let both = keys(2)
        .with_next(&mut Seeded::new(3))
        .expect("keys")
        .expect("newer");
    settle(&both, true).await.expect("both");
    assert_eq!(both.in_use(), 1);
    let newer = both.without_older().expect("the newer");
    assert!(matches!(settle(&newer, true).await, Err(Fault::Unknown(1))));
}
