//! Coaching: what assessments ask, how results are read, and people's attempts.

use crate::step::{Step, Table, owned, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0016_coaching",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    shared("assessments", ASSESSMENTS),
    shared("assessment_tiers", ASSESSMENT_TIERS),
    shared("competency_display_names", COMPETENCY_DISPLAY_NAMES),
    shared(
        "competency_leverage_strengths",
        COMPETENCY_LEVERAGE_STRENGTHS,
    ),
    shared("assessment_questions", ASSESSMENT_QUESTIONS),
    shared("assessment_question_versions", ASSESSMENT_QUESTION_VERSIONS),
    shared("skill_tags", SKILL_TAGS),
    shared("tag_insights", TAG_INSIGHTS),
    shared("tag_actions", TAG_ACTIONS),
    shared("learning_path_categories", LEARNING_PATH_CATEGORIES),
    shared("learning_resources", LEARNING_RESOURCES),
    owned("user_attempts", USER_ATTEMPTS),
    owned("attempt_responses", ATTEMPT_RESPONSES),
    owned("attempt_competencies", ATTEMPT_COMPETENCIES),
    owned("attempt_insights", ATTEMPT_INSIGHTS),
];

/// What can be taken. `next_id` and `requires_id` are assessments; without foreign keys, which would run in a circle.
const ASSESSMENTS: &str = "
CREATE TABLE assessments (
    id {uuid} NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    framework text NOT NULL,
    level integer NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    difficulty text NOT NULL,
    minutes integer NOT NULL,
    next_id {uuid},
    requires_id {uuid},
    is_active boolean NOT NULL,
    CONSTRAINT pk_assessments PRIMARY KEY (id),
    CONSTRAINT uq_assessments_key UNIQUE (key),
    CONSTRAINT ck_assessments_kind CHECK (kind IN ('keyed')),
    CONSTRAINT ck_assessments_framework CHECK (framework IN ('core', 'icf', 'ac')),
    CONSTRAINT ck_assessments_level CHECK (level BETWEEN 1 AND 3),
    CONSTRAINT ck_assessments_difficulty
        CHECK (difficulty IN ('beginner', 'intermediate', 'advanced')),
    CONSTRAINT ck_assessments_minutes CHECK (minutes > 0),
    CONSTRAINT ck_assessments_requires CHECK (requires_id <> id)
);
CREATE INDEX idx_assessments_framework ON assessments (framework, level);
";

/// How a score is read; half-open, in percent. The last tier has no upper end.
const ASSESSMENT_TIERS: &str = "
CREATE TABLE assessment_tiers (
    id {uuid} NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    from_percent integer NOT NULL,
    below_percent integer,
    is_passed boolean NOT NULL,
    learning_paths boolean NOT NULL,
    leverage boolean NOT NULL,
    message text NOT NULL,
    overall text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_assessment_tiers PRIMARY KEY (id),
    CONSTRAINT uq_assessment_tiers_key UNIQUE (key),
    CONSTRAINT ck_assessment_tiers_range
        CHECK (from_percent BETWEEN 0 AND 100 AND below_percent > from_percent AND below_percent <= 100)
);
";

/// What an assessment is about, under the name that people see.
const COMPETENCY_DISPLAY_NAMES: &str = "
CREATE TABLE competency_display_names (
    id {uuid} NOT NULL,
    assessment_id {uuid} NOT NULL,
    competency_key text NOT NULL,
    framework text NOT NULL,
    display_name text NOT NULL,
    definition text NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_competency_display_names PRIMARY KEY (id),
    CONSTRAINT uq_competency_display_names_key UNIQUE (framework, competency_key),
    CONSTRAINT ck_competency_display_names_framework CHECK (framework IN ('core', 'icf', 'ac')),
    CONSTRAINT fk_competency_display_names_assessment
        FOREIGN KEY (assessment_id) REFERENCES assessments (id)
);
CREATE INDEX idx_competency_display_names_assessment ON competency_display_names (assessment_id);
";

/// What can be made of a strength, by how high the score is; half-open ranges in percent.
const COMPETENCY_LEVERAGE_STRENGTHS: &str = "
CREATE TABLE competency_leverage_strengths (
    id {uuid} NOT NULL,
    competency_id {uuid} NOT NULL,
    score_range_min integer NOT NULL,
    score_range_max integer,
    leverage_text text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_competency_leverage_strengths PRIMARY KEY (id),
    CONSTRAINT ck_competency_leverage_strengths_range
        CHECK (score_range_min BETWEEN 0 AND 100 AND score_range_max > score_range_min
            AND score_range_max <= 100),
    CONSTRAINT fk_competency_leverage_strengths_competency
        FOREIGN KEY (competency_id) REFERENCES competency_display_names (id)
);
CREATE INDEX idx_competency_leverage_strengths_competency
    ON competency_leverage_strengths (competency_id);
";

