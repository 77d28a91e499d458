//! The document: what the framework is, and who made it.

use serde::Serialize;
use uuid::Uuid;

use super::{Framework, Link, made};

const TITLE: &str = "DreamTree Competencies";

/// `CFDocument`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The identifier.
    pub identifier: Uuid,
    uri: String,
    case_version: &'static str,
    creator: &'static str,
    title: &'static str,
    last_change_date_time: String,
    description: &'static str,
    language: &'static str,
    version: String,
    adoption_status: &'static str,
    #[serde(rename = "CFPackageURI", skip_serializing_if = "Option::is_none")]
    package: Option<Link>,
}

/// `CFDocumentSet`.
#[derive(Clone, Debug, Serialize)]
pub struct Documents {
    /// The documents.
    #[serde(rename = "CFDocuments")]
    pub documents: Vec<Document>,
}

impl Documents {
    pub(super) const fn of(documents: Vec<Document>) -> Self {
        Self { documents }
    }
}

impl Document {
    pub(super) fn new(framework: &Framework) -> Self {
        let id = made("document", "competencies");
        let package = framework.uri("CFPackages", id);
        Self {
            identifier: id,
            uri: framework.uri("CFDocuments", id),
            case_version: "1.1",
            creator: "DreamTree",
            title: TITLE,
            last_change_date_time: framework.changed_at(),
            description: "What people rate themselves in: how they get work done, work with others and look ahead, in five levels each.",
            language: "en",
            version: framework.library.version().to_string(),
            adoption_status: "Adopted",
            package: Some(Link::new(TITLE.to_owned(), id, package)),
        }
    }

    /// The same inside of its package.
    pub(super) fn packaged(self) -> Self {
        Self {
            package: None,
            ..self
        }
    }

    /// A reference to it.
    pub(super) fn link(framework: &Framework) -> Link {
        let document = Self::new(framework);
        Link::new(TITLE.to_owned(), document.identifier, document.uri)
    }
}
