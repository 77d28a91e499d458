//! Ids of content. Rows that authors write keep the integers of their files; what is compiled from
//! keys has UUIDs.

use dreamtree_api::Global;

/// Declares ids that are integers in the authors' files.
macro_rules! integer_ids {
    ($($(#[$doc:meta])* $id:ident($kind:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(pub i32);

        impl Global for $id {
            fn kind() -> &'static str {
                $kind
            }

            fn key(&self) -> String {
                self.0.to_string()
            }

            fn from_key(key: &str) -> Option<Self> {
                let id = Self(key.parse().ok()?);
                (id.key() == key).then_some(id)
            }
        }
    )*};
}

integer_ids! {
    /// A block at its place in the workbook: a row of `stem`.
    PlacementId("placement");
    /// A text to read: a row of `content_blocks`.
    BlockId("content");
    /// A question: a row of `prompts`.
    PromptId("prompt");
    /// A tool: a row of `tools`.
    ToolId("tool");
    /// A link from an earlier placement to a later one: a row of `connections`.
    ConnectionId("connection");
}

dreamtree_types::ids! {
    /// One of the competencies that people rate themselves in.
    CompetencyId = CompetencyKind("competency");
    /// One of the five levels of a competency.
    LevelId = LevelKind("level");
    /// A skill of the master list.
    SkillId = SkillKind("skill");
    /// A name that somebody gave a skill of their own.
    SkillProposalId = SkillProposalKind("skill_proposal");
    /// A book or an article.
    ReferenceId = ReferenceKind("reference");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        assert_eq!(ToolId::from_key("7"), Some(ToolId(7)));
        assert_eq!(ToolId::from_key("+7"), None);
        assert_eq!(ToolId::from_key("07"), None);
    }
}
