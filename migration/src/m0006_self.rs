//! Who a user is: profile, values, skills, experiences and the stories about them.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0006_self",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_profile", USER_PROFILE),
    owned("user_values", USER_VALUES),
    owned("user_custom_skills", USER_CUSTOM_SKILLS),
    owned("user_skills", USER_SKILLS),
    owned("user_skill_tags", USER_SKILL_TAGS),
    owned("user_experiences", USER_EXPERIENCES),
    owned("user_experience_skills", USER_EXPERIENCE_SKILLS),
    owned("user_experience_tasks", USER_EXPERIENCE_TASKS),
    owned("user_stories", USER_STORIES),
    owned("user_failure_reframes", USER_FAILURE_REFRAMES),
];

/// What the workbook leads to; texts are sealed, ratings are not.
const USER_PROFILE: &str = "
CREATE TABLE user_profile (
    user_id {uuid} NOT NULL,
    headline text,
    summary text,
    identity_story text,
    allegory text,
    value_proposition text,
    life_dashboard_work integer,
    life_dashboard_play integer,
    life_dashboard_love integer,
    life_dashboard_health integer,
    life_dashboard_notes text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_profile PRIMARY KEY (user_id),
    CONSTRAINT ck_user_profile_life_dashboard_work CHECK (life_dashboard_work BETWEEN 1 AND 10),
    CONSTRAINT ck_user_profile_life_dashboard_play CHECK (life_dashboard_play BETWEEN 1 AND 10),
    CONSTRAINT ck_user_profile_life_dashboard_love CHECK (life_dashboard_love BETWEEN 1 AND 10),
    CONSTRAINT ck_user_profile_life_dashboard_health
        CHECK (life_dashboard_health BETWEEN 1 AND 10),
    CONSTRAINT ck_user_profile_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_profile_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Statements of what matters, at work and beyond.
const USER_VALUES: &str = "
CREATE TABLE user_values (
    user_id {uuid} NOT NULL,
    work_values text,
    life_values text,
    compass_statement text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_values PRIMARY KEY (user_id),
    CONSTRAINT fk_user_values_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Skills that the master list lacks; an approved one is copied into it.
const USER_CUSTOM_SKILLS: &str = "
CREATE TABLE user_custom_skills (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    name text NOT NULL,
    category text,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_custom_skills PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_custom_skills_name UNIQUE (user_id, name),
    CONSTRAINT ck_user_custom_skills_category
        CHECK (category IN ('transferable', 'self_management', 'knowledge')),
    CONSTRAINT fk_user_custom_skills_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// What a user can do: a listed or an own skill, rated and perhaps among the top ten.
const USER_SKILLS: &str = "
CREATE TABLE user_skills (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    skill_id {uuid},
    custom_skill_id {uuid},
    category text,
    mastery integer,
    evidence text,
    rank integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_skills PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_skills_skill UNIQUE (user_id, skill_id),
    CONSTRAINT uq_user_skills_custom_skill UNIQUE (user_id, custom_skill_id),
    CONSTRAINT ck_user_skills_one_skill
        CHECK ((skill_id IS NULL) <> (custom_skill_id IS NULL)),
    CONSTRAINT ck_user_skills_category
        CHECK (category IN ('transferable', 'self_management', 'knowledge')),
    CONSTRAINT ck_user_skills_rank CHECK (rank >= 1),
    CONSTRAINT ck_user_skills_mastery CHECK (mastery BETWEEN 1 AND 5),
    CONSTRAINT fk_user_skills_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_skills_skill FOREIGN KEY (skill_id) REFERENCES skills (id),
    CONSTRAINT fk_user_skills_custom_skill FOREIGN KEY (user_id, custom_skill_id)
        REFERENCES user_custom_skills (user_id, id)
);
CREATE INDEX idx_user_skills_user ON user_skills (user_id);
CREATE INDEX idx_user_skills_category ON user_skills (user_id, category);
CREATE INDEX idx_user_skills_rank ON user_skills (user_id, rank) WHERE rank IS NOT NULL;
";

/// The skills that an answer or a use of a tool has brought to light, in their order there.
const USER_SKILL_TAGS: &str = "
CREATE TABLE user_skill_tags (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid},
    response_id {uuid},
    user_skill_id {uuid} NOT NULL,
    position integer NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_skill_tags PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_skill_tags_instance UNIQUE (user_id, instance_id, user_skill_id),
    CONSTRAINT uq_user_skill_tags_response UNIQUE (user_id, response_id, user_skill_id),
    CONSTRAINT ck_user_skill_tags_one_target
        CHECK ((instance_id IS NULL) <> (response_id IS NULL)),
    CONSTRAINT fk_user_skill_tags_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_skill_tags_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_skill_tags_response FOREIGN KEY (user_id, response_id)
        REFERENCES user_responses (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_skill_tags_skill FOREIGN KEY (user_id, user_skill_id)
        REFERENCES user_skills (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_skill_tags_skill ON user_skill_tags (user_id, user_skill_id);
";

/// Jobs, education and projects; without an end they go on.
const USER_EXPERIENCES: &str = "
CREATE TABLE user_experiences (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    title text NOT NULL,
    organization text,
    experience_type text,
    start_date {date},
    end_date {date},
    description text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_experiences PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_experiences_experience_type
        CHECK (experience_type IN ('job', 'education', 'project', 'other')),
    CONSTRAINT ck_user_experiences_dates CHECK (end_date >= start_date),
    CONSTRAINT fk_user_experiences_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_user_experiences_user ON user_experiences (user_id);
CREATE INDEX idx_user_experiences_type ON user_experiences (user_id, experience_type);
";

/// The skills that an experience took: listed or own ones.
const USER_EXPERIENCE_SKILLS: &str = "
CREATE TABLE user_experience_skills (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    experience_id {uuid} NOT NULL,
    skill_id {uuid},
    custom_skill_id {uuid},
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_experience_skills PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_experience_skills_skill UNIQUE (user_id, experience_id, skill_id),
    CONSTRAINT uq_user_experience_skills_custom_skill
        UNIQUE (user_id, experience_id, custom_skill_id),
    CONSTRAINT ck_user_experience_skills_one_skill
        CHECK ((skill_id IS NULL) <> (custom_skill_id IS NULL)),
    CONSTRAINT fk_user_experience_skills_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_experience_skills_experience FOREIGN KEY (user_id, experience_id)
        REFERENCES user_experiences (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_experience_skills_skill FOREIGN KEY (skill_id) REFERENCES skills (id),
    CONSTRAINT fk_user_experience_skills_custom_skill FOREIGN KEY (user_id, custom_skill_id)
        REFERENCES user_custom_skills (user_id, id)
);
CREATE INDEX idx_user_experience_skills_experience
    ON user_experience_skills (user_id, experience_id);
CREATE INDEX idx_user_experience_skills_skill ON user_experience_skills (user_id, skill_id);
";

/// What an experience consisted of, each task with the skill that it took; `score` is in thousandths.
const USER_EXPERIENCE_TASKS: &str = "
CREATE TABLE user_experience_tasks (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    experience_id {uuid} NOT NULL,
    text text NOT NULL,
    position integer NOT NULL,
    skill_id {uuid},
    custom_skill_id {uuid},
    match_kind text NOT NULL,
    score integer,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_experience_tasks PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_experience_tasks_one_skill
        CHECK ((skill_id IS NULL) <> (custom_skill_id IS NULL)),
    CONSTRAINT ck_user_experience_tasks_match_kind
        CHECK (match_kind IN ('exact', 'fuzzy', 'custom', 'chosen')),
    CONSTRAINT ck_user_experience_tasks_score CHECK (score BETWEEN 0 AND 1000),
    CONSTRAINT fk_user_experience_tasks_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_experience_tasks_experience FOREIGN KEY (user_id, experience_id)
        REFERENCES user_experiences (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_experience_tasks_skill FOREIGN KEY (skill_id) REFERENCES skills (id),
    CONSTRAINT fk_user_experience_tasks_custom_skill FOREIGN KEY (user_id, custom_skill_id)
        REFERENCES user_custom_skills (user_id, id)
);
CREATE INDEX idx_user_experience_tasks_experience
    ON user_experience_tasks (user_id, experience_id, position);
";

/// SOARED stories; the texts are sealed.
const USER_STORIES: &str = "
CREATE TABLE user_stories (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid},
    experience_id {uuid},
    title text,
    situation text,
    obstacle text,
    action text,
    result text,
    evaluation text,
    discovery text,
    story_type text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_stories PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_stories_story_type
        CHECK (story_type IN ('challenge', 'reframe', 'other')),
    CONSTRAINT ck_user_stories_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_stories_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_stories_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_stories_experience FOREIGN KEY (user_id, experience_id)
        REFERENCES user_experiences (user_id, id)
);
CREATE INDEX idx_user_stories_user ON user_stories (user_id);
CREATE INDEX idx_user_stories_type ON user_stories (user_id, story_type);
CREATE INDEX idx_user_stories_instance ON user_stories (user_id, instance_id);
";

/// Failures told anew; the texts are sealed.
const USER_FAILURE_REFRAMES: &str = "
CREATE TABLE user_failure_reframes (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid},
    situation text,
    initial_feelings text,
    what_learned text,
    what_would_change text,
    silver_lining text,
    next_step text,
    reframed_statement text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_failure_reframes PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_failure_reframes_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_failure_reframes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_failure_reframes_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_failure_reframes_user ON user_failure_reframes (user_id);
CREATE INDEX idx_user_failure_reframes_instance ON user_failure_reframes (user_id, instance_id);
";
