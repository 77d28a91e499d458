//! Secrets carried over to newer keys of the server, beside whoever signs with them.

use dreamtree_crypto::{ServerKeys, System, WebhookSecret};
use dreamtree_database::Database;
use dreamtree_types::PartnerId;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};

use super::endpoint;
use crate::{
    Error,
    entity::partner_webhooks::{Column, Entity},
};

/// Seals every secret anew that is not under the generation of keys in use; how many.
pub async fn reseal(database: &Database, keys: &ServerKeys) -> Result<u64, Error> {
    let mut count = 0;
    for one in waiting(database, keys).await? {
        count += one.store(database).await?;
    }
    Ok(count)
}

/// How many secrets are not under the generation of keys in use.
pub async fn sealed_before(database: &Database, keys: &ServerKeys) -> Result<u64, Error> {
    let waiting = waiting(database, keys).await?;
    Ok(u64::try_from(waiting.len()).unwrap_or(u64::MAX))
}

/// A secret that is not under the generation of keys in use, and what it is to be.
struct Waiting {
    partner: PartnerId,
    column: Column,
    before: String,
    after: String,
}

impl Waiting {
    /// Not where another secret has taken its place meanwhile.
    async fn store(self, database: &Database) -> Result<u64, DbErr> {
        let done = Entity::update_many()
            .col_expr(self.column, Expr::value(self.after))
            .filter(Column::PartnerId.eq(self.partner))
            .filter(self.column.eq(self.before))
            .exec(database.counters())
            .await?;
        Ok(done.rows_affected)
    }
}

async fn waiting(database: &Database, keys: &ServerKeys) -> Result<Vec<Waiting>, Error> {
    let mut waiting = Vec::new();
    for row in endpoint::all(database.shared()).await? {
        let partner = row.partner_id.uuid();
        let secrets = [
            (Column::Secret, Some(row.secret.clone())),
            (Column::FormerSecret, row.former_secret.clone()),
        ];
        for (column, sealed) in secrets {
            let Some(before) = sealed else { continue };
            if let Some(after) = WebhookSecret::reseal(keys, partner, &before, &mut System)? {
                waiting.push(Waiting {
                    partner: row.partner_id,
                    column,
                    before,
                    after,
                });
            }
        }
    }
    Ok(waiting)
}
