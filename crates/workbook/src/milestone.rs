//! Steps on the timeline, each in a year or a quarter of it, perhaps on the way of one career option.

use std::{collections::HashMap, ops::RangeInclusive};

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, Select,
    sea_query::NullOrdering,
};
use serde::{Deserialize, Serialize};

use crate::{
    CareerOptionId, Error, MilestoneId,
    entity::{
        user_career_options,
        user_milestones::{Column, Entity, Model},
    },
    field,
    owned::{self, Saved, is_stale},
    text,
};

const YEARS: RangeInclusive<i32> = 1900..=2200;
const QUARTERS: RangeInclusive<i32> = 1..=4;
const LONGEST_TITLE: usize = 200;
const LONGEST_DESCRIPTION: usize = 5_000;

/// A step on the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The step among the person's.
    pub id: MilestoneId,
    /// The path it belongs to; `None` for one of no path.
    pub career_option: Option<CareerOptionId>,
    /// 1900 to 2200.
    pub year: i32,
    /// 1 to 4; `None` for any time of the year.
    pub quarter: Option<i32>,
    /// 1 to 200 characters.
    pub title: String,
    /// What it is a step of.
    pub category: Option<Category>,
    /// At most 5,000 characters.
    pub description: Option<String>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What a milestone is a step of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Category {
    /// A job or a business.
    Work,
    /// A course or a degree.
    Education,
    /// The life beside work.
    Personal,
    /// Something to be able to do.
    Skill,
}

/// What to change about a milestone; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The path it belongs to; one of the person's own.
    pub career_option: Patch<CareerOptionId>,
    /// Cannot be taken away.
    pub year: Patch<i32>,
    /// The quarter of the year.
    pub quarter: Patch<i32>,
    /// Cannot be taken away.
    pub title: Patch<String>,
    /// What it is a step of.
    pub category: Patch<Category>,
    /// Anything else.
    pub description: Patch<String>,
}

/// Which milestones are wanted; all that hold at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Only those of this path.
    pub career_option: Option<CareerOptionId>,
    /// Only those of this year and later.
    pub from_year: Option<i32>,
    /// Only those of this year and earlier.
    pub to_year: Option<i32>,
}

/// The person's milestones by time, those of a whole year before those of its quarters; one statement.
pub async fn all(scope: &Scope, wanted: Wanted) -> Result<Vec<Milestone>, Error> {
    let of_path = |id| Column::CareerOptionId.eq(id);
    let filter = Condition::all()
        .add_option(wanted.career_option.map(of_path))
        .add_option(wanted.from_year.map(|year| Column::Year.gte(year)))
        .add_option(wanted.to_year.map(|year| Column::Year.lte(year)));
    let rows = scope.gather(by_time(scope).filter(filter)).await?;
    rows.into_iter().map(read).collect()
}

/// The milestones of every path, by time; one statement.
pub(crate) async fn by_option(
    scope: &Scope,
) -> Result<HashMap<CareerOptionId, Vec<Milestone>>, Error> {
    let of_a_path = by_time(scope).filter(Column::CareerOptionId.is_not_null());
    let mut groups: HashMap<CareerOptionId, Vec<Milestone>> = HashMap::new();
    for row in scope.gather(of_a_path).await? {
        if let Some(option) = row.career_option_id {
            groups.entry(option).or_default().push(read(row)?);
        }
    }
    Ok(groups)
}

/// Adds a milestone. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    id: Option<MilestoneId>,
    draft: Draft,
) -> Result<Milestone, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return read(known);
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        career_option_id: None,
        year: 0,
        quarter: None,
        title: String::new(),
        category: None,
        description: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    apply(scope, &mut row, draft).await?;
    read(owned::insert::<Entity>(scope, row).await?)
}

/// Changes a milestone.
pub async fn update(
    scope: &Scope,
    id: MilestoneId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Milestone>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(row)?));
    }
    apply(scope, &mut row, draft).await?;
    owned::replace::<Entity>(scope, &mut row).await?;
    Ok(Saved::Done(read(row)?))
}

/// Takes a milestone away.
pub(crate) async fn delete(
    scope: &Scope,
    id: MilestoneId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    owned::delete::<Entity>(scope, id).await
}

fn by_time(scope: &Scope) -> Select<Entity> {
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Year)
        .order_by_with_nulls(Column::Quarter, Order::Asc, NullOrdering::First)
        .order_by_asc(Column::Id)
}

async fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    field::required(&mut row.year, draft.year, "input.year")?;
    field::on_scale(row.year, &YEARS, "input.year")?;
    field::figure(&mut row.quarter, draft.quarter, QUARTERS, "input.quarter")?;
    let title = std::mem::take(&mut row.title);
    row.title = text::required(title, draft.title, LONGEST_TITLE, "input.title")?;
    let known = row.description.take();
    let (longest, path) = (LONGEST_DESCRIPTION, "input.description");
    row.description = text::patch(known, draft.description, longest, path)?;
    let category = draft.category.map(|category| category.word().to_owned());
    row.category = category.onto(row.category.take());
    if let Patch::Set(option) = draft.career_option {
        owned::find::<user_career_options::Entity>(scope, option, "input.careerOption").await?;
    }
    row.career_option_id = draft.career_option.onto(row.career_option_id);
    Ok(())
}

fn read(row: Model) -> Result<Milestone, Error> {
    Ok(Milestone {
        id: row.id,
        career_option: row.career_option_id,
        year: row.year,
        quarter: row.quarter,
        title: row.title,
        category: row.category.as_deref().map(Category::read).transpose()?,
        description: row.description,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

impl Category {
    const ALL: [Self; 4] = [Self::Work, Self::Education, Self::Personal, Self::Skill];

    /// As it is kept.
    const fn word(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Education => "education",
            Self::Personal => "personal",
            Self::Skill => "skill",
        }
    }

    fn read(word: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|one| one.word() == word);
        known.ok_or(Error::Corrupt("the category of a milestone"))
    }
}
