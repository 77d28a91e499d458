//! What the tools of the measured page have captured: stories, skills and their ranking.

use std::collections::HashMap;

use dreamtree_content::{Filter, SkillCategory, SkillId};
use dreamtree_crypto::{DataKey, FieldAddress, open_field};
use sea_orm::sqlx::query_as;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    App,
    frame::Frame,
    refused::Refused,
    value::{Ranked, Skill, Story, Value},
};

const STORIES: &str = "SELECT instance_id, id, title, situation, obstacle, action, result, evaluation, discovery \
     FROM user_stories WHERE user_id = $1 AND instance_id = ANY($2)";

type StoryRow = (Uuid, Uuid, Text, Text, Text, Text, Text, Text, Text);
type Text = Option<String>;

/// The stories of these instances; `None` for one that does not open.
pub(crate) async fn stories(
    frame: &mut Frame<'_>,
    instances: &[Uuid],
) -> Result<HashMap<Uuid, Option<Value>>, Refused> {
    let user = frame.user();
    let statement = query_as(STORIES).bind(user).bind(instances);
    let rows: Vec<StoryRow> = statement.fetch_all(frame.statement()).await?;
    let key = frame.key();
    let story = |row: StoryRow| (row.0, opened(user, key.as_ref(), &row).map(Value::Story));
    Ok(rows.into_iter().map(story).collect())
}

fn opened(user: Uuid, key: Option<&DataKey>, row: &StoryRow) -> Option<Story> {
    let id = row.1.to_string();
    let open = |column: &str, sealed: &Text| {
        let Some(sealed) = sealed else {
            return Some(None);
        };
        let address = FieldAddress {
            user,
            table: "user_stories",
            column,
            row: &id,
        };
        match open_field(key?, &address, sealed) {
            Ok(Json::String(text)) => Some(Some(text)),
            _ => None,
        }
    };
    Some(Story {
        title: open("title", &row.2)?,
        situation: open("situation", &row.3)?,
        obstacle: open("obstacle", &row.4)?,
        action: open("action", &row.5)?,
        result: open("result", &row.6)?,
        evaluation: open("evaluation", &row.7)?,
        discovery: open("discovery", &row.8)?,
    })
}

const SKILLS: &str = "SELECT t.instance_id, s.id, s.skill_id, c.name, s.category, s.mastery, s.rank \
    FROM user_skill_tags t \
    JOIN user_skills s ON s.user_id = t.user_id AND s.id = t.user_skill_id \
    LEFT JOIN user_custom_skills c ON c.user_id = s.user_id AND c.id = s.custom_skill_id \
    WHERE t.user_id = $1 AND t.instance_id = ANY($2) ORDER BY t.position";

type SkillRow = (
    Uuid,
    Uuid,
    Option<Uuid>,
    Text,
    Text,
    Option<i32>,
    Option<i32>,
);

/// The skills that were tagged at these instances, in their order.
pub(crate) async fn skills(
    app: &App,
    frame: &mut Frame<'_>,
    instances: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Skill>>, Refused> {
    let statement = query_as(SKILLS).bind(frame.user()).bind(instances);
    let rows: Vec<SkillRow> = statement.fetch_all(frame.statement()).await?;
    let mut skills: HashMap<Uuid, Vec<Skill>> = HashMap::new();
    for (instance, id, listed, own, category, mastery, rank) in rows {
        let listed = listed.and_then(|id| app.content.library.skill(SkillId::from(id)));
        let kept = category.as_deref().and_then(SkillCategory::parse);
        let category = listed.map_or(kept, |skill| skill.category).map(word);
        let name = own.or_else(|| listed.map(|skill| skill.name.clone()));
        let name = name.ok_or(Refused::Wrong("a skill has left the master list"))?;
        let id = format!("user_skill:{id}");
        skills.entry(instance).or_default().push(Skill {
            id,
            name,
            category,
            mastery,
            rank,
        });
    }
    Ok(skills)
}

/// The skills that pass the filter: ranked ones first, by rank, then the rest as they were tagged.
pub(crate) fn best<'a>(skills: &'a [Skill], filter: &Filter) -> Vec<&'a Skill> {
    let wanted = filter.skills().map(word);
    let fits = |skill: &&Skill| wanted.is_none() || skill.category == wanted;
    let mut best: Vec<&Skill> = skills.iter().filter(fits).collect();
    best.sort_by_key(|skill| skill.rank.unwrap_or(i32::MAX));
    best.truncate(filter.top.map_or(usize::MAX, |top| top as usize));
    best
}

/// The ranked ones among the best, at most `top`.
pub(crate) fn ranking(skills: &[Skill], filter: &Filter, top: u32) -> Value {
    let ranked = best(skills, filter)
        .into_iter()
        .filter(|skill| skill.rank.is_some());
    let one = |skill: &Skill| Ranked {
        list_item: None,
        user_skill: Some(skill.id.clone()),
        label: skill.name.clone(),
    };
    Value::Ranking {
        ranked: ranked.take(top as usize).map(one).collect(),
    }
}

pub(crate) const fn word(category: SkillCategory) -> &'static str {
    match category {
        SkillCategory::Transferable => "TRANSFERABLE",
        SkillCategory::SelfManagement => "SELF_MANAGEMENT",
        SkillCategory::Knowledge => "KNOWLEDGE",
    }
}