/// Questions by their stable keys. A retired one is not served any more; what it says stands in its versions.
const ASSESSMENT_QUESTIONS: &str = "
CREATE TABLE assessment_questions (
    id {uuid} NOT NULL,
    assessment_id {uuid} NOT NULL,
    key text NOT NULL,
    question_order integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_assessment_questions PRIMARY KEY (id),
    CONSTRAINT uq_assessment_questions_key UNIQUE (key),
    CONSTRAINT fk_assessment_questions_assessment
        FOREIGN KEY (assessment_id) REFERENCES assessments (id)
);
CREATE INDEX idx_assessment_questions_order ON assessment_questions (assessment_id, question_order);
";

/// Every wording that a question ever had; the id follows from all that is in it, so a version never changes. `options`,
/// `weaker` and `tags` are JSON. The active version of a question is the one that is served.
const ASSESSMENT_QUESTION_VERSIONS: &str = "
CREATE TABLE assessment_question_versions (
    id {uuid} NOT NULL,
    question_id {uuid} NOT NULL,
    competency_id {uuid} NOT NULL,
    difficulty_weight integer NOT NULL,
    question text NOT NULL,
    options text NOT NULL,
    correct_answer text NOT NULL,
    explanation text NOT NULL,
    weaker text NOT NULL,
    tags text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_assessment_question_versions PRIMARY KEY (id),
    CONSTRAINT ck_assessment_question_versions_weight CHECK (difficulty_weight BETWEEN 1 AND 10),
    CONSTRAINT ck_assessment_question_versions_correct
        CHECK (correct_answer IN ('a', 'b', 'c', 'd')),
    CONSTRAINT fk_assessment_question_versions_question
        FOREIGN KEY (question_id) REFERENCES assessment_questions (id),
    CONSTRAINT fk_assessment_question_versions_competency
        FOREIGN KEY (competency_id) REFERENCES competency_display_names (id)
);
CREATE INDEX idx_assessment_question_versions_question
    ON assessment_question_versions (question_id);
";

/// What a question tests, seen more closely; `competencies` is a JSON array of ids.
const SKILL_TAGS: &str = "
CREATE TABLE skill_tags (
    id {uuid} NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    framework text NOT NULL,
    level integer NOT NULL,
    competencies text NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_skill_tags PRIMARY KEY (id),
    CONSTRAINT uq_skill_tags_key UNIQUE (key),
    CONSTRAINT ck_skill_tags_framework CHECK (framework IN ('core', 'icf', 'ac')),
    CONSTRAINT ck_skill_tags_level CHECK (level BETWEEN 1 AND 3)
);
";

/// What is said about a tag, by what became of its questions.
const TAG_INSIGHTS: &str = "
CREATE TABLE tag_insights (
    id {uuid} NOT NULL,
    skill_tag_id {uuid} NOT NULL,
    insight_type text NOT NULL,
    insight_text text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_tag_insights PRIMARY KEY (id),
    CONSTRAINT uq_tag_insights_type UNIQUE (skill_tag_id, insight_type),
    CONSTRAINT ck_tag_insights_type CHECK (insight_type IN ('weakness', 'strength')),
    CONSTRAINT fk_tag_insights_tag FOREIGN KEY (skill_tag_id) REFERENCES skill_tags (id)
);
";

/// One thing to do for each tag.
const TAG_ACTIONS: &str = "
CREATE TABLE tag_actions (
    id {uuid} NOT NULL,
    skill_tag_id {uuid} NOT NULL,
    action_text text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_tag_actions PRIMARY KEY (id),
    CONSTRAINT uq_tag_actions_tag UNIQUE (skill_tag_id),
    CONSTRAINT fk_tag_actions_tag FOREIGN KEY (skill_tag_id) REFERENCES skill_tags (id)
);
";

/// Groups of resources; `competencies` is a JSON array of ids, empty for what comes next.
const LEARNING_PATH_CATEGORIES: &str = "
CREATE TABLE learning_path_categories (
    id {uuid} NOT NULL,
    key text NOT NULL,
    framework text NOT NULL,
    level integer NOT NULL,
    competencies text NOT NULL,
    shown_when text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    icon text NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_learning_path_categories PRIMARY KEY (id),
    CONSTRAINT uq_learning_path_categories_key UNIQUE (key),
    CONSTRAINT ck_learning_path_categories_framework CHECK (framework IN ('core', 'icf', 'ac')),
    CONSTRAINT ck_learning_path_categories_level CHECK (level BETWEEN 1 AND 3),
    CONSTRAINT ck_learning_path_categories_when CHECK (shown_when IN ('weak', 'next'))
);
";

/// Books, articles, practices and other things to learn from; `categories` and `steps` are JSON arrays.
const LEARNING_RESOURCES: &str = "
CREATE TABLE learning_resources (
    id {uuid} NOT NULL,
    key text NOT NULL,
    resource_type text NOT NULL,
    categories text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    author text,
    year integer,
    publisher text,
    journal text,
    minutes integer,
    steps text NOT NULL,
    url text,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_learning_resources PRIMARY KEY (id),
    CONSTRAINT uq_learning_resources_key UNIQUE (key),
    CONSTRAINT ck_learning_resources_type CHECK (resource_type IN ('book', 'article', 'practice',
        'course', 'video', 'exercise', 'workshop', 'tool', 'assessment'))
);
";

