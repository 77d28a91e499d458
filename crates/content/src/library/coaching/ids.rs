//! Ids of what belongs to coaching, all derived from authors' keys.

dreamtree_types::ids! {
    /// Something that can be taken.
    AssessmentId = AssessmentKind("assessment");
    /// What an assessment is about.
    CompetencyId = CompetencyKind("coaching_competency");
    /// A question, whatever its wording.
    QuestionId = QuestionKind("question");
    /// A wording of a question.
    VersionId = VersionKind("question_version");
    /// What a question tests, seen more closely.
    TagId = TagKind("skill_tag");
    /// How a score is read.
    TierId = TierKind("tier");
    /// A group of things to learn from.
    CategoryId = CategoryKind("learning_category");
    /// Something to learn from.
    ResourceId = ResourceKind("learning_resource");
}
