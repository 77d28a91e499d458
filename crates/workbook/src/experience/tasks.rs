//! What an experience consisted of. Each task names the skill that it took: the listed one that its words are like, the
//! one that the person has chosen, or else a skill of their own by the task's words.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{Library, SkillCategory, SkillId, likeness::SAME, review::folded};
use dreamtree_database::Scope;
use dreamtree_types::{Patch, clean};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use tokio::try_join;

use crate::{
    Error, ExperienceId, TaskId,
    entity::user_experience_tasks::{ActiveModel, Column, Entity, Model},
    skill::{Called, Names, own},
    tool::skills::{Choice, Subject, resolve},
    word::{Word, words},
};

const LIST: &str = "input.tasks";
const MOST: usize = 50;
const LONGEST_TEXT: usize = 200;

/// The longest name of a skill of one's own.
const LONGEST_NAME: usize = 100;

words! {
    /// How a task came by its skill.
    TaskMatch {
        /// Its words are the name of a listed skill.
        Exact = "exact",
        /// Its words are like the name of a listed skill.
        Fuzzy = "fuzzy",
        /// Its words are like no listed skill's: they are one of the person's own.
        Custom = "custom",
        /// The person has chosen it.
        Chosen = "chosen",
    }
}

/// Something that an experience consisted of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The task among the person's.
    pub id: TaskId,
    /// 1 to 200 characters.
    pub text: String,
    /// The skill of the master list; `None` for one's own.
    pub skill: Option<SkillId>,
    /// What the skill is called.
    pub skill_name: String,
    /// The skill's group, if it has one.
    pub category: Option<SkillCategory>,
    /// How the task came by its skill.
    pub matched: TaskMatch,
    /// How alike its words were to the name of the nearest listed skill, in thousandths; `None` when none was near, or
    /// the person has chosen.
    pub score: Option<i32>,
}

/// A task to keep.
#[derive(Clone, Debug)]
pub struct Draft {
    /// 1 to 200 characters; at most 100 where no listed skill is meant.
    pub text: String,
    /// The listed skill that it took; `None` to have it found.
    pub skill: Option<SkillId>,
}

/// The tasks of the experiences that fulfil a condition, in their order; one statement.
pub(super) async fn of(
    scope: &Scope,
    library: &Library,
    which: Condition,
) -> Result<HashMap<ExperienceId, Vec<Task>>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(which)
        .order_by_asc(Column::Position);
    let rows = async { Ok(scope.gather(mine).await?) };
    let (rows, own) = try_join!(rows, own(scope))?;
    let names = Names::of(
        scope,
        library,
        own,
        rows.iter().filter_map(|row| row.skill_id),
    )
    .await?;
    let mut found: HashMap<ExperienceId, Vec<Task>> = HashMap::new();
    for row in rows {
        let called = names.name((row.skill_id, row.custom_skill_id))?;
        let tasks = found.entry(row.experience_id).or_default();
        tasks.push(read(row, called)?);
    }
    Ok(found)
}

/// Puts these tasks in the place of those that are there. One with the same words stays the same task, with its skill
/// unless another one is chosen.
pub(super) async fn patch(
    scope: &Scope,
    library: &Library,
    experience: ExperienceId,
    change: Patch<Vec<Draft>>,
) -> Result<(), Error> {
    let drafts = match change {
        Patch::Keep => return Ok(()),
        Patch::Clear => Vec::new(),
        Patch::Set(drafts) => drafts,
    };
    let texts = check(&drafts)?;
    let mut known = known(scope, experience).await?;
    let mut rows = Vec::with_capacity(texts.len());
    let mut unmatched = Vec::new();
    for (index, (text, draft)) in texts.into_iter().zip(&drafts).enumerate() {
        let old = known.remove(&text);
        let link = link(library, &text, draft.skill, old.as_ref(), index)?;
        if link.subject.is_none() {
            unmatched.push(text.clone());
        }
        rows.push((text, old, link));
    }
    let own = keep_own(scope, library, unmatched).await?;
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ExperienceId.eq(experience))
        .exec(scope.connection())
        .await?;
    let rows: Vec<ActiveModel> = (1..)
        .zip(rows)
        .map(|(position, (text, old, link))| {
            let subject = link.subject.or_else(|| own.get(&text).copied());
            let subject = subject.ok_or(Error::Corrupt("a task without a skill"))?;
            Ok(ActiveModel {
                user_id: Set(scope.user()),
                id: Set(old.as_ref().map_or_else(TaskId::new, |old| old.id)),
                experience_id: Set(experience),
                text: Set(text),
                position: Set(position),
                skill_id: Set(subject.0),
                custom_skill_id: Set(subject.1),
                match_kind: Set(link.matched.as_str().to_owned()),
                score: Set(link.score),
                created_at: Set(old.map_or(scope.now(), |old| old.created_at)),
                updated_at: Set(scope.now()),
            })
        })
        .collect::<Result<_, Error>>()?;
    if !rows.is_empty() {
        Entity::insert_many(rows)
            .exec_without_returning(scope.connection())
            .await?;
    }
    Ok(())
}

