//! The end of an account, with what it has left where everybody's things are.

use dreamtree_audit::Gone;
use dreamtree_content::review;
use dreamtree_database::{Database, Scope};
use dreamtree_identity::{account, stale};
use dreamtree_partners::grant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Error, entity::user_custom_skills};

/// Deletes the scope's person. The names of their own skills that wait for an operator are taken out of the queue;
/// those that were decided about are content, and nobody's. What partners might read goes with their tokens for it.
pub async fn delete_account(scope: Scope, why: Gone) -> Result<(), Error> {
    let own = user_custom_skills::Entity::find()
        .filter(user_custom_skills::Column::UserId.eq(scope.user()))
        .all(scope.connection())
        .await?;
    review::withdraw(&scope, own.iter().map(|one| one.name.as_str())).await?;
    grant::forget(&scope).await?;
    Ok(account::delete(scope, why).await?)
}

/// Visitors who are looked at before the next ones are asked for.
const BATCH: u64 = 100;

/// Deletes visitors who have not claimed their work and were not here for so many days; how many those were. Each goes
/// in a transaction of their own. Several sweeps at a time do each other no harm: whoever comes second to a visitor
/// finds nobody.
pub async fn sweep(database: &Database, days: u16) -> Result<usize, Error> {
    let mut gone = 0;
    loop {
        let candidates = stale::candidates(database, BATCH).await?;
        if candidates.is_empty() {
            return Ok(gone);
        }
        for user in candidates {
            let scope = Scope::write(database, user).await?;
            if stale::is_stale(&scope, days).await? {
                delete_account(scope, Gone::Swept).await?;
                gone += 1;
            } else {
                scope.commit().await?;
            }
        }
    }
}
