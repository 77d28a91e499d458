//! People who let a partner read, and what it reads of them.
//!
//! A page is gathered in one snapshot and released afterwards: what was read is written into each person's diary, and every
//! consent is looked at once more. So nothing is told that was withdrawn before the answer left.

use std::collections::{HashMap, HashSet};

use dreamtree_assessments::{Score, lent_scores, scored_since};
use dreamtree_database::{Database, Lent, Scope};
use dreamtree_identity::settings;
use dreamtree_types::{GrantId, Instant, PartnerId, UserId};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    AccessScope, Admitted, Error, Grant, Scopes,
    entity::partner_grants::{Column, Entity},
    reading,
};

/// The most people of one page.
pub const LARGEST_PAGE: u64 = 100;

/// So many people are looked at for one page of those with something new.
const LOOKED_AT: u64 = 1_000;

/// Which people are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// How many at most.
    pub first: u64,
    /// The subject that the page comes after.
    pub after: Option<String>,
    /// Only this one.
    pub only: Option<String>,
    /// Only those whose result or consent changed at this time or later.
    pub since: Option<Instant>,
}

/// Somebody who lets the partner read.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The consent.
    pub grant: Grant,
    /// What is read of them: what the token, the consent and the partner's registration have in common.
    pub scopes: Scopes,
    /// What they want to be called, if that may be read and they have said so.
    pub name: Option<String>,
    /// Their current scores, if those may be read.
    pub scores: Vec<Score>,
}

/// Some people, in the order of the names under which the partner knows them.
#[derive(Clone, Debug)]
pub struct Page {
    /// The people.
    pub subjects: Vec<Subject>,
    /// The subject to go on behind; `None` where nobody was looked at.
    pub end: Option<String>,
    /// True when there may be more.
    pub has_next: bool,
    /// The moment that the page is of.
    pub now: Instant,
}

/// A page that has yet to be released.
#[derive(Debug)]
pub struct Gathered {
    partner: PartnerId,
    page: Page,
}

/// Reads a page in the snapshot that the partner was let in by; two to four statements, however many people.
pub async fn gather(admitted: Admitted, wanted: Wanted) -> Result<Gathered, Error> {
    if !admitted.scopes.about_people() {
        return Err(Error::InsufficientScope);
    }
    let lent = &admitted.lent;
    let (mut grants, mut has_next) = grants(&admitted, &wanted).await?;
    let mut end = grants.last().map(|grant| grant.subject.clone());
    if let Some(since) = wanted.since {
        let changed = changed(&admitted, &grants, since).await?;
        grants.retain(|grant| changed.contains(&grant.id));
        let most = usize::try_from(wanted.first).unwrap_or(usize::MAX);
        if grants.len() > most {
            grants.truncate(most);
            end = grants.last().map(|grant| grant.subject.clone());
            has_next = true;
        }
    }
    let with = |scope| lenders(&admitted, &grants, scope);
    let names = names(lent, &with(AccessScope::ProfileBasic)).await?;
    let mut scores = scores(lent, &with(AccessScope::CompetencyRead)).await?;
    let subjects = grants.into_iter().map(|grant| Subject {
        scopes: grant.scopes().and(&admitted.scopes),
        name: names.get(&grant.user_id).cloned(),
        scores: scores.remove(&grant.user_id).unwrap_or_default(),
        grant,
    });
    let page = Page {
        subjects: subjects.collect(),
        end,
        has_next,
        now: lent.now(),
    };
    Ok(Gathered {
        partner: admitted.partner.id,
        page,
    })
}

impl Gathered {
    /// Writes into the diary of each person that the partner has read, the first time of a day, and looks whether all of them
    /// still let it; [`Error::Withdrawn`] when one does not. One statement, and a transaction for each person who was
    /// not read before on that day.
    pub async fn release(self, database: &Database) -> Result<Page, Error> {
        let today = self.page.now.date();
        let unread = |subject: &&Subject| {
            subject.scopes.about_people() && subject.grant.read_on != Some(today)
        };
        for subject in self.page.subjects.iter().filter(unread) {
            note(database, &subject.grant).await?;
        }
        let ids: Vec<GrantId> = self.page.subjects.iter().map(|one| one.grant.id).collect();
        let lent = Lent::read(database).await?;
        let standing: Vec<Grant> = Entity::find()
            .filter(Column::PartnerId.eq(self.partner))
            .filter(lent.among(Column::Id, &ids))
            .all(lent.connection())
            .await?;
        let stands = |subject: &Subject| {
            let grant = standing.iter().find(|one| one.id == subject.grant.id);
            grant.is_some_and(|grant| subject.scopes.within(&grant.scopes()))
        };
        if self.page.subjects.iter().all(stands) {
            Ok(self.page)
        } else {
            Err(Error::Withdrawn)
        }
    }
}

/// The grants of a page, and whether there are more.
async fn grants(admitted: &Admitted, wanted: &Wanted) -> Result<(Vec<Grant>, bool), DbErr> {
    let most = match wanted.since {
        Some(_) => LOOKED_AT,
        None => wanted.first,
    };
    let after = wanted.after.as_ref().map(|after| Column::Subject.gt(after));
    let only = wanted.only.as_ref().map(|only| Column::Subject.eq(only));
    let bound = admitted.grant.map(|grant| Column::Id.eq(grant));
    let mut grants = Entity::find()
        .filter(Column::PartnerId.eq(admitted.partner.id))
        .filter(
            Condition::all()
                .add_option(after)
                .add_option(only)
                .add_option(bound),
        )
        .order_by_asc(Column::Subject)
        .limit(most + 1)
        .all(admitted.lent.connection())
        .await?;
    let kept = usize::try_from(most).unwrap_or(usize::MAX);
    let has_next = grants.len() > kept;
    grants.truncate(kept);
    Ok((grants, has_next))
}

/// Those whose result or consent changed at this time or later; one statement. A change has the time at which its
/// transaction began, and may have become visible later.
async fn changed(
    admitted: &Admitted,
    grants: &[Grant],
    since: Instant,
) -> Result<HashSet<GrantId>, Error> {
    let people = lenders(admitted, grants, AccessScope::CompetencyRead);
    let lenders = admitted.lent.by(&people).await?;
    let scored = scored_since(&lenders, since).await?;
    let changed = |grant: &&Grant| grant.updated_at >= since || scored.contains(&grant.user_id);
    Ok(grants
        .iter()
        .filter(changed)
        .map(|grant| grant.id)
        .collect())
}

/// Those of whom the partner may read this.
fn lenders(admitted: &Admitted, grants: &[Grant], scope: AccessScope) -> Vec<UserId> {
    let lends = |grant: &&Grant| admitted.scopes.has(scope) && grant.scopes().has(scope);
    grants
        .iter()
        .filter(lends)
        .map(|grant| grant.user_id)
        .collect()
}

async fn names(lent: &Lent, people: &[UserId]) -> Result<HashMap<UserId, String>, Error> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(settings::names_of(&lent.by(people).await?).await?)
}

async fn scores(lent: &Lent, people: &[UserId]) -> Result<HashMap<UserId, Vec<Score>>, Error> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(lent_scores(&lent.by(people).await?).await?)
}

/// Notes the first time of a day; not for somebody who has withdrawn meanwhile, nor twice.
async fn note(database: &Database, grant: &Grant) -> Result<(), Error> {
    let scope = Scope::write(database, grant.user_id).await?;
    reading::note(&scope, grant).await?;
    Ok(scope.commit().await?)
}
