//! The framework of competencies as 1EdTech CASE 1.1 tells it: a document, three clusters and the competencies in them
//! as items, who belongs to whom as associations, and a rubric of five levels for each competency.
//!
//! Identifiers of competencies and levels are those of the content, which follow from their authors' keys; all others
//! follow from those. So an identifier stays the same from edition to edition and from server to server.

mod association;
mod document;
mod item;
mod link;
mod rubric;

use std::sync::Arc;

use dreamtree_content::Library;
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

pub use association::Association;
pub use document::{Document, Documents};
pub use item::Item;
pub use link::Link;
pub use rubric::{Criterion, CriterionLevel, Rubric};

/// Where all resources stand below the server's address.
pub const BASE: &str = "/ims/case/v1p1";

/// What the identifiers are made in that the content has none for.
const NAMESPACE: Uuid = Uuid::from_u128(0x1d0b_52e4_8f53_4c3b_9f0e_6a6d_1f0c_7b21);

/// The framework as one server tells it. Everything is made from what is in memory.
#[derive(Clone, Debug)]
pub struct Framework {
    library: Arc<Library>,
    site: String,
}

/// All of it at once.
#[derive(Clone, Debug, Serialize)]
pub struct Package {
    #[serde(rename = "CFDocument")]
    document: Document,
    #[serde(rename = "CFItems")]
    items: Vec<Item>,
    #[serde(rename = "CFAssociations")]
    associations: Vec<Association>,
    #[serde(rename = "CFRubrics")]
    rubrics: Vec<Rubric>,
}

impl Framework {
    /// The framework of a library; `site` is scheme, host and port of the server.
    #[must_use]
    pub const fn new(library: Arc<Library>, site: String) -> Self {
        Self { library, site }
    }

    /// The one document, as a list.
    #[must_use]
    pub fn documents(&self) -> Documents {
        Documents::of(vec![Document::new(self)])
    }

    /// All of the document with this identifier; `None` for another.
    #[must_use]
    pub fn package(&self, id: Uuid) -> Option<Package> {
        let document = Document::new(self);
        (document.identifier == id).then(|| Package {
            document: document.packaged(),
            items: Item::all(self).into_iter().map(Item::packaged).collect(),
            associations: Association::all(self)
                .into_iter()
                .map(Association::packaged)
                .collect(),
            rubrics: Rubric::all(self),
        })
    }

    /// The document with this identifier.
    #[must_use]
    pub fn document(&self, id: Uuid) -> Option<Document> {
        Some(Document::new(self)).filter(|document| document.identifier == id)
    }

    /// The cluster or competency with this identifier.
    #[must_use]
    pub fn item(&self, id: Uuid) -> Option<Item> {
        Item::all(self)
            .into_iter()
            .find(|item| item.identifier == id)
    }

    /// The association with this identifier.
    #[must_use]
    pub fn association(&self, id: Uuid) -> Option<Association> {
        let mut all = Association::all(self).into_iter();
        all.find(|association| association.identifier == id)
    }

    /// The rubric with this identifier.
    #[must_use]
    pub fn rubric(&self, id: Uuid) -> Option<Rubric> {
        Rubric::all(self)
            .into_iter()
            .find(|rubric| rubric.identifier == id)
    }

    /// The address of a resource.
    fn uri(&self, kind: &str, id: Uuid) -> String {
        format!("{}{BASE}/{kind}/{id}", self.site)
    }

    /// When the edition was loaded, to the second.
    fn changed_at(&self) -> String {
        let at = self
            .library
            .loaded_at()
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        // A time of this era can be written.
        at.truncate_to_second().format(&Rfc3339).unwrap_or_default()
    }
}

/// The identifier of something that the content has none for.
fn made(kind: &str, of: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}/{of}").as_bytes())
}
