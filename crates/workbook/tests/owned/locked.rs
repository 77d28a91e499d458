//! What a reset of the password has locked: counted, opened again, or taken away.

use std::collections::{BTreeMap, BTreeSet};

use dreamtree_crypto::{Seeded, ServerKeys, open_letter};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{
    Client, CookiePolicy, Credentials, Error, Identity, SignedIn, Stretcher, claim, earlier,
    request_reset, reset_password, sign_in,
};
use dreamtree_workbook::locked::SEALED;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, Stage, clock};

on_both!(
    every_table_with_sealed_columns_is_known,
    what_a_reset_locks_is_counted_and_opens_again,
    what_a_reset_locked_is_deleted_for_good,
    only_who_knows_the_number_deletes,
);

const EMAIL: &str = "someone@example.org";
const OLD: &str = "nine wet cobblestones";
const NEW: &str = "ten dry cobblestones";

const COUNT: &str = "{ lockedValues }";
const DELETE: &str =
    "mutation($count: Int!) { deleteLockedValues(input: { count: $count }) { count } }";
const ALL: &str = "{
    contacts { name { state value } notes { state value } }
    locations { name { state value } notes { state } rank }
    stories { state texts { title } }
    budget { state }
    profile { headline { state value } summary { state value } } }";

fn identity() -> Identity {
    let keys = ServerKeys::generate(&mut Seeded::new(7)).expect("keys");
    Identity::new(keys, Stretcher::cheap(), CookiePolicy { secure: true })
}

fn credentials(password: &str) -> Credentials {
    Credentials {
        email: EMAIL.to_owned(),
        password: password.to_owned(),
    }
}

/// Fills something of everything that is sealed.
async fn fill(person: &Person<'_>) {
    for mutation in [
        "mutation { createContact(input: { name: \"Ana\", notes: \"likes rye\" }) { contact { id } } }",
        "mutation { createLocation(input: { name: \"Kyoto\", notes: \"rain\" }) { location { id } } }",
        "mutation { createStory(input: { title: \"Bread\", situation: \"no oven\" }) { story { id } } }",
        "mutation { saveBudget(input: { currency: \"EUR\", expenses: [{ name: \"Rent\", amount: 95000, essential: true }] }) { budget { state } } }",
        "mutation { updateProfile(input: { headline: \"baker\", summary: \"of bread\" }) { profile { revision } } }",
    ] {
        person.data(mutation, json!({})).await;
    }
}

/// Somebody who has forgotten their password and set another; they are signed in with it.
async fn forgetful<'a>(
    stage: &'a Stage<'a>,
    test: &TestDatabase,
    identity: &Identity,
) -> Person<'a> {
    let person = stage.person().await;
    fill(&person).await;
    let begin = async || Ok::<_, Error>(stage.write(&person).await);
    let (database, here) = (&test.database, Client::nowhere());
    claim(database, identity, &here, credentials(OLD), begin)
        .await
        .expect("a claim");
    request_reset(database, identity, &here, EMAIL)
        .await
        .expect("asked");
    let link = link(test, identity).await;
    reset_password(database, identity, &link, NEW.to_owned())
        .await
        .expect("a reset");
    let signed = sign_in(database, identity, &here, credentials(NEW)).await;
    let SignedIn::In(entry) = signed.expect("a sign-in") else {
        panic!("there is no second factor");
    };
    stage.with_token(entry.opened.token.reveal())
}

/// The token of the newest letter.
async fn link(test: &TestDatabase, identity: &Identity) -> String {
    let backend = test.owner.get_database_backend();
    let sql = "SELECT id, letter FROM outbox ORDER BY id DESC LIMIT 1";
    let row = test
        .owner
        .query_one_raw(Statement::from_string(backend, sql))
        .await
        .expect("an answer")
        .expect("a letter");
    let id: Uuid = row.try_get("", "id").expect("an id");
    let sealed: String = row.try_get("", "letter").expect("a text");
    let plain = open_letter(&identity.keys(), id, &sealed).expect("it opens");
    let letter: Value = serde_json::from_slice(&plain).expect("JSON");
    letter["letter"]["token"]
        .as_str()
        .expect("a token")
        .to_owned()
}

