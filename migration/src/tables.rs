//! The names of all tables by owner, read off the steps so that no second list can differ.

use crate::STEPS;
use crate::step::Kind;

/// Tables whose rows each belong to one user, `users` included; parents before children.
pub const USER_TABLES: &[&str] = &names::<{ count(Kind::Owned) }>(Kind::Owned);

/// Content and reference tables; the server may only read them. Parents before children.
pub const SHARED_TABLES: &[&str] = &names::<{ count(Kind::Shared) }>(Kind::Shared);

/// Tables that are the same for everybody and that operators keep through the server. Parents before children.
pub const CURATED_TABLES: &[&str] = &names::<{ count(Kind::Curated) }>(Kind::Curated);

/// Tables that find a user before one is known; no row-level security.
pub const DIRECTORY_TABLES: &[&str] = &names::<{ count(Kind::Directory) }>(Kind::Directory);

/// Tables that the server keeps for its own work; no row-level security, and nobody's private values in clear.
pub const SERVICE_TABLES: &[&str] = &names::<{ count(Kind::Service) }>(Kind::Service);

/// How many tables are of a kind.
const fn count(kind: Kind) -> usize {
    let mut found = 0;
    let mut step = 0;
    while step < STEPS.len() {
        let mut table = 0;
        while table < STEPS[step].tables.len() {
            if STEPS[step].tables[table].kind as u8 == kind as u8 {
                found += 1;
            }
            table += 1;
        }
        step += 1;
    }
    found
}

/// The names of the tables of a kind; `N` is their count.
const fn names<const N: usize>(kind: Kind) -> [&'static str; N] {
    let mut names = [""; N];
    let mut found = 0;
    let mut step = 0;
    while step < STEPS.len() {
        let mut table = 0;
        while table < STEPS[step].tables.len() {
            if STEPS[step].tables[table].kind as u8 == kind as u8 {
                names[found] = STEPS[step].tables[table].name;
                found += 1;
            }
            table += 1;
        }
        step += 1;
    }
    names
}