/// How a task is to be linked.
struct Link {
    /// `None` for a skill of one's own that is still to be kept.
    subject: Option<Subject>,
    matched: TaskMatch,
    /// In thousandths.
    score: Option<i32>,
}

fn link(
    library: &Library,
    text: &str,
    chosen: Option<SkillId>,
    old: Option<&Model>,
    index: usize,
) -> Result<Link, Error> {
    if let Some(id) = chosen {
        let listed = library.skill(id).or_else(|| library.heir(id));
        let listed = listed.map(|skill| skill.id);
        // A skill that has left the master list stays where it was named.
        let stays = old.filter(|old| old.skill_id == Some(id)).map(|_| id);
        let id = listed
            .or(stays)
            .ok_or_else(|| Error::missing(format!("{LIST}[{index}].skill")))?;
        return Ok(Link {
            subject: Some((Some(id), None)),
            matched: TaskMatch::Chosen,
            score: None,
        });
    }
    if let Some(old) = old {
        return Ok(Link {
            subject: Some((old.skill_id, old.custom_skill_id)),
            matched: read_match(&old.match_kind)?,
            score: old.score,
        });
    }
    let nearest = library.similar_skills(text).into_iter().next();
    let score = nearest.map(|(_, score)| thousandths(score));
    match nearest {
        Some((skill, likeness)) if likeness >= SAME => Ok(Link {
            subject: Some((Some(skill.id), None)),
            matched: if score == Some(1_000) {
                TaskMatch::Exact
            } else {
                TaskMatch::Fuzzy
            },
            score,
        }),
        _ if text.chars().count() > LONGEST_NAME => {
            let rule = format!(
                "is like no listed skill; choose one, or say it in {LONGEST_NAME} characters"
            );
            Err(Error::invalid(format!("{LIST}[{index}].text"), rule))
        }
        _ => Ok(Link {
            subject: None,
            matched: TaskMatch::Custom,
            score,
        }),
    }
}

/// Keeps skills of one's own by the words of tasks.
async fn keep_own(
    scope: &Scope,
    library: &Library,
    texts: Vec<String>,
) -> Result<HashMap<String, Subject>, Error> {
    let mut seen = HashSet::new();
    let names: Vec<&String> = texts
        .iter()
        .filter(|text| seen.insert(folded(text)))
        .collect();
    let choices = names.iter().map(|name| Choice::Custom((*name).clone()));
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    let resolved = resolve(scope, library, LIST, most, choices.collect()).await;
    let resolved = resolved.map_err(|error| match error {
        // Only some of the tasks were named: which one it was says nothing to the caller.
        Error::Invalid { message, .. } => Error::invalid(LIST, message),
        other => other,
    })?;
    let by_name: HashMap<String, Subject> = names
        .iter()
        .map(|name| folded(name))
        .zip(resolved.into_iter().map(|one| one.subject))
        .collect();
    let subject = |text: String| {
        let subject = by_name.get(&folded(&text)).copied()?;
        Some((text, subject))
    };
    Ok(texts.into_iter().filter_map(subject).collect())
}

fn check(drafts: &[Draft]) -> Result<Vec<String>, Error> {
    if drafts.len() > MOST {
        return Err(Error::invalid(LIST, format!("takes at most {MOST} tasks")));
    }
    let mut seen = HashSet::new();
    let text = |(index, draft): (usize, &Draft)| {
        let text = clean(&draft.text, LONGEST_TEXT);
        let fault = |fault: dreamtree_types::TextFault| {
            Error::invalid(format!("{LIST}[{index}].text"), fault.to_string())
        };
        let text = text.map_err(fault)?;
        if seen.insert(text.clone()) {
            Ok(text)
        } else {
            Err(Error::twice(format!("{LIST}[{index}]")))
        }
    };
    drafts.iter().enumerate().map(text).collect()
}

/// The tasks that are there, by their words.
async fn known(scope: &Scope, experience: ExperienceId) -> Result<HashMap<String, Model>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ExperienceId.eq(experience))
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.text.clone(), row))
        .collect())
}

fn read(row: Model, called: Called) -> Result<Task, Error> {
    Ok(Task {
        id: row.id,
        matched: read_match(&row.match_kind)?,
        text: row.text,
        skill: called.listed,
        skill_name: called.name,
        category: called.category,
        score: row.score,
    })
}

fn read_match(word: &str) -> Result<TaskMatch, Error> {
    TaskMatch::parse(word).ok_or(Error::Corrupt("how a task came by its skill"))
}

/// A likeness, rounded down, so that only the same name is 1.
#[allow(clippy::cast_possible_truncation, reason = "a likeness is 0 to 1")]
fn thousandths(likeness: f64) -> i32 {
    (likeness * 1_000.0).floor() as i32
}
