//! Associations: a competency is a child of its cluster, a cluster of the document.

use dreamtree_content::CompetencyCategory;
use serde::Serialize;
use uuid::Uuid;

use super::{Framework, Link, document::Document, item::Item, made};

/// `CFAssociation`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Association {
    /// The identifier.
    pub identifier: Uuid,
    #[serde(rename = "associationType")]
    kind: &'static str,
    sequence_number: usize,
    uri: String,
    #[serde(rename = "originNodeURI")]
    origin: Link,
    #[serde(rename = "destinationNodeURI")]
    destination: Link,
    last_change_date_time: String,
    #[serde(rename = "CFDocumentURI", skip_serializing_if = "Option::is_none")]
    document: Option<Link>,
}

impl Association {
    /// All of them; children of one parent are numbered from 1.
    pub(super) fn all(framework: &Framework) -> Vec<Self> {
        let mut all = Vec::new();
        for (at, &category) in CompetencyCategory::ALL.iter().enumerate() {
            let cluster = Item::cluster(framework, category);
            let document = Document::link(framework);
            all.push(Self::child(framework, at + 1, &cluster, document));
            let members = framework.library.competencies().iter();
            let members = members.filter(|one| one.category == category);
            all.extend(members.enumerate().map(|(at, one)| {
                let competency = Item::competency(framework, one);
                Self::child(framework, at + 1, &competency, cluster.link())
            }));
        }
        all
    }

    fn child(framework: &Framework, number: usize, child: &Item, parent: Link) -> Self {
        let id = made("isChildOf", &child.identifier.to_string());
        Self {
            identifier: id,
            kind: "isChildOf",
            sequence_number: number,
            uri: framework.uri("CFAssociations", id),
            origin: child.link().node(),
            destination: parent.node(),
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
}
