//! The skills that a reader has.

use dreamtree_content::{Library, SkillId};
use sea_orm::sqlx::query_as;
use uuid::Uuid;

use crate::{App, frame::Frame, refused::Refused, tools::word, value::Skill};

const SKILLS: &str = "SELECT s.id, s.skill_id, c.name, s.category, s.mastery, s.rank FROM user_skills s \
    LEFT JOIN user_custom_skills c ON c.user_id = s.user_id AND c.id = s.custom_skill_id \
    WHERE s.user_id = $1 ORDER BY s.rank, coalesce(s.mastery, 0) DESC, s.id";

type Row = (
    Uuid,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    Option<i32>,
    Option<i32>,
);

/// All of them, the best first.
pub(crate) async fn mine(app: &App, frame: &mut Frame<'_>) -> Result<Vec<Skill>, Refused> {
    let statement = query_as(SKILLS).bind(frame.user());
    let rows: Vec<Row> = statement.fetch_all(frame.statement()).await?;
    let skill = |(id, listed, own, kept, mastery, rank): Row| {
        let (name, category) = named(&app.content.library, listed, own, kept.as_deref())?;
        Ok(Skill {
            id: format!("user_skill:{id}"),
            name,
            category,
            mastery,
            rank,
        })
    };
    rows.into_iter().map(skill).collect()
}

/// The name of a listed skill or of one's own, and its category.
pub(crate) fn named(
    library: &Library,
    listed: Option<Uuid>,
    own: Option<String>,
    kept: Option<&str>,
) -> Result<(String, Option<&'static str>), Refused> {
    let listed = listed.and_then(|id| library.skill(SkillId::from(id)));
    let kept = kept.and_then(dreamtree_content::SkillCategory::parse);
    let category = listed.map_or(kept, |skill| skill.category).map(word);
    let name = own.or_else(|| listed.map(|skill| skill.name.clone()));
    let name = name.ok_or(Refused::Wrong("a skill has left the master list"))?;
    Ok((name, category))
}
