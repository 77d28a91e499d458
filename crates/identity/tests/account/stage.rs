//! A person with an account, and the letters that they get.

use dreamtree_crypto::{Seeded, ServerKeys, open_letter};
use dreamtree_database::{Place, Scope, Vault, testing::TestDatabase};
use dreamtree_identity::{
    Claimed, Client, CookiePolicy, Credentials, Error, Identity, NewPassword, SignedIn, Stretcher,
    change_password, claim, door, exchange, request_reset, sign_in, visit,
};
use dreamtree_types::{Actor, Clock, Private, UserId};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use time::macros::datetime;
use uuid::Uuid;

pub(crate) const EMAIL: &str = "someone@example.org";
pub(crate) const PASSWORD: &str = "über den Fluß 渡る";
pub(crate) const OTHER: &str = "a bridge of old ropes";

pub(crate) fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

pub(crate) fn credentials(email: &str, password: &str) -> Credentials {
    Credentials {
        email: email.to_owned(),
        password: password.to_owned(),
    }
}

/// A database, and an identity whose letters can be read.
pub(crate) struct Stage<'a> {
    pub(crate) test: &'a TestDatabase,
    pub(crate) identity: Identity,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(test: &'a TestDatabase) -> Self {
        let keys = ServerKeys::generate(&mut Seeded::new(7)).expect("keys");
        let cookie = CookiePolicy { secure: true };
        let identity = Identity::new(keys, Stretcher::cheap(), cookie);
        Self { test, identity }
    }

    /// A visitor; their id and token.
    pub(crate) async fn visitor(&self) -> (UserId, String) {
        let (opened, viewer) = visit(&self.test.database, &Client::nowhere())
            .await
            .expect("a visit");
        (viewer.id, opened.token.reveal())
    }

    /// What this token opens to write.
    pub(crate) async fn write(&self, token: &str) -> Result<Scope, Error> {
        let entered = door::to_write(&self.test.database, token).await?;
        entered.scope.ok_or(Error::Gone)
    }

    /// The vault that this token opens; `None` when the session has ended.
    pub(crate) async fn vault(&self, token: &str) -> Option<Vault> {
        let entered = door::to_read(&self.test.database, token).await;
        let entered = entered.expect("an answer");
        let Actor::User { .. } = entered.actor else {
            return None;
        };
        entered.scope.map(|scope| scope.vault().clone())
    }

    pub(crate) async fn claim(&self, token: &str, email: &str) -> Result<Claimed, Error> {
        self.claim_as(token, credentials(email, PASSWORD)).await
    }

    pub(crate) async fn claim_as(
        &self,
        token: &str,
        credentials: Credentials,
    ) -> Result<Claimed, Error> {
        let begin = async || self.write(token).await;
        let (database, here) = (&self.test.database, Client::nowhere());
        claim(database, &self.identity, &here, credentials, begin).await
    }

    /// Asks for a reset of the account of this address.
    pub(crate) async fn ask_for_reset(&self, email: &str) {
        let (database, here) = (&self.test.database, Client::nowhere());
        request_reset(database, &self.identity, &here, email)
            .await
            .expect("one answer for all");
    }

    /// Forgets every try, so that a test may try as often as it likes.
    pub(crate) async fn forgive(&self) {
        let done = self
            .test
            .owner
            .execute_unprepared("DELETE FROM rate_limits")
            .await;
        done.expect("forgotten");
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Result<String, Error> {
        let credentials = credentials(email, password);
        let (database, here) = (&self.test.database, Client::nowhere());
        match sign_in(database, &self.identity, &here, credentials).await? {
            SignedIn::In(entry) => Ok(entry.opened.token.reveal()),
            SignedIn::Challenged(_) => panic!("there is no second factor"),
        }
    }

    /// Changes the owner's password from one to another; the token of the session that goes on.
    pub(crate) async fn change_password(
        &self,
        owner: &Owner,
        current: &str,
        new: &str,
    ) -> Result<String, Error> {
        let new = NewPassword {
            current: current.to_owned(),
            password: new.to_owned(),
        };
        let begin = async || self.write(&owner.token).await;
        let (database, here) = (&self.test.database, Client::nowhere());
        let changed = change_password(database, &self.identity, &here, owner.user, new, begin);
        Ok(changed.await?.0.token.reveal())
    }

    /// Takes the keys of this stage into use, as a server does that finds a database in use.
    pub(crate) async fn settle(&self) {
        let settled = exchange::settle(&self.test.database, &self.identity.keys(), true).await;
        settled.expect("in use");
    }

    /// All letters that wait, the oldest first: kind, addressee, token.
    pub(crate) async fn letters(&self) -> Vec<(String, String, String)> {
        let sql = "SELECT id, letter FROM outbox ORDER BY id";
        let backend = self.test.owner.get_database_backend();
        let rows = self
            .test
            .owner
            .query_all_raw(Statement::from_string(backend, sql))
            .await
            .expect("rows");
        let read = |row: sea_orm::QueryResult| {
            let id: Uuid = row.try_get("", "id").expect("an id");
            let sealed: String = row.try_get("", "letter").expect("a letter");
            let plain = open_letter(&self.identity.keys(), id, &sealed).expect("it opens");
            let letter: Value = serde_json::from_slice(&plain).expect("JSON");
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (
                text(&letter["letter"]["kind"]),
                text(&letter["to"]),
                text(&letter["letter"]["token"]),
            )
        };
        rows.into_iter().map(read).collect()
    }

    /// The newest letter.
    pub(crate) async fn letter(&self) -> (String, String, String) {
        self.letters().await.pop().expect("a letter")
    }

    /// The token of the newest letter, which is of this kind.
    pub(crate) async fn token(&self, kind: &str) -> String {
        let (found, _, token) = self.letter().await;
        assert_eq!(found, kind);
        token
    }

    /// The number that this asks for, as the owner of the tables sees it.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        self.count_of(sql, []).await
    }

    /// The same of something.
    pub(crate) async fn count_of<const N: usize>(
        &self,
        sql: &str,
        values: [sea_orm::Value; N],
    ) -> i64 {
        let backend = self.test.owner.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let row = self.test.owner.query_one_raw(statement).await;
        let row = row.expect("an answer").expect("a row");
        row.try_get_by_index(0).expect("a number")
    }
}

