//! What is kept of people, for whoever wants to know before they begin.

use async_graphql::{Enum, Object, SimpleObject};
use dreamtree_privacy as privacy;

/// What the server keeps, every column of it.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PrivacyCatalogue {
    /// The tables, nearest to the person first.
    pub groups: Vec<PrivacyGroup>,
    /// Columns that mean the same in every table that has them.
    pub everywhere: Vec<PrivacyField>,
}

/// Tables that belong together.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PrivacyGroup {
    /// What it is about.
    pub title: &'static str,
    /// How long it is kept, in a sentence.
    pub kept: &'static str,
    /// Who else sees it, in a sentence.
    pub shared: &'static str,
    /// The tables.
    pub tables: Vec<PrivacyTable>,
}

/// A table.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PrivacyTable {
    /// What the database calls it.
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// The columns that mean something of their own.
    pub fields: Vec<PrivacyField>,
}

/// A column.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct PrivacyField {
    /// What the database calls it.
    pub name: &'static str,
    /// How it is kept.
    pub form: PrivacyForm,
    /// What it holds, in a sentence.
    pub about: &'static str,
}

/// How a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "privacy::Form")]
pub(crate) enum PrivacyForm {
    /// Readable for whoever runs the server.
    Plain,
    /// Sealed under a key that only the person can open; readable while they are signed in.
    Sealed,
    /// The person's own key, wrapped so that only what they have opens it.
    Wrapped,
    /// Sealed where an author or the person has said that it is private, otherwise readable.
    Partly,
    /// Sealed under a key of the server, which is kept apart from the database.
    ByServer,
    /// Only a fingerprint; what it was made of is not kept.
    Hashed,
}

/// What can be asked about what is kept.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PrivacyQuery;

#[Object]
impl PrivacyQuery {
    /// What the server keeps of people: every column, in which form, for how long and for whom. The page `/privacy`
    /// says the same.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn privacy_catalogue(&self) -> PrivacyCatalogue {
        PrivacyCatalogue {
            groups: privacy::GROUPS.iter().map(PrivacyGroup::from).collect(),
            everywhere: fields(privacy::EVERYWHERE),
        }
    }
}

impl From<&privacy::Group> for PrivacyGroup {
    fn from(group: &privacy::Group) -> Self {
        Self {
            title: group.title,
            kept: group.kept,
            shared: group.shared,
            tables: group.tables.iter().map(PrivacyTable::from).collect(),
        }
    }
}

impl From<&privacy::Table> for PrivacyTable {
    fn from(table: &privacy::Table) -> Self {
        Self {
            name: table.name,
            about: table.about,
            fields: fields(table.fields),
        }
    }
}

fn fields(fields: &[privacy::Field]) -> Vec<PrivacyField> {
    let of = |field: &privacy::Field| PrivacyField {
        name: field.name,
        form: field.form.into(),
        about: field.about,
    };
    fields.iter().map(of).collect()
}
