//! The search for work: companies, the people there, jobs, and how each of them moved on.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0008_search",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_companies", USER_COMPANIES),
    owned("user_contacts", USER_CONTACTS),
    owned("user_jobs", USER_JOBS),
    owned("user_status_changes", USER_STATUS_CHANGES),
];

/// Companies worth a closer look.
const USER_COMPANIES: &str = "
CREATE TABLE user_companies (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    name text NOT NULL,
    status text,
    research_notes text,
    url text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_companies PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_companies_status CHECK
        (status IN ('researching', 'targeted', 'contacted', 'in_conversation', 'closed')),
    CONSTRAINT fk_user_companies_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_user_companies_user ON user_companies (user_id);
CREATE INDEX idx_user_companies_status ON user_companies (user_id, status);
";

/// People to talk to; name, title, notes and address are sealed.
const USER_CONTACTS: &str = "
CREATE TABLE user_contacts (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    company_id {uuid},
    name text NOT NULL,
    title text,
    relationship_status text,
    notes text,
    linkedin_url text,
    key_generation integer,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_contacts PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_contacts_relationship_status
        CHECK (relationship_status IN ('cold', 'warm', 'connected', 'dormant')),
    CONSTRAINT ck_user_contacts_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_contacts_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_contacts_company FOREIGN KEY (user_id, company_id)
        REFERENCES user_companies (user_id, id)
);
CREATE INDEX idx_user_contacts_user ON user_contacts (user_id);
CREATE INDEX idx_user_contacts_company ON user_contacts (user_id, company_id);
";

/// Openings and applications.
const USER_JOBS: &str = "
CREATE TABLE user_jobs (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    company_id {uuid},
    title text NOT NULL,
    posting_url text,
    application_status text,
    notes text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_jobs PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_jobs_application_status CHECK (application_status IN
        ('saved', 'applied', 'interviewing', 'offered', 'accepted', 'rejected', 'withdrawn')),
    CONSTRAINT fk_user_jobs_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_jobs_company FOREIGN KEY (user_id, company_id)
        REFERENCES user_companies (user_id, id)
);
CREATE INDEX idx_user_jobs_user ON user_jobs (user_id);
CREATE INDEX idx_user_jobs_company ON user_jobs (user_id, company_id);
CREATE INDEX idx_user_jobs_status ON user_jobs (user_id, application_status);
";

/// What happened to the status of a company, a contact or a job; the note is sealed.
const USER_STATUS_CHANGES: &str = "
CREATE TABLE user_status_changes (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    company_id {uuid},
    contact_id {uuid},
    job_id {uuid},
    old_status text,
    new_status text,
    note text,
    key_generation integer,
    changed_at {time} NOT NULL,
    CONSTRAINT pk_user_status_changes PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_status_changes_one_subject CHECK (
        CASE WHEN company_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN job_id IS NULL THEN 0 ELSE 1 END = 1),
    CONSTRAINT ck_user_status_changes_new_status
        CHECK (coalesce(old_status, '') <> coalesce(new_status, '')),
    CONSTRAINT ck_user_status_changes_key_generation CHECK (key_generation >= 1),
    CONSTRAINT fk_user_status_changes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_status_changes_company FOREIGN KEY (user_id, company_id)
        REFERENCES user_companies (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_status_changes_contact FOREIGN KEY (user_id, contact_id)
        REFERENCES user_contacts (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_user_status_changes_job FOREIGN KEY (user_id, job_id)
        REFERENCES user_jobs (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_status_changes_company ON user_status_changes (user_id, company_id);
CREATE INDEX idx_user_status_changes_contact ON user_status_changes (user_id, contact_id);
CREATE INDEX idx_user_status_changes_job ON user_status_changes (user_id, job_id);
";
