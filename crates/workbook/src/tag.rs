//! Skills tagged on what they showed in: an answer to a prompt, or a use of a tool.

use std::collections::HashMap;

use dreamtree_content::{Library, Placement, PlacementId, SkillSettings, ToolId, ToolKind};
use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement,
};

use crate::{
    Answered, Error, InstanceId, ResponseId, UserSkillId,
    entity::{user_responses, user_tool_instances},
    tool::skills::{Skills, Tag, keep, replace_tags, tagged},
};

/// Any skills, or none.
const ANY: SkillSettings = SkillSettings {
    category: None,
    min_items: 0,
    max_items: 30,
};

/// What skills are tagged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A use of a tool.
    Instance(InstanceId),
    /// An answer to a prompt.
    Response(ResponseId),
}

impl Target {
    /// The use of a tool, if it is one.
    #[must_use]
    pub const fn instance(self) -> Option<InstanceId> {
        match self {
            Self::Instance(id) => Some(id),
            Self::Response(_) => None,
        }
    }

    /// The answer to a prompt, if it is one.
    #[must_use]
    pub const fn response(self) -> Option<ResponseId> {
        match self {
            Self::Response(id) => Some(id),
            Self::Instance(_) => None,
        }
    }
}

/// What a person names to tag skills on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// What they answered at a placement.
    Placement(PlacementId),
    /// A use of a tool.
    Instance(InstanceId),
}

/// Something that a skill is tagged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// What it is.
    pub target: Target,
    /// Where in the workbook it stands, perhaps no longer; `None` outside of it.
    pub placement: Option<PlacementId>,
    /// The tool; `None` for an answer to a prompt.
    pub tool: Option<ToolId>,
}

/// Puts these skills, at most 30, in the place of those that are tagged there; returns them. What the person does not
/// have yet is kept among their skills.
pub(crate) async fn set(
    scope: &Scope,
    library: &Library,
    name: Name,
    skills: Vec<Tag>,
) -> Result<Vec<Tag>, Error> {
    let target = find(scope, library, name).await?;
    let ids = keep(scope, library, &ANY, "input.skills", &Skills { skills }).await?;
    replace_tags(scope, target, ids).await?;
    let mut tagged = tagged(scope, library, &[target]).await?;
    Ok(tagged.remove(&target).unwrap_or_default())
}

/// What the person means. A skill tagger says itself which skills it shows, as its answer.
async fn find(scope: &Scope, library: &Library, name: Name) -> Result<Target, Error> {
    let (target, tool) = match name {
        Name::Instance(id) => {
            let row = instance(
                scope,
                Condition::all().add(user_tool_instances::Column::Id.eq(id)),
            );
            row.await?
        }
        Name::Placement(id)
            if library
                .placement(id)
                .is_some_and(|at| at.prompt().is_some()) =>
        {
            return response(scope, id).await;
        }
        Name::Placement(id) => {
            let there = user_tool_instances::Column::StemId.eq(id.0);
            instance(scope, Condition::all().add(there)).await?
        }
    };
    let kind = library.tool(tool).map(|tool| tool.kind);
    if kind == Some(ToolKind::SkillTagger) {
        let rule = "is itself a choice of skills; change that";
        return Err(Error::invalid("input.target", rule));
    }
    Ok(target)
}

async fn instance(scope: &Scope, which: Condition) -> Result<(Target, ToolId), Error> {
    use user_tool_instances::{Column, Entity};
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(which)
        .one(scope.connection())
        .await?;
    let row = row.ok_or_else(|| Error::missing("input.target"))?;
    Ok((Target::Instance(row.id), ToolId(row.tool_id)))
}

async fn response(scope: &Scope, placement: PlacementId) -> Result<Target, Error> {
    use user_responses::{Column, Entity};
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::StemId.eq(placement.0))
        .one(scope.connection())
        .await?;
    let row = row.ok_or_else(|| Error::missing("input.target"))?;
    Ok(Target::Response(row.id))
}

/// The skills tagged on what was answered at these placements; the statements of the skill tagger.
pub(crate) async fn at<'a>(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    placements: impl IntoIterator<Item = &'a Placement>,
) -> Result<HashMap<PlacementId, Vec<Tag>>, Error> {
    let target = |placement: &Placement| {
        let row = answered.row(placement.id)?.id;
        let target = match placement.tool() {
            Some(_) => Target::Instance(InstanceId::from(row)),
            None => Target::Response(ResponseId::from(row)),
        };
        Some((placement.id, target))
    };
    let rows: Vec<_> = placements.into_iter().filter_map(target).collect();
    let targets: Vec<Target> = rows.iter().map(|(_, target)| *target).collect();
    let mut tagged = tagged(scope, library, &targets).await?;
    let skills = |(id, target)| Some((id, tagged.remove(&target)?));
    Ok(rows.into_iter().filter_map(skills).collect())
}

#[derive(FromQueryResult)]
#[expect(
    clippy::struct_field_names,
    reason = "the fields are called as the columns"
)]
struct Row {
    user_skill_id: UserSkillId,
    instance_id: Option<InstanceId>,
    response_id: Option<ResponseId>,
    stem_id: Option<i32>,
    tool_id: Option<i32>,
}

const PLACES: &str = "SELECT t.user_skill_id, t.instance_id, t.response_id, \
    COALESCE(i.stem_id, r.stem_id) AS stem_id, i.tool_id FROM user_skill_tags t \
    LEFT JOIN user_tool_instances i ON i.user_id = t.user_id AND i.id = t.instance_id \
    LEFT JOIN user_responses r ON r.user_id = t.user_id AND r.id = t.response_id \
    WHERE t.user_id = $1 ORDER BY t.id";

/// What each of the person's skills is tagged on, in the order of tagging; one statement.
pub(crate) async fn places(scope: &Scope) -> Result<HashMap<UserSkillId, Vec<Tagged>>, Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, PLACES, [scope.user().into()]);
    let mut places: HashMap<UserSkillId, Vec<Tagged>> = HashMap::new();
    for row in Row::find_by_statement(statement).all(connection).await? {
        let target = match (row.instance_id, row.response_id) {
            (Some(id), _) => Target::Instance(id),
            (None, Some(id)) => Target::Response(id),
            (None, None) => return Err(Error::Corrupt("a tag on nothing")),
        };
        places.entry(row.user_skill_id).or_default().push(Tagged {
            target,
            placement: row.stem_id.map(PlacementId),
            tool: row.tool_id.map(ToolId),
        });
    }
    Ok(places)
}
