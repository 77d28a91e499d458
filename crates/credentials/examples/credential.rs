//! Prints a credential, its token, a status list and the issuer's documents as one JSON object, all made with new keys:
//! what `tests/credentials` has other people's libraries check, without a server.
#![allow(clippy::expect_used, reason = "an example that cannot go on says why")]

use dreamtree_credentials::{
    Competency, Issuer, Level, SelfAssessment, SigningKeys, StatusEntry, StatusList, Subject,
    document, key_set, token,
};
use dreamtree_crypto::System;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const STATUS: StatusEntry = StatusEntry {
    list: 1,
    position: 94_567,
};

fn main() {
    let issuer = Issuer::at("https://dreamtree.example").expect("an origin");
    let earlier = SigningKeys::generate(&mut System).expect("keys");
    let keys = SigningKeys::generate(&mut System).expect("keys");
    let now = OffsetDateTime::now_utc();
    let assessment = SelfAssessment {
        id: Uuid::new_v4(),
        subject: Subject::Once(Uuid::new_v4()),
        valid_from: now,
        valid_until: now + Duration::days(365),
        status: STATUS,
        competencies: (1..=15).map(competency).collect(),
    };
    let claims = assessment.claims(&issuer).expect("claims");
    let credential = claims.secure(&issuer, &keys, now).expect("a proof");
    let list = |in_force: &[u32]| {
        let list = StatusList::new(1, in_force.iter().copied()).expect("a list");
        let claims = list.claims(&issuer, now, now + Duration::hours(1));
        let list = claims.expect("claims").secure(&issuer, &keys, now);
        list.expect("a proof")
    };
    let lists = json!({ "inForce": list(&[STATUS.position]), "revoked": list(&[]) });
    let tokens = json!({
        "inForce": token(&lists["inForce"], &issuer, &keys).expect("a token"),
        "revoked": token(&lists["revoked"], &issuer, &keys).expect("a token"),
    });
    let published = [keys.public().clone(), earlier.public().clone()];
    let sample = json!({
        "did": issuer.did(),
        "token": token(&credential, &issuer, &keys).expect("a token"),
        "credential": credential,
        "statusLists": lists,
        "statusTokens": tokens,
        "document": document(&issuer, &published),
        "keySet": key_set(&issuer, &published),
    });
    println!("{sample:#}");
}

/// With letters of several alphabets, quotes and backslashes: what is hard to write down twice in the same way.
fn competency(number: u128) -> Competency {
    Competency {
        id: Uuid::from_u128(number),
        name: format!("Competency {number}: \"Öfen\" \\ горы 🌱"),
        levels: (1..=5)
            .map(|level| Level {
                id: Uuid::from_u128(1_000 * number + level),
                number: i32::try_from(level).expect("a small number"),
                text: format!("Does\tthis\nat level {level} & <more>"),
            })
            .collect(),
        achieved: i32::try_from(number % 5 + 1).expect("a small number"),
    }
}
