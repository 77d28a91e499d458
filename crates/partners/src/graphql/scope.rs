//! Scopes at the edge.

use async_graphql::Enum;
use dreamtree_api::Plain;

use crate::{AccessScope, Scopes};

/// Something that a partner may read. What is sealed has no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "AccessScope")]
pub enum PartnerScope {
    /// `framework.read`: the competencies and their levels, which everybody may read.
    FrameworkRead,
    /// `competency.read`: the result of the self-assessment.
    CompetencyRead,
    /// `credential.readonly`: credentials of the results.
    CredentialReadonly,
    /// `profile.basic`: the display name.
    ProfileBasic,
}

pub(super) fn words(scopes: &Scopes) -> Vec<PartnerScope> {
    scopes.iter().map(Into::into).collect()
}

pub(super) fn scopes(words: &[PartnerScope]) -> Scopes {
    words.iter().map(|word| AccessScope::from(*word)).collect()
}
