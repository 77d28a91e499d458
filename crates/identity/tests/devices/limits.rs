//! Those who guess are slowed; the owner of an account is not slowed by them.

use dreamtree_crypto::EmailAddress;
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{
    Client, Error,
    limit::{Account, Act, Network, check},
};
use dreamtree_types::{GrantId, SessionId, UserId};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use time::Duration;

use crate::stage::{EMAIL, Guest, PASSWORD, Stage, clock, code, identity};

on_both!(
    those_who_guess_a_password_are_slowed,
    a_device_that_is_known_is_not_slowed_by_strangers,
    the_device_of_a_claimant_is_a_stranger,
    a_made_up_device_is_a_stranger,
    one_network_tries_no_more_than_so_many_addresses,
    visits_and_claims_are_counted,
    every_act_has_its_limit_and_refills,
    many_at_once_take_no_more_than_there_are,
    counters_name_nobody,
);

const WRONG: &str = "nine dry cobblestones";

async fn those_who_guess_a_password_are_slowed(test: &TestDatabase) {
    let stage = Stage::new(test);
    stage.owner().await;
    let stranger = Guest::default();
    // An address that nobody has is slowed alike.
    for email in [EMAIL, "nobody@example.org"] {
        for _ in 0..10 {
            let answer = stage.sign_in(&stranger, email, WRONG).await;
            assert_eq!(code(&answer), "CREDENTIALS_REFUSED");
        }
        let answer = stage.sign_in(&stranger, email, PASSWORD).await;
        assert_eq!(code(&answer), "RATE_LIMITED", "right or wrong");
        let wait = &answer["errors"][0]["extensions"]["retryAfterSeconds"];
        assert_eq!(wait, &json!(60), "{answer:#}");
    }
    stage.advance(Duration::seconds(59));
    let answer = stage.sign_in(&stranger, EMAIL, WRONG).await;
    assert_eq!(answer["errors"][0]["extensions"]["retryAfterSeconds"], 1);
    stage.advance(Duration::SECOND);
    let answer = stage.sign_in(&stranger, EMAIL, WRONG).await;
    assert_eq!(code(&answer), "CREDENTIALS_REFUSED", "one more each minute");
    let answer = stage.sign_in(&stranger, EMAIL, WRONG).await;
    assert_eq!(code(&answer), "RATE_LIMITED");
}

/// Uses up what strangers may try.
async fn attack(stage: &Stage<'_>, stranger: &Guest) {
    while code(&stage.sign_in(stranger, EMAIL, WRONG).await) != "RATE_LIMITED" {}
}

async fn a_device_that_is_known_is_not_slowed_by_strangers(test: &TestDatabase) {
    let stage = Stage::new(test);
    stage.owner().await;
    stage.confirm().await;
    let home = Guest::from("203.0.113.7");
    let signed = stage.sign_in(&home, EMAIL, PASSWORD).await;
    let device = signed["data"]["signIn"]["deviceToken"]
        .as_str()
        .expect("a token");
    // Even from the same network.
    attack(&stage, &Guest::from("203.0.113.99")).await;
    let answer = stage.sign_in(&home, EMAIL, PASSWORD).await;
    assert_eq!(code(&answer), "RATE_LIMITED", "a new device has to wait");
    let known = Guest {
        token: None,
        client: home.client.known_by(Some(device)),
    };
    let answer = stage.sign_in(&known, EMAIL, PASSWORD).await;
    assert_eq!(answer["data"]["signIn"]["viewer"]["vault"], "UNLOCKED");
    // A stolen device may guess no more than others.
    attack(&stage, &known).await;
    let answer = stage.sign_in(&known, EMAIL, PASSWORD).await;
    assert_eq!(code(&answer), "RATE_LIMITED");
}

