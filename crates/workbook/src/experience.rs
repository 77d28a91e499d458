//! Jobs, education and projects, with the skills that they took.

mod skills;
mod tasks;

use std::{cmp::Reverse, mem};

use dreamtree_content::Library;
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use time::Date;
use tokio::try_join;

use crate::{
    Error, ExperienceId,
    entity::{
        user_experience_skills, user_experience_tasks,
        user_experiences::{Column, Entity, Model},
        user_stories,
    },
    owned::{self, Saved, is_stale},
    skill, text,
    tool::skills::Choice,
    word::{Word, words},
};

pub use skills::Skill;
pub use tasks::{Draft as TaskDraft, Task, TaskMatch};

const LONGEST_TITLE: usize = 200;
const LONGEST_DESCRIPTION: usize = 5_000;
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2200;

words! {
    /// The kinds of experience.
    ExperienceType {
        /// Work.
        Job = "job",
        /// School, a course, a degree.
        Education = "education",
        /// Something with an aim of its own.
        Project = "project",
        /// Anything else.
        Other = "other",
    }
}

/// A job, a course of education or a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experience {
    /// The experience among the person's.
    pub id: ExperienceId,
    /// What it is called; 1 to 200 characters.
    pub title: String,
    /// Where it was; at most 200 characters.
    pub organization: Option<String>,
    /// Its kind.
    pub kind: Option<ExperienceType>,
    /// The first day, of the years 1900 to 2200.
    pub start_date: Option<Date>,
    /// The last day, not before the first; `None` while it goes on.
    pub end_date: Option<Date>,
    /// What it was like; at most 5,000 characters.
    pub description: Option<String>,
    /// The skills that it took, at most 50, as the person has ordered them.
    pub skills: Vec<Skill>,
    /// What it consisted of, at most 50 tasks, as the person has ordered them.
    pub tasks: Vec<Task>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about an experience; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What it is called; cannot be taken away.
    pub title: Patch<String>,
    /// Where it was.
    pub organization: Patch<String>,
    /// Its kind.
    pub kind: Patch<ExperienceType>,
    /// The first day.
    pub start_date: Patch<Date>,
    /// The last day.
    pub end_date: Patch<Date>,
    /// What it was like.
    pub description: Patch<String>,
    /// All skills that it took; they take the place of those that are there.
    pub skills: Patch<Vec<Choice>>,
    /// All that it consisted of, in the place of what is there.
    pub tasks: Patch<Vec<TaskDraft>>,
}

/// The person's experiences, or those of one kind: the latest first day first, those without one last; one
/// statement.
pub async fn all(
    scope: &Scope,
    library: &Library,
    kind: Option<ExperienceType>,
) -> Result<Vec<Experience>, Error> {
    let mut mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    if let Some(kind) = kind {
        mine = mine.filter(Column::ExperienceType.eq(kind.as_str()));
    }
    let mine = mine.order_by_asc(Column::Id);
    let rows = async { Ok(scope.gather(mine).await?) };
    let skills = skills::of(scope, library, Condition::all());
    let tasks = tasks::of(scope, library, Condition::all());
    let (mut rows, mut skills, mut tasks) = try_join!(rows, skills, tasks)?;
    rows.sort_by_key(|row| Reverse(row.start_date));
    let read = |row: Model| {
        let skills = skills.remove(&row.id).unwrap_or_default();
        let tasks = tasks.remove(&row.id).unwrap_or_default();
        read(row, skills, tasks)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Adds an experience. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    library: &Library,
    id: Option<ExperienceId>,
    mut draft: Draft,
) -> Result<Experience, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return complete(scope, library, known).await;
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        title: String::new(),
        organization: None,
        experience_type: None,
        start_date: None,
        end_date: None,
        description: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    let parts = Parts::of(&mut draft);
    apply(&mut row, draft)?;
    let row = owned::insert::<Entity>(scope, row).await?;
    parts.write(scope, library, id).await?;
    complete(scope, library, row).await
}

