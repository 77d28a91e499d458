//! Who asks at the token endpoint, and what may be registered.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{Client, limit::Network};
use dreamtree_partners::{
    Error, NewPartner, OauthError, Partner, ProgramKind, Proof, Scopes, authenticate, partner,
};

use crate::stage::{ALL, clock, identity, register, school, scopes};

on_both!(
    a_secret_proves_one_partner,
    who_guesses_has_to_wait,
    what_makes_no_sense_is_not_registered,
);

async fn proves(
    test: &TestDatabase,
    from: &Client,
    id: &str,
    secret: Option<&str>,
) -> Result<Partner, OauthError> {
    let proof = Proof {
        client_id: id.to_owned(),
        secret: secret.map(str::to_owned),
    };
    authenticate(&test.database, &identity(), from, &proof).await
}

async fn a_secret_proves_one_partner(test: &TestDatabase) {
    let (one, other) = (school(test, ALL).await, school(test, ALL).await);
    let public = register(test, ALL, ProgramKind::Public).await;
    assert!(public.secret.is_none());
    let id = |partner: &Partner| partner.id.to_string();
    let secret = one.secret.as_ref().unwrap().reveal();
    let theirs = other.secret.as_ref().unwrap().reveal();
    let here = Client::nowhere();
    let try_it = async |id: &str, secret: Option<&str>| {
        let proved = proves(test, &here, id, secret).await;
        assert!(!matches!(proved, Err(OauthError::Ours(_))));
        proved.is_ok()
    };
    let one_id = id(&one.partner);
    assert!(try_it(&one_id, Some(&secret)).await);
    assert!(!try_it(&one_id, None).await);
    assert!(!try_it(&one_id, Some(&theirs)).await);
    assert!(!try_it(&one_id, Some(&secret[1..])).await);
    assert!(!try_it(&id(&other.partner), Some(&secret)).await);
    assert!(!try_it("nobody", Some(&secret)).await);
    assert!(try_it(&id(&public.partner), None).await);
    assert!(!try_it(&id(&public.partner), Some(&secret)).await);
    let renewed = partner::renew_secret(test.database.counters(), one.partner.id).await;
    assert!(!try_it(&one_id, Some(&secret)).await);
    assert!(try_it(&one_id, Some(&renewed.unwrap().reveal())).await);
    let stored = one.partner.secret_hash.unwrap();
    assert!(!secret.contains(&stored) && stored.len() == 64);
}

async fn who_guesses_has_to_wait(test: &TestDatabase) {
    let school = school(test, ALL).await;
    let id = school.partner.id.to_string();
    let network = |text: &str| Network::of(text.parse().unwrap());
    let stranger = Client::new(None, network("203.0.113.7"), None);
    for _ in 0..120 {
        let guess = proves(test, &stranger, &id, Some("guess")).await;
        assert!(matches!(guess, Err(OauthError::InvalidClient)));
    }
    let guess = proves(test, &stranger, &id, Some("guess")).await;
    assert!(matches!(guess, Err(OauthError::TooOften { seconds: 1 })));
    let secret = school.secret.unwrap().reveal();
    let home = Client::new(None, network("198.51.100.7"), None);
    let proved = proves(test, &home, &id, Some(&secret)).await;
    assert!(proved.is_ok(), "strangers do not slow the partner");
}

async fn what_makes_no_sense_is_not_registered(test: &TestDatabase) {
    let good = || NewPartner {
        name: "A school".to_owned(),
        redirect_uris: vec!["https://school.example/".to_owned()],
        scopes: scopes(ALL),
        kind: ProgramKind::Public,
    };
    let uris = |uris: &[&str]| uris.iter().map(|uri| (*uri).to_owned()).collect();
    let cases = [
        (
            "input.name",
            NewPartner {
                name: " ".to_owned(),
                ..good()
            },
        ),
        (
            "input.scopes",
            NewPartner {
                scopes: Scopes::default(),
                ..good()
            },
        ),
        (
            "input.redirectUris",
            NewPartner {
                redirect_uris: uris(&[]),
                ..good()
            },
        ),
        (
            "input.redirectUris",
            NewPartner {
                redirect_uris: uris(&["https://a.example/"; 11]),
                ..good()
            },
        ),
        (
            "input.redirectUris",
            NewPartner {
                redirect_uris: uris(&["http://school.example/"]),
                ..good()
            },
        ),
    ];
    let now = test.database.clock().now();
    for (expected, new) in cases {
        match partner::register(test.database.counters(), new, now).await {
            Err(Error::Input { field, .. }) => assert_eq!(field, expected),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(partner::all(test.database.shared()).await.unwrap(), []);
}