/// Somebody with a confirmed account, who is signed in and has sealed something.
pub(crate) struct Owner {
    pub(crate) user: UserId,
    pub(crate) token: String,
    pub(crate) code: String,
    pub(crate) sealed: String,
}

impl Owner {
    pub(crate) async fn new(stage: &Stage<'_>, email: &str) -> Self {
        let owner = Self::unconfirmed(stage, email).await;
        let link = stage.token("confirm_address").await;
        dreamtree_identity::address::confirm(&stage.test.database, &stage.identity, &link)
            .await
            .expect("confirmed");
        owner
    }

    pub(crate) async fn unconfirmed(stage: &Stage<'_>, email: &str) -> Self {
        let (user, token) = stage.visitor().await;
        let claimed = stage.claim(&token, email).await.expect("a claim");
        let token = claimed.opened.token.reveal();
        let vault = stage.vault(&token).await.expect("a session");
        Self {
            user,
            token,
            code: claimed.recovery.reveal(),
            sealed: seal(&vault, user),
        }
    }
}

fn place(user: UserId) -> Place<'static> {
    Place {
        user,
        table: "t",
        column: "c",
        row: "r",
    }
}

pub(crate) fn seal(vault: &Vault, user: UserId) -> String {
    vault.seal(place(user), &json!("secret")).expect("sealed")
}

/// Whether the vault opens it.
pub(crate) fn opens(vault: &Vault, user: UserId, sealed: &str) -> bool {
    match vault.open(place(user), Some(sealed)) {
        Private::Open(value) => value == json!("secret"),
        Private::Locked | Private::Empty => false,
    }
}
