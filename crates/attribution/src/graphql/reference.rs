//! References and citations at the edge.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use dreamtree_api::Gid;
use dreamtree_content::{
    Library, ReferenceId,
    graphql::{BlockCitation, SourceUsage},
};

use crate::{
    citation,
    credits::{Use, uses_of},
};

/// A work that the workbook stands on.
#[derive(Clone, Debug)]
pub struct Reference {
    library: Arc<Library>,
    reference: dreamtree_content::Reference,
}

impl Reference {
    /// A reference of this library.
    #[must_use]
    pub fn new(library: &Arc<Library>, reference: &dreamtree_content::Reference) -> Self {
        Self {
            library: Arc::clone(library),
            reference: reference.clone(),
        }
    }
}

/// A work that the workbook stands on.
#[Object]
impl Reference {
    /// Stable for as long as the content keeps the reference.
    async fn id(&self) -> Gid<ReferenceId> {
        Gid(self.reference.id)
    }

    /// Its number in citations, by first appearance in the workbook; from 1.
    async fn citation_number(&self) -> i32 {
        self.reference.citation_number
    }

    /// The first author's surname.
    async fn surname(&self) -> &str {
        &self.reference.author_surname
    }

    /// The full citation, after the Chicago Manual of Style.
    async fn full_citation(&self) -> &str {
        &self.reference.full_citation
    }

    /// The short form, for a tooltip.
    async fn short_citation(&self) -> &str {
        &self.reference.short_citation
    }

    /// The field that it belongs to, if it was given one.
    async fn category(&self) -> Option<&str> {
        self.reference.category.as_deref()
    }

    /// Where it is used, in the order of reading; once for each way in which an exercise uses it.
    async fn used_in(&self) -> Vec<ReferenceUse> {
        uses_of(&self.library, self.reference.id)
            .into_iter()
            .map(ReferenceUse::from)
            .collect()
    }
}

/// One use of a reference.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReferenceUse {
    /// The exercise, such as `1.1.2`.
    pub exercise_id: String,
    /// The exercise's heading.
    pub exercise_title: String,
    /// How the exercise uses the reference.
    pub usage: SourceUsage,
}

impl From<Use> for ReferenceUse {
    fn from(one: Use) -> Self {
        Self {
            exercise_id: one.exercise_id,
            exercise_title: one.exercise_title,
            usage: one.usage.into(),
        }
    }
}

/// What to show about one source below the exercise that uses it.
#[derive(Clone, Debug, SimpleObject)]
pub struct Citation {
    /// The number of the reference, for a link such as [3].
    pub number: i32,
    /// How the exercise uses it; never INSPIRATION.
    pub usage: SourceUsage,
    /// What to show: the full citation for a quotation, otherwise how the short one is built upon.
    pub text: String,
    /// The reference.
    pub reference: Reference,
}

impl Citation {
    /// What to show below an exercise such as `1.1.2`, by number; nothing for an exercise that there
    /// is not.
    #[must_use]
    pub fn of(library: &Arc<Library>, exercise_id: &str) -> Vec<Self> {
        let show = |citation: citation::Citation| {
            let reference = library.reference(citation.reference)?;
            Some(Self {
                number: citation.number,
                usage: citation.usage.into(),
                text: citation.text,
                reference: Reference::new(library, reference),
            })
        };
        citation::Citation::of(library, exercise_id)
            .into_iter()
            .filter_map(show)
            .collect()
    }
}

/// What to show where an exercise such as `1.1.2` begins, by number.
#[must_use]
pub fn cite(library: &Library, exercise_id: &str) -> Vec<BlockCitation> {
    let show = |citation: citation::Citation| BlockCitation {
        number: citation.number,
        usage: citation.usage.into(),
        text: citation.text,
        reference: Gid(citation.reference),
    };
    let citations = citation::Citation::of(library, exercise_id).into_iter();
    citations.map(show).collect()
}
