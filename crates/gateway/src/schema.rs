//! The domains' roots, merged. A domain joins by a line in each of [`Query`], [`Mutation`] and [`Subscription`].

use async_graphql::{
    MergedObject, MergedSubscription, SDLExportOptions, SchemaBuilder, ValidationMode,
};
use dreamtree_api::Site;
use dreamtree_assessments::graphql::{
    AssessmentsMutation, AssessmentsQuery, History, coaching::Attempts,
};
use dreamtree_attribution::graphql::AttributionQuery;
use dreamtree_content::graphql::{
    ContentQuery, ListedQuery, ReviewMutation, ReviewQuery, SkillProposals, Skills,
};
use dreamtree_identity::{
    Identity,
    graphql::{
        AccountMutation, AccountQuery, CalendarMutation, CalendarQuery, ConsentMutation,
        ConsentQuery, DevicesMutation, DevicesQuery, Diary, DiaryQuery, IdentityMutation,
        IdentityQuery, OperationsQuery, PasskeyMutation, PasskeyQuery, RotationMutation,
        SecondFactorMutation, SecondFactorQuery,
    },
};
use dreamtree_partners::graphql::{PartnersMutation, PartnersQuery, WebhookDeliveries};
use dreamtree_portability::{
    Signer,
    graphql::{CredentialMutation, CredentialQuery, ResumeQuery, ShareMutation, ShareQuery},
};
use dreamtree_workbook::graphql::{
    Blocks, FlowLogs, ToolInstances, WorkbookMutation, WorkbookQuery, WorkbookSubscription,
};

use crate::{
    Settings,
    document::{OnlyValidate, SkipWeighed},
    privacy::PrivacyQuery,
    service::ServiceQuery,
};

/// The schema.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    // The first one lies deepest and is asked through all of the others: whoever is asked least stands in front.
    PartnersQuery,
    PortabilityQuery,
    ServiceQuery,
    PrivacyQuery,
    IdentityQuery,
    AccountQuery,
    CalendarQuery,
    PasskeyQuery,
    DevicesQuery,
    SecondFactorQuery,
    ConsentQuery,
    DiaryQuery,
    ContentQuery,
    OperatorQuery,
    AttributionQuery,
    WorkbookQuery,
    AssessmentsQuery,
);

/// What operators can ask.
#[derive(MergedObject, Default)]
pub(crate) struct OperatorQuery(ReviewQuery, ListedQuery, OperationsQuery);

/// What can be asked about what people take elsewhere.
#[derive(MergedObject, Default)]
pub(crate) struct PortabilityQuery(CredentialQuery, ShareQuery, ResumeQuery);

/// What can be done. Each field is one transaction.
#[derive(MergedObject, Default)]
pub struct Mutation(
    PartnersMutation,
    PortabilityMutation,
    IdentityMutation,
    AccountMutation,
    RotationMutation,
    CalendarMutation,
    PasskeyMutation,
    DevicesMutation,
    SecondFactorMutation,
    ConsentMutation,
    ReviewMutation,
    WorkbookMutation,
    AssessmentsMutation,
);

/// What people can take elsewhere.
#[derive(MergedObject, Default)]
pub(crate) struct PortabilityMutation(CredentialMutation, ShareMutation);

/// What can be followed. Each answer is a state as a whole.
#[derive(MergedSubscription, Default)]
pub struct Subscription(WorkbookSubscription);

/// The schema as text, sorted, as `schema.graphql` holds it.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

/// The schema as it is served. Documents come validated; what is weighed here depends on their variables.
pub(crate) fn build(settings: &Settings, identity: Identity, signer: Signer) -> Schema {
    let limits = &settings.limits;
    // Depth, aliases and directives are held by `document`, before validation has cost anything.
    let schema = builder()
        .data(identity)
        .extension(SkipWeighed)
        .data(signer)
        .data(settings.webhook_reach)
        .validation_mode(ValidationMode::Fast)
        .limit_complexity(limits.complexity)
        .limit_recursive_depth(limits.nesting + 1);
    let schema = match &settings.public_origin {
        Some(origin) => schema.data(Site(origin.clone())),
        None => schema,
    };
    told(schema, settings)
}

/// The schema that documents are validated against; it executes nothing.
pub(crate) fn validator(settings: &Settings) -> Schema {
    let schema = builder()
        .extension(OnlyValidate)
        .limit_recursive_depth(settings.limits.nesting + 1);
    told(schema, settings)
}

fn told(schema: Builder, settings: &Settings) -> Schema {
    if settings.introspection {
        schema.finish()
    } else {
        schema
            .disable_introspection()
            .disable_suggestions()
            .finish()
    }
}

type Builder = SchemaBuilder<Query, Mutation, Subscription>;

fn builder() -> Builder {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .override_output_type_description::<Blocks>(
        "A stretch of the workbook, after the Relay specification.",
    )
    .override_output_type_description::<Diary>(
        "A stretch of the diary, after the Relay specification.",
    )
    .override_output_type_description::<Skills>(
        "A stretch of the master list, after the Relay specification.",
    )
    .override_output_type_description::<SkillProposals>(
        "A stretch of the proposed skills, after the Relay specification.",
    )
    .override_output_type_description::<WebhookDeliveries>(
        "A stretch of the messages to partners, after the Relay specification.",
    )
    .override_output_type_description::<FlowLogs>(
        "A stretch of the flow log, after the Relay specification.",
    )
    .override_output_type_description::<ToolInstances>(
        "A stretch of the uses of tools, after the Relay specification.",
    )
    .override_output_type_description::<History>(
        "A stretch of the score history, after the Relay specification.",
    )
    .override_output_type_description::<Attempts>(
        "A stretch of the attempts at assessments, after the Relay specification.",
    )
}
