//! What hangs on a skill beside the entry itself: experiences and their tasks, which name a listed skill or one of the
//! person's own.

use dreamtree_database::Scope;
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::{Error, tool::skills::Subject};

/// $2, $3: from; $4, $5: into.
const OF_FROM: &str = "user_id = $1 AND (skill_id = $2 OR custom_skill_id = $3)";
const OF_INTO: &str = "user_id = $1 AND (skill_id = $4 OR custom_skill_id = $5)";

/// Moves what hangs on one skill to another.
pub(super) async fn move_links(scope: &Scope, from: Subject, into: Subject) -> Result<(), Error> {
    let drop_twins = format!(
        "DELETE FROM user_experience_skills WHERE {OF_FROM} \
         AND experience_id IN (SELECT experience_id FROM user_experience_skills WHERE {OF_INTO})"
    );
    run(scope, &drop_twins, values(scope, from, into)).await?;
    for table in ["user_experience_skills", "user_experience_tasks"] {
        let moved =
            format!("UPDATE {table} SET skill_id = $4, custom_skill_id = $5 WHERE {OF_FROM}");
        run(scope, &moved, values(scope, from, into)).await?;
    }
    Ok(())
}

fn values(scope: &Scope, from: Subject, into: Subject) -> Vec<Value> {
    vec![
        scope.user().into(),
        from.0.into(),
        from.1.into(),
        into.0.into(),
        into.1.into(),
    ]
}

/// Forgets the skills of one's own that nothing names any more.
pub(crate) async fn forget_unused(scope: &Scope) -> Result<(), Error> {
    const UNUSED: &str = "DELETE FROM user_custom_skills WHERE user_id = $1 AND id NOT IN (\
        SELECT custom_skill_id FROM user_skills WHERE user_id = $1 AND custom_skill_id IS NOT NULL \
        UNION ALL SELECT custom_skill_id FROM user_experience_skills \
        WHERE user_id = $1 AND custom_skill_id IS NOT NULL \
        UNION ALL SELECT custom_skill_id FROM user_experience_tasks \
        WHERE user_id = $1 AND custom_skill_id IS NOT NULL)";
    run(scope, UNUSED, vec![scope.user().into()]).await
}

pub(super) async fn run(scope: &Scope, sql: &str, values: Vec<Value>) -> Result<(), Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    connection.execute_raw(statement).await?;
    Ok(())
}
