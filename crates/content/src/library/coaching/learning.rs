//! What to learn from.

use super::{CategoryId, CompetencyId, Framework, ResourceId, words};

words! {
    /// What leads to a category.
    ShownWhen {
        /// One of its competencies is weak.
        Weak = "weak",
        /// None is.
        Next = "next",
    }
}

words! {
    /// What a resource is.
    ResourceType {
        /// To read.
        Book = "book",
        /// To read in one sitting.
        Article = "article",
        /// To do, as its steps say.
        Practice = "practice",
        /// To attend for some time.
        Course = "course",
        /// To watch.
        Video = "video",
        /// To do.
        Exercise = "exercise",
        /// To attend once.
        Workshop = "workshop",
        /// To use.
        Tool = "tool",
        /// To measure oneself by.
        Assessment = "assessment",
    }
}

/// A group of things to learn from.
#[derive(Clone, Debug)]
pub struct Category {
    /// Derived from the author's key.
    pub id: CategoryId,
    /// Whose assessments lead to it.
    pub framework: Framework,
    /// Which of them.
    pub level: i32,
    /// What it is about.
    pub competencies: Vec<CompetencyId>,
    /// What leads to it.
    pub shown_when: ShownWhen,
    /// As people see it.
    pub title: String,
    /// One paragraph.
    pub description: String,
    /// The name of an icon of the set lucide.
    pub icon: String,
    /// The place in the file.
    pub sort_order: i32,
}

/// Something to learn from.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Derived from the author's key.
    pub id: ResourceId,
    /// What it is.
    pub kind: ResourceType,
    /// Where it is shown.
    pub categories: Vec<CategoryId>,
    /// As people see it.
    pub title: String,
    /// What it is good for.
    pub description: String,
    /// Who wrote or leads it.
    pub author: Option<String>,
    /// Of the first edition.
    pub year: Option<i32>,
    /// Of a book.
    pub publisher: Option<String>,
    /// Of an article, with volume and number.
    pub journal: Option<String>,
    /// How long it takes.
    pub minutes: Option<i32>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Where it is found.
    pub url: Option<String>,
    /// The place in the file.
    pub sort_order: i32,
}
