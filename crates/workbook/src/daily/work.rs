//! When a person last worked with a tool, as a day of their own calendar. The flow log, stories and reframes
//! count by what was written down; every other tool by when it was last saved.

use std::collections::HashMap;

use dreamtree_content::{ToolId, ToolKind};
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
pub(super) async fn last(scope: &Scope, zone: &Zone) -> Result<Work, Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, LAST, [scope.user().into()]);
    let mut work = Work::default();
    for row in connection.query_all_raw(statement).await? {
        let source: String = row.try_get("", "source")?;
        let moment: Option<Instant> = row.try_get("", "moment")?;
        let day = moment.map(|moment| zone.local_date(moment));
        match source.as_str() {
            "flow" => work.flow = row.try_get("", "day")?,
            "story" => work.story = day,
            "reframe" => work.reframe = day,
            _ => {
                let tool: Option<i32> = row.try_get("", "tool_id")?;
                work.saved.extend(tool.map(ToolId).zip(day));
            }
        }
    }
    Ok(work)
}

impl Work {
    /// The last day of work with this tool.
    pub(super) fn of(&self, tool: ToolId, kind: ToolKind) -> Option<Date> {
        match kind {
            ToolKind::FlowTracker => self.flow,
            ToolKind::SoaredForm => self.story,
            ToolKind::FailureReframer => self.reframe,
            _ => self.saved.get(&tool).copied(),
        }
    }
}
