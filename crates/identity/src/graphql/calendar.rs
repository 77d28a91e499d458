//! Secret addresses of calendars, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, address, caller};
use dreamtree_types::CalendarFeedId;
use time::{Date, OffsetDateTime};

use crate::{Error, calendar_feed};

/// A secret address under which a calendar program reads the Daily Dos and the milestones.
#[derive(Debug, SimpleObject, Plain)]
pub struct CalendarFeed {
    /// The feed; `delete` takes it, which revokes the address.
    pub id: Gid<CalendarFeedId>,
    /// What the caller calls it.
    pub label: Option<String>,
    /// The day on which it was last read, in UTC; null when it never was.
    pub fetched_on: Option<Date>,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

/// A feed to make.
#[derive(InputObject)]
pub struct CreateCalendarFeedInput {
    /// What to call it, such as the program that reads it; 1 to 100 characters.
    pub label: Option<String>,
}

/// A new feed.
#[derive(Debug, SimpleObject, Plain)]
pub struct CalendarFeedPayload {
    /// The feed.
    pub feed: CalendarFeed,
    /// Its address. Whoever has it can read the calendar. Shown this once and kept nowhere.
    pub url: String,
}

/// What can be asked about calendars.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalendarQuery;

#[Object]
impl CalendarQuery {
    /// The caller's calendar feeds in the order of their making, without their secrets.
    async fn calendar_feeds(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<CalendarFeed>>> {
        let scope = caller(ctx)?.read().await?;
        let feeds = calendar_feed::all(&scope).await.map_err(Error::from)?;
        Ok(Ready(feeds.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with calendars.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalendarMutation;

#[Object]
impl CalendarMutation {
    /// Makes a secret address under which a calendar program reads the Daily Dos and the milestones as iCalendar (RFC
    /// 5545), without any private text. A person may have 20 of them.
    async fn create_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The feed.")] input: CreateCalendarFeedInput,
    ) -> Answer<Ready<CalendarFeedPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (feed, token) = calendar_feed::create(&scope, input.label).await?;
        Caller::commit(scope).await?;
        Ok(Ready(CalendarFeedPayload {
            feed: feed.into(),
            url: address(ctx, &format!("/calendar/{}.ics", token.reveal())),
        }))
    }
}

impl From<calendar_feed::CalendarFeed> for CalendarFeed {
    fn from(feed: calendar_feed::CalendarFeed) -> Self {
        Self {
            id: Gid(feed.id),
            label: feed.label,
            fetched_on: feed.fetched_on,
            created_at: feed.created_at,
        }
    }
}
