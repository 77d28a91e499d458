//! What a domain says has happened, and who above it hears of that in the same transaction
//! (`docs/decisions/0028-facts-are-heard-in-the-transaction.md`).

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use sea_orm::DbErr;

use crate::Scope;

/// Something that has happened to the scope's person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The result of their self-assessment is another one now, or there is one for the first time.
    CompetencyResult,
}

/// Somebody on a higher floor who writes something down when a fact becomes one.
#[async_trait]
pub trait Listener: Send + Sync {
    /// Hears of a fact in the transaction that makes it one: what is written there is kept or lost together with it.
    async fn hear(&self, scope: &Scope, fact: Fact) -> Result<(), DbErr>;
}

/// Whoever listens; nobody, at first.
#[derive(Clone, Default)]
pub(crate) struct Ear(Option<Arc<dyn Listener>>);

impl Ear {
    pub(crate) fn of(listener: Arc<dyn Listener>) -> Self {
        Self(Some(listener))
    }

    pub(crate) async fn hear(&self, scope: &Scope, fact: Fact) -> Result<(), DbErr> {
        match &self.0 {
            Some(listener) => listener.hear(scope, fact).await,
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Ear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Ear")
            .field(&self.0.is_some())
            .finish()
    }
}