/// Changes an experience.
pub async fn update(
    scope: &Scope,
    library: &Library,
    id: ExperienceId,
    expected: Option<i32>,
    mut draft: Draft,
) -> Result<Saved<Experience>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return complete(scope, library, row).await.map(Saved::Stale);
    }
    let parts = Parts::of(&mut draft);
    apply(&mut row, draft)?;
    owned::replace::<Entity>(scope, &mut row).await?;
    parts.write(scope, library, id).await?;
    complete(scope, library, row).await.map(Saved::Done)
}

/// What has rows of its own.
struct Parts {
    skills: Patch<Vec<Choice>>,
    tasks: Patch<Vec<TaskDraft>>,
}

impl Parts {
    const fn of(draft: &mut Draft) -> Self {
        Self {
            skills: mem::replace(&mut draft.skills, Patch::Keep),
            tasks: mem::replace(&mut draft.tasks, Patch::Keep),
        }
    }

    /// Writes what changes, and forgets skills of the person's own that nothing names any more.
    async fn write(self, scope: &Scope, library: &Library, id: ExperienceId) -> Result<(), Error> {
        if let (Patch::Keep, Patch::Keep) = (&self.skills, &self.tasks) {
            return Ok(());
        }
        skill::adopt(scope, library).await?;
        skills::patch(scope, library, id, self.skills).await?;
        tasks::patch(scope, library, id, self.tasks).await?;
        skill::forget_unused(scope).await
    }
}

/// Takes an experience away with its tasks, and with the skills of the person's own that only it has named; the stories about it stay, without an experience.
pub(crate) async fn delete(
    scope: &Scope,
    id: ExperienceId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    owned::release::<user_stories::Entity>(scope, user_stories::Column::ExperienceId, id).await?;
    owned::delete::<Entity>(scope, id).await?;
    skill::forget_unused(scope).await
}

fn apply(row: &mut Model, draft: Draft) -> Result<(), Error> {
    let title = mem::take(&mut row.title);
    row.title = text::required(title, draft.title, LONGEST_TITLE, "input.title")?;
    row.organization = text::patch(
        row.organization.take(),
        draft.organization,
        LONGEST_TITLE,
        "input.organization",
    )?;
    let kind = draft.kind.map(|kind| kind.as_str().to_owned());
    row.experience_type = kind.onto(row.experience_type.take());
    row.start_date = day(row.start_date, draft.start_date, "input.startDate")?;
    row.end_date = day(row.end_date, draft.end_date, "input.endDate")?;
    if let (Some(start), Some(end)) = (row.start_date, row.end_date)
        && end < start
    {
        return Err(Error::invalid(
            "input.endDate",
            "must not be before the start",
        ));
    }
    row.description = text::patch(
        row.description.take(),
        draft.description,
        LONGEST_DESCRIPTION,
        "input.description",
    )?;
    Ok(())
}

fn day(known: Option<Date>, change: Patch<Date>, field: &str) -> Result<Option<Date>, Error> {
    let checked = change.try_map(|day| match day.year() {
        FIRST_YEAR..=LAST_YEAR => Ok(day),
        _ => Err(Error::invalid(
            field,
            format!("must be of the years {FIRST_YEAR} to {LAST_YEAR}"),
        )),
    })?;
    Ok(checked.onto(known))
}

async fn complete(scope: &Scope, library: &Library, row: Model) -> Result<Experience, Error> {
    let skills = Condition::all().add(user_experience_skills::Column::ExperienceId.eq(row.id));
    let tasks = Condition::all().add(user_experience_tasks::Column::ExperienceId.eq(row.id));
    let (mut skills, mut tasks) = try_join!(
        skills::of(scope, library, skills),
        tasks::of(scope, library, tasks)
    )?;
    let skills = skills.remove(&row.id).unwrap_or_default();
    let tasks = tasks.remove(&row.id).unwrap_or_default();
    Ok(read(row, skills, tasks))
}

fn read(row: Model, skills: Vec<Skill>, tasks: Vec<Task>) -> Experience {
    Experience {
        id: row.id,
        title: row.title,
        organization: row.organization,
        kind: row.experience_type.as_deref().and_then(Word::parse),
        start_date: row.start_date,
        end_date: row.end_date,
        description: row.description,
        skills,
        tasks,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
