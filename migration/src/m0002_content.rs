//! The workbook's content: texts, prompts, tools, their placements and the links between them.

use crate::step::{Step, Table, curated, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0002_content",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    shared("content_blocks", CONTENT_BLOCKS),
    shared("prompts", PROMPTS),
    shared("tools", TOOLS),
    shared("stem", STEM),
    shared("connections", CONNECTIONS),
    shared("data_objects", DATA_OBJECTS),
    shared("ongoing_practices", ONGOING_PRACTICES),
    shared("terms", TERMS),
    curated("content_version", CONTENT_VERSION),
];

/// Markdown that is read, not answered.
const CONTENT_BLOCKS: &str = "
CREATE TABLE content_blocks (
    id integer NOT NULL,
    content_type text NOT NULL,
    content text NOT NULL,
    version integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_content_blocks PRIMARY KEY (id),
    CONSTRAINT ck_content_blocks_content_type CHECK (content_type IN
        ('heading', 'instruction', 'note', 'quote', 'transition', 'celebration'))
);
CREATE INDEX idx_content_blocks_type ON content_blocks (content_type);
CREATE INDEX idx_content_blocks_active ON content_blocks (is_active);
";

/// Questions; `input_config` is JSON by `input_type`, a private answer is sealed.
const PROMPTS: &str = "
CREATE TABLE prompts (
    id integer NOT NULL,
    prompt_text text NOT NULL,
    input_type text NOT NULL,
    input_config text,
    is_private boolean NOT NULL,
    version integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_prompts PRIMARY KEY (id),
    CONSTRAINT ck_prompts_input_type CHECK (input_type IN
        ('text', 'textarea', 'slider', 'checkbox', 'checklist', 'radio', 'select'))
);
CREATE INDEX idx_prompts_type ON prompts (input_type);
CREATE INDEX idx_prompts_active ON prompts (is_active);
";

/// Tools that modules place; those with a reminder come back in the Daily Dos. `config` is JSON by `kind`.
const TOOLS: &str = "
CREATE TABLE tools (
    id integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    config text,
    title text NOT NULL,
    description text,
    instructions text,
    icon_name text,
    has_reminder boolean NOT NULL,
    reminder_frequency text,
    reminder_prompt text,
    unlocks_at_exercise text,
    version integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_tools PRIMARY KEY (id),
    CONSTRAINT uq_tools_name UNIQUE (name),
    CONSTRAINT ck_tools_reminder_frequency
        CHECK (reminder_frequency IN ('daily', 'weekly', 'monthly'))
);
CREATE INDEX idx_tools_name ON tools (name);
CREATE INDEX idx_tools_reminder ON tools (has_reminder, reminder_frequency);
";

/// Placements in reading order.
///
/// `content_id` points by `block_type` to one of three tables, and `connection_id` back to a
/// table that points here; no foreign key can say either, so the loader checks both.
const STEM: &str = "
CREATE TABLE stem (
    id integer NOT NULL,
    part integer NOT NULL,
    module integer NOT NULL,
    exercise integer NOT NULL,
    activity integer NOT NULL,
    sequence integer NOT NULL,
    block_type text NOT NULL,
    content_id integer,
    connection_id integer,
    is_required boolean NOT NULL,
    config text,
    variant_group text,
    wordings text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_stem PRIMARY KEY (id),
    CONSTRAINT uq_stem_sequence UNIQUE (sequence),
    CONSTRAINT ck_stem_block_type CHECK (block_type IN ('content', 'prompt', 'tool')),
    CONSTRAINT ck_stem_wordings CHECK ((variant_group IS NULL) = (wordings IS NULL))
);
CREATE INDEX idx_stem_sequence ON stem (sequence);
CREATE INDEX idx_stem_location ON stem (part, module, exercise, activity);
CREATE INDEX idx_stem_block_type ON stem (block_type, content_id);
";

/// Links that carry an earlier answer to a later placement; `filter` is JSON.
const CONNECTIONS: &str = "
CREATE TABLE connections (
    id integer NOT NULL,
    source_block_id integer,
    target_block_id integer,
    source_location text,
    target_location text,
    connection_type text NOT NULL,
    data_object text,
    source_tool_id integer,
    transform text,
    usage text,
    on_change text,
    filter text,
    implementation_notes text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_connections PRIMARY KEY (id),
    CONSTRAINT ck_connections_connection_type CHECK (connection_type IN
        ('forward', 'backward', 'internal', 'resource', 'framework')),
    CONSTRAINT ck_connections_usage
        CHECK (usage IN ('prefill', 'choose_from', 'show_beside', 'aggregate', 'flag_for_review')),
    CONSTRAINT ck_connections_on_change CHECK (on_change IN ('update', 'flag', 'snapshot')),
    CONSTRAINT fk_connections_source_block FOREIGN KEY (source_block_id) REFERENCES stem (id),
    CONSTRAINT fk_connections_target_block FOREIGN KEY (target_block_id) REFERENCES stem (id),
    CONSTRAINT fk_connections_source_tool FOREIGN KEY (source_tool_id) REFERENCES tools (id)
);
CREATE INDEX idx_connections_source ON connections (source_block_id);
CREATE INDEX idx_connections_target ON connections (target_block_id);
CREATE INDEX idx_connections_type ON connections (connection_type);
";

/// What the workbook keeps for its readers, described for authors.
const DATA_OBJECTS: &str = "
CREATE TABLE data_objects (
    id integer NOT NULL,
    name text NOT NULL,
    created_in text NOT NULL,
    reused_in text,
    data_type text NOT NULL,
    implementation_notes text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_data_objects PRIMARY KEY (id)
);
CREATE INDEX idx_data_objects_name ON data_objects (name);
";

/// What a reader keeps doing after the exercise that taught it.
const ONGOING_PRACTICES: &str = "
CREATE TABLE ongoing_practices (
    id integer NOT NULL,
    name text NOT NULL,
    established_in text NOT NULL,
    used_by text,
    frequency text NOT NULL,
    purpose text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_ongoing_practices PRIMARY KEY (id)
);
";

/// The terms that people accept, by version; the highest active one counts.
const TERMS: &str = "
CREATE TABLE terms (
    version integer NOT NULL,
    text text NOT NULL,
    effective_on {date} NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_terms PRIMARY KEY (version),
    CONSTRAINT ck_terms_version CHECK (version >= 1)
);
";

/// One row that servers poll to see whether the content in memory is still current.
const CONTENT_VERSION: &str = "
CREATE TABLE content_version (
    id integer NOT NULL,
    version bigint NOT NULL,
    fingerprint text NOT NULL,
    loaded_at {time} NOT NULL,
    CONSTRAINT pk_content_version PRIMARY KEY (id),
    CONSTRAINT ck_content_version_id CHECK (id = 1)
);
";
