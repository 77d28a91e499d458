//! When a person last worked with a tool, as a day of their own calendar. The flow log, stories and reframes
//! count by what was written down, collections by the last change of what they show; every other tool by when it was
//! last saved.

use std::collections::HashMap;

use dreamtree_content::{Collected, Library, Shape, Tool, ToolId, ToolKind};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Zone};
use sea_orm::{ConnectionTrait, Statement};
use time::Date;

use crate::Error;

/// The last days of work.
#[derive(Debug, Default)]
pub(super) struct Work {
    flow: Option<Date>,
    story: Option<Date>,
    reframe: Option<Date>,
    collected: HashMap<Collected, Date>,
    saved: HashMap<ToolId, Date>,
}

/// What was written down: a day of the flow log, the making of a story or a reframe; and the last saving of
/// each tool. The first line says of what type the columns are.
const LAST: &str = "SELECT 'flow' AS source, CAST(NULL AS integer) AS tool_id, MAX(logged_date) AS day, \
    CAST(NULL AS timestamp with time zone) AS moment FROM user_flow_logs WHERE user_id = $1 \
    UNION ALL SELECT 'story', NULL, NULL, MAX(created_at) FROM user_stories WHERE user_id = $1 \
    UNION ALL SELECT 'reframe', NULL, NULL, MAX(created_at) FROM user_failure_reframes WHERE user_id = $1 \
    UNION ALL SELECT 'saved', tool_id, NULL, MAX(updated_at) FROM user_tool_instances WHERE user_id = $1 \
    GROUP BY tool_id";

/// The person's last work, in one statement.
pub(super) async fn last(scope: &Scope, library: &Library, zone: &Zone) -> Result<Work, Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let changed = reminded(library).into_iter().map(|collected| {
        let (source, table) = (collected.as_str(), table(collected));
        format!("SELECT '{source}', NULL, NULL, MAX(updated_at) FROM {table} WHERE user_id = $1")
    });
    let parts: Vec<String> = std::iter::once(LAST.to_owned()).chain(changed).collect();
    let sql = parts.join(" UNION ALL ");
    let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
    let mut work = Work::default();
    for row in connection.query_all_raw(statement).await? {
        let source: String = row.try_get("", "source")?;
        let moment: Option<Instant> = row.try_get("", "moment")?;
        let day = moment.map(|moment| zone.local_date(moment));
        match source.as_str() {
            "flow" => work.flow = row.try_get("", "day")?,
            "story" => work.story = day,
            "reframe" => work.reframe = day,
            "saved" => {
                let tool: Option<i32> = row.try_get("", "tool_id")?;
                work.saved.extend(tool.map(ToolId).zip(day));
            }
            collected => {
                let collected = Collected::parse(collected);
                work.collected.extend(collected.zip(day));
            }
        }
    }
    Ok(work)
}

/// What the collections show that have a reminder.
fn reminded(library: &Library) -> Vec<Collected> {
    let tools = library
        .tools()
        .iter()
        .filter(|tool| tool.reminder.is_some());
    let mut collected: Vec<Collected> = tools.filter_map(|tool| collects(tool)).collect();
    collected.sort_unstable();
    collected.dedup();
    collected
}

const fn collects(tool: &Tool) -> Option<Collected> {
    match tool.shape {
        Shape::Collection(collected) => Some(collected),
        Shape::Own | Shape::Record(_) => None,
    }
}

/// Where the things are kept.
const fn table(collected: Collected) -> &'static str {
    match collected {
        Collected::Companies => "user_companies",
        Collected::Contacts => "user_contacts",
        Collected::Jobs => "user_jobs",
        Collected::Milestones => "user_milestones",
        Collected::CareerOptions => "user_career_options",
        Collected::Experiences => "user_experiences",
        Collected::Locations => "user_locations",
    }
}

impl Work {
    /// The last day of work with this tool.
    pub(super) fn of(&self, tool: &Tool) -> Option<Date> {
        match tool.kind {
            ToolKind::FlowTracker => self.flow,
            ToolKind::SoaredForm => self.story,
            ToolKind::FailureReframer => self.reframe,
            ToolKind::Collection => self.collected.get(&collects(tool)?).copied(),
            _ => self.saved.get(&tool.id).copied(),
        }
    }
}
