//! What a word about a column consists of.

/// Tables that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What it is about, as a heading.
    pub title: &'static str,
    /// How long it is kept, in a sentence.
    pub kept: &'static str,
    /// Who else sees it, in a sentence.
    pub shared: &'static str,
    /// The tables.
    pub tables: &'static [Table],
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// What the database calls it.
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// The columns that mean something of their own.
    pub fields: &'static [Field],
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// What the database calls it.
    pub name: &'static str,
    /// How it is kept.
    pub form: Form,
    /// What it holds, in a sentence.
    pub about: &'static str,
}

/// How a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Readable for whoever runs the server.
    Plain,
    /// Sealed under a key that only the person can open, with what only they have; readable while they are signed in.
    Sealed,
    /// Your own key, wrapped so that only what you have opens it.
    Wrapped,
    /// Sealed where an author or the person has said that it is private, otherwise readable.
    Partly,
    /// Sealed under a key of the server, which is kept apart from the database.
    ByServer,
    /// Only a fingerprint, to compare with; what it was made of is not kept.
    Hashed,
}

pub(crate) const fn table(
    name: &'static str,
    about: &'static str,
    fields: &'static [Field],
) -> Table {
    Table {
        name,
        about,
        fields,
    }
}

pub(crate) const fn plain(name: &'static str, about: &'static str) -> Field {
    field(name, Form::Plain, about)
}

pub(crate) const fn sealed(name: &'static str, about: &'static str) -> Field {
    field(name, Form::Sealed, about)
}

pub(crate) const fn wrapped(name: &'static str, about: &'static str) -> Field {
    field(name, Form::Wrapped, about)
}

pub(crate) const fn partly(name: &'static str, about: &'static str) -> Field {
    field(name, Form::Partly, about)
}

pub(crate) const fn by_server(name: &'static str, about: &'static str) -> Field {
    field(name, Form::ByServer, about)
}

pub(crate) const fn hashed(name: &'static str, about: &'static str) -> Field {
    field(name, Form::Hashed, about)
}

const fn field(name: &'static str, form: Form, about: &'static str) -> Field {
    Field { name, form, about }
}
