//! A person's settings, changed where the personality types are known.

use dreamtree_content::{DataKind, Library};
use dreamtree_database::Scope;
use dreamtree_identity::settings::{self, Change, Settings};
use dreamtree_types::Patch;

use crate::{
    Error,
    owned::{Saved, is_stale},
    prefill,
};

/// Changes the person's settings; what the change leaves out stays.
pub async fn update(
    scope: &Scope,
    library: &Library,
    expected: Option<i32>,
    change: Change,
) -> Result<Saved<Settings>, Error> {
    let known = settings::get(scope).await?;
    if is_stale(known.revision, expected) {
        return Ok(Saved::Stale(known));
    }
    if let Patch::Set(code) = &change.personality_type {
        check_type(library, code, "input.personalityType")?;
    }
    let before = known.personality_type.clone();
    let saved = settings::update(scope, known, change).await?;
    if saved.personality_type != before {
        prefill::note(scope, DataKind::Personality).await?;
    }
    Ok(Saved::Done(saved))
}

/// Refuses what is not the code of a personality type.
pub(crate) fn check_type(library: &Library, code: &str, field: &str) -> Result<(), Error> {
    let mut types = library.personality_types().iter();
    if types.any(|kind| kind.code == code) {
        return Ok(());
    }
    Err(Error::invalid(field, "is not one of the types"))
}
