//! The parts of the gateway, and the router that they answer through.

use std::sync::Arc;

use axum::Router;
use dreamtree_content::Shelf;
use dreamtree_database::Database;
use dreamtree_identity::{CookiePolicy, Identity};

use crate::{
    Schema, Settings,
    document::Documents,
    http,
    schema,
};

/// One schema over HTTP. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Gateway(Arc<Parts>);

/// What the gateway consists of.
pub(crate) struct Parts {
    pub(crate) settings: Settings,
    pub(crate) schema: Schema,
    pub(crate) documents: Documents,
    pub(crate) database: Database,
    pub(crate) shelf: Shelf,
    pub(crate) cookie: CookiePolicy,
}

impl Gateway {
    /// A gateway to a database, the content on a shelf and the accounts of an identity.
    #[must_use]
    pub fn new(settings: Settings, database: Database, shelf: Shelf, identity: Identity) -> Self {
        let cookie = identity.cookie();
        let schema = schema::build(&settings, identity);
        let documents = Documents::new(settings.limits.clone());
        Self(Arc::new(Parts { settings, schema, documents, database, shelf, cookie }))
    }

    /// Every route of the server.
    #[must_use]
    pub fn router(&self) -> Router {
        http::router(self.clone())
    }
}

impl std::ops::Deref for Gateway {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
