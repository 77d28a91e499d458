//! What a person has done with their tools, as days of their own calendar. The flow log, stories and reframes count by
//! what was written down, collections by the last change of what they show; every other tool by when it was last saved.

use std::collections::HashMap;

use dreamtree_content::{Collected, Library, Shape, Tool, ToolId, ToolKind};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Zone};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use time::Date;

use crate::Error;

/// What was done, and which tools rest.
#[derive(Debug)]
pub(crate) struct Work {
    /// The zone in which the person's days begin.
    pub(crate) zone: Zone,
    flow: Option<Date>,
    story: Option<Date>,
    reframe: Option<Date>,
    collected: HashMap<Collected, Date>,
    uses: HashMap<ToolId, Uses>,
    rests: HashMap<ToolId, Date>,
}

/// The uses of a tool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    /// How many there are.
    pub(crate) total: usize,
    /// How many of them stand outside of the workbook.
    pub(crate) standalone: usize,
    /// When one of them was last saved.
    pub(crate) last: Option<Instant>,
}

#[derive(FromQueryResult)]
struct Row {
    source: String,
    tool_id: Option<i32>,
    day: Option<Date>,
    moment: Option<Instant>,
    total: i64,
    standalone: i64,
    zone: Option<String>,
}

/// The person's time zone; what was written down: a day of the flow log, the making of a story or a reframe; the uses
/// of each tool; the tools that rest. The first line says of what type the columns are.
const WORK: &str = "SELECT 'zone' AS source, CAST(NULL AS integer) AS tool_id, CAST(NULL AS date) AS day, \
    CAST(NULL AS timestamp with time zone) AS moment, CAST(0 AS bigint) AS total, \
    CAST(0 AS bigint) AS standalone, time_zone AS zone FROM user_settings WHERE user_id = $1 \
    UNION ALL SELECT 'flow', NULL, MAX(logged_date), NULL, 0, 0, NULL FROM user_flow_logs WHERE user_id = $1 \
    UNION ALL SELECT 'story', NULL, NULL, MAX(created_at), 0, 0, NULL FROM user_stories WHERE user_id = $1 \
    UNION ALL SELECT 'reframe', NULL, NULL, MAX(created_at), 0, 0, NULL FROM user_failure_reframes \
    WHERE user_id = $1 \
    UNION ALL SELECT 'uses', tool_id, NULL, MAX(updated_at), COUNT(*), COUNT(*) - COUNT(stem_id), NULL \
    FROM user_tool_instances WHERE user_id = $1 GROUP BY tool_id \
    UNION ALL SELECT 'rest', tool_id, until_day, NULL, 0, 0, NULL FROM user_snoozes WHERE user_id = $1";

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
    /// The person's work, in one statement.
    pub(crate) async fn find(scope: &Scope, library: &Library) -> Result<Self, Error> {
        let connection = scope.connection();
        let backend = connection.get_database_backend();
        let changed = reminded(library).into_iter().map(|collected| {
            let (word, table) = (collected.as_str(), table(collected));
            format!(
                "SELECT '{word}', NULL, NULL, MAX(updated_at), 0, 0, NULL FROM {table} WHERE user_id = $1"
            )
        });
        let parts: Vec<String> = std::iter::once(WORK.to_owned()).chain(changed).collect();
        let sql = parts.join(" UNION ALL ");
        let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
        let rows = Row::find_by_statement(statement).all(connection).await?;
        let named = rows.iter().find_map(|row| row.zone.as_deref());
        let name = named.ok_or(Error::Corrupt("a person without settings"))?;
        let zone = Zone::parse(name);
        let mut work = Self {
            zone: zone.map_err(|_| Error::Corrupt("a time zone that there is not"))?,
            flow: None,
            story: None,
            reframe: None,
            collected: HashMap::new(),
            uses: HashMap::new(),
            rests: HashMap::new(),
        };
        for row in rows {
            work.take(&row);
        }
        Ok(work)
    }

    fn take(&mut self, row: &Row) {
        let day = row.moment.map(|moment| self.zone.local_date(moment));
        match (row.source.as_str(), row.tool_id.map(ToolId)) {
            ("flow", _) => self.flow = row.day,
            ("story", _) => self.story = day,
            ("reframe", _) => self.reframe = day,
            ("uses", Some(tool)) => {
                let uses = Uses {
                    total: usize::try_from(row.total).unwrap_or_default(),
                    standalone: usize::try_from(row.standalone).unwrap_or_default(),
                    last: row.moment,
                };
                self.uses.insert(tool, uses);
            }
            ("rest", Some(tool)) => self.rests.extend(row.day.map(|until| (tool, until))),
            (word, _) => self.collected.extend(Collected::parse(word).zip(day)),
        }
    }

    /// The last day of work with this tool.
    pub(super) fn of(&self, tool: &Tool) -> Option<Date> {
        match tool.kind {
            ToolKind::FlowTracker => self.flow,
            ToolKind::SoaredForm => self.story,
            ToolKind::FailureReframer => self.reframe,
            ToolKind::Collection => self.collected.get(&collects(tool)?).copied(),
            _ => {
                let last = self.uses.get(&tool.id)?.last?;
                Some(self.zone.local_date(last))
            }
        }
    }

    /// The uses of this tool.
    pub(crate) fn uses(&self, tool: ToolId) -> Uses {
        self.uses.get(&tool).copied().unwrap_or_default()
    }

    /// The day until which this tool rests, perhaps gone by.
    pub(super) fn rest(&self, tool: ToolId) -> Option<Date> {
        self.rests.get(&tool).copied()
    }
}
