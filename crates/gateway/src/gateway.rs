//! The parts of the gateway, and the router that they answer through.

use std::sync::Arc;

use axum::Router;
use dreamtree_api::Door;
use dreamtree_content::Shelf;
use dreamtree_database::Database;
use dreamtree_identity::{CookiePolicy, Identity, Sessions, door::VAULT_IDLE};
use dreamtree_portability::Signer;

use crate::{
    Schema, Settings, document::Documents, http, http::credentials::StatusLists,
    http::export::Exports, live::Live, schema,
};

/// One schema over HTTP. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Gateway {
    pub(crate) settings: Arc<Settings>,
    pub(crate) schema: Schema,
    pub(crate) documents: Arc<Documents>,
    pub(crate) database: Database,
    pub(crate) shelf: Shelf,
    pub(crate) door: Arc<dyn Door>,
    pub(crate) identity: Identity,
    pub(crate) cookie: CookiePolicy,
    pub(crate) live: Arc<Live>,
    pub(crate) signer: Signer,
    pub(crate) status_lists: Arc<StatusLists>,
    pub(crate) exports: Exports,
}

impl Gateway {
    /// A gateway to a database, the content on a shelf and the accounts of an identity; what it issues is signed by a
    /// signer.
    #[must_use]
    pub fn new(
        settings: Settings,
        database: Database,
        shelf: Shelf,
        identity: Identity,
        signer: Signer,
    ) -> Self {
        let cookie = identity.cookie();
        let door = Sessions {
            vault_idle: settings.vault_idle.try_into().unwrap_or(VAULT_IDLE),
        };
        let schema = schema::build(&settings, identity.clone(), signer.clone());
        let documents = Arc::new(Documents::new(&settings));
        let live = Arc::new(Live::new(settings.live.clone()));
        Self {
            settings: Arc::new(settings),
            schema,
            documents,
            database,
            shelf,
            door: Arc::new(door),
            identity,
            cookie,
            live,
            signer,
            status_lists: Arc::default(),
            exports: Exports::default(),
        }
    }

    /// Every route of the server.
    pub fn router(&self) -> Router {
        http::router(self.clone())
    }
}
