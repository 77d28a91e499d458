//! The tools that somebody meets on their way.

use dreamtree_content::{Placement, ToolPlacement, ToolSettings};
use dreamtree_workbook::{
    InstanceId, StoryId,
    entity::{user_list_items, user_lists, user_skill_tags, user_stories, user_tool_instances},
};

use super::{GENERATION, Person, skills::Skill};
use crate::{Error, words};

const STORIES: &str = "user_stories";
const STEP: usize = 300;

impl Person<'_> {
    /// Uses a tool at its placement; false, and nothing done, for one that nobody here can use.
    pub(super) fn uses(
        &mut self,
        placement: &Placement,
        tool: &ToolPlacement,
        skills: &[Skill],
    ) -> Result<bool, Error> {
        let instance: InstanceId = self.dice.id();
        match &tool.settings {
            ToolSettings::ListBuilder(rules) => {
                self.list(placement, instance, &rules.list, rules.min_items.max(3));
            }
            ToolSettings::SoaredForm(rules) => {
                self.story(instance, rules.story_type.as_str())?;
            }
            ToolSettings::SkillTagger(rules) => {
                let fits = |skill: &&Skill| rules.category.is_none_or(|one| one == skill.category);
                let skills = skills.iter().filter(fits).take(rules.max_items as usize);
                self.tag(instance, skills);
            }
            // The order is the rank of the skills, which they have.
            ToolSettings::RankingGrid(_) => {}
            _ => return Ok(false),
        }
        let at = self.dice.now();
        self.rows
            .user_tool_instances
            .push(user_tool_instances::Model {
                user_id: self.user,
                id: instance,
                tool_id: tool.tool.id.0,
                stem_id: Some(placement.id.0),
                title: None,
                summary: None,
                is_sealed: matches!(tool.settings, ToolSettings::SoaredForm(_)),
                content_hash: None,
                key_generation: None,
                revision: 1,
                created_at: at,
                updated_at: at,
            });
        Ok(true)
    }

    fn list(&mut self, placement: &Placement, instance: InstanceId, name: &str, items: u32) {
        let id = self.dice.id();
        let at = self.dice.now();
        self.rows.user_lists.push(user_lists::Model {
            user_id: self.user,
            id,
            instance_id: Some(instance),
            name: name.to_owned(),
            context: Some(placement.location.exercise_id()),
            revision: 1,
            created_at: at,
            updated_at: at,
        });
        for position in 0..i32::try_from(items).unwrap_or(i32::MAX) {
            let row = user_list_items::Model {
                user_id: self.user,
                id: self.dice.id(),
                list_id: id,
                content: words::craft(&mut self.dice),
                position,
                created_at: at,
            };
            self.rows.user_list_items.push(row);
        }
    }

    fn story(&mut self, instance: InstanceId, kind: &str) -> Result<(), Error> {
        let id: StoryId = self.dice.id();
        let at = self.dice.now();
        let row = user_stories::Model {
            user_id: self.user,
            id,
            instance_id: Some(instance),
            experience_id: None,
            title: self.secret(STORIES, "title", id, 40)?,
            situation: self.secret(STORIES, "situation", id, STEP)?,
            obstacle: self.secret(STORIES, "obstacle", id, STEP)?,
            action: self.secret(STORIES, "action", id, STEP)?,
            result: self.secret(STORIES, "result", id, STEP)?,
            evaluation: self.secret(STORIES, "evaluation", id, STEP)?,
            discovery: self.secret(STORIES, "discovery", id, STEP)?,
            story_type: Some(kind.to_owned()),
            key_generation: Some(GENERATION),
            revision: 1,
            created_at: at,
            updated_at: at,
        };
        self.rows.user_stories.push(row);
        Ok(())
    }

    fn tag<'s>(&mut self, instance: InstanceId, skills: impl Iterator<Item = &'s Skill>) {
        let created_at = self.dice.now();
        for (position, skill) in (0..).zip(skills) {
            let row = user_skill_tags::Model {
                user_id: self.user,
                id: self.dice.uuid(),
                instance_id: Some(instance),
                response_id: None,
                user_skill_id: skill.id,
                position,
                created_at,
            };
            self.rows.user_skill_tags.push(row);
        }
    }
}
