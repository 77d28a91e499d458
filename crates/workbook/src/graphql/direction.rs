//! Where a person wants to go: career options, milestones, money and energy.

use async_graphql::MergedObject;

use super::{budget, career, flow_log, milestone};

/// What can be asked about where a person wants to go.
#[derive(Debug, Default, MergedObject)]
pub struct DirectionQuery(
    career::CareerQuery,
    milestone::MilestoneQuery,
    flow_log::FlowLogQuery,
    budget::BudgetQuery,
);

/// What can be done about it.
#[derive(Debug, Default, MergedObject)]
pub struct DirectionMutation(
    career::CareerMutation,
    milestone::MilestoneMutation,
    flow_log::FlowLogMutation,
    budget::BudgetMutation,
);
