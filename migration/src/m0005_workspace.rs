//! The workspace: what a user has open, and what prompts and lists have collected.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0005_workspace",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_tool_instances", USER_TOOL_INSTANCES),
    owned("user_responses", USER_RESPONSES),
    owned("user_checklists", USER_CHECKLISTS),
    owned("user_lists", USER_LISTS),
    owned("user_list_items", USER_LIST_ITEMS),
    owned("user_records", USER_RECORDS),
    owned("user_record_changes", USER_RECORD_CHANGES),
    owned("user_comparisons", USER_COMPARISONS),
    owned("user_snoozes", USER_SNOOZES),
];

/// One use of a tool: at a placement, or on its own where `stem_id` is null.
const USER_TOOL_INSTANCES: &str = "
CREATE TABLE user_tool_instances (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    tool_id integer NOT NULL,
    stem_id integer,
    title text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_tool_instances PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_tool_instances_stem UNIQUE (user_id, stem_id),
    CONSTRAINT fk_user_tool_instances_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_tool_instances_tool FOREIGN KEY (tool_id) REFERENCES tools (id),
    CONSTRAINT fk_user_tool_instances_stem FOREIGN KEY (stem_id) REFERENCES stem (id)
);
CREATE INDEX idx_user_tool_instances_tool ON user_tool_instances (user_id, tool_id);
";

/// The answer at one placement; sealed where the prompt is private.
const USER_RESPONSES: &str = "
CREATE TABLE user_responses (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    prompt_id integer NOT NULL,
    stem_id integer NOT NULL,
    exercise_id text,
    activity_id text,
    response_text text,
    is_sealed boolean NOT NULL,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_responses PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_responses_stem UNIQUE (user_id, stem_id),
    CONSTRAINT ck_user_responses_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_responses_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_responses_prompt FOREIGN KEY (prompt_id) REFERENCES prompts (id),
    CONSTRAINT fk_user_responses_stem FOREIGN KEY (stem_id) REFERENCES stem (id)
);
CREATE INDEX idx_user_responses_user ON user_responses (user_id);
CREATE INDEX idx_user_responses_prompt ON user_responses (user_id, prompt_id);
CREATE INDEX idx_user_responses_exercise ON user_responses (user_id, exercise_id);
";

/// The state of one item of a checklist at one placement.
const USER_CHECKLISTS: &str = "
CREATE TABLE user_checklists (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    prompt_id integer NOT NULL,
    stem_id integer NOT NULL,
    exercise_id text,
    item text NOT NULL,
    checked boolean NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_checklists PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_checklists_item UNIQUE (user_id, stem_id, item),
    CONSTRAINT fk_user_checklists_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_checklists_prompt FOREIGN KEY (prompt_id) REFERENCES prompts (id),
    CONSTRAINT fk_user_checklists_stem FOREIGN KEY (stem_id) REFERENCES stem (id)
);
CREATE INDEX idx_user_checklists_user ON user_checklists (user_id);
CREATE INDEX idx_user_checklists_exercise ON user_checklists (user_id, exercise_id);
";

/// Named lists; `context` is an exercise or a label.
const USER_LISTS: &str = "
CREATE TABLE user_lists (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid},
    name text NOT NULL,
    context text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_lists PRIMARY KEY (user_id, id),
    CONSTRAINT fk_user_lists_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_lists_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_lists_user ON user_lists (user_id);
CREATE INDEX idx_user_lists_instance ON user_lists (user_id, instance_id);
";

/// The items of a list in their order.
const USER_LIST_ITEMS: &str = "
CREATE TABLE user_list_items (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    list_id {uuid} NOT NULL,
    content text NOT NULL,
    position integer NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_list_items PRIMARY KEY (user_id, id),
    CONSTRAINT fk_user_list_items_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_list_items_list FOREIGN KEY (user_id, list_id)
        REFERENCES user_lists (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_list_items_list ON user_list_items (user_id, list_id);
";

/// Filled-in forms of one use of a tool, in their order: `data` is JSON of the plain fields by their keys, `sealed`
/// an envelope of the private ones.
const USER_RECORDS: &str = "
CREATE TABLE user_records (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid} NOT NULL,
    position integer NOT NULL,
    data text NOT NULL,
    sealed text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_records PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_records_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_records_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_records_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_records_instance ON user_records (user_id, instance_id);
";

/// What happened to a field of a form whose history is kept.
const USER_RECORD_CHANGES: &str = "
CREATE TABLE user_record_changes (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    record_id {uuid} NOT NULL,
    field text NOT NULL,
    old_value text,
    new_value text,
    changed_at {time} NOT NULL,
    CONSTRAINT pk_user_record_changes PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_record_changes_new_value
        CHECK (coalesce(old_value, '') <> coalesce(new_value, '')),
    CONSTRAINT fk_user_record_changes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_record_changes_record FOREIGN KEY (user_id, record_id)
        REFERENCES user_records (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_record_changes_record ON user_record_changes (user_id, record_id);
";

/// Which of two won where a placement ranks by comparing, in the order of the choosing. The two are items of a list
/// or skills, whichever the placement ranks.
const USER_COMPARISONS: &str = "
CREATE TABLE user_comparisons (
    user_id {uuid} NOT NULL,
    stem_id integer NOT NULL,
    position integer NOT NULL,
    winner_id {uuid} NOT NULL,
    loser_id {uuid} NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_comparisons PRIMARY KEY (user_id, stem_id, position),
    CONSTRAINT ck_user_comparisons_two CHECK (winner_id <> loser_id),
    CONSTRAINT fk_user_comparisons_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_comparisons_stem FOREIGN KEY (stem_id) REFERENCES stem (id)
);
";

/// Tools that rest in the Daily Dos until a day.
const USER_SNOOZES: &str = "
CREATE TABLE user_snoozes (
    user_id {uuid} NOT NULL,
    tool_id integer NOT NULL,
    until_day {date} NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_snoozes PRIMARY KEY (user_id, tool_id),
    CONSTRAINT fk_user_snoozes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_snoozes_tool FOREIGN KEY (tool_id) REFERENCES tools (id)
);
";
