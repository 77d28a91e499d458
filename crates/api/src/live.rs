//! What a person sees, now and after each change of it, for as long as somebody looks.

use std::time::Duration;

use async_graphql::Context;
use async_trait::async_trait;
use dreamtree_database::{Listening, Scope};
use dreamtree_types::{Code, Fault, Instant};
use futures_util::{StreamExt, stream, stream::BoxStream};
use tokio::time::timeout;

use crate::{Answer, Caller, Plain, Ready, Refusal, caller};

/// What has changed is looked at again at the latest after this time, heard of or not.
const AGAIN: Duration = Duration::from_mins(5);

/// The pause before a look that failed for a passing reason is taken again.
const PAUSE: Duration = Duration::from_secs(5);

/// Time for one look.
const PATIENCE: Duration = Duration::from_secs(10);

/// In a request's data: how many streams one person may have open at this server.
#[derive(Clone, Copy, Debug)]
pub struct MostStreams(pub usize);

/// A part of what a person sees.
#[async_trait]
pub trait View: Send + Sync + 'static {
    /// What it looks like.
    type State: Clone + PartialEq + Plain + Send;

    /// What it looks like at this moment.
    async fn look(&self, scope: &Scope) -> Answer<Look<Self::State>>;
}

/// What a view looks like.
#[derive(Clone, Debug)]
pub struct Look<S> {
    /// What is seen.
    pub state: S,
    /// When it changes by itself, if it does.
    pub until: Option<Instant>,
}

/// What the caller sees: at once, then whenever it has become different. A slow reader misses what was in between.
/// The session is looked up each time; the stream ends with an error when it has ended.
pub async fn live<V: View>(
    ctx: &Context<'_>,
    view: V,
) -> Answer<BoxStream<'static, Answer<Ready<V::State>>>> {
    let caller = caller(ctx)?.again();
    let user = caller.user().await?;
    let most = ctx
        .data_opt::<MostStreams>()
        .map_or(usize::MAX, |most| most.0);
    let listening = caller.database().changes().listen(user, most);
    let watch = Watch {
        listening: listening.ok_or_else(too_many)?,
        caller,
        view,
        last: None,
        next: Duration::ZERO,
    };
    let states = stream::unfold(Some(watch), async |watch| {
        let mut watch = watch?;
        let state = watch.next().await.map(Ready);
        let goes_on = state.is_ok().then_some(watch);
        Some((state, goes_on))
    });
    Ok(states.boxed())
}

fn too_many() -> Refusal {
    let message = "So many streams are open already; close one, or try again in a moment.";
    Refusal::new(Fault::new(Code::Busy, message))
}

struct Watch<V: View> {
    listening: Listening,
    caller: Caller,
    view: V,
    last: Option<V::State>,
    /// When to look again, heard of anything or not.
    next: Duration,
}

impl<V: View> Watch<V> {
    /// The next state that is not the last one.
    async fn next(&mut self) -> Answer<V::State> {
        loop {
            // Whichever comes first.
            timeout(self.next, self.listening.changed())
                .await
                .unwrap_or_default();
            match self.look().await {
                Ok(look) => {
                    let now = self.caller.database().clock().now();
                    let until = look.until.map(|until| (until - now).unsigned_abs());
                    self.next = until.map_or(AGAIN, |until| until.min(AGAIN));
                    if self.last.as_ref() != Some(&look.state) {
                        self.last = Some(look.state.clone());
                        return Ok(look.state);
                    }
                }
                Err(refusal) if self.last.is_some() && refusal.is_passing() => self.next = PAUSE,
                Err(refusal) => return Err(refusal),
            }
        }
    }

    /// One look; no transaction is held afterwards.
    async fn look(&self) -> Answer<Look<V::State>> {
        let work = async {
            let scope = self.caller.read().await?;
            self.view.look(&scope).await
        };
        let look = timeout(PATIENCE, work).await;
        self.caller.let_go().await;
        look.unwrap_or_else(|_| {
            let message = "Looking took too long and was given up.";
            Err(Refusal::new(Fault::new(Code::Timeout, message)))
        })
    }
}
