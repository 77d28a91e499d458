//! Items: the three clusters, and the competencies in them.

use dreamtree_content::{Competency, CompetencyCategory};
use serde::Serialize;
use uuid::Uuid;

use super::{Framework, Link, document::Document, made};

/// `CFItem`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The identifier.
    pub identifier: Uuid,
    uri: String,
    full_statement: String,
    abbreviated_statement: String,
    #[serde(rename = "CFItemType")]
    kind: &'static str,
    language: &'static str,
    last_change_date_time: String,
    #[serde(rename = "CFDocumentURI", skip_serializing_if = "Option::is_none")]
    document: Option<Link>,
}

impl Item {
    /// The clusters, each with its competencies behind it.
    pub(super) fn all(framework: &Framework) -> Vec<Self> {
        let mut items = Vec::new();
        for &category in CompetencyCategory::ALL {
            items.push(Self::cluster(framework, category));
            let members = framework.library.competencies().iter();
            let members = members.filter(|one| one.category == category);
            items.extend(members.map(|one| Self::competency(framework, one)));
        }
        items
    }

    pub(super) fn cluster(framework: &Framework, category: CompetencyCategory) -> Self {
        let (name, statement) = match category {
            CompetencyCategory::Delivery => ("Delivery", "Getting work done."),
            CompetencyCategory::Interpersonal => ("Interpersonal", "Working with others."),
            CompetencyCategory::Strategic => ("Strategic", "Looking ahead."),
        };
        let id = made("cluster", category.as_str());
        Self::new(framework, id, "Cluster", name, statement)
    }

    pub(super) fn competency(framework: &Framework, one: &Competency) -> Self {
        let id = one.id.uuid();
        Self::new(framework, id, "Competency", &one.name, &one.definition)
    }

    fn new(
        framework: &Framework,
        id: Uuid,
        kind: &'static str,
        name: &str,
        statement: &str,
    ) -> Self {
        Self {
            identifier: id,
            uri: framework.uri("CFItems", id),
            full_statement: statement.to_owned(),
            abbreviated_statement: name.to_owned(),
            kind,
            language: "en",
            last_change_date_time: framework.changed_at(),
            document: Some(Document::link(framework)),
        }
    }

    /// The same inside of its package.
    pub(super) fn packaged(self) -> Self {
        Self {
            document: None,
            ..self
        }
    }

    /// A reference to it.
    pub(super) fn link(&self) -> Link {
        let title = self.abbreviated_statement.clone();
        Link::new(title, self.identifier, self.uri.clone())
    }
}
