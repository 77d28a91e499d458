//! The search for work.

use crate::catalogue::{Group, plain, sealed, table};

pub(crate) const GROUP: Group = Group {
    title: "Your search for work",
    kept: "Until you change or delete it, at most as long as the account.",
    shared: "Nobody else.",
    tables: &[
        table(
            "user_companies",
            "Companies.",
            &[
                plain("name", "The company."),
                plain("status", "How far you are."),
                plain("research_notes", "What you found out."),
                plain("url", "Its address."),
            ],
        ),
        table(
            "user_contacts",
            "People.",
            &[
                plain("company_id", "Where they work."),
                sealed("name", "The name."),
                sealed("title", "What they do."),
                plain("relationship_status", "How well you know them."),
                sealed("notes", "Notes."),
                sealed("linkedin_url", "Their address."),
            ],
        ),
        table(
            "user_jobs",
            "Openings.",
            &[
                plain("company_id", "Where."),
                plain("title", "The job."),
                plain("posting_url", "The address of the posting."),
                plain("application_status", "How far you are."),
                plain("notes", "Notes."),
            ],
        ),
        table(
            "user_status_changes",
            "How things moved on.",
            &[
                plain("company_id", "The company, if it is about one."),
                plain("contact_id", "The person, if it is about one."),
                plain("job_id", "The job, if it is about one."),
                plain("old_status", "How far you were."),
                plain("new_status", "How far you were then."),
                sealed("note", "What you noted."),
                plain("changed_at", "When."),
            ],
        ),
    ],
};
