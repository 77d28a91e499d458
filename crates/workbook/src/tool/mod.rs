//! The tools: what each captures, checked and kept in tables of its own.

mod arrange;
pub mod bucket;
pub mod budget;
pub mod collection;
pub mod dashboard;
pub(crate) mod digest;
pub mod flow;
pub mod ideas;
pub mod list;
pub mod personality;
pub mod ranking;
pub mod record;
pub mod reframe;
pub mod skills;
pub mod story;

use std::collections::{BTreeMap, HashMap};

use dreamtree_content::{
    Library, Placement, PlacementId, Shape, Tool, ToolId, ToolKind, ToolPlacement,
};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};

use crate::{Answered, Error, InstanceId, Stored, Value};

pub(crate) use arrange::sources as arranged;

/// What a tool captured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Skills in buckets.
    Buckets(bucket::Buckets),
    /// Filled-in forms.
    Record(record::Record),
    /// Things that are kept elsewhere too.
    Collection(collection::Collection),
}

/// Where a tool's data is being saved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    /// The placement; `None` outside of the workbook.
    pub(crate) placement: Option<&'a Placement>,
    /// The tool there, with what is asked of it.
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
        | (K::IdeaTree, ToolData::Ideas(_))
        | (K::BucketingTool, ToolData::Buckets(_))
        | (K::Record, ToolData::Record(_))
        | (K::Collection, ToolData::Collection(_)) => Ok(data),
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
        ToolKind::BucketingTool => "bucketingTool",
        ToolKind::Record => "record",
        ToolKind::Collection => "collection",
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
        ToolData::Buckets(buckets) => bucket::save(scope, library, site, buckets).await,
        ToolData::Record(record) => record::save(scope, site, record).await,
        ToolData::Collection(_) => collection::save(scope, site).await,
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
    wanted.extend(arrange::sources(library, placements));
    let mut rows = HashMap::new();
    let mut uses = Vec::new();
    for id in wanted {
        let tool = library.placement(id).and_then(Placement::tool);
        if let (Some(tool), Some(row)) = (tool, answered.row(id))
            && rows.insert(id, row).is_none()
        {
            uses.push((tool.tool.id, InstanceId::from(row.id)));
        }
    }
    let mut data = held_by(scope, library, uses).await?;
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
    arrange::fill(library, &mut stored);
    Ok(stored)
}

/// What one use of a tool holds. What arranges other things holds nothing: it is read off there.
pub(crate) async fn held(
    scope: &Scope,
    library: &Library,
    tool: &Tool,
    instance: InstanceId,
) -> Result<Private<ToolData>, Error> {
    let mut data = load_tool(scope, library, tool, &[instance]).await?;
    Ok(data.remove(&instance).unwrap_or(Private::Empty))
}

/// What these uses of tools hold, in one statement; those that arrange other things are left out.
pub(crate) async fn held_by(
    scope: &Scope,
    library: &Library,
    uses: impl IntoIterator<Item = (ToolId, InstanceId)>,
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let mut groups: BTreeMap<ToolId, Vec<InstanceId>> = BTreeMap::new();
    for (tool, instance) in uses {
        groups.entry(tool).or_default().push(instance);
    }
    let tools = groups.iter();
    let tools = tools.filter_map(|(tool, instances)| Some((library.tool(*tool)?, instances)));
    let tools = tools.map(|(tool, instances)| load_tool(scope, library, tool, instances));
    let data = try_join_all(tools).await?;
    Ok(data.into_iter().flatten().collect())
}

async fn load_tool(
    scope: &Scope,
    library: &Library,
    tool: &Tool,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    match tool.kind {
        ToolKind::ListBuilder => list::load(scope, instances).await,
        ToolKind::SoaredForm => story::load(scope, instances).await,
        ToolKind::SkillTagger => skills::load(scope, library, instances).await,
        ToolKind::MbtiSelector => personality::load(scope, instances).await,
        ToolKind::BudgetCalculator => budget::load(scope, instances).await,
        ToolKind::FlowTracker => flow::load(scope, instances).await,
        ToolKind::LifeDashboard => dashboard::load(scope, instances).await,
        ToolKind::FailureReframer => reframe::load(scope, instances).await,
        ToolKind::IdeaTree => ideas::load(scope, instances).await,
        // These arrange what others hold; `arrange::fill` reads it off there.
        ToolKind::RankingGrid | ToolKind::BucketingTool => Ok(HashMap::new()),
        ToolKind::Record | ToolKind::Collection => match &tool.shape {
            Shape::Record(form) => record::load(scope, form, instances).await,
            Shape::Collection(of) => collection::load(scope, library, *of, instances).await,
            Shape::Own => Ok(HashMap::new()),
        },
    }
}