async fn the_device_of_a_claimant_is_a_stranger(test: &TestDatabase) {
    let stage = Stage::new(test);
    // Whether the address is somebody's or nobody's yet: a claimant cannot tell by what is let through.
    stage.owner().await;
    for confirmed in [false, true] {
        stage.advance(Duration::days(1));
        let signed = stage.sign_in(&Guest::default(), EMAIL, PASSWORD).await;
        let device = signed["data"]["signIn"]["deviceToken"].clone();
        let known = Guest {
            token: None,
            client: Client::nowhere().known_by(device.as_str()),
        };
        attack(&stage, &Guest::default()).await;
        let answer = stage.sign_in(&known, EMAIL, PASSWORD).await;
        if confirmed {
            assert_eq!(answer["data"]["signIn"]["viewer"]["vault"], "UNLOCKED");
        } else {
            assert_eq!(code(&answer), "RATE_LIMITED");
            stage.confirm().await;
        }
    }
}

async fn a_made_up_device_is_a_stranger(test: &TestDatabase) {
    let stage = Stage::new(test);
    stage.owner().await;
    stage.confirm().await;
    let signed = stage.sign_in(&Guest::default(), EMAIL, PASSWORD).await;
    let device = signed["data"]["signIn"]["deviceToken"]
        .as_str()
        .expect("a token");
    attack(&stage, &Guest::default()).await;
    let altered = format!("{}A", &device[..device.len() - 1]);
    for token in ["", "x", &altered, &"A".repeat(64), &"A".repeat(4_096)] {
        let guest = Guest {
            token: None,
            client: Client::nowhere().known_by(Some(token)),
        };
        if token == device {
            continue;
        }
        let answer = stage.sign_in(&guest, EMAIL, PASSWORD).await;
        assert_eq!(code(&answer), "RATE_LIMITED");
    }
    // Nor does the device of one person count for another.
    let other = Guest {
        token: None,
        client: Client::nowhere().known_by(Some(device)),
    };
    attack_address(&stage, &other, "nobody@example.org").await;
}

/// Ten tries and no more.
async fn attack_address(stage: &Stage<'_>, guest: &Guest, email: &str) {
    for tries in 0.. {
        let answer = stage.sign_in(guest, email, WRONG).await;
        if code(&answer) == "RATE_LIMITED" {
            assert_eq!(tries, 10);
            return;
        }
    }
}

async fn one_network_tries_no_more_than_so_many_addresses(test: &TestDatabase) {
    let stage = Stage::new(test);
    for number in 0..30 {
        let guest = Guest::from(&format!("198.51.100.{number}"));
        let answer = stage
            .sign_in(&guest, &format!("{number}@example.org"), WRONG)
            .await;
        assert_eq!(code(&answer), "CREDENTIALS_REFUSED", "{number}");
    }
    for (address, expected) in [
        ("198.51.100.200", "RATE_LIMITED"),
        ("198.51.101.200", "CREDENTIALS_REFUSED"),
        ("2001:db8::1", "CREDENTIALS_REFUSED"),
        ("127.0.0.1", "CREDENTIALS_REFUSED"),
    ] {
        let answer = stage
            .sign_in(&Guest::from(address), "x@example.org", WRONG)
            .await;
        assert_eq!(code(&answer), expected, "{address}");
    }
}

async fn visits_and_claims_are_counted(test: &TestDatabase) {
    let stage = Stage::new(test);
    let visitor = Guest::from("2001:db8:0:ab00::7");
    let visit = "mutation { visit(delivery: BEARER) { token } }";
    let mut last = json!(null);
    for _ in 0..120 {
        last = stage.ask(&visitor, visit).await["visit"]["token"].clone();
    }
    assert_eq!(stage.refused(&visitor, visit).await, "RATE_LIMITED");
    assert_eq!(stage.count("users").await, 120, "nothing was made");
    let known = visitor.with(&last);
    stage.ask(&known, visit).await;
    let claim = "mutation { claim(input: { email: \"taken@example.org\", password: \"nine wet cobblestones\" }) { token } }";
    stage.ask(&known, claim).await;
    // Others who claim the same address are answered alike, and counted with it.
    let another = async || {
        let visitor = Guest::default();
        let token = stage.ask(&visitor, visit).await["visit"]["token"].clone();
        visitor.with(&token)
    };
    for _ in 0..4 {
        stage.ask(&another().await, claim).await;
    }
    let one_too_many = stage.refused(&another().await, claim).await;
    assert_eq!(one_too_many, "RATE_LIMITED");
}