async fn every_table_with_sealed_columns_is_known(test: &TestDatabase) {
    let sql = if test.owner.get_database_backend() == DbBackend::Postgres {
        "SELECT table_name::text AS name FROM information_schema.columns \
         WHERE table_schema = 'public' AND column_name = 'key_generation'"
    } else {
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.name = 'key_generation'"
    };
    let statement = Statement::from_string(test.owner.get_database_backend(), sql);
    let rows = test.owner.query_all_raw(statement).await.expect("rows");
    let there: BTreeSet<String> = rows
        .iter()
        .map(|row| row.try_get("", "name").expect("a name"))
        .collect();
    let known = SEALED.iter().map(|one| one.table.to_owned());
    assert_eq!(known.collect::<BTreeSet<_>>(), there);
    // Every column that is sealed for a place is sealed for one of these: those that the catalogue of privacy names.
    let mut columns: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in SEALED {
        columns.entry(one.table).or_default().extend(one.columns);
    }
    let said = dreamtree_privacy::sealed()
        .map(|(table, columns)| (table, columns.into_iter().collect::<BTreeSet<_>>()));
    assert_eq!(columns, said.collect::<BTreeMap<_, _>>());
}

async fn what_a_reset_locks_is_counted_and_opens_again(test: &TestDatabase) {
    let (stage, identity) = (Stage::new(test).await, identity());
    let before = {
        let person = stage.person().await;
        fill(&person).await;
        person.data(ALL, json!({})).await
    };
    let person = forgetful(&stage, test, &identity).await;
    assert_eq!(person.data(COUNT, json!({})).await["lockedValues"], 5);
    let shut = person.data(ALL, json!({})).await;
    let locked = json!({ "state": "LOCKED", "value": null });
    assert_eq!(shut["contacts"][0]["name"], locked);
    assert_eq!(shut["profile"]["headline"], locked);
    assert_eq!(shut["budget"]["state"], "LOCKED");
    let formers = earlier::formers(&stage.write(&person).await).await;
    let begin = async || Ok::<_, Error>(stage.write(&person).await);
    let formers = formers.expect("one former password");
    earlier::unlock_with_password(&identity, formers, OLD.to_owned(), begin)
        .await
        .expect("unlocked");
    assert_eq!(person.data(ALL, json!({})).await, before);
    assert_eq!(person.data(COUNT, json!({})).await["lockedValues"], 0);
}

async fn what_a_reset_locked_is_deleted_for_good(test: &TestDatabase) {
    let (stage, identity) = (Stage::new(test).await, identity());
    let person = forgetful(&stage, test, &identity).await;
    // Written since, in rows that are locked and beside them.
    for mutation in [
        "mutation { createContact(input: { name: \"Ben\" }) { contact { id } } }",
        "mutation { updateProfile(input: { headline: \"miller\" }) { profile { revision } } }",
    ] {
        person.data(mutation, json!({})).await;
    }
    let deleted = person.data(DELETE, json!({ "count": 5 })).await;
    assert_eq!(deleted["deleteLockedValues"]["count"], 5);
    let left = person.data(ALL, json!({})).await;
    let open = |text: &str| json!({ "state": "UNLOCKED", "value": text });
    let empty = json!({ "state": "EMPTY", "value": null });
    assert_eq!(
        left["contacts"],
        json!([{ "name": open("Ben"), "notes": empty }])
    );
    assert_eq!(left["locations"], json!([]));
    assert_eq!(left["budget"]["state"], "EMPTY");
    assert_eq!(
        left["stories"],
        json!([{ "state": "UNLOCKED", "texts": { "title": null } }])
    );
    assert_eq!(
        left["profile"],
        json!({ "headline": open("miller"), "summary": empty })
    );
    assert_eq!(person.data(COUNT, json!({})).await["lockedValues"], 0);
    let formers = earlier::formers(&stage.write(&person).await).await;
    assert!(matches!(formers, Err(Error::NothingLocked)));
    let ways = "SELECT count(*) FROM user_keys WHERE generation = 1";
    let statement = Statement::from_string(test.owner.get_database_backend(), ways);
    let row = test
        .owner
        .query_one_raw(statement)
        .await
        .expect("an answer");
    let count: i64 = row.expect("a row").try_get_by_index(0).expect("a number");
    assert_eq!(count, 0);
}

async fn only_who_knows_the_number_deletes(test: &TestDatabase) {
    let (stage, identity) = (Stage::new(test).await, identity());
    let person = forgetful(&stage, test, &identity).await;
    for count in [0, 4, 6, -1] {
        let refused = person.ask(DELETE, json!({ "count": count })).await;
        assert_eq!(refused.errors[0].0, "CONFLICT");
    }
    assert_eq!(person.data(COUNT, json!({})).await["lockedValues"], 5);
    let other = stage.person().await;
    fill(&other).await;
    assert_eq!(other.data(COUNT, json!({})).await["lockedValues"], 0);
    let nothing = other.data(DELETE, json!({ "count": 0 })).await;
    assert_eq!(nothing["deleteLockedValues"]["count"], 0);
    let there = other.data(ALL, json!({})).await;
    assert_eq!(there["contacts"][0]["name"]["value"], "Ana");
}
