//! What somebody writes in the workbook.

use crate::catalogue::{Group, hashed, partly, plain, sealed, table};

pub(crate) const GROUP: Group = Group {
    title: "Your answers",
    kept: "Until you change or delete them, at most as long as the account.",
    shared: "Nobody else.",
    tables: &[
        table(
            "user_modules",
            "How far you are.",
            &[
                plain("module_id", "The module."),
                plain("first_completed_at", "When it was first complete."),
                plain("last_modified_at", "When you last changed something in it."),
            ],
        ),
        table(
            "user_responses",
            "Your answers to questions.",
            &[
                plain("prompt_id", "The question."),
                plain("exercise_id", "The exercise."),
                plain("activity_id", "The activity."),
                partly(
                    "response_text",
                    "The answer; sealed where the question is private.",
                ),
            ],
        ),
        table(
            "user_checklists",
            "What you have ticked.",
            &[
                plain("prompt_id", "The checklist."),
                plain("exercise_id", "The exercise."),
                plain("item", "The entry."),
                plain("checked", "Whether it is ticked."),
            ],
        ),
        table(
            "user_tool_instances",
            "Your uses of tools.",
            &[
                plain("tool_id", "The tool."),
                sealed("title", "What you call it."),
                partly(
                    "summary",
                    "The beginning of what it holds; sealed where the tool is private.",
                ),
                hashed("content_hash", "Shows whether it has changed."),
            ],
        ),
        table(
            "user_tool_changes",
            "When uses of tools changed.",
            &[
                plain("slot", "The place of the entry."),
                hashed("content_hash", "Shows whether it has changed."),
                plain("changed_at", "When."),
            ],
        ),
        table(
            "user_lists",
            "Lists.",
            &[
                plain("name", "What the list is called."),
                plain("context", "The exercise that it belongs to."),
            ],
        ),
        table(
            "user_list_items",
            "What stands in lists.",
            &[
                plain("list_id", "The list."),
                plain("content", "The entry."),
            ],
        ),
        table(
            "user_records",
            "Forms that you have filled in.",
            &[
                plain("data", "The fields that are not private."),
                sealed("sealed", "The private fields."),
            ],
        ),
        table(
            "user_record_changes",
            "What happened to fields whose history is kept.",
            &[
                plain("record_id", "The form."),
                plain("field", "The field."),
                plain("old_value", "What was chosen before."),
                plain("new_value", "What was chosen then."),
                plain("changed_at", "When."),
            ],
        ),
        table(
            "user_comparisons",
            "Which of two you prefer.",
            &[
                plain("winner_id", "What you prefer."),
                plain("loser_id", "To what."),
            ],
        ),
        table(
            "user_snoozes",
            "Tools that rest for a while.",
            &[
                plain("tool_id", "The tool."),
                plain("until_day", "Until when."),
            ],
        ),
        table(
            "user_snapshots",
            "What earlier answers brought to a later one.",
            &[
                plain("connection_id", "Where it came from."),
                partly(
                    "data",
                    "What it brought; sealed where any of it is sealed there.",
                ),
            ],
        ),
        table(
            "user_reviews",
            "Answers that you have looked at again.",
            &[plain("reviewed_at", "When.")],
        ),
        table(
            "user_source_changes",
            "When things changed that later answers build on.",
            &[
                plain("kind", "The kind of thing."),
                plain("changed_at", "When."),
            ],
        ),
    ],
};
