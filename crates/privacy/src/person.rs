//! What somebody says about themselves.

use crate::catalogue::{Group, plain, sealed, table};

pub(crate) const GROUP: Group = Group {
    title: "About you",
    kept: "Until you change or delete it, at most as long as the account.",
    shared: "Nobody else. The name of a skill of your own is shown to operators, without saying whose it is.",
    tables: &[
        table(
            "user_profile",
            "Your profile.",
            &[
                sealed("headline", "The headline."),
                sealed("summary", "The summary."),
                sealed("identity_story", "Your story."),
                sealed("allegory", "The allegory."),
                sealed("value_proposition", "What you offer."),
                plain("life_dashboard_work", "How work is, 1 to 10."),
                plain("life_dashboard_play", "How play is, 1 to 10."),
                plain("life_dashboard_love", "How love is, 1 to 10."),
                plain("life_dashboard_health", "How health is, 1 to 10."),
                sealed("life_dashboard_notes", "Notes on these."),
            ],
        ),
        table(
            "user_values",
            "What matters to you.",
            &[
                plain("work_values", "At work."),
                plain("life_values", "In life."),
                plain("compass_statement", "What both come to."),
            ],
        ),
        table(
            "user_custom_skills",
            "Skills that the list lacks.",
            &[
                plain("name", "What you call the skill."),
                plain("category", "Its group."),
            ],
        ),
        table(
            "user_skills",
            "What you can do.",
            &[
                plain("skill_id", "The skill, if it is a listed one."),
                plain("custom_skill_id", "The skill, if it is one of your own."),
                plain("category", "Its group."),
                plain("mastery", "How well, 1 to 5."),
                plain("evidence", "What shows it."),
                plain("rank", "Its place among your best."),
            ],
        ),
        table(
            "user_skill_tags",
            "Skills that showed in answers.",
            &[
                plain("response_id", "The answer."),
                plain("user_skill_id", "The skill."),
            ],
        ),
        table(
            "user_experiences",
            "Jobs, education, projects.",
            &[
                plain("title", "What it was."),
                plain("organization", "Where."),
                plain("experience_type", "Its kind."),
                plain("start_date", "Since when."),
                plain("end_date", "Until when."),
                plain("description", "What you did."),
            ],
        ),
        table(
            "user_experience_skills",
            "Skills that experiences took.",
            &[
                plain("experience_id", "The experience."),
                plain("skill_id", "The skill, if it is a listed one."),
                plain("custom_skill_id", "The skill, if it is one of your own."),
            ],
        ),
        table(
            "user_experience_tasks",
            "Tasks of experiences.",
            &[
                plain("experience_id", "The experience."),
                plain("text", "The task."),
                plain("skill_id", "The skill, if it is a listed one."),
                plain("custom_skill_id", "The skill, if it is one of your own."),
                plain("match_kind", "How the skill was found."),
                plain("score", "How well it fits."),
            ],
        ),
        table(
            "user_stories",
            "Your stories.",
            &[
                plain("experience_id", "The experience that it is of."),
                sealed("title", "The title."),
                sealed("situation", "The situation."),
                sealed("obstacle", "The obstacle."),
                sealed("action", "What you did."),
                sealed("result", "What came of it."),
                sealed("evaluation", "What you think of it."),
                sealed("discovery", "What you found out."),
                plain("story_type", "Its kind."),
            ],
        ),
        table(
            "user_failure_reframes",
            "Failures, seen anew.",
            &[
                sealed("situation", "The situation."),
                sealed("initial_feelings", "What you felt."),
                sealed("what_learned", "What you learned."),
                sealed("what_would_change", "What you would change."),
                sealed("silver_lining", "What was good about it."),
                sealed("next_step", "What comes next."),
                sealed("reframed_statement", "How you see it now."),
            ],
        ),
        table(
            "user_competency_scores",
            "How you rate yourself now.",
            &[
                plain("competency_id", "The competency."),
                plain("score", "1 to 5."),
                plain("assessed_at", "When."),
            ],
        ),
        table(
            "user_competency_history",
            "How you rated yourself before.",
            &[
                plain("competency_id", "The competency."),
                plain("score", "1 to 5."),
                plain("assessed_at", "When."),
            ],
        ),
    ],
};
