//! What the numbers in a row stand for, where that is the same for everybody: the question that an answer is to, the
//! tool, the skill. Read off the tables and not the library, which has forgotten what is retired.

use std::collections::BTreeMap;

use dreamtree_database::Scope;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Map, Value as Json};

use super::{cell::cell, row::named};
use crate::Error;

/// A column, and where what it stands for has a name.
struct Says {
    tables: &'static [&'static str],
    column: &'static str,
    from: &'static str,
    key: &'static str,
    /// What is told of the row, as SQL.
    text: &'static str,
}

const fn says(
    tables: &'static [&'static str],
    column: &'static str,
    from: &'static str,
    text: &'static str,
) -> Says {
    Says {
        tables,
        column,
        from,
        key: "id",
        text,
    }
}

/// The question or the tool of a placement; nothing where a placement has several wordings, whose number says nothing.
const PLACEMENT: &str = "CASE block_type \
    WHEN 'prompt' THEN (SELECT prompt_text FROM prompts WHERE prompts.id = content_id) \
    WHEN 'tool' THEN (SELECT title FROM tools WHERE tools.id = content_id) END";

const SAYS: &[Says] = &[
    says(
        &["user_responses", "user_checklists"],
        "prompt_id",
        "prompts",
        "prompt_text",
    ),
    says(
        &["user_tool_instances", "user_snoozes"],
        "tool_id",
        "tools",
        "title",
    ),
    says(
        &["user_comparisons", "user_snapshots", "user_reviews"],
        "stem_id",
        "stem",
        PLACEMENT,
    ),
    says(
        &[
            "user_skills",
            "user_experience_skills",
            "user_experience_tasks",
        ],
        "skill_id",
        "skills",
        "name",
    ),
    says(
        &["user_competency_scores", "user_competency_history"],
        "competency_id",
        "competencies",
        "name",
    ),
    says(
        &["attempt_competencies"],
        "competency_id",
        "competency_display_names",
        "display_name",
    ),
    says(&["user_attempts"], "assessment_id", "assessments", "title"),
    says(
        &["user_attempts", "attempt_competencies"],
        "tier_id",
        "assessment_tiers",
        "name",
    ),
    says(
        &["attempt_responses"],
        "version_id",
        "assessment_question_versions",
        "question",
    ),
    says(&["partner_grants"], "partner_id", "partners", "name"),
    Says {
        tables: &["user_settings"],
        column: "personality_type",
        from: "personality_types",
        key: "code",
        text: "name",
    },
];

/// What the values of a column stand for.
pub(super) struct Labels {
    column: &'static str,
    texts: BTreeMap<String, Json>,
}

impl Labels {
    /// The column and what its value in this row stands for, where that has a name.
    pub(super) fn of(&self, values: &Map<String, Json>) -> Option<(String, Json)> {
        let text = self.texts.get(&named(values.get(self.column)?))?;
        Some((self.column.to_owned(), text.clone()))
    }
}

/// What the columns of this table stand for in the person's rows; a statement for each of them.
pub(super) async fn of(scope: &Scope, table: &str) -> Result<Vec<Labels>, Error> {
    let mut all = Vec::new();
    for says in SAYS.iter().filter(|says| says.tables.contains(&table)) {
        all.push(read(scope, table, says).await?);
    }
    Ok(all)
}

async fn read(scope: &Scope, table: &str, says: &Says) -> Result<Labels, Error> {
    let Says {
        column,
        from,
        key,
        text,
        ..
    } = says;
    let sql = format!(
        "SELECT {key}, {text} AS label FROM {from} \
         WHERE {key} IN (SELECT {column} FROM {table} WHERE user_id = $1)"
    );
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let asked = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
    let mut texts = BTreeMap::new();
    for row in connection.query_all_raw(asked).await? {
        let label = cell(&row, 1)?;
        if !label.is_null() {
            texts.insert(named(&cell(&row, 0)?), label);
        }
    }
    Ok(Labels { column, texts })
}
