//! The life dashboard at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::{Plain, PrivateText};
use dreamtree_types::Private;

use crate::tool::dashboard::Dashboard;

/// How a life is going. It takes the place of the person's dashboard.
#[derive(InputObject)]
pub struct LifeDashboardInput {
    /// Work, paid or not; 1 (empty) to 10 (full).
    pub work: i32,
    /// What you do for the joy of it; 1 (empty) to 10 (full).
    pub play: i32,
    /// Love, given and received; 1 (empty) to 10 (full).
    pub love: i32,
    /// Health of body and mind; 1 (empty) to 10 (full).
    pub health: i32,
    /// At most 5,000 characters; needs an open vault. Left out or blank, it takes the notes away, except notes
    /// that are LOCKED now, which stay.
    pub notes: Option<String>,
}

/// How a life is going; a person has one dashboard.
#[derive(SimpleObject, Plain)]
pub struct DashboardAnswer {
    /// Work, paid or not; 1 (empty) to 10 (full).
    pub work: i32,
    /// What is done for the joy of it; 1 (empty) to 10 (full).
    pub play: i32,
    /// Love, given and received; 1 (empty) to 10 (full).
    pub love: i32,
    /// Health of body and mind; 1 (empty) to 10 (full).
    pub health: i32,
    /// At most 5,000 characters, sealed with their owner's key.
    pub notes: PrivateText,
}

impl From<LifeDashboardInput> for Dashboard {
    fn from(input: LifeDashboardInput) -> Self {
        Self {
            work: input.work,
            play: input.play,
            love: input.love,
            health: input.health,
            notes: input.notes.map_or(Private::Empty, Private::Open),
        }
    }
}

impl From<Dashboard> for DashboardAnswer {
    fn from(dashboard: Dashboard) -> Self {
        Self {
            work: dashboard.work,
            play: dashboard.play,
            love: dashboard.love,
            health: dashboard.health,
            notes: dashboard.notes.into(),
        }
    }
}
