//! One entity per table; a row's fields are the columns, which the migration describes.
#![allow(missing_docs, reason = "the migration describes the columns")]

pub mod user_budget;
pub mod user_career_options;
pub mod user_checklists;
pub mod user_companies;
pub mod user_comparisons;
pub mod user_contacts;
pub mod user_custom_skills;
pub mod user_experience_skills;
pub mod user_experience_tasks;
pub mod user_experiences;
pub mod user_failure_reframes;
pub mod user_flow_logs;
pub mod user_idea_edges;
pub mod user_idea_nodes;
pub mod user_idea_tree_nodes;
pub mod user_idea_trees;
pub mod user_jobs;
pub mod user_list_items;
pub mod user_lists;
pub mod user_locations;
pub mod user_milestones;
pub mod user_modules;
pub mod user_option_questions;
pub mod user_profile;
pub mod user_record_changes;
pub mod user_records;
pub mod user_responses;
pub mod user_skill_tags;
pub mod user_skills;
pub mod user_snoozes;
pub mod user_status_changes;
pub mod user_stories;
pub mod user_tool_instances;
pub mod user_values;
