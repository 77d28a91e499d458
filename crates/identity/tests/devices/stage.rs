//! What all of these tests stand on: people who ask the schema of identity.

use std::sync::Arc;

use async_graphql::{EmptySubscription, MergedObject, Request, Schema, Variables};
use dreamtree_api::Caller;
use dreamtree_crypto::{Seeded, ServerKeys};
use dreamtree_database::testing::TestDatabase;
use dreamtree_identity::{
    Client, CookiePolicy, Identity, Sessions, Stretcher,
    graphql::{
        ConsentMutation, ConsentQuery, DevicesMutation, DevicesQuery, DiaryQuery, IdentityMutation,
        IdentityQuery, SecondFactorMutation, SecondFactorQuery,
    },
    limit::Network,
};
use dreamtree_types::Clock;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use time::{Duration, macros::datetime};

#[derive(MergedObject, Default)]
struct Query(
    IdentityQuery,
    DevicesQuery,
    SecondFactorQuery,
    ConsentQuery,
    DiaryQuery,
);

#[derive(MergedObject, Default)]
struct Mutation(
    IdentityMutation,
    DevicesMutation,
    SecondFactorMutation,
    ConsentMutation,
);

pub(crate) const EMAIL: &str = "someone@example.org";
pub(crate) const PASSWORD: &str = "nine wet cobblestones";

/// A clock that stands still.
pub(crate) fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

/// The keys of every stage.
pub(crate) fn keys() -> ServerKeys {
    ServerKeys::generate(&mut Seeded::new(7)).expect("keys")
}

/// Identity with the keys of every stage.
pub(crate) fn identity() -> Identity {
    Identity::new(keys(), Stretcher::cheap(), CookiePolicy { secure: true })
}

/// A server without HTTP.
pub(crate) struct Stage<'a> {
    pub(crate) test: &'a TestDatabase,
    schema: Schema<Query, Mutation, EmptySubscription>,
}

/// Somebody who asks, with a session or without one.
#[derive(Clone, Default)]
pub(crate) struct Guest {
    pub(crate) token: Option<String>,
    pub(crate) client: Client,
}

impl Guest {
    /// Somebody without a session in this network.
    pub(crate) fn from(address: &str) -> Self {
        let network = Network::of(address.parse().expect("an address"));
        Self {
            token: None,
            client: Client::new(None, network, None),
        }
    }

    /// The same with this token.
    pub(crate) fn with(&self, token: &Value) -> Self {
        Self {
            token: Some(token.as_str().expect("a token").to_owned()),
            client: self.client.clone(),
        }
    }
}

impl<'a> Stage<'a> {
    pub(crate) fn new(test: &'a TestDatabase) -> Self {
        let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription);
        let schema = schema.data(identity()).finish();
        Self { test, schema }
    }

    /// The whole answer.
    pub(crate) async fn send(&self, guest: &Guest, query: &str, variables: Value) -> Value {
        let database = self.test.database.clone();
        let caller = Caller::new(database, Arc::new(Sessions::default()), guest.token.clone());
        let request = Request::new(query)
            .variables(Variables::from_json(variables))
            .data(caller)
            .data(guest.client.clone());
        serde_json::to_value(self.schema.execute(request).await).expect("JSON")
    }

    /// The data of an answer without errors.
    pub(crate) async fn ask(&self, guest: &Guest, query: &str) -> Value {
        let answer = self.send(guest, query, json!({})).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// The code of an answer's first error.
    pub(crate) async fn refused(&self, guest: &Guest, query: &str) -> String {
        let answer = self.send(guest, query, json!({})).await;
        code(&answer)
    }

    /// Signs in; the whole answer.
    pub(crate) async fn sign_in(&self, guest: &Guest, email: &str, password: &str) -> Value {
        let query = "mutation($input: SignInInput!) { signIn(input: $input, delivery: BEARER) {
            token deviceToken viewer { id vault } challenge { token expiresAt } } }";
        let input = json!({ "input": { "email": email, "password": password } });
        self.send(guest, query, input).await
    }

    /// Somebody who has just claimed their work, and their recovery code.
    pub(crate) async fn owner(&self) -> (Guest, String) {
        let guest = Guest::default();
        let visit = self
            .ask(&guest, "mutation { visit(delivery: BEARER) { token } }")
            .await;
        let guest = guest.with(&visit["visit"]["token"]);
        let claim = format!(
            "mutation {{ claim(delivery: BEARER, input: {{ email: \"{EMAIL}\", password: \"{PASSWORD}\" }}) {{
               token recoveryCode }} }}"
        );
        let claim = self.ask(&guest, &claim).await;
        let code = claim["claim"]["recoveryCode"].as_str().expect("a code");
        (guest.with(&claim["claim"]["token"]), code.to_owned())
    }

    /// Confirms all addresses, as the links of the mails would.
    pub(crate) async fn confirm(&self) {
        self.run("INSERT INTO login_directory SELECT email_hash, user_id FROM emails")
            .await;
        self.run("DELETE FROM pending_addresses").await;
    }

    /// The password again; the guest with the new token.
    pub(crate) async fn authenticate(&self, guest: &Guest) -> Guest {
        let query = format!(
            "mutation {{ authenticateAgain(delivery: BEARER, input: {{ password: \"{PASSWORD}\" }}) {{ token }} }}"
        );
        let proved = self.ask(guest, &query).await;
        guest.with(&proved["authenticateAgain"]["token"])
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, by: Duration) {
        self.test.database.clock().advance(by);
    }

    /// How many rows a table has, whoever they belong to.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        let owner = &self.test.owner;
        let statement = Statement::from_string(owner.get_database_backend(), sql);
        let row = owner.query_one_raw(statement).await.expect("an answer");
        row.expect("a row").try_get_by_index(0).expect("a number")
    }

    /// Runs a statement as the owner of the tables.
    pub(crate) async fn run(&self, sql: &str) {
        self.test.owner.execute_unprepared(sql).await.expect("done");
    }
}

/// The code of an answer's first error.
pub(crate) fn code(answer: &Value) -> String {
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}
