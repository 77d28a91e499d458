//! Partners at the edge: what a partner reads, what a person has let them read, and what operators register.

pub mod deliveries;
pub mod grants;
pub mod registry;
pub mod result;
pub mod root;
pub mod scope;
pub mod subjects;
pub mod webhooks;

pub use deliveries::{
    ReplayWebhooksInput, ReplayWebhooksPayload, TestPartnerWebhookInput, TestPartnerWebhookPayload,
    WebhookDeliveries, WebhookDelivery, WebhookDeliveryState,
};
pub use grants::{
    GrantsMutation, GrantsQuery, LimitPartnerInput, LimitPartnerPayload, PartnerGrant,
    WithdrawPartnerInput, WithdrawPartnerPayload,
};
pub use registry::{
    ClosePartnerInput, ClosePartnerPayload, RegisterPartnerInput, RegisterPartnerPayload,
    RegisteredPartner, RegistryMutation, RegistryQuery,
};
pub use result::{PartnerCompetencyResult, PartnerCompetencyScore, PartnerStanding};
pub use root::{PartnersMutation, PartnersQuery};
pub use scope::PartnerScope;
pub use subjects::{Partner, PartnerQuery, PartnerSubject, PartnerSubjects};
pub use webhooks::{
    PartnerWebhook, RotateWebhookSecretInput, RotateWebhookSecretPayload, SetPartnerWebhookInput,
    SetPartnerWebhookPayload, WebhookEvent, WebhookState,
};
