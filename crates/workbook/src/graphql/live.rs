//! What a person may have before their eyes while it changes, at the edge.

use async_graphql::{Context, Subscription};
use async_trait::async_trait;
use dreamtree_api::{Answer, Look, Ready, Refusal, View, live};
use dreamtree_content::{Shelf, graphql::shelf};
use dreamtree_database::Scope;
use futures_util::stream::BoxStream;

use super::{
    daily::{DailyDo, cards},
    progress::{Progress, asks_for_times},
};
use crate::{Error, daily, progress};

/// A stream of states, as a subscription returns it.
type States<T> = BoxStream<'static, Answer<Ready<T>>>;

/// The workbook's part of the subscription root.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkbookSubscription;

#[Subscription]
impl WorkbookSubscription {
    /// How far the caller has come: at once, then after each change, wherever it was made. States that a slow reader
    /// has not fetched are left out. Ends with `SESSION_EXPIRED` when the session does.
    async fn progress_changed(&self, ctx: &Context<'_>) -> Result<States<Progress>, Refusal> {
        let view = ProgressView {
            shelf: shelf(ctx)?.clone(),
            times: asks_for_times(ctx),
        };
        live(ctx, view).await
    }

    /// What the caller may do today: at once, then after each change, wherever it was made, and when a day begins where
    /// the caller lives. States that a slow reader has not fetched are left out. Ends with `SESSION_EXPIRED` when the
    /// session does.
    async fn daily_dos_changed(&self, ctx: &Context<'_>) -> Result<States<Vec<DailyDo>>, Refusal> {
        live(ctx, TodayView(shelf(ctx)?.clone())).await
    }
}

struct ProgressView {
    shelf: Shelf,
    /// Whether the times of the modules are wanted.
    times: bool,
}

#[async_trait]
impl View for ProgressView {
    type State = Progress;

    async fn look(&self, scope: &Scope) -> Answer<Look<Progress>> {
        let library = self.shelf.current();
        let progress = progress::Progress::find(scope, &library, self.times)
            .await
            .map_err(Error::from)?;
        Ok(Look {
            state: Progress::of(&library, progress),
            until: None,
        })
    }
}

struct TodayView(Shelf);

#[async_trait]
impl View for TodayView {
    type State = Vec<DailyDo>;

    async fn look(&self, scope: &Scope) -> Answer<Look<Vec<DailyDo>>> {
        let library = self.0.current();
        let today = daily::find(scope, &library).await?;
        Ok(Look {
            until: Some(today.until),
            state: cards(&library, today),
        })
    }
}
