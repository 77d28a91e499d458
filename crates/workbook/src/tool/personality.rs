//! The personality type selector: one of the types, or none. It stands among the settings, because
//! a person has one type, wherever they chose it.

use std::collections::HashMap;

use dreamtree_content::Library;
use dreamtree_database::Scope;
use dreamtree_identity::settings;
use dreamtree_types::Private;
use serde::{Deserialize, Serialize};

use super::ToolData;
use crate::{Error, InstanceId, settings::check_type};

/// A person's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personality {
    /// The code of a type, such as `INTJ`; `None` for somebody who would rather not say.
    pub code: Option<String>,
}

/// Keeps the choice among the person's settings.
pub(crate) async fn save(
    scope: &Scope,
    library: &Library,
    choice: &Personality,
) -> Result<(), Error> {
    if let Some(code) = &choice.code {
        check_type(library, code, "value.personality.code")?;
    }
    Ok(settings::set_personality_type(scope, choice.code.clone()).await?)
}

/// The person's choice, for each of these instances; one statement.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let choice = Personality {
        code: settings::get(scope).await?.personality_type,
    };
    let data = Private::Open(ToolData::Personality(choice));
    Ok(instances
        .iter()
        .map(|instance| (*instance, data.clone()))
        .collect())
}
