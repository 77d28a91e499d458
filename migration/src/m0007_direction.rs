//! Where a user wants to go: places, career options, milestones, money and energy.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0007_direction",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_locations", USER_LOCATIONS),
    owned("user_career_options", USER_CAREER_OPTIONS),
    owned("user_option_questions", USER_OPTION_QUESTIONS),
    owned("user_milestones", USER_MILESTONES),
    owned("user_budget", USER_BUDGET),
    owned("user_flow_logs", USER_FLOW_LOGS),
];

/// Places to live, ranked; all texts are sealed.
const USER_LOCATIONS: &str = "
CREATE TABLE user_locations (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    name text NOT NULL,
    rank integer,
    traits_liked text,
    traits_disliked text,
    notes text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_locations PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_locations_rank CHECK (rank >= 1),
    CONSTRAINT ck_user_locations_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_locations_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_user_locations_user ON user_locations (user_id);
CREATE UNIQUE INDEX idx_user_locations_rank ON user_locations (user_id, rank) WHERE rank IS NOT NULL;
";

/// The three paths under comparison, scored 1 to 5.
const USER_CAREER_OPTIONS: &str = "
CREATE TABLE user_career_options (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    title text NOT NULL,
    description text,
    rank integer,
    coherence_score integer,
    work_needs_score integer,
    life_needs_score integer,
    unknowns_score integer,
    notes text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_career_options PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_career_options_rank CHECK (rank BETWEEN 1 AND 3),
    CONSTRAINT ck_user_career_options_coherence_score CHECK (coherence_score BETWEEN 1 AND 5),
    CONSTRAINT ck_user_career_options_work_needs_score CHECK (work_needs_score BETWEEN 1 AND 5),
    CONSTRAINT ck_user_career_options_life_needs_score CHECK (life_needs_score BETWEEN 1 AND 5),
    CONSTRAINT ck_user_career_options_unknowns_score CHECK (unknowns_score BETWEEN 1 AND 5),
    CONSTRAINT fk_user_career_options_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_user_career_options_user ON user_career_options (user_id);
CREATE UNIQUE INDEX idx_user_career_options_rank
    ON user_career_options (user_id, rank) WHERE rank IS NOT NULL;
";

/// What is to be found out about a career option, in the user's order.
const USER_OPTION_QUESTIONS: &str = "
CREATE TABLE user_option_questions (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    career_option_id {uuid} NOT NULL,
    text text NOT NULL,
    position integer NOT NULL,
    is_answered boolean NOT NULL,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_option_questions PRIMARY KEY (user_id, id),
    CONSTRAINT fk_user_option_questions_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_option_questions_career_option FOREIGN KEY (user_id, career_option_id)
        REFERENCES user_career_options (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_option_questions_option
    ON user_option_questions (user_id, career_option_id, position);
";

/// Steps on the five-year timeline, perhaps of one career option.
const USER_MILESTONES: &str = "
CREATE TABLE user_milestones (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    career_option_id {uuid},
    year integer NOT NULL,
    quarter integer,
    title text NOT NULL,
    category text,
    description text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_milestones PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_milestones_year CHECK (year BETWEEN 1900 AND 2200),
    CONSTRAINT ck_user_milestones_quarter CHECK (quarter BETWEEN 1 AND 4),
    CONSTRAINT ck_user_milestones_category
        CHECK (category IN ('work', 'education', 'personal', 'skill')),
    CONSTRAINT fk_user_milestones_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_milestones_career_option FOREIGN KEY (user_id, career_option_id)
        REFERENCES user_career_options (user_id, id)
);
CREATE INDEX idx_user_milestones_user ON user_milestones (user_id);
CREATE INDEX idx_user_milestones_year ON user_milestones (user_id, year);
CREATE INDEX idx_user_milestones_career_option ON user_milestones (user_id, career_option_id);
";

/// What a life costs; all but the currency is sealed, amounts too, `details` holds the lines.
const USER_BUDGET: &str = "
CREATE TABLE user_budget (
    user_id {uuid} NOT NULL,
    monthly_expenses text,
    annual_needs text,
    hourly_batna text,
    benefits_needed text,
    notes text,
    details text,
    currency text NOT NULL,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_budget PRIMARY KEY (user_id),
    CONSTRAINT ck_user_budget_currency CHECK (length(currency) = 3),
    CONSTRAINT ck_user_budget_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_budget_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Energy and focus of an activity on a day.
const USER_FLOW_LOGS: &str = "
CREATE TABLE user_flow_logs (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    instance_id {uuid},
    activity text NOT NULL,
    energy integer NOT NULL,
    focus integer NOT NULL,
    logged_date {date} NOT NULL,
    notes text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_flow_logs PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_flow_logs_energy CHECK (energy BETWEEN -2 AND 2),
    CONSTRAINT ck_user_flow_logs_focus CHECK (focus BETWEEN 1 AND 5),
    CONSTRAINT fk_user_flow_logs_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_flow_logs_instance FOREIGN KEY (user_id, instance_id)
        REFERENCES user_tool_instances (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_flow_logs_user ON user_flow_logs (user_id);
CREATE INDEX idx_user_flow_logs_date ON user_flow_logs (user_id, logged_date, id);
CREATE INDEX idx_user_flow_logs_instance ON user_flow_logs (user_id, instance_id);
";
