//! Partners' part of the roots.

use async_graphql::MergedObject;

use super::{
    deliveries::{DeliveriesMutation, DeliveriesQuery},
    grants::{GrantsMutation, GrantsQuery},
    registry::{RegistryMutation, RegistryQuery},
    subjects::PartnerQuery,
    webhooks::{WebhooksMutation, WebhooksQuery},
};

/// What can be asked by partners, and about them.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub struct PartnersQuery(
    PartnerQuery,
    GrantsQuery,
    RegistryQuery,
    WebhooksQuery,
    DeliveriesQuery,
);

/// What can be done about partners.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub struct PartnersMutation(
    GrantsMutation,
    RegistryMutation,
    WebhooksMutation,
    DeliveriesMutation,
);
