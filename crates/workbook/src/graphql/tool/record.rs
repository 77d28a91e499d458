//! Records at the edge.

use async_graphql::{ID, InputObject, OneofObject, SimpleObject, Union};
use dreamtree_api::{Gid, Plain, PrivateState};
use dreamtree_content::LinkTarget;
use dreamtree_types::{Kind, Private};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    Error, RecordId,
    ids::{CareerOption, Company, Contact, Experience, Job, StoryKind, UserSkill},
    tool::record::{self, Entry, FieldChange, Filled, Link, Record},
};

/// Filled-in forms; they take the place of what was there.
#[derive(InputObject)]
pub struct RecordInput {
    /// First to last. How many are allowed stands at the tool.
    pub entries: Vec<RecordEntryInput>,
}

/// A filled-in form.
#[derive(InputObject)]
pub struct RecordEntryInput {
    /// The entry's id, to keep it; left out for a new entry.
    pub id: Option<Gid<RecordId>>,
    /// The fields that are filled in, in any order, each once. What is left out is empty; a private field that cannot
    /// be read now stays as it is unless another private field of the entry is there.
    pub fields: Vec<RecordFieldInput>,
}

/// A field with its value.
#[derive(InputObject)]
pub struct RecordFieldInput {
    /// The key of the field.
    pub key: String,
    /// Its value; the field of it that fits the type.
    pub value: FieldValueInput,
}

/// The value of a field: exactly one field, the one that fits its type.
#[derive(OneofObject)]
pub enum FieldValueInput {
    /// For a text, a long text and a url; nothing but blanks is nothing.
    Text(String),
    /// For a number and a scale.
    Number(i32),
    /// For a date, such as `2025-06-30`.
    Date(Date),
    /// For a choice: the value of the option.
    Choice(String),
    /// For choices: the values of the options, each once, in any order.
    Choices(Vec<String>),
    /// For yes or no.
    Flag(bool),
    /// For a link: the id of one of the caller's own things, of the kind that the field asks for.
    Link(ID),
}

/// Filled-in forms.
#[derive(SimpleObject, Plain)]
pub struct RecordAnswer {
    /// First to last.
    pub entries: Vec<RecordEntry>,
}

/// A filled-in form.
#[derive(SimpleObject, Plain)]
pub struct RecordEntry {
    /// The entry; the same for as long as it is saved with its id.
    pub id: Option<Gid<RecordId>>,
    /// All fields of the form, in its order.
    pub fields: Vec<RecordField>,
    /// What happened to the fields whose history is kept, the newest first; of each field the last 100 changes.
    pub status_history: Vec<RecordChange>,
}

/// A field of a filled-in form.
#[derive(SimpleObject, Plain)]
pub struct RecordField {
    /// The key of the field.
    pub key: String,
    /// What stands beside it.
    pub label: String,
    /// Whether the value can be read now; EMPTY when there is none.
    pub state: PrivateState,
    /// The value; null unless the state is UNLOCKED.
    pub value: Option<FieldValue>,
}

/// A change of a field whose history is kept.
#[derive(SimpleObject, Plain)]
pub struct RecordChange {
    /// The key of the field.
    pub key: String,
    /// The value of the option before; null for the first one.
    pub from: Option<String>,
    /// The value of the option since; null when it was taken away.
    pub to: Option<String>,
    /// When that was.
    pub changed_at: OffsetDateTime,
}

/// The value of a field, by its type.
#[derive(Union, Plain)]
pub enum FieldValue {
    /// Of a text, a long text or a url.
    Text(TextFieldValue),
    /// Of a number or a scale.
    Number(NumberFieldValue),
    /// Of a date.
    Date(DateFieldValue),
    /// Of a choice.
    Choice(ChoiceFieldValue),
    /// Of choices.
    Choices(ChoicesFieldValue),
    /// Of yes or no.
    Flag(FlagFieldValue),
    /// Of a link.
    Link(LinkFieldValue),
}

/// A text.
#[derive(SimpleObject, Plain)]
pub struct TextFieldValue {
    /// The text; of a url an address that begins with http:// or https://.
    pub text: String,
}

/// A number.
#[derive(SimpleObject, Plain)]
pub struct NumberFieldValue {
    /// The number.
    pub number: i32,
}

/// A day.
#[derive(SimpleObject, Plain)]
pub struct DateFieldValue {
    /// The day.
    pub date: Date,
}

/// A choice.
#[derive(SimpleObject, Plain)]
pub struct ChoiceFieldValue {
    /// The value of the chosen option.
    pub choice: String,
}

/// Several choices.
#[derive(SimpleObject, Plain)]
pub struct ChoicesFieldValue {
    /// The values of the chosen options, in the order of the options.
    pub choices: Vec<String>,
}

