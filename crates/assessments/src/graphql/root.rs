//! The crate's parts of the roots.

use async_graphql::MergedObject;

use super::{
    coaching::{CoachingMutation, CoachingQuery},
    mutation::RatingMutation,
    query::RatingQuery,
};

/// Assessments' part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct AssessmentsQuery(RatingQuery, CoachingQuery);

/// Assessments' part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct AssessmentsMutation(RatingMutation, CoachingMutation);
