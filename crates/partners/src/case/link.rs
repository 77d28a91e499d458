//! References between resources.

use serde::Serialize;
use uuid::Uuid;

/// A reference: `LinkURI`, and `LinkGenURI` where an association points.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// What it is called.
    pub title: String,
    /// Its identifier.
    pub identifier: Uuid,
    /// Its address.
    pub uri: String,
    /// What kind of thing an association points at.
    #[serde(rename = "targetType", skip_serializing_if = "Option::is_none")]
    pub target_type: Option<&'static str>,
}

impl Link {
    pub(super) const fn new(title: String, identifier: Uuid, uri: String) -> Self {
        Self {
            title,
            identifier,
            uri,
            target_type: None,
        }
    }

    /// The same as the end of an association.
    pub(super) fn node(self) -> Self {
        Self {
            target_type: Some("CASE"),
            ..self
        }
    }
}
