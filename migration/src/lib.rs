//! One schema for `SQLite` and `PostgreSQL`, a step a file.
//!
//! Every step is one SQL text for both databases; only the names of three types differ. The rules
//! that the tables keep are those that let one schema run on `SQLite`, `PostgreSQL` and a cluster, and `tests/it/catalogue.rs` fails for a
//! table that breaks one.

mod m0001_reference;
mod m0002_content;
mod m0003_attribution;
mod m0004_accounts;
mod m0005_workspace;
mod m0006_self;
mod m0007_direction;
mod m0008_search;
mod m0009_ideas;
mod m0010_assessments;
mod m0011_account;
mod m0012_devices;
mod m0013_trust;
mod m0014_passkeys;
mod m0015_consents;
mod m0016_coaching;
mod m0017_partners;
mod m0018_operate;
mod m0019_results_that_travel;
mod m0020_webhooks;
mod m0021_partner_credentials;
mod rights;
mod run;
mod step;
mod tables;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

pub use rights::grant;
pub use run::{migrate, revert_all};
pub use tables::{
    APPENDED_TABLES, CURATED_TABLES, DIRECTORY_TABLES, LENT_TABLES, LOG_TABLES, SERVICE_TABLES,
    SHARED_TABLES, USER_TABLES,
};

use step::Step;

/// Every step, oldest first. A released step is never edited; a change is a new step.
const STEPS: &[Step] = &[
    m0001_reference::STEP,
    m0002_content::STEP,
    m0003_attribution::STEP,
    m0004_accounts::STEP,
    m0005_workspace::STEP,
    m0006_self::STEP,
    m0007_direction::STEP,
    m0008_search::STEP,
    m0009_ideas::STEP,
    m0010_assessments::STEP,
    m0011_account::STEP,
    m0012_devices::STEP,
    m0013_trust::STEP,
    m0014_passkeys::STEP,
    m0015_consents::STEP,
    m0016_coaching::STEP,
    m0017_partners::STEP,
    m0018_operate::STEP,
    m0019_results_that_travel::STEP,
    m0020_webhooks::STEP,
    m0021_partner_credentials::STEP,
];

/// The list of steps as `SeaORM` wants it; to run them, call [`migrate`], which also locks.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS
            .iter()
            .map(|step| Box::new(*step) as Box<dyn MigrationTrait>)
            .collect()
    }
}

/// A short name for the whole of the schema, different when any step is.
#[must_use]
pub fn fingerprint() -> String {
    let texts = STEPS
        .iter()
        .flat_map(|step| step.tables.iter().map(|table| table.sql));
    let hash = texts
        .flat_map(str::bytes)
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}
