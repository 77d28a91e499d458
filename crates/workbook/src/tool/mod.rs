//! The tools: what each captures, checked and kept in tables of its own.

pub mod budget;
pub mod dashboard;
pub mod flow;
pub mod ideas;
pub mod list;
pub mod personality;
pub mod ranking;
pub mod reframe;
pub mod skills;
pub mod story;

use std::collections::{BTreeMap, HashMap};

use dreamtree_content::{Library, Placement, PlacementId, ToolKind, ToolPlacement};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use futures_util::future::try_join_all;

use crate::{Answered, Error, InstanceId, Stored, Value};

/// What a tool captured.
#[derive(Clone, Debug, PartialEq)]
pub enum ToolData {
    /// An ordered list.
    List(list::List),
    /// A SOARED story.
    Story(story::Story),
    /// Skills.
    Skills(skills::Skills),
    /// An order.
    Ranking(ranking::Ranking),
    /// A personality type.
    Personality(personality::Personality),
    /// A budget.
    Budget(budget::Budget),
    /// Entries of the flow log.
    Flow(flow::Flow),
    /// Four figures of a life.
    Dashboard(dashboard::Dashboard),
    /// A failure seen anew.
    Reframe(reframe::Reframe),
    /// A tree of ideas.
    Ideas(ideas::IdeaTree),
}

/// Where a tool's data is being saved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    /// The placement.
    pub(crate) placement: &'a Placement,
    /// The tool there, with what the author asks of it.
    pub(crate) tool: &'a ToolPlacement,
    /// The instance that the data belongs to.
    pub(crate) instance: InstanceId,
}

/// Refuses data of another tool.
pub(crate) fn check_kind(kind: ToolKind, value: &Value) -> Result<&ToolData, Error> {
    use ToolKind as K;
    let wrong = Error::WrongKind {
        expected: input_name(kind),
    };
    let Value::Tool(data) = value else {
        return Err(wrong);
    };
    match (kind, data) {
        (K::ListBuilder, ToolData::List(_))
        | (K::SoaredForm, ToolData::Story(_))
        | (K::SkillTagger, ToolData::Skills(_))
        | (K::RankingGrid, ToolData::Ranking(_))
        | (K::MbtiSelector, ToolData::Personality(_))
        | (K::BudgetCalculator, ToolData::Budget(_))
        | (K::FlowTracker, ToolData::Flow(_))
        | (K::LifeDashboard, ToolData::Dashboard(_))
        | (K::FailureReframer, ToolData::Reframe(_))
        | (K::IdeaTree, ToolData::Ideas(_)) => Ok(data),
        _ => Err(wrong),
    }
}

/// The field of the answer's input that takes the tool's data.
pub(crate) const fn input_name(kind: ToolKind) -> &'static str {
    match kind {
        ToolKind::ListBuilder => "listBuilder",
        ToolKind::SoaredForm => "soaredForm",
        ToolKind::SkillTagger => "skillTagger",
        ToolKind::RankingGrid => "rankingGrid",
        ToolKind::MbtiSelector => "personality",
        ToolKind::BudgetCalculator => "budgetCalculator",
        ToolKind::FlowTracker => "flowTracker",
        ToolKind::LifeDashboard => "lifeDashboard",
        ToolKind::FailureReframer => "failureReframer",
        ToolKind::IdeaTree => "ideaTree",
    }
}

/// Checks the data and keeps it in the tool's own tables.
pub(crate) async fn save(
    scope: &Scope,
    library: &Library,
    site: Site<'_>,
    data: &ToolData,
) -> Result<(), Error> {
    match data {
        ToolData::List(list) => list::save(scope, site, list).await,
        ToolData::Story(story) => story::save(scope, site, story).await,
        ToolData::Skills(skills) => skills::save(scope, library, site, skills).await,
        ToolData::Ranking(ranking) => ranking::save(scope, library, site, ranking).await,
        ToolData::Personality(choice) => personality::save(scope, library, choice).await,
        ToolData::Budget(budget) => budget::save(scope, budget).await,
        ToolData::Flow(flow) => flow::save(scope, site, flow).await,
        ToolData::Dashboard(dashboard) => dashboard::save(scope, dashboard).await,
        ToolData::Reframe(reframe) => reframe::save(scope, site, reframe).await,
        ToolData::Ideas(tree) => ideas::save(scope, site, tree).await,
    }
}

/// What tools captured at these answered placements, in one statement.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    placements: &[PlacementId],
) -> Result<HashMap<PlacementId, Stored>, Error> {
    let mut wanted = placements.to_vec();
    wanted.extend(ranking::sources(library, placements));
    let mut rows = HashMap::new();
    let mut groups: BTreeMap<ToolKind, Vec<InstanceId>> = BTreeMap::new();
    for id in wanted {
        let tool = library.placement(id).and_then(Placement::tool);
        if let (Some(tool), Some(row)) = (tool, answered.row(id))
            && rows.insert(id, row).is_none()
        {
            let group = groups.entry(tool.tool.kind).or_default();
            group.push(InstanceId::from(row.id));
        }
    }
    let kinds = groups.iter();
    let kinds = kinds.map(|(kind, instances)| load_kind(scope, library, *kind, instances));
    let mut data = HashMap::new();
    for kind in try_join_all(kinds).await? {
        data.extend(kind);
    }
    let mut stored = HashMap::with_capacity(rows.len());
    for (id, row) in rows {
        let value = data.remove(&InstanceId::from(row.id));
        let kept = Stored {
            value: value.unwrap_or(Private::Empty).map(Value::Tool),
            updated_at: row.updated_at,
            revision: row.revision,
        };
        stored.insert(id, kept);
    }
    ranking::fill(library, &mut stored);
    Ok(stored)
}

async fn load_kind(
    scope: &Scope,
    library: &Library,
    kind: ToolKind,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    match kind {
        ToolKind::ListBuilder => list::load(scope, instances).await,
        ToolKind::SoaredForm => story::load(scope, instances).await,
        ToolKind::SkillTagger => skills::load(scope, library, instances).await,
        ToolKind::MbtiSelector => personality::load(scope, instances).await,
        ToolKind::BudgetCalculator => budget::load(scope, instances).await,
        ToolKind::FlowTracker => flow::load(scope, instances).await,
        ToolKind::LifeDashboard => dashboard::load(scope, instances).await,
        ToolKind::FailureReframer => reframe::load(scope, instances).await,
        ToolKind::IdeaTree => ideas::load(scope, instances).await,
        // A ranking is the order of what it ranks; `ranking::fill` reads it off there.
        ToolKind::RankingGrid => Ok(HashMap::new()),
    }
}
