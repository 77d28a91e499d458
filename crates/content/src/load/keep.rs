//! What an update has to leave as it is, because answers hang on it.

use sea_orm::{DatabaseTransaction, EntityTrait};

use super::LoadError;
use crate::{
    edition::Row,
    entity::{prompt, terms},
};

/// Refuses a prompt that is there already and would take another kind of answer, or become private: its
/// answers could not be read any more, or would lie open although the prompt says that they do not.
pub(super) async fn check(
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
pub(super) async fn check_terms(
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

/// What is stored of an answer: inputs of one kind can take each other's place.
fn kind(input: &str) -> &str {
    match input {
        "textarea" => "text",
        "select" => "radio",
        other => other,
    }
}