/// Attempts; one of each assessment can be open. What was reached is written once, when it is completed.
const USER_ATTEMPTS: &str = "
CREATE TABLE user_attempts (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    assessment_id {uuid} NOT NULL,
    status text NOT NULL,
    started_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    ended_at {time},
    earned integer,
    possible integer,
    tier_id {uuid},
    is_passed boolean,
    time_spent integer,
    CONSTRAINT pk_user_attempts PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_attempts_status
        CHECK (status IN ('in_progress', 'completed', 'abandoned', 'expired')),
    CONSTRAINT ck_user_attempts_ended_at CHECK ((status = 'in_progress') = (ended_at IS NULL)),
    CONSTRAINT ck_user_attempts_score
        CHECK ((status = 'completed') = (earned IS NOT NULL) AND earned BETWEEN 0 AND possible),
    CONSTRAINT ck_user_attempts_result
        CHECK ((status = 'completed') = (possible IS NOT NULL)
            AND (status = 'completed') = (tier_id IS NOT NULL)
            AND (status = 'completed') = (is_passed IS NOT NULL)),
    CONSTRAINT fk_user_attempts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_attempts_assessment FOREIGN KEY (assessment_id) REFERENCES assessments (id),
    CONSTRAINT fk_user_attempts_tier FOREIGN KEY (tier_id) REFERENCES assessment_tiers (id)
);
CREATE UNIQUE INDEX idx_user_attempts_open ON user_attempts (user_id, assessment_id)
    WHERE status = 'in_progress';
";

/// The questions of an attempt, frozen as they were when it began, and what was answered. `is_correct` is written when the
/// attempt is completed.
const ATTEMPT_RESPONSES: &str = "
CREATE TABLE attempt_responses (
    user_id {uuid} NOT NULL,
    attempt_id {uuid} NOT NULL,
    position integer NOT NULL,
    version_id {uuid} NOT NULL,
    selected_answer text,
    response_time integer,
    answered_at {time},
    is_correct boolean,
    CONSTRAINT pk_attempt_responses PRIMARY KEY (user_id, attempt_id, position),
    CONSTRAINT uq_attempt_responses_version UNIQUE (user_id, attempt_id, version_id),
    CONSTRAINT ck_attempt_responses_selected
        CHECK (selected_answer IN ('a', 'b', 'c', 'd')),
    CONSTRAINT ck_attempt_responses_answered_at
        CHECK ((selected_answer IS NULL) = (answered_at IS NULL)),
    CONSTRAINT ck_attempt_responses_time CHECK (response_time >= 0),
    CONSTRAINT fk_attempt_responses_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_attempt_responses_attempt FOREIGN KEY (user_id, attempt_id)
        REFERENCES user_attempts (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_attempt_responses_version
        FOREIGN KEY (version_id) REFERENCES assessment_question_versions (id)
);
";

/// What a completed attempt reached in each competency, so that growth can be shown.
const ATTEMPT_COMPETENCIES: &str = "
CREATE TABLE attempt_competencies (
    user_id {uuid} NOT NULL,
    attempt_id {uuid} NOT NULL,
    competency_id {uuid} NOT NULL,
    earned integer NOT NULL,
    possible integer NOT NULL,
    tier_id {uuid} NOT NULL,
    completed_at {time} NOT NULL,
    CONSTRAINT pk_attempt_competencies PRIMARY KEY (user_id, attempt_id, competency_id),
    CONSTRAINT ck_attempt_competencies_score CHECK (earned BETWEEN 0 AND possible),
    CONSTRAINT fk_attempt_competencies_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_attempt_competencies_attempt FOREIGN KEY (user_id, attempt_id)
        REFERENCES user_attempts (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_attempt_competencies_competency
        FOREIGN KEY (competency_id) REFERENCES competency_display_names (id),
    CONSTRAINT fk_attempt_competencies_tier
        FOREIGN KEY (tier_id) REFERENCES assessment_tiers (id)
);
CREATE INDEX idx_attempt_competencies_completed_at
    ON attempt_competencies (user_id, completed_at);
";

/// What a frontend made of a result and wants to find again; a JSON text. Apart from the attempt, since lists of attempts
/// do not read it.
const ATTEMPT_INSIGHTS: &str = "
CREATE TABLE attempt_insights (
    user_id {uuid} NOT NULL,
    attempt_id {uuid} NOT NULL,
    insights text NOT NULL,
    stored_at {time} NOT NULL,
    CONSTRAINT pk_attempt_insights PRIMARY KEY (user_id, attempt_id),
    CONSTRAINT fk_attempt_insights_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_attempt_insights_attempt FOREIGN KEY (user_id, attempt_id)
        REFERENCES user_attempts (user_id, id) ON DELETE CASCADE
);
";