/// Yes or no.
#[derive(SimpleObject, Plain)]
pub struct FlagFieldValue {
    /// True for yes.
    pub flag: bool,
}

/// One of the person's own things.
#[derive(SimpleObject, Plain)]
pub struct LinkFieldValue {
    /// Its id, with its kind; the thing itself may be gone since it was named.
    pub link: String,
}

/// Where the input has a field.
fn field(entry: usize, field: usize) -> String {
    format!("value.record.entries[{entry}].fields[{field}]")
}

impl TryFrom<RecordInput> for Record {
    type Error = Error;

    fn try_from(input: RecordInput) -> Result<Self, Error> {
        let entries = input.entries.into_iter().enumerate();
        let entries = entries.map(|(place, entry)| {
            let fields = entry.fields.into_iter().enumerate();
            let fields = fields.map(|(index, given)| {
                Ok(Filled {
                    key: given.key,
                    label: String::new(),
                    value: Private::Open(read(given.value, || field(place, index))?),
                })
            });
            Ok(Entry {
                id: entry.id.map(|id| id.0),
                fields: fields.collect::<Result<_, Error>>()?,
                history: Vec::new(),
            })
        });
        Ok(Self {
            entries: entries.collect::<Result<_, Error>>()?,
        })
    }
}

fn read(
    value: FieldValueInput,
    field: impl FnOnce() -> String,
) -> Result<record::FieldValue, Error> {
    Ok(match value {
        FieldValueInput::Text(text) => record::FieldValue::Text(text),
        FieldValueInput::Number(number) => record::FieldValue::Number(number),
        FieldValueInput::Date(day) => record::FieldValue::Date(day),
        FieldValueInput::Choice(chosen) => record::FieldValue::Choice(chosen),
        FieldValueInput::Choices(chosen) => record::FieldValue::Choices(chosen),
        FieldValueInput::Flag(flag) => record::FieldValue::Flag(flag),
        FieldValueInput::Link(id) => {
            let link = link(&id).ok_or_else(|| Error::missing(format!("{}.value", field())))?;
            record::FieldValue::Link(link)
        }
    })
}

/// The word in the ids of what a field can name.
const fn kind(to: LinkTarget) -> &'static str {
    match to {
        LinkTarget::Company => Company::NAME,
        LinkTarget::Contact => Contact::NAME,
        LinkTarget::Job => Job::NAME,
        LinkTarget::CareerOption => CareerOption::NAME,
        LinkTarget::Experience => Experience::NAME,
        LinkTarget::Story => StoryKind::NAME,
        LinkTarget::Skill => UserSkill::NAME,
    }
}

fn link(id: &str) -> Option<Link> {
    let (word, key) = id.split_once(':')?;
    let mut targets = LinkTarget::ALL.iter().copied();
    let to = targets.find(|to| kind(*to) == word)?;
    let id = Uuid::try_parse(key).ok()?;
    Some(Link { to, id })
}

impl From<Record> for RecordAnswer {
    fn from(record: Record) -> Self {
        Self {
            entries: record.entries.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Entry> for RecordEntry {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id.map(Gid),
            fields: entry.fields.into_iter().map(Into::into).collect(),
            status_history: entry.history.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Filled> for RecordField {
    fn from(filled: Filled) -> Self {
        Self {
            key: filled.key,
            label: filled.label,
            state: PrivateState::from(&filled.value),
            value: match filled.value {
                Private::Open(value) => Some(value.into()),
                Private::Empty | Private::Locked => None,
            },
        }
    }
}

impl From<FieldChange> for RecordChange {
    fn from(change: FieldChange) -> Self {
        Self {
            key: change.key,
            from: change.from,
            to: change.to,
            changed_at: change.changed_at,
        }
    }
}

impl From<record::FieldValue> for FieldValue {
    fn from(value: record::FieldValue) -> Self {
        match value {
            record::FieldValue::Text(text) => Self::Text(TextFieldValue { text }),
            record::FieldValue::Number(number) => Self::Number(NumberFieldValue { number }),
            record::FieldValue::Date(date) => Self::Date(DateFieldValue { date }),
            record::FieldValue::Choice(choice) => Self::Choice(ChoiceFieldValue { choice }),
            record::FieldValue::Choices(choices) => Self::Choices(ChoicesFieldValue { choices }),
            record::FieldValue::Flag(flag) => Self::Flag(FlagFieldValue { flag }),
            record::FieldValue::Link(link) => {
                let link = format!("{}:{}", kind(link.to), link.id);
                Self::Link(LinkFieldValue { link })
            }
        }
    }
}
