//! Where somebody wants to go.

use crate::catalogue::{Group, plain, sealed, table};

pub(crate) const GROUP: Group = Group {
    title: "Where you want to go",
    kept: "Until you change or delete it, at most as long as the account.",
    shared: "Nobody else. Milestones and what is due are in your calendar, for whoever has its secret address.",
    tables: &[
        table(
            "user_locations",
            "Places to live.",
            &[
                sealed("name", "The place."),
                plain("rank", "Its place in your order."),
                sealed("traits_liked", "What you like."),
                sealed("traits_disliked", "What you do not like."),
                sealed("notes", "Notes."),
            ],
        ),
        table(
            "user_career_options",
            "Ways that you may go.",
            &[
                plain("title", "The way."),
                plain("description", "What it is like."),
                plain("rank", "Its place in your order."),
                plain("coherence_score", "How well it fits you, 1 to 5."),
                plain(
                    "work_needs_score",
                    "How well it meets what you need at work, 1 to 5.",
                ),
                plain(
                    "life_needs_score",
                    "How well it meets what you need in life, 1 to 5.",
                ),
                plain("unknowns_score", "How much is unknown, 1 to 5."),
                plain("notes", "Notes."),
            ],
        ),
        table(
            "user_option_questions",
            "What is to be found out.",
            &[
                plain("career_option_id", "The way that it is about."),
                plain("text", "The question."),
                plain("is_answered", "Whether it is answered."),
            ],
        ),
        table(
            "user_milestones",
            "Steps on the way.",
            &[
                plain("career_option_id", "The way that it is on."),
                plain("year", "The year."),
                plain("quarter", "The quarter."),
                plain("title", "The step."),
                plain("category", "Its kind."),
                plain("description", "What it is."),
            ],
        ),
        table(
            "user_budget",
            "What life costs.",
            &[
                sealed("monthly_expenses", "By month."),
                sealed("annual_needs", "By year."),
                sealed("hourly_batna", "What an hour must bring."),
                sealed("benefits_needed", "What is needed beside money."),
                sealed("notes", "Notes."),
                sealed("details", "The lines."),
                plain("currency", "The currency."),
            ],
        ),
        table(
            "user_flow_logs",
            "What gave or took energy.",
            &[
                plain("activity", "What you did."),
                plain("energy", "-2 to 2."),
                plain("focus", "1 to 5."),
                plain("logged_date", "The day."),
                plain("notes", "Notes."),
            ],
        ),
        table(
            "user_idea_trees",
            "Trees of ideas.",
            &[plain("name", "What the tree is called.")],
        ),
        table(
            "user_idea_nodes",
            "Ideas.",
            &[plain("content", "The idea.")],
        ),
        table(
            "user_idea_tree_nodes",
            "Which tree has which idea.",
            &[
                plain("tree_id", "The tree."),
                plain("node_id", "The idea."),
                plain("is_root", "Whether the tree begins with it."),
            ],
        ),
        table(
            "user_idea_edges",
            "Which idea leads to which.",
            &[
                plain("tree_id", "The tree."),
                plain("from_node_id", "From this idea."),
                plain("to_node_id", "To this one."),
            ],
        ),
    ],
};
