//! The names of all tables by owner, read off the steps so that no second list can differ.

use crate::STEPS;
use crate::step::Kind;

/// Tables whose rows each belong to one user, `users` included; parents before children.
pub const USER_TABLES: &[&str] = &names::<{ count(USERS) }>(USERS);

/// Those of them that the server only adds to.
pub const APPENDED_TABLES: &[&str] = &names::<{ count(APPENDED) }>(APPENDED);

/// Those of them whose rows can be lent: read for somebody whom their user lets read them.
pub const LENT_TABLES: &[&str] = &["user_competency_scores", "user_settings"];

/// What happened that is nobody's; the server only adds to it.
pub const LOG_TABLES: &[&str] = &names::<{ count(LOGS) }>(LOGS);

const USERS: &[Kind] = &[Kind::Owned, Kind::Appended];
const APPENDED: &[Kind] = &[Kind::Appended];
const LOGS: &[Kind] = &[Kind::Log];
const SHARED: &[Kind] = &[Kind::Shared];
const CURATED: &[Kind] = &[Kind::Curated];
const DIRECTORIES: &[Kind] = &[Kind::Directory];
const SERVICE: &[Kind] = &[Kind::Service];

/// Content and reference tables; the server may only read them. Parents before children.
pub const SHARED_TABLES: &[&str] = &names::<{ count(SHARED) }>(SHARED);

/// Tables that are the same for everybody and that operators keep through the server. Parents before children.
pub const CURATED_TABLES: &[&str] = &names::<{ count(CURATED) }>(CURATED);

/// Tables that find a user before one is known; everybody may be read, only oneself written.
pub const DIRECTORY_TABLES: &[&str] = &names::<{ count(DIRECTORIES) }>(DIRECTORIES);

/// What the server keeps for its own work; no row-level security, and nobody's private values in clear.
pub const SERVICE_TABLES: &[&str] = &names::<{ count(SERVICE) }>(SERVICE);

/// How many tables are of one of these kinds.
const fn count(kinds: &[Kind]) -> usize {
    let mut found = 0;
    let mut step = 0;
    while step < STEPS.len() {
        let mut table = 0;
        while table < STEPS[step].tables.len() {
            if is_one(STEPS[step].tables[table].kind, kinds) {
                found += 1;
            }
            table += 1;
        }
        step += 1;
    }
    found
}

/// The names of the tables of these kinds; `N` is their count.
const fn names<const N: usize>(kinds: &[Kind]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut found = 0;
    let mut step = 0;
    while step < STEPS.len() {
        let mut table = 0;
        while table < STEPS[step].tables.len() {
            if is_one(STEPS[step].tables[table].kind, kinds) {
                names[found] = STEPS[step].tables[table].name;
                found += 1;
            }
            table += 1;
        }
        step += 1;
    }
    names
}

const fn is_one(kind: Kind, kinds: &[Kind]) -> bool {
    let mut at = 0;
    while at < kinds.len() {
        if kinds[at] as u8 == kind as u8 {
            return true;
        }
        at += 1;
    }
    false
}
