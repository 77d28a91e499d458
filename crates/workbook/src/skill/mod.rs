//! The skills that a person has, wherever they were tagged: rated, with evidence, the best ones ranked.

mod add;
mod adopt;
mod counted;
mod find;
mod links;
mod merge;
mod names;
mod order;
mod own;
mod similar;

use dreamtree_content::{
    Library, SkillCategory, SkillId,
    review::{ReviewStatus, propose},
};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch, clean};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

pub(crate) use add::add;
pub(crate) use adopt::adopt;
pub(crate) use counted::counts_as;
pub use find::all;
pub(crate) use find::one;
pub(crate) use links::forget_unused;
pub(crate) use merge::merge;
pub(crate) use names::{Called, Names};
pub(crate) use order::{place, rank};
pub(crate) use own::{Own, own};
pub use similar::{Similar, similar};

use crate::{
    CustomSkillId, Error, UserSkillId,
    entity::{user_custom_skills, user_skills},
    owned::{self, Saved, is_stale},
};

const LONGEST_EVIDENCE: usize = 1_000;

/// A skill that a person has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// The skill among the person's.
    pub id: UserSkillId,
    /// The skill of the master list; `None` for one of the person's own.
    pub listed: Option<SkillId>,
    /// The skill of the person's own that it is kept as; `None` for one that is kept as a listed one.
    pub custom: Option<CustomSkillId>,
    /// What it is called.
    pub name: String,
    /// Its group, if it has one.
    pub category: Option<SkillCategory>,
    /// How well it is mastered, 1 to 5; `None` when it is not rated.
    pub mastery: Option<i32>,
    /// What shows it; at most 1,000 characters.
    pub evidence: Option<String>,
    /// From 1, the best of its group; `None` when it is not ranked.
    pub rank: Option<i32>,
    /// How far the review of a skill of the person's own has come; `None` for what counts as a listed one.
    pub review: Option<ReviewStatus>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When the person got it.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a skill.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// 1 to 5.
    pub mastery: Patch<i32>,
    /// At most 1,000 characters.
    pub evidence: Patch<String>,
    /// Only of a skill of the person's own.
    pub category: Patch<SkillCategory>,
}

/// Changes a skill.
pub async fn update(
    scope: &Scope,
    library: &Library,
    id: UserSkillId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Skill>, Error> {
    let id = adopt(scope, library).await?.now(id);
    let mut row = owned::find::<user_skills::Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(one(scope, library, id).await?));
    }
    let group = row.category.clone();
    apply(&mut row, draft)?;
    if row.category != group {
        // The order of the best is one of each group, and its own name keeps the group too.
        row.rank = None;
        regroup(scope, &row).await?;
    }
    owned::replace::<user_skills::Entity>(scope, &mut row).await?;
    order::close_gaps(scope, library).await?;
    Ok(Saved::Done(one(scope, library, id).await?))
}

/// Gives the skill of one's own behind a row the row's group.
async fn regroup(scope: &Scope, row: &user_skills::Model) -> Result<(), Error> {
    use user_custom_skills::{Column, Entity};
    if let Some(custom) = row.custom_skill_id {
        Entity::update_many()
            .col_expr(Column::Category, Expr::value(row.category.clone()))
            .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
            .filter(Column::UserId.eq(scope.user()))
            .filter(Column::Id.eq(custom))
            .exec(scope.connection())
            .await?;
        let own = Entity::find_by_id((scope.user(), custom))
            .one(scope.connection())
            .await?;
        let category = row.category.as_deref().and_then(SkillCategory::parse);
        let names = own.iter().map(|own| (own.name.as_str(), category));
        propose(scope, names).await?;
    }
    Ok(())
}

fn apply(row: &mut user_skills::Model, draft: Draft) -> Result<(), Error> {
    if let Patch::Set(mastery) = draft.mastery
        && !(1..=5).contains(&mastery)
    {
        return Err(Error::invalid("input.mastery", "must be 1 to 5"));
    }
    if draft.category != Patch::Keep && row.skill_id.is_some() {
        let rule = "belongs to the master list for a listed skill";
        return Err(Error::invalid("input.category", rule));
    }
    let evidence = draft.evidence.try_map(|text| evidence(&text))?;
    row.mastery = draft.mastery.onto(row.mastery);
    row.evidence = match evidence {
        Patch::Set(text) => text,
        Patch::Clear => None,
        Patch::Keep => row.evidence.take(),
    };
    let category = draft.category.map(|category| category.as_str().to_owned());
    row.category = category.onto(row.category.take());
    Ok(())
}

/// Evidence as it is kept: `None` for blanks.
fn evidence(text: &str) -> Result<Option<String>, Error> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let text = clean(text, LONGEST_EVIDENCE);
    text.map(Some)
        .map_err(|fault| Error::invalid("input.evidence", fault.to_string()))
}

/// Takes a skill away, with its tags; a skill of one's own that nothing else uses is forgotten.
pub(crate) async fn delete(
    scope: &Scope,
    library: &Library,
    id: UserSkillId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let id = adopt(scope, library).await?.now(id);
    let row = owned::find::<user_skills::Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    owned::delete::<user_skills::Entity>(scope, id).await?;
    forget_unused(scope).await?;
    order::close_gaps(scope, library).await
}
