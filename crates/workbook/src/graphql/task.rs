//! What experiences consisted of, at the edge.

use async_graphql::{Enum, InputObject, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{SkillId, graphql::SkillCategory};

use crate::{
    TaskId,
    experience::{Task, TaskDraft},
};

/// How a task came by its skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::experience::TaskMatch")]
pub enum TaskMatch {
    /// Its words are the name of a skill of the master list.
    Exact,
    /// Its words are like the name of a skill of the master list, from a score of 0.9 on.
    Fuzzy,
    /// Its words are like no listed skill's: they are a skill of the caller's own.
    Custom,
    /// The caller has chosen it.
    Chosen,
}

/// Something that an experience consisted of, with the skill that it took.
#[derive(SimpleObject, Plain)]
pub struct ExperienceTask {
    /// The task; the same for as long as its text is.
    pub id: Gid<TaskId>,
    /// What was done; 1 to 200 characters.
    pub text: String,
    /// The skill of the master list; null for one's own.
    pub skill: Option<Gid<SkillId>>,
    /// What the skill is called.
    pub skill_name: String,
    /// The skill's category, if it has one.
    pub category: Option<SkillCategory>,
    /// How the task came by its skill.
    pub matched: TaskMatch,
    /// How alike the text was to the name of the nearest listed skill, 0.7 to 1, which is the same name; null when none
    /// was near, or the caller has chosen.
    pub score: Option<f64>,
}

/// Something that an experience consisted of.
#[derive(InputObject)]
pub struct ExperienceTaskInput {
    /// What was done; 1 to 200 characters, but at most 100 where it becomes the name of a skill of one's own. Its words,
    /// never whose they are, then go to the operators, who may add them to the master list.
    pub text: String,
    /// The skill of the master list that it took. Left out, the server takes the one that the text is like (from a
    /// likeness of 0.9), or else a skill of one's own by that text; `similarSkills` tells what else may be meant.
    pub skill: Option<Gid<SkillId>>,
}

pub(super) fn drafts(tasks: Vec<ExperienceTaskInput>) -> Vec<TaskDraft> {
    let draft = |task: ExperienceTaskInput| TaskDraft {
        text: task.text,
        skill: task.skill.map(|id| id.0),
    };
    tasks.into_iter().map(draft).collect()
}

impl From<Task> for ExperienceTask {
    fn from(task: Task) -> Self {
        Self {
            id: Gid(task.id),
            text: task.text,
            skill: task.skill.map(Gid),
            skill_name: task.skill_name,
            category: task.category.map(Into::into),
            matched: task.matched.into(),
            score: task.score.map(|score| f64::from(score) / 1_000.0),
        }
    }
}
