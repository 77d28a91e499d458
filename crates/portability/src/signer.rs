//! The keys that this server signs with, and those that others find in its documents.
//!
//! Private keys stand in a file of each server, public ones in a table that all servers share. A pair stays published
//! until whatever it has signed has ended; so keys are exchanged by giving the server other ones, and the private half
//! of the old ones can be destroyed at once.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use dreamtree_credentials::{Issuer, PublicKeys, SigningKeys, document, key_set};
use dreamtree_database::Database;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DbErr, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use serde_json::Value as Json;
use time::Duration;

use crate::{
    Error,
    entity::signing_keys::{Column, Entity, Model},
};

/// What is signed now ends within this; a leap year and a day.
const LONGEST: Duration = Duration::days(367);

/// So much longer keys are published than they need to, so that it is written down once a month.
const AHEAD: Duration = Duration::days(30);

/// The keys that this server signs with. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Signer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    keys: SigningKeys,
    /// Until when others find them, as far as this process knows; seconds since 1970.
    published: AtomicI64,
}

impl Signer {
    /// A signer with keys that nobody knows yet.
    #[must_use]
    pub fn new(keys: SigningKeys) -> Self {
        let published = AtomicI64::new(i64::MIN);
        Self(Arc::new(Inner { keys, published }))
    }

    /// The keys, after making sure that others find them for as long as something can be in force that is signed now.
    /// Hold no transaction to write in meanwhile.
    pub async fn keys(&self, database: &Database) -> Result<&SigningKeys, DbErr> {
        let now = database.clock().now();
        let needed = now + LONGEST;
        if self.0.published.load(Ordering::Relaxed) < needed.unix_timestamp() {
            let until = needed + AHEAD;
            self.publish(database, now, needed, until).await?;
            let until = until.unix_timestamp();
            self.0.published.fetch_max(until, Ordering::Relaxed);
        }
        Ok(&self.0.keys)
    }

    /// Adds the keys to those that are published, or extends their time; one statement.
    async fn publish(
        &self,
        database: &Database,
        now: Instant,
        needed: Instant,
        until: Instant,
    ) -> Result<(), DbErr> {
        let public = self.0.keys.public();
        let row = Model {
            ed25519: public.ed25519_id().to_owned(),
            p256: public.p256_multikey().to_owned(),
            signs_until: until,
            created_at: now,
        };
        let extend = OnConflict::column(Column::Ed25519)
            .update_column(Column::SignsUntil)
            .action_and_where(
                Condition::all()
                    .add(Expr::col((Entity, Column::SignsUntil)).lt(needed))
                    .into(),
            )
            .to_owned();
        Entity::insert(row.into_active_model().reset_all())
            .on_conflict(extend)
            .exec_without_returning(database.counters())
            .await?;
        Ok(())
    }

    /// All keys that something in force may be signed with, this server's own first; one statement.
    async fn published(&self, database: &Database) -> Result<Vec<PublicKeys>, Error> {
        let rows = Entity::find()
            .filter(Column::SignsUntil.gt(database.clock().now()))
            .order_by_desc(Column::CreatedAt)
            .order_by_asc(Column::Ed25519)
            .all(database.shared())
            .await?;
        let own = self.0.keys.public();
        let mut published = vec![own.clone()];
        for row in rows {
            if row.ed25519 != own.ed25519_id() {
                published.push(PublicKeys::parse(&row.ed25519, &row.p256)?);
            }
        }
        Ok(published)
    }

    /// The DID document of the issuer at an origin.
    pub async fn document(&self, database: &Database, origin: &str) -> Result<Json, Error> {
        let issuer = issuer(origin)?;
        Ok(document(&issuer, &self.published(database).await?))
    }

    /// The key set of the issuer at an origin.
    pub async fn key_set(&self, database: &Database, origin: &str) -> Result<Json, Error> {
        let issuer = issuer(origin)?;
        Ok(key_set(&issuer, &self.published(database).await?))
    }
}

/// The issuer at an origin.
pub(crate) fn issuer(origin: &str) -> Result<Issuer, Error> {
    Issuer::at(origin).map_err(|_| Error::NoOrigin)
}
