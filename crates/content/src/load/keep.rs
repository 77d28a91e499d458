//! What an update has to leave as it is, because answers hang on it.

use sea_orm::{DatabaseTransaction, EntityTrait};

use super::LoadError;
use crate::{edition::Row, entity::prompt};

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

/// What is stored of an answer: inputs of one kind can take each other's place.
fn kind(input: &str) -> &str {
    match input {
        "textarea" => "text",
        "select" => "radio",
        other => other,
    }
}
