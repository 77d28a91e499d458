//! When things last changed, and when a reader last looked at a placement again.

use std::collections::{BTreeSet, HashMap};

use dreamtree_content::{Connection, DataKind, PlacementId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, Statement, sea_query::OnConflict};

use crate::{
    Error,
    entity::user_source_changes::{ActiveModel, Column, Entity},
};

/// Which times are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// True when anybody is to be told of anything.
    tells: bool,
    kinds: BTreeSet<DataKind>,
}

/// Times of a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    kinds: HashMap<DataKind, Instant>,
    lists: HashMap<String, Instant>,
    reviews: HashMap<PlacementId, Instant>,
}

impl Asked {
    /// What these connections ask for.
    pub(super) fn of<'a>(connections: impl IntoIterator<Item = &'a Connection>) -> Self {
        let mut asked = Self::default();
        for connection in connections.into_iter().filter(|one| one.tells()) {
            asked.tells = true;
            if anywhere(connection) {
                asked.kinds.insert(connection.data);
            }
        }
        asked
    }
}

/// True when the rows of the kind tell of a change, not the placements that it was made at.
pub(super) fn anywhere(connection: &Connection) -> bool {
    connection.data == DataKind::Budget
        || (connection.source.is_none() && connection.places.is_none())
}

/// The table of a kind and the column of its last change, where a kind has one.
const fn table(kind: DataKind) -> Option<(&'static str, &'static str)> {
    const AT: &str = "updated_at";
    match kind {
        DataKind::Skills => Some(("user_skills", AT)),
        DataKind::Stories => Some(("user_stories", AT)),
        DataKind::Flow => Some(("user_flow_logs", AT)),
        DataKind::Ideas => Some(("user_idea_trees", AT)),
        DataKind::Experiences => Some(("user_experiences", AT)),
        DataKind::Values => Some(("user_values", AT)),
        DataKind::CareerOptions => Some(("user_career_options", AT)),
        DataKind::Milestones => Some(("user_milestones", AT)),
        DataKind::Locations => Some(("user_locations", AT)),
        DataKind::Companies => Some(("user_companies", AT)),
        DataKind::Contacts => Some(("user_contacts", AT)),
        DataKind::Jobs => Some(("user_jobs", AT)),
        DataKind::Budget => Some(("user_budget", AT)),
        DataKind::Competencies => Some(("user_competency_scores", "assessed_at")),
        // The profile's row changes with the dashboard too, and the settings with every colour: both are noted.
        DataKind::Profile
        | DataKind::Dashboard
        | DataKind::Personality
        | DataKind::Answer
        | DataKind::List
        | DataKind::Records
        | DataKind::SkillsMaster => None,
    }
}

impl Marks {
    /// Reads the times that are asked for, in one statement; in none where nobody is to be told of anything.
    pub(super) async fn load(scope: &Scope, asked: &Asked) -> Result<Self, Error> {
        if !asked.tells {
            return Ok(Self::default());
        }
        let mut sql =
            "SELECT changed_at, kind, NULL, NULL FROM user_source_changes WHERE user_id = $1 \
             UNION ALL SELECT reviewed_at, NULL, NULL, stem_id FROM user_reviews WHERE user_id = $1"
                .to_owned();
        for kind in &asked.kinds {
            if let Some((table, column)) = table(*kind) {
                let word = kind.as_str();
                sql += &format!(
                    " UNION ALL SELECT max({column}), '{word}', NULL, NULL FROM {table} WHERE user_id = $1"
                );
            }
        }
        if asked.kinds.contains(&DataKind::List) {
            sql += " UNION ALL SELECT max(updated_at), 'list', name, NULL FROM user_lists \
                 WHERE user_id = $1 GROUP BY name";
        }
        let connection = scope.connection();
        let backend = connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
        let mut marks = Self::default();
        for row in connection.query_all_raw(statement).await? {
            let Some(at) = row.try_get_by_index::<Option<Instant>>(0)? else {
                continue;
            };
            if let Some(placement) = row.try_get_by_index(3)? {
                marks.reviews.insert(PlacementId(placement), at);
            } else if let Some(list) = row.try_get_by_index(2)? {
                marks.lists.insert(list, at);
            } else if let Some(kind) = DataKind::parse(&row.try_get_by_index::<String>(1)?) {
                let known = marks.kinds.entry(kind).or_insert(at);
                *known = at.max(*known);
            }
        }
        Ok(marks)
    }

    /// When anything of a kind, or a list of a name, last changed.
    pub(super) fn changed(&self, kind: DataKind, list: Option<&str>) -> Option<Instant> {
        let listed = list.and_then(|name| self.lists.get(name));
        let whole = self.kinds.get(&kind);
        listed.max(whole).copied()
    }

    /// When the reader last said that the placement stays.
    pub(super) fn reviewed(&self, placement: PlacementId) -> Option<Instant> {
        self.reviews.get(&placement).copied()
    }
}

/// Notes that a kind of thing has changed in a way that its rows do not tell: one was taken away, or its row holds
/// other things too. One statement.
pub(crate) async fn note(scope: &Scope, kind: DataKind) -> Result<(), Error> {
    let row = ActiveModel {
        user_id: Set(scope.user()),
        kind: Set(kind.as_str().to_owned()),
        changed_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::Kind])
        .update_column(Column::ChangedAt)
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Notes that a thing of the person's own is gone; `kind` is the word in front of its id.
pub(crate) async fn note_gone(scope: &Scope, kind: &str) -> Result<(), Error> {
    let kind = match kind {
        "career_option" => DataKind::CareerOptions,
        "company" => DataKind::Companies,
        "contact" => DataKind::Contacts,
        "experience" => DataKind::Experiences,
        "flow_log" => DataKind::Flow,
        "idea_tree" => DataKind::Ideas,
        "job" => DataKind::Jobs,
        "location" => DataKind::Locations,
        "milestone" => DataKind::Milestones,
        "story" => DataKind::Stories,
        "user_skill" => DataKind::Skills,
        _ => return Ok(()),
    };
    note(scope, kind).await
}