/// How many tries are let through now.
async fn tries(test: &TestDatabase, act: Act, account: Account<'_>, client: &Client) -> usize {
    let identity = identity();
    for count in 0.. {
        match check(&test.database, &identity, act, account, client).await {
            Ok(()) => {}
            Err(Error::RateLimited { .. }) => return count,
            Err(error) => panic!("{error}"),
        }
    }
    unreachable!("it ends")
}

async fn every_act_has_its_limit_and_refills(test: &TestDatabase) {
    let email = EmailAddress::parse(EMAIL).expect("an address");
    let (address, person) = (
        Account::Address(&email, None),
        Account::Person(UserId::new()),
    );
    let session = Account::Session(SessionId::new());
    let grant = Account::Grant(GrantId::new());
    let here = Client::nowhere();
    for (act, account, at_once, seconds) in [
        (Act::SignIn, address, 10, 60),
        (Act::SignUp, address, 5, 60),
        (Act::Password, session, 10, 60),
        (Act::SecondFactor, person, 10, 300),
        (Act::Reset, address, 3, 600),
        (Act::Mail, address, 5, 600),
        (Act::Export, person, 5, 600),
        (Act::Credential, person, 10, 60),
        (Act::PartnerRead, grant, 30, 10),
    ] {
        assert_eq!(tries(test, act, account, &here).await, at_once, "{act:?}");
        test.database.clock().advance(Duration::seconds(seconds));
        assert_eq!(tries(test, act, account, &here).await, 1, "{act:?}");
        test.database.clock().advance(Duration::days(1));
        assert_eq!(tries(test, act, account, &here).await, at_once, "{act:?}");
    }
    for (number, (act, at_once)) in [
        (Act::SignIn, 30),
        (Act::SignUp, 30),
        (Act::Visit, 120),
        (Act::SecondFactor, 30),
        (Act::Reset, 10),
        (Act::Mail, 20),
    ]
    .into_iter()
    .enumerate()
    {
        let network = Network::of(format!("192.0.{number}.1").parse().expect("an address"));
        let client = Client::new(None, network, None);
        let count = tries(test, act, Account::Nobody, &client).await;
        assert_eq!(count, at_once, "{act:?}");
    }
}

async fn many_at_once_take_no_more_than_there_are(test: &TestDatabase) {
    let identity = identity();
    let account = Account::Person(UserId::new());
    let here = Client::nowhere();
    let asked = (0..40).map(|_| check(&test.database, &identity, Act::SignIn, account, &here));
    let answers = futures_util::future::join_all(asked).await;
    let granted = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(granted, 10);
}

async fn counters_name_nobody(test: &TestDatabase) {
    let stage = Stage::new(test);
    stage
        .sign_in(&Guest::from("203.0.113.7"), EMAIL, WRONG)
        .await;
    let owner = &stage.test.owner;
    let sql = "SELECT bucket FROM rate_limits";
    let statement = Statement::from_string(owner.get_database_backend(), sql);
    let rows = owner.query_all_raw(statement).await.expect("rows");
    assert_eq!(rows.len(), 2, "the network and the address");
    for row in rows {
        let bucket: String = row.try_get_by_index(0).expect("a text");
        assert_eq!(bucket.len(), 64);
        assert!(bucket.bytes().all(|one| one.is_ascii_hexdigit()));
    }
}
