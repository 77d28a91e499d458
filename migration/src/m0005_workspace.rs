//! The workspace: what a user has open, and what prompts and lists have collected.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0005_workspace",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_tool_instances", USER_TOOL_INSTANCES),
    owned("user_tool_changes", USER_TOOL_CHANGES),
    owned("user_responses", USER_RESPONSES),
    owned("user_checklists", USER_CHECKLISTS),
    owned("user_lists", USER_LISTS),
    owned("user_list_items", USER_LIST_ITEMS),
    owned("user_records", USER_RECORDS),
    owned("user_record_changes", USER_RECORD_CHANGES),
    owned("user_comparisons", USER_COMPARISONS),
    owned("user_snoozes", USER_SNOOZES),
    owned("user_snapshots", USER_SNAPSHOTS),
    owned("user_reviews", USER_REVIEWS),
    owned("user_source_changes", USER_SOURCE_CHANGES),
];

/// One use of a tool: at a placement, or on its own where `stem_id` is null. The title is sealed, the summary where
/// `is_sealed` says so.
const USER_TOOL_INSTANCES: &str = "
CREATE TABLE user_tool_instances (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    tool_id integer NOT NULL,
    stem_id integer,
    title text,
    summary text,
    is_sealed boolean NOT NULL,
    content_hash text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_tool_instances PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_tool_instances_stem UNIQUE (user_id, stem_id),
    CONSTRAINT ck_user_tool_instances_content_hash CHECK (length(content_hash) = 64),
    CONSTRAINT ck_user_tool_instances_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_tool_instances_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_tool_instances_tool FOREIGN KEY (tool_id) REFERENCES tools (id),
    CONSTRAINT fk_user_tool_instances_stem FOREIGN KEY (stem_id) REFERENCES stem (id)
);
CREATE INDEX idx_user_tool_instances_tool ON user_tool_instances (user_id, tool_id);
";

/// What a use of a tool held, as a hash, each time that this changed. The changes take turns in a few slots, so that the
/// latest ones stay.
const USER_TOOL_CHANGES: &str = "
CREATE TABLE user_tool_changes (
    user_id {uuid} NOT NULL,
    instance_id {uuid} NOT NULL,
    slot integer NOT NULL,
    revision integer NOT NULL,
    content_hash text,
    changed_at {time} NOT NULL,
    CONSTRAINT pk_user_tool_changes PRIMARY KEY (user_id, instance_id, slot),
    CONSTRAINT ck_user_tool_changes_slot CHECK (slot BETWEEN 0 AND 99),
    CONSTRAINT ck_user_tool_changes_content_hash CHECK (length(content_hash) = 64),
    CONSTRAINT fk_user_tool_changes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_tool_changes_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE
);
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

/// What a connection brought when its target was answered; sealed where any of it is sealed elsewhere.
const USER_SNAPSHOTS: &str = "
CREATE TABLE user_snapshots (
    user_id {uuid} NOT NULL,
    stem_id integer NOT NULL,
    connection_id integer NOT NULL,
    data text NOT NULL,
    is_sealed boolean NOT NULL,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_snapshots PRIMARY KEY (user_id, stem_id),
    CONSTRAINT ck_user_snapshots_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_snapshots_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_snapshots_stem FOREIGN KEY (stem_id) REFERENCES stem (id),
    CONSTRAINT fk_user_snapshots_connection
        FOREIGN KEY (connection_id) REFERENCES connections (id)
);
";

/// Placements that their reader has looked at again after a source had changed, and left as they were.
const USER_REVIEWS: &str = "
CREATE TABLE user_reviews (
    user_id {uuid} NOT NULL,
    stem_id integer NOT NULL,
    reviewed_at {time} NOT NULL,
    CONSTRAINT pk_user_reviews PRIMARY KEY (user_id, stem_id),
    CONSTRAINT fk_user_reviews_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_reviews_stem FOREIGN KEY (stem_id) REFERENCES stem (id)
);
";

/// When a kind of thing changed in a way that its rows do not tell: one was taken away, or its row
/// holds other things too. `kind` is a word of `DataKind`.
const USER_SOURCE_CHANGES: &str = "
CREATE TABLE user_source_changes (
    user_id {uuid} NOT NULL,
    kind text NOT NULL,
    changed_at {time} NOT NULL,
    CONSTRAINT pk_user_source_changes PRIMARY KEY (user_id, kind),
    CONSTRAINT fk_user_source_changes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";
