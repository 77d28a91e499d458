//! Two entries for one skill become one, and every link is kept.

use dreamtree_content::Library;
use dreamtree_database::Scope;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::{Skill, find::one, forget, order::close_gaps};
use crate::{
    Error, UserSkillId,
    entity::user_skills::{Entity, Model},
    owned,
};

/// Tags of the one that would meet a tag of the other on the same thing.
const DROP_TWIN_TAGS: &str = "DELETE FROM user_skill_tags WHERE user_id = $1 AND user_skill_id = $2 \
    AND COALESCE(instance_id, response_id) IN (SELECT COALESCE(instance_id, response_id) \
    FROM user_skill_tags WHERE user_id = $1 AND user_skill_id = $3)";
const MOVE_TAGS: &str =
    "UPDATE user_skill_tags SET user_skill_id = $3 WHERE user_id = $1 AND user_skill_id = $2";

/// The same for experiences, which name the listed skill or the person's own one ($2, $3: from; $4, $5: into).
const OF_FROM: &str = "user_id = $1 AND (skill_id = $2 OR custom_skill_id = $3)";
const OF_INTO: &str = "user_id = $1 AND (skill_id = $4 OR custom_skill_id = $5)";

/// Puts `from` into `into`: everything that it was tagged on, all experiences that it took part in, the higher
/// mastery, the better rank if they are of one group, and its evidence where the other has none.
pub(crate) async fn merge(
    scope: &Scope,
    library: &Library,
    from: UserSkillId,
    into: UserSkillId,
) -> Result<Skill, Error> {
    if from == into {
        return Err(Error::twice("input.into"));
    }
    let gone = owned::find::<Entity>(scope, from, "input.from").await?;
    let mut kept = owned::find::<Entity>(scope, into, "input.into").await?;
    let tags = [scope.user().into(), from.into(), into.into()];
    run(scope, DROP_TWIN_TAGS, tags.to_vec()).await?;
    run(scope, MOVE_TAGS, tags.to_vec()).await?;
    move_experiences(scope, &gone, &kept).await?;
    owned::delete::<Entity>(scope, from).await?;
    if let Some(custom) = gone.custom_skill_id {
        forget(scope, custom).await?;
    }
    kept.mastery = kept.mastery.max(gone.mastery);
    if kept.category == gone.category {
        kept.rank = [kept.rank, gone.rank].into_iter().flatten().min();
    }
    kept.evidence = kept.evidence.take().or(gone.evidence);
    owned::replace::<Entity>(scope, &mut kept).await?;
    close_gaps(scope, library).await?;
    one(scope, library, into).await
}

async fn move_experiences(scope: &Scope, from: &Model, into: &Model) -> Result<(), Error> {
    let values = || {
        vec![
            scope.user().into(),
            from.skill_id.into(),
            from.custom_skill_id.into(),
            into.skill_id.into(),
            into.custom_skill_id.into(),
        ]
    };
    let drop_twins = format!(
        "DELETE FROM user_experience_skills WHERE {OF_FROM} \
         AND experience_id IN (SELECT experience_id FROM user_experience_skills WHERE {OF_INTO})"
    );
    run(scope, &drop_twins, values()).await?;
    let moved = format!(
        "UPDATE user_experience_skills SET skill_id = $4, custom_skill_id = $5 WHERE {OF_FROM}"
    );
    run(scope, &moved, values()).await
}

async fn run(scope: &Scope, sql: &str, values: Vec<Value>) -> Result<(), Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    connection.execute_raw(statement).await?;
    Ok(())
}
