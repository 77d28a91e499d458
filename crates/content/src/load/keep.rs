//! What an update has to leave as it is, because answers hang on it.

use sea_orm::{DatabaseTransaction, EntityTrait};

use super::LoadError;
use crate::{
    Shape, ToolKind,
    edition::{Draft, Row},
    entity::{consent, prompt, terms, tool},
};

/// Refuses an edition with which answers could not be read any more, or would lie open although it says that
/// they do not.
pub(super) async fn check(
    transaction: &DatabaseTransaction,
    draft: &Draft,
) -> Result<(), LoadError> {
    prompts(transaction, &draft.prompts).await?;
    tools(transaction, &draft.tools).await?;
    published(transaction, &draft.terms).await?;
    agreed(transaction, &draft.consents).await
}

/// Refuses a prompt that is there already and would take another kind of answer, or become private.
async fn prompts(
    transaction: &DatabaseTransaction,
    prompts: &[Row<prompt::Model>],
) -> Result<(), LoadError> {
    let present = prompt::Entity::find().all(transaction).await?;
    for old in present {
        let Some(new) = prompts.iter().find(|new| new.row.id == old.id) else {
            continue;
        };
        let same = kind(&old.input_type) == kind(&new.row.input_type);
        if !same || (new.row.is_private && !old.is_private) {
            return Err(LoadError::Prompt(old.id));
        }
    }
    Ok(())
}

/// Refuses another text for terms that were published: people have accepted what they read.
async fn published(
    transaction: &DatabaseTransaction,
    written: &[Row<terms::Model>],
) -> Result<(), LoadError> {
    let present = terms::Entity::find().all(transaction).await?;
    let changed = |old: &&terms::Model| {
        let mut same = written.iter().filter(|new| new.version == old.version);
        same.any(|new| new.text != old.text)
    };
    match present.iter().find(changed) {
        Some(old) => Err(LoadError::Terms(old.version)),
        None => Ok(()),
    }
}

/// Refuses another text for a consent that was published: people have agreed to what they read.
async fn agreed(
    transaction: &DatabaseTransaction,
    written: &[Row<consent::Model>],
) -> Result<(), LoadError> {
    for old in consent::Entity::find().all(transaction).await? {
        let same =
            |new: &&Row<consent::Model>| (&new.kind, new.version) == (&old.kind, old.version);
        let new = written.iter().find(same);
        if new.is_some_and(|new| (&new.title, &new.text) != (&old.title, &old.text)) {
            return Err(LoadError::Consent(old.kind, old.version));
        }
    }
    Ok(())
}

/// Refuses a tool that is there already and would capture something else, or in a field of the same key another
/// type of value, or one that is private where it was not, or the other way round.
async fn tools(
    transaction: &DatabaseTransaction,
    tools: &[Row<tool::Model>],
) -> Result<(), LoadError> {
    let present = tool::Entity::find().all(transaction).await?;
    for old in present {
        let Some(new) = tools.iter().find(|new| new.row.id == old.id) else {
            continue;
        };
        if old.kind != new.row.kind || !same_fields(&old, &new.row) {
            return Err(LoadError::Tool(old.id));
        }
    }
    Ok(())
}

fn same_fields(old: &tool::Model, new: &tool::Model) -> bool {
    let (Some(old), Some(new)) = (shape(old), shape(new)) else {
        return true;
    };
    let (Some(old), Some(new)) = (old.form(), new.form()) else {
        return true;
    };
    old.fields.iter().all(|old| {
        new.field(&old.key).is_none_or(|(_, new)| {
            (old.input.kind(), old.private) == (new.input.kind(), new.private)
        })
    })
}

fn shape(row: &tool::Model) -> Option<Shape> {
    Shape::parse(ToolKind::parse(&row.kind)?, row.config.as_deref()).ok()
}

/// What is stored of an answer: inputs of one kind can take each other's place.
fn kind(input: &str) -> &str {
    match input {
        "textarea" => "text",
        "select" => "radio",
        other => other,
    }
}
