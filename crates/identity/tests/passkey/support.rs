//! A person with claimed work, and a device of theirs.

use ::passkey::{
    authenticator::{
        Authenticator, UiHint, UserCheck, UserValidationMethod, extensions::HmacSecretConfig,
    },
    client::{Client as Browser, DefaultClientData},
    crypto::rust_crypto::RustCryptoBackend,
    types::{
        Passkey,
        ctap2::{Aaguid, Ctap2Error},
        webauthn::{CredentialCreationOptions, CredentialRequestOptions},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_crypto::{Seeded, ServerKeys, open_letter};
use dreamtree_database::{Place, Scope, Vault, testing::TestDatabase};
use dreamtree_identity::{
    Client, CookiePolicy, Credentials, Entry, Error, Identity, Opened, SignedIn, Stretcher, Viewer,
    claim, door,
    passkey::{self, Answer, Registration},
    request_reset, reset_password,
    rotation::{Rotated, rotate},
    sign_in as with_password, visit,
};
use dreamtree_types::{Actor, ClientError, Clock, Code, Private, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use serde_json::{Value as Json, json};
use time::{Duration, macros::datetime};
use webauthn_rs::prelude::Url;

pub(crate) const SITE: &str = "https://dreamtree.example";
pub(crate) const PASSWORD: &str = "nine wet cobblestones";
const SECRET: &str = "what nobody else may read";

pub(crate) fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

pub(crate) fn identity() -> Identity {
    let keys = ServerKeys::generate(&mut Seeded::new(7)).expect("keys");
    Identity::new(keys, Stretcher::cheap(), CookiePolicy { secure: true })
}

/// The finger on the sensor. What it is asked for it gives; whether it is the owner's, it says.
struct Finger {
    verifies: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _hint: UiHint<'a, Passkey>,
        _presence: bool,
        _verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence: true,
            verification: self.verifies,
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// A device with room for one passkey, and the browser on it.
#[derive(Clone)]
pub(crate) struct Device {
    /// What it keeps.
    pub(crate) passkey: Option<Passkey>,
    pub(crate) knows_prf: bool,
    pub(crate) verifies: bool,
}

/// What a device says: the credential in JSON, and what the PRF extension yields.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) response: Json,
    pub(crate) prf: Option<String>,
}

impl Device {
    /// A device that knows the PRF extension.
    pub(crate) fn new() -> Self {
        Self {
            knows_prf: true,
            ..Self::simple()
        }
    }

    /// A device that knows no extension.
    pub(crate) fn simple() -> Self {
        Self {
            passkey: None,
            knows_prf: false,
            verifies: true,
        }
    }

    /// A device that asks nobody who they are, whatever the server wants.
    pub(crate) fn careless() -> Self {
        Self {
            verifies: false,
            ..Self::simple()
        }
    }

    /// Makes a passkey on a page of this origin. It counts its signatures.
    pub(crate) async fn make(&mut self, origin: &str, options: &str) -> Said {
        let mut options: Json = serde_json::from_str(options).expect("JSON");
        assert_eq!(options["attestation"], "none");
        let wanted = &mut options["authenticatorSelection"];
        assert_eq!(wanted["residentKey"], "required");
        let verification = wanted["userVerification"].take();
        wanted["userVerification"] = self.verification(verification);
        let options: CredentialCreationOptions =
            serde_json::from_value(json!({ "publicKey": options })).expect("options of create()");
        let url = Url::parse(origin).expect("an origin");
        let mut client = Browser::new(self.authenticator());
        let made = client.register(&url, options, DefaultClientData).await;
        self.passkey.clone_from(client.authenticator().store());
        said(&made.expect("a credential"))
    }

    /// Signs a challenge on a page of this origin.
    pub(crate) async fn sign(&mut self, origin: &str, options: &str) -> Said {
        let mut options: Json = serde_json::from_str(options).expect("JSON");
        assert_eq!(options["allowCredentials"], json!([]), "they name nobody");
        let verification = options["userVerification"].take();
        options["userVerification"] = self.verification(verification);
        options["allowCredentials"] = Json::Null;
        let options: CredentialRequestOptions =
            serde_json::from_value(json!({ "publicKey": options })).expect("options of get()");
        let url = Url::parse(origin).expect("an origin");
        let mut client = Browser::new(self.authenticator());
        let signed = client.authenticate(&url, options, DefaultClientData).await;
        self.passkey.clone_from(client.authenticator().store());
        said(&signed.expect("an assertion"))
    }

    fn verification(&self, wanted: Json) -> Json {
        assert_eq!(wanted, "required");
        if self.verifies {
            wanted
        } else {
            json!("discouraged")
        }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Finger, RustCryptoBackend> {
        let finger = Finger {
            verifies: self.verifies,
        };
        let kept = self.passkey.clone();
        let mut authenticator =
            Authenticator::new(Aaguid::new_empty(), kept, finger, RustCryptoBackend);
        authenticator.set_make_credentials_with_signature_counter(true);
        if self.knows_prf {
            let config = HmacSecretConfig::new_with_uv_only().enable_on_make_credential();
            authenticator = authenticator.hmac_secret(config);
        }
        authenticator
    }
}

/// The credential as browsers write it: the library writes bytes as lists of numbers, they write base64url.
fn said(credential: &impl serde::Serialize) -> Said {
    let mut response = serde_json::to_value(credential).expect("JSON");
    bytes_as_text(&mut response);
    let first = &response["clientExtensionResults"]["prf"]["results"]["first"];
    Said {
        prf: first.as_str().map(str::to_owned),
        response,
    }
}

fn bytes_as_text(value: &mut Json) {
    match value {
        Json::Object(fields) => fields.values_mut().for_each(bytes_as_text),
        Json::Array(list) => {
            let bytes = serde_json::from_value::<Vec<u8>>(Json::Array(list.clone()));
            if let Some(bytes) = bytes.ok().filter(|bytes| !bytes.is_empty()) {
                *value = json!(URL_SAFE_NO_PAD.encode(bytes));
            }
        }
        _ => {}
    }
}

/// A person who has claimed their work, and the session that they have since.
pub(crate) struct Person<'a> {
    test: &'a TestDatabase,
    pub(crate) identity: Identity,
    pub(crate) user: UserId,
    token: String,
}

impl<'a> Person<'a> {
    /// Somebody with this address.
    pub(crate) async fn new(test: &'a TestDatabase, email: &str) -> Self {
        let identity = identity();
        let (opened, viewer) = visit(&test.database, &Client::nowhere())
            .await
            .expect("a visit");
        let credentials = Credentials {
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let begin = async || {
            let entered = door::to_write(&test.database, &opened.token.reveal()).await?;
            entered.scope.ok_or(Error::Gone)
        };
        let claimed = claim(
            &test.database,
            &identity,
            &Client::nowhere(),
            credentials,
            begin,
        )
        .await
        .expect("a claim");
        Self {
            test,
            identity,
            user: viewer.id,
            token: String::clone(&claimed.opened.token.reveal()),
        }
    }

    /// A transaction to write in, with the vault as the session opens it.
    pub(crate) async fn scope(&self) -> Scope {
        scope_of(self.test, &self.token).await
    }

    /// Registers what a device makes, with what its PRF extension yields, if it does.
    pub(crate) async fn register(&self, device: &mut Device) -> passkey::Passkey {
        let options = self.start().await;
        let said = device.make(SITE, &options).await;
        self.finish(said).await.expect("a registration")
    }

    pub(crate) async fn start(&self) -> String {
        let scope = self.scope().await;
        let options = passkey::start_registration(&scope, &self.identity, SITE).await;
        scope.commit().await.expect("committed");
        options.expect("options")
    }

    pub(crate) async fn finish(&self, said: Said) -> Result<passkey::Passkey, Error> {
        let scope = self.scope().await;
        let made = Registration {
            response: said.response.to_string(),
            name: " Phone ".to_owned(),
            prf: said.prf,
        };
        let passkey = passkey::finish_registration(&scope, SITE, made).await?;
        scope.commit().await.expect("committed");
        Ok(passkey)
    }

    pub(crate) async fn passkeys(&self) -> Vec<passkey::Passkey> {
        passkey::all(&self.scope().await).await.expect("passkeys")
    }

    /// Gives the person a new data key, and the session that comes with it.
    pub(crate) async fn rotate(&mut self) -> Rotated {
        let begin = async || {
            let entered = door::to_write(&self.test.database, &self.token).await?;
            entered.scope.ok_or(Error::Gone)
        };
        let (database, client) = (&self.test.database, Client::nowhere());
        let password = Some(PASSWORD.to_owned());
        let rotated = rotate(
            database,
            &self.identity,
            &client,
            self.user,
            password,
            begin,
        )
        .await;
        let rotated = rotated.expect("a new key");
        self.token = rotated.opened.token.reveal();
        rotated
    }

    /// Forgets the password of this address and sets it anew by the link of the mail; signs in with it.
    pub(crate) async fn reset(&mut self, email: &str) {
        let (database, client) = (&self.test.database, Client::nowhere());
        let asked = request_reset(database, &self.identity, &client, email).await;
        asked.expect("one answer for all");
        let backend = self.test.owner.get_database_backend();
        let newest = "SELECT id, letter FROM outbox ORDER BY id DESC LIMIT 1";
        let row = self
            .test
            .owner
            .query_one_raw(Statement::from_string(backend, newest))
            .await;
        let row = row.expect("an answer").expect("a letter");
        let sealed: String = row.try_get("", "letter").expect("a letter");
        let id = row.try_get("", "id").expect("an id");
        let letter = open_letter(&self.identity.keys(), id, &sealed).expect("it opens");
        let letter: Json = serde_json::from_slice(&letter).expect("JSON");
        let token = letter["letter"]["token"].as_str().expect("a token");
        let reset = reset_password(database, &self.identity, token, PASSWORD.to_owned()).await;
        reset.expect("another password");
        let credentials = Credentials {
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let signed_in = with_password(database, &self.identity, &client, credentials).await;
        let Ok(SignedIn::In(entry)) = signed_in else {
            panic!("{signed_in:?}")
        };
        self.token = entry.opened.token.reveal();
    }

    /// What was written down about the person, the oldest first.
    pub(crate) async fn events(&self) -> Vec<String> {
        self.own("SELECT event FROM audit_events WHERE user_id = $1 ORDER BY sequence")
            .await
    }

    /// A text that is sealed with the person's key.
    pub(crate) async fn sealed(&self) -> String {
        let scope = self.scope().await;
        scope
            .vault()
            .seal(self.place(), &json!(SECRET))
            .expect("sealed")
    }

    const fn place(&self) -> Place<'static> {
        Place {
            user: self.user,
            table: "t",
            column: "c",
            row: "r",
        }
    }

    /// Whether a session reads what [`Self::sealed`] wrote; one that does not has to say that it is locked.
    pub(crate) async fn reads(&self, opened: &Opened, sealed: &str) -> bool {
        let scope = scope_of(self.test, &opened.token.reveal()).await;
        assert_eq!(scope.user(), self.user);
        match scope.vault().open(self.place(), Some(sealed)) {
            Private::Open(text) => text == json!(SECRET),
            Private::Locked => {
                let written = scope.vault().seal(self.place(), &json!("in clear"));
                assert!(written.is_err(), "nothing is written while it is locked");
                assert!(matches!(scope.vault(), Vault::Locked));
                false
            }
            Private::Empty => panic!("nothing was written"),
        }
    }

    /// Runs a statement as the owner of the tables; `$1` is the person.
    pub(crate) async fn execute(&self, sql: &str) {
        let backend = self.test.owner.get_database_backend();
        let values: [Value; 1] = [self.user.into()];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let done = self.test.owner.execute_raw(statement).await;
        assert!(done.expect("done").rows_affected() > 0, "{sql}");
    }

    /// The texts that a query of one column yields, asked as the owner of the tables.
    pub(crate) async fn all(&self, sql: &str) -> Vec<String> {
        let backend = self.test.owner.get_database_backend();
        self.texts(Statement::from_string(backend, sql)).await
    }

    /// The same, where `$1` is the person.
    pub(crate) async fn own(&self, sql: &str) -> Vec<String> {
        let backend = self.test.owner.get_database_backend();
        let values: [Value; 1] = [self.user.into()];
        self.texts(Statement::from_sql_and_values(backend, sql, values))
            .await
    }

    async fn texts(&self, statement: Statement) -> Vec<String> {
        let rows = self.test.owner.query_all_raw(statement).await;
        let text = |row: &QueryResult| row.try_get_by_index(0).expect("a text");
        rows.expect("rows").iter().map(text).collect()
    }
}

pub(crate) async fn scope_of(test: &TestDatabase, token: &str) -> Scope {
    let entered = door::to_write(&test.database, token).await;
    let entered = entered.expect("an answer");
    assert!(matches!(entered.actor, Actor::User { .. }));
    entered.scope.expect("a session")
}

/// The options of a new sign-in.
pub(crate) async fn begin(test: &TestDatabase) -> String {
    let options =
        passkey::start_sign_in(&test.database, &identity(), &Client::nowhere(), SITE).await;
    options.expect("options")
}

pub(crate) async fn answer(test: &TestDatabase, said: Said) -> Result<(Opened, Viewer), Error> {
    let answer = Answer {
        response: said.response.to_string(),
        prf: said.prf,
    };
    let (entry, _) = sign_in_at(test, SITE, answer).await?;
    Ok((entry.opened, entry.viewer))
}

/// Brings an answer to a site.
pub(crate) async fn sign_in_at(
    test: &TestDatabase,
    site: &str,
    answer: Answer,
) -> Result<(Entry, passkey::Passkey), Error> {
    passkey::finish_sign_in(
        &test.database,
        &identity(),
        &Client::nowhere(),
        site,
        answer,
    )
    .await
}

/// Signs in with what a device keeps.
pub(crate) async fn sign_in(
    test: &TestDatabase,
    device: &mut Device,
) -> Result<(Opened, Viewer), Error> {
    let options = begin(test).await;
    answer(test, device.sign(SITE, &options).await).await
}

/// What a client would be told: the code, and the field if there is one.
#[track_caller]
pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (Code, Option<String>) {
    let fault = result.expect_err("a refusal").fault();
    let fault = fault.expect("not a fault of ours");
    (fault.code, fault.field)
}

/// Whether the password signs in and opens the vault. One that is right but opens nothing signs nobody in.
pub(crate) async fn password_opens(test: &TestDatabase, person: &Person<'_>) -> bool {
    let credentials = Credentials {
        email: "someone@example.org".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let client = Client::nowhere();
    // Tries come slowly enough to be counted as nobody's attack.
    test.database.clock().advance(Duration::minutes(2));
    let signed_in = with_password(&test.database, &person.identity, &client, credentials).await;
    matches!(signed_in, Ok(SignedIn::In(entry)) if entry.viewer.unlocked)
}
