//! Of what people write, and of the content that they write to.

pub(super) const REFUSED: &[(&str, &str, &str)] = &[
    (
        "uq_user_tool_instances_stem",
        "user_tool_instances",
        "{user}, {other}, 1, 2, null, null, false, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_tool_instances_content_hash",
        "user_tool_instances",
        "{user}, {other}, 1, null, null, null, false, 'abc', null, 1, {now}, {now}",
    ),
    (
        "ck_user_tool_changes_slot",
        "user_tool_changes",
        "{user}, {id}, 100, 1, null, {now}",
    ),
    (
        "ck_user_skill_tags_one_target",
        "user_skill_tags",
        "{user}, {other}, {id}, {id}, {id}, 1, {now}",
    ),
    (
        "ck_user_skill_tags_one_target",
        "user_skill_tags",
        "{user}, {other}, null, null, {id}, 1, {now}",
    ),
    (
        "uq_user_skill_tags_instance",
        "user_skill_tags",
        "{user}, {other}, {id}, null, {id}, 2, {now}",
    ),
    (
        "uq_user_responses_stem",
        "user_responses",
        "{user}, {other}, 1, 1, null, null, null, false, null, 1, {now}, {now}",
    ),
    (
        "uq_user_checklists_item",
        "user_checklists",
        "{user}, {other}, 1, 1, null, 'one', true, {now}, {now}",
    ),
    (
        "uq_user_custom_skills_name",
        "user_custom_skills",
        "{user}, {other}, 'Juggling', null, {now}, {now}",
    ),
    (
        "ck_user_skills_one_skill",
        "user_skills",
        "{user}, {other}, null, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_skills_one_skill",
        "user_skills",
        "{user}, {other}, {id}, {other}, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "uq_user_skills_custom_skill",
        "user_skills",
        "{user}, {other}, null, {id}, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_skills_mastery",
        "user_skills",
        "{user}, {other}, {id}, null, null, 6, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_skills_rank",
        "user_skills",
        "{user}, {other}, {id}, null, null, 1, null, 0, 1, {now}, {now}",
    ),
    (
        "ck_user_locations_rank",
        "user_locations",
        "{user}, {other}, 'sealed', 0, null, null, null, 1, 1, {now}, {now}",
    ),
    (
        "idx_user_locations_rank",
        "user_locations",
        "{user}, {other}, 'sealed', 1, null, null, null, 1, 1, {now}, {now}",
    ),
    (
        "ck_user_companies_status",
        "user_companies",
        "{user}, {other}, 'T', 'SAVED', null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_contacts_relationship_status",
        "user_contacts",
        "{user}, {other}, null, 's', null, 'hot', null, null, 1, 1, {now}, {now}",
    ),
    (
        "ck_user_jobs_application_status",
        "user_jobs",
        "{user}, {other}, null, 'T', null, 'lost', null, 1, {now}, {now}",
    ),
    (
        "ck_user_status_changes_one_subject",
        "user_status_changes",
        "{user}, {other}, {id}, null, {id}, null, 'saved', null, null, {now}",
    ),
    (
        "ck_user_status_changes_one_subject",
        "user_status_changes",
        "{user}, {other}, null, null, null, null, 'saved', null, null, {now}",
    ),
    (
        "ck_user_status_changes_new_status",
        "user_status_changes",
        "{user}, {other}, {id}, null, null, 'closed', 'closed', null, null, {now}",
    ),
    (
        "ck_user_record_changes_new_value",
        "user_record_changes",
        "{user}, {other}, {id}, 'status', 'sent', 'sent', {now}",
    ),
    (
        "ck_user_records_key_generation",
        "user_records",
        "{user}, {other}, {id}, 1, '{}', 's', 0, 1, {now}, {now}",
    ),
    (
        "ck_user_comparisons_two",
        "user_comparisons",
        "{user}, 2, 1, {id}, {id}, {now}",
    ),
    (
        "ck_user_experiences_dates",
        "user_experiences",
        "{user}, {other}, 'T', null, 'job', '2020-01-02', '2020-01-01', null, 1, {now}, {now}",
    ),
    (
        "uq_user_experience_skills_custom_skill",
        "user_experience_skills",
        "{user}, {other}, {id}, null, {id}, {now}",
    ),
    (
        "ck_user_career_options_coherence_score",
        "user_career_options",
        "{user}, {other}, 'T', null, 2, 0, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_career_options_rank",
        "user_career_options",
        "{user}, {other}, 'T', null, 4, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "idx_user_career_options_rank",
        "user_career_options",
        "{user}, {other}, 'T', null, 1, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_milestones_year",
        "user_milestones",
        "{user}, {other}, null, 99999, null, 'T', null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_milestones_quarter",
        "user_milestones",
        "{user}, {other}, null, 2027, 5, 'T', null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_budget_currency",
        "user_budget",
        "{user}, null, null, null, null, null, null, 'EU', 1, 1, {now}, {now}",
    ),
    (
        "ck_user_flow_logs_energy",
        "user_flow_logs",
        "{user}, {other}, null, 'Baking', 3, 5, '2026-02-03', null, 1, {now}, {now}",
    ),
    (
        "uq_user_idea_nodes_content",
        "user_idea_nodes",
        "{user}, {third}, 'bread', {now}",
    ),
    (
        "idx_user_idea_tree_nodes_one_root",
        "user_idea_tree_nodes",
        "{user}, {other}, {id}, {other}, true, 2, {now}",
    ),
    (
        "ck_user_idea_edges_ends",
        "user_idea_edges",
        "{user}, {other}, {id}, {id}, {id}, 1, {now}",
    ),
    (
        "uq_user_competency_scores_competency",
        "user_competency_scores",
        "{user}, {other}, {id}, 1, {now}",
    ),
    (
        "ck_content_version_id",
        "content_version",
        "2, 1, 'abc', {now}",
    ),
    (
        "ck_prompts_input_type",
        "prompts",
        "2, 'Why?', 'telepathy', null, false, 1, true",
    ),
    (
        "uq_stem_sequence",
        "stem",
        "3, 1, 1, 1, 1, 1, 'prompt', 1, null, true, null, null, null, true",
    ),
    (
        "ck_stem_block_type",
        "stem",
        "3, 1, 1, 1, 1, 3, 'song', 1, null, true, null, null, null, true",
    ),
    (
        "ck_stem_wordings",
        "stem",
        "3, 1, 1, 1, 1, 3, 'prompt', 1, null, true, null, 'good-day', null, true",
    ),
    (
        "idx_user_attempts_open",
        "user_attempts",
        "{user}, {third}, {id}, 'in_progress', {now}, {now}, null, null, null, null, null, null",
    ),
    (
        "ck_user_attempts_ended_at",
        "user_attempts",
        "{user}, {third}, {id}, 'abandoned', {now}, {now}, null, null, null, null, null, null",
    ),
    (
        "ck_user_attempts_score",
        "user_attempts",
        "{user}, {third}, {id}, 'completed', {now}, {now}, {now}, 3, 2, {id}, true, null",
    ),
    (
        "ck_user_attempts_result",
        "user_attempts",
        "{user}, {third}, {id}, 'completed', {now}, {now}, {now}, 1, 2, null, true, null",
    ),
    (
        "ck_user_attempts_status",
        "user_attempts",
        "{user}, {third}, {id}, 'paused', {now}, {now}, {now}, null, null, null, null, null",
    ),
    (
        "uq_attempt_responses_version",
        "attempt_responses",
        "{user}, {id}, 2, {id}, null, null, null, null",
    ),
    (
        "ck_attempt_responses_selected",
        "attempt_responses",
        "{user}, {other}, 1, {id}, 'e', null, {now}, null",
    ),
    (
        "ck_attempt_responses_answered_at",
        "attempt_responses",
        "{user}, {other}, 1, {id}, 'a', null, null, null",
    ),
    (
        "ck_attempt_competencies_score",
        "attempt_competencies",
        "{user}, {other}, {id}, 3, 2, {id}, {now}",
    ),
    (
        "ck_assessment_tiers_range",
        "assessment_tiers",
        "{other}, 'none', 'None', 50, 50, true, false, true, 'm', 'o', true",
    ),
    (
        "ck_assessment_question_versions_correct",
        "assessment_question_versions",
        "{other}, {id}, {id}, 1, 'Why?', '[]', 'e', 'Because.', '{}', '[]', true",
    ),
    (
        "ck_assessments_requires",
        "assessments",
        "{other}, 'core-2', 'keyed', 'core', 2, 'Core II', 'S.', 'beginner', 20, null, {other}, true",
    ),
];
