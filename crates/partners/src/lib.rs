//! Partners: other organizations whose programs read what people let them read. A person consents on a page of this
//! server, limits and withdraws what they gave, and sees in their diary when it was read. The protocol is OAuth: codes
//! with PKCE, refresh tokens that are used once, tokens of a partner's own; `docs/partners.md` tells it from outside.
//!
//! What changes, partners are told by webhooks ([`webhook`]).
//!
//! The framework of competencies, which is everybody's, is told as CASE 1.1 ([`case`]).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod authorize;
mod caller;
pub mod case;
mod client;
mod consent;
pub mod credential;
pub mod entity;
mod error;
mod exchange;
mod fault;
pub mod grant;
pub mod graphql;
pub mod housekeeping;
mod inspect;
pub mod partner;
mod reading;
mod redirect;
mod result;
mod scopes;
mod subject;
mod token;
pub mod webhook;

pub use authorize::{Authorization, Parameters, Refusal, check};
pub use caller::{Admitted, PartnerCaller, is_partners};
pub use client::{Proof, authenticate};
pub use consent::{Seal, allow};
pub use credential::PartnerCredential;
pub use error::Error;
pub use exchange::{for_itself, with_code, with_refresh};
pub use fault::OauthError;
pub use grant::Grant;
pub use inspect::{Active, introspect, revoke};
pub use partner::{NewPartner, Partner, ProgramKind, Registered};
pub use reading::{Lender, Reading};
pub use redirect::{origin, with as redirected};
pub use result::Rated;
pub use scopes::{AccessScope, Scopes, UnknownScope};
pub use subject::{Gathered, LARGEST_PAGE, Page, Subject, Wanted, gather};
pub use token::{ACCESS, Issued};

dreamtree_types::ids! {
    /// A message to a partner.
    WebhookDeliveryId = WebhookDeliveryKind("webhook_delivery");
}
