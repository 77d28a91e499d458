//! What a use of a tool holds, noted each time that it is saved: a summary, a hash, and the history of the hashes.

use dreamtree_content::{Library, Placement, Tool};
use dreamtree_database::{Scope, VaultError, content_hash};
use dreamtree_types::Private;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, Statement,
    sea_query::{CaseStatement, Expr, Func},
};

use super::{SUMMARY, TABLE};
use crate::{
    Error, InstanceId, Value, View,
    entity::user_tool_instances::{Column, Entity},
    sealed::Row,
    tool::{ToolData, digest},
};

/// What is noted of a use of a tool.
#[derive(Default)]
struct Noted {
    /// Sealed where the tool is private.
    summary: Option<String>,
    hash: Option<String>,
    /// The generation of the key that the summary is sealed with.
    generation: Option<i32>,
}

/// A change of the hash takes its turn in one of a hundred slots. An `IS DISTINCT FROM` takes nothing for a value.
const CHANGE: &str = "INSERT INTO user_tool_changes \
    (user_id, instance_id, slot, revision, content_hash, changed_at) \
    SELECT user_id, id, (revision + 1) % 100, revision + 1, $3, $4 FROM user_tool_instances \
    WHERE user_id = $1 AND id = $2 AND content_hash IS DISTINCT FROM $3 \
    ON CONFLICT (user_id, instance_id, slot) DO UPDATE SET revision = excluded.revision, \
    content_hash = excluded.content_hash, changed_at = excluded.changed_at";

/// Notes that a use of a tool was saved, and what it holds now, as far as that can be read: its next revision. Two
/// statements.
pub(super) async fn note(
    scope: &Scope,
    tool: &Tool,
    id: InstanceId,
    data: Option<&ToolData>,
) -> Result<(), Error> {
    let noted = data.map(|data| Noted::of(scope, tool, id, data));
    let noted = noted.transpose()?.unwrap_or_default();
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let values = [
        scope.user().into(),
        id.into(),
        noted.hash.clone().into(),
        scope.now().into(),
    ];
    connection
        .execute_raw(Statement::from_sql_and_values(backend, CHANGE, values))
        .await?;
    // The title keeps its key, which may be an older one.
    let known = Func::coalesce([
        Expr::col(Column::KeyGeneration),
        Expr::value(noted.generation),
    ]);
    let generation = CaseStatement::new()
        .case(Column::Title.is_null(), Expr::value(noted.generation))
        .finally(known);
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .col_expr(Column::Summary, Expr::value(noted.summary))
        .col_expr(Column::IsSealed, Expr::value(digest::is_private(tool)))
        .col_expr(Column::ContentHash, Expr::value(noted.hash))
        .col_expr(Column::KeyGeneration, generation.into())
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes what tools hold that were answered at these places of the reading order.
pub(crate) async fn note_answers(
    scope: &Scope,
    library: &Library,
    view: &View,
    saved: &[usize],
) -> Result<(), Error> {
    for placement in saved
        .iter()
        .filter_map(|index| library.placements().get(*index))
    {
        let tool = Placement::tool(placement);
        if let (Some(at), Some(row)) = (tool, view.answered.row(placement.id)) {
            let stored = view.stored.get(&placement.id).map(|stored| &stored.value);
            let data = match stored {
                Some(Private::Open(Value::Tool(data))) => Some(data),
                _ => None,
            };
            note(scope, &at.tool, InstanceId::from(row.id), data).await?;
        }
    }
    Ok(())
}

/// What is held, if it can be read.
pub(super) const fn readable(held: &Private<ToolData>) -> Option<&ToolData> {
    match held {
        Private::Open(data) => Some(data),
        Private::Empty | Private::Locked => None,
    }
}

impl Noted {
    fn of(scope: &Scope, tool: &Tool, id: InstanceId, data: &ToolData) -> Result<Self, Error> {
        let summary = digest::summary(data);
        let canonical = digest::canonical(data);
        if !digest::is_private(tool) {
            return Ok(Self {
                summary,
                hash: canonical.map(|text| content_hash(text.as_bytes())),
                generation: None,
            });
        }
        let generation = match scope.vault().generation() {
            // What is not private about it was saved all the same.
            Err(VaultError::Locked) => return Ok(Self::default()),
            generation => generation?,
        };
        let hash = canonical.map(|text| scope.vault().content_hash(text.as_bytes()));
        Ok(Self {
            summary: Row::new(scope, TABLE, id).seal(SUMMARY, summary.as_deref())?,
            hash: hash.transpose()?,
            generation: Some(generation),
        })
    }
}
