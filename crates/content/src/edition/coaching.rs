//! What authors' files say about coaching, as rows.

use serde::Serialize;

use super::Row;
use crate::entity::{
    assessment, assessment_question, assessment_question_version, assessment_tier,
    competency_display_name, competency_leverage_strength, learning_path_category,
    learning_resource, skill_tag, tag_action, tag_insight,
};

/// Rows of the coaching tables.
#[derive(Debug, Default)]
pub(crate) struct Coaching {
    pub(crate) assessments: Vec<Row<assessment::Model>>,
    pub(crate) tiers: Vec<Row<assessment_tier::Model>>,
    pub(crate) competencies: Vec<Row<competency_display_name::Model>>,
    pub(crate) leverage: Vec<Row<competency_leverage_strength::Model>>,
    pub(crate) questions: Vec<Row<assessment_question::Model>>,
    pub(crate) versions: Vec<Row<assessment_question_version::Model>>,
    pub(crate) tags: Vec<Row<skill_tag::Model>>,
    pub(crate) insights: Vec<Row<tag_insight::Model>>,
    pub(crate) actions: Vec<Row<tag_action::Model>>,
    pub(crate) categories: Vec<Row<learning_path_category::Model>>,
    pub(crate) resources: Vec<Row<learning_resource::Model>>,
}

/// Something that is done with the rows of each table.
pub(crate) trait EachTable {
    /// Is called once for each table, parents before children; `needed` are columns that may not be empty.
    fn table<T: Serialize>(&mut self, name: &'static str, needed: &[&str], rows: &[Row<T>]);
}

impl Coaching {
    /// Calls `each` with all tables.
    pub(crate) fn tables(&self, each: &mut impl EachTable) {
        let words = &["title", "description"][..];
        each.table("assessments", words, &self.assessments);
        let needed = &["name", "message", "overall"];
        each.table("assessment_tiers", needed, &self.tiers);
        let needed = &["display_name", "definition"];
        each.table("competency_display_names", needed, &self.competencies);
        let needed = &["leverage_text"];
        each.table("competency_leverage_strengths", needed, &self.leverage);
        each.table("assessment_questions", &["key"], &self.questions);
        let needed = &["question", "explanation"];
        each.table("assessment_question_versions", needed, &self.versions);
        each.table("skill_tags", &["name"], &self.tags);
        each.table("tag_insights", &["insight_text"], &self.insights);
        each.table("tag_actions", &["action_text"], &self.actions);
        let needed = &["title", "description", "icon"];
        each.table("learning_path_categories", needed, &self.categories);
        each.table("learning_resources", words, &self.resources);
    }
}
