//! What a partner reads.

use async_graphql::{Context, Object, SimpleObject, connection::PageInfo};
use dreamtree_api::{Answer, Gid, Plain, Ready};
use dreamtree_content::{Library, graphql::library};
use dreamtree_types::{Instant, PartnerId};
use time::OffsetDateTime;

use super::{
    result::PartnerCompetencyResult,
    scope::{PartnerScope, words},
};
use crate::{Error, LARGEST_PAGE, Page, PartnerCaller, Scopes, Subject, Wanted, gather};

/// The partner that asks with its access token.
#[derive(Debug)]
pub struct Partner {
    id: PartnerId,
    name: String,
    scopes: Scopes,
}

/// Some of the people who let the partner read.
#[derive(SimpleObject, Plain)]
pub struct PartnerSubjects {
    /// The people, in the order of `subject`. A page may hold fewer than were asked for although there are more.
    pub nodes: Vec<PartnerSubject>,
    /// Where to go on.
    pub page_info: PageInfo,
}

/// Somebody who lets the partner read.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PartnerSubject {
    /// The name under which the partner knows the person: the same for as long as their consent stands, and another one for every partner.
    pub subject: String,
    /// What the partner may read of the person with this token.
    pub scopes: Vec<PartnerScope>,
    /// What the person wants to be called; null without `PROFILE_BASIC`, and where they have not said so.
    pub display_name: Option<String>,
    /// The result of the self-assessment; null without `COMPETENCY_READ`, and before the first score.
    pub competency_result: Option<PartnerCompetencyResult>,
    /// When the person let the partner read.
    pub granted_at: OffsetDateTime,
    /// When the person last changed what the partner may read.
    pub changed_at: OffsetDateTime,
}

/// What a partner can ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartnerQuery;

#[Object]
impl PartnerQuery {
    /// For partners, with an access token of OAuth: the partner itself, and who lets it read. A person's session does
    /// not open it, and a partner's token opens nothing of a person's but this.
    async fn partner(&self, ctx: &Context<'_>) -> Answer<Partner> {
        let admitted = partner(ctx)?.enter().await?;
        Ok(Partner {
            id: admitted.partner.id,
            name: admitted.partner.name,
            scopes: admitted.scopes,
        })
    }
}

/// The partner that asks with its access token.
#[Object]
impl Partner {
    /// The partner.
    async fn id(&self) -> Gid<PartnerId> {
        Gid(self.id)
    }

    /// As people read it on the consent page.
    async fn name(&self) -> &str {
        &self.name
    }

    /// What this token may read.
    async fn scopes(&self) -> Vec<PartnerScope> {
        words(&self.scopes)
    }

    /// People who let the partner read: all of them with a token of the partner's own, one with a token that came of a code.
    /// Each page is read as of one moment; if somebody withdraws meanwhile, it is refused with `CONSENT_WITHDRAWN`. That
    /// they were read, people see in their diary, once a day.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity / 4 + 1")]
    async fn subjects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The `endCursor` of the page that this one comes after.")] after: Option<
            String,
        >,
        #[graphql(
            desc = "Only people whose result or consent changed at this time or later; let it reach a minute behind the last page that was read, since a change shows a moment after its time. Then a page may hold fewer than there are; go on while `hasNextPage`."
        )]
        updated_since: Option<OffsetDateTime>,
    ) -> Answer<Ready<PartnerSubjects>> {
        let begins = after.is_none();
        let wanted = Wanted {
            first: size(first)?,
            after: after.as_deref().map(place).transpose()?,
            only: None,
            since: updated_since,
        };
        let page = page(ctx, wanted).await?;
        Ok(Ready(PartnerSubjects::new(&page, library(ctx)?, !begins)))
    }

    /// One of the people who let the partner read; `NOT_FOUND` for somebody who does not, or not any more.
    async fn subject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name under which the partner knows the person.")] subject: String,
    ) -> Answer<Ready<PartnerSubject>> {
        let wanted = Wanted {
            first: 1,
            only: Some(known(subject).ok_or(Error::NoSubject)?),
            ..Wanted::default()
        };
        let page = page(ctx, wanted).await?;
        let one = page.subjects.first().ok_or(Error::NoSubject)?;
        Ok(Ready(PartnerSubject::new(one, library(ctx)?, page.now)))
    }
}

async fn page(ctx: &Context<'_>, wanted: Wanted) -> Result<Page, Error> {
    let caller = partner(ctx)?;
    // Boxed: the request's future would be larger by all of it.
    Box::pin(async move {
        let gathered = gather(caller.enter().await?, wanted).await?;
        gathered.release(caller.database()).await
    })
    .await
}

/// The partner of the request, as the gateway put it into its data.
fn partner<'a>(ctx: &Context<'a>) -> Result<&'a PartnerCaller, Error> {
    ctx.data_opt::<PartnerCaller>().ok_or(Error::NoToken)
}

fn size(first: i32) -> Result<u64, Error> {
    let size = u64::try_from(first).ok();
    let size = size.filter(|size| (1..=LARGEST_PAGE).contains(size));
    size.ok_or_else(|| refused("first", format!("must be 1 to {LARGEST_PAGE}")))
}

const CURSOR: &str = "subject:";

fn place(cursor: &str) -> Result<String, Error> {
    let subject = cursor
        .strip_prefix(CURSOR)
        .map(str::to_owned)
        .and_then(known);
    let rule = "is not a cursor of this list; begin again without it";
    subject.ok_or_else(|| refused("after", rule.to_owned()))
}

/// A text that may be the name of a subject; a database cannot even look for others.
fn known(subject: String) -> Option<String> {
    (!subject.contains('\0')).then_some(subject)
}

const fn refused(field: &'static str, rule: String) -> Error {
    Error::Input { field, rule }
}

impl PartnerSubjects {
    fn new(page: &Page, library: &Library, has_previous_page: bool) -> Self {
        let cursor = |subject: &String| format!("{CURSOR}{subject}");
        let first = page.subjects.first().map(|one| cursor(&one.grant.subject));
        let subjects = page.subjects.iter();
        Self {
            nodes: subjects
                .map(|one| PartnerSubject::new(one, library, page.now))
                .collect(),
            page_info: PageInfo {
                has_previous_page,
                has_next_page: page.has_next,
                start_cursor: first,
                end_cursor: page.end.as_ref().map(cursor),
            },
        }
    }
}

impl PartnerSubject {
    fn new(one: &Subject, library: &Library, now: Instant) -> Self {
        Self {
            subject: one.grant.subject.clone(),
            scopes: words(&one.scopes),
            display_name: one.name.clone(),
            competency_result: PartnerCompetencyResult::of(one, library, now),
            granted_at: one.grant.created_at,
            changed_at: one.grant.updated_at,
        }
    }
}
