//! What a tool captures that is defined as data: a form to fill in, or a look at what is kept elsewhere.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{ToolKind, form::Form, prompt::read, words::words};

/// What makes a tool more than its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing: the kind says it all.
    Own,
    /// A form to fill in.
    Record(Form),
    /// Things that a person keeps elsewhere too.
    Collection(Collected),
}

words! {
    /// Which things of a person's own a collection shows.
    Collected {
        /// Companies worth a closer look.
        Companies = "companies",
        /// People to talk to.
        Contacts = "contacts",
        /// Openings and applications.
        Jobs = "jobs",
        /// Steps on the timeline.
        Milestones = "milestones",
        /// Paths under comparison.
        CareerOptions = "career_options",
        /// Jobs, courses and projects.
        Experiences = "experiences",
        /// Places to live.
        Locations = "locations",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCollection {
    of: Collected,
}

impl Shape {
    /// Reads the JSON of `tools.config`; the error has a sentence for each fault.
    pub fn parse(kind: ToolKind, config: Option<&str>) -> Result<Self, Vec<String>> {
        let alone = |message: String| vec![message];
        let map: Map<String, Value> = read(config.unwrap_or("{}")).map_err(alone)?;
        match kind {
            ToolKind::Record => Form::parse(map).map(Self::Record),
            ToolKind::Collection => {
                let written = serde_json::from_value::<WrittenCollection>(Value::Object(map));
                let collected = written.map_err(|error| alone(error.to_string()))?.of;
                Ok(Self::Collection(collected))
            }
            _ => match map.keys().next() {
                Some(key) => Err(alone(format!("{} takes no {key}", kind.as_str()))),
                None => Ok(Self::Own),
            },
        }
    }

    /// The form to fill in, if there is one.
    #[must_use]
    pub const fn form(&self) -> Option<&Form> {
        match self {
            Self::Record(form) => Some(form),
            Self::Own | Self::Collection(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_says_of_what() {
        let parse = |json| Shape::parse(ToolKind::Collection, Some(json));
        let shape = Shape::Collection(Collected::Jobs);
        assert_eq!(parse(r#"{"of":"jobs"}"#), Ok(shape));
        for json in ["{}", r#"{"of":"shoes"}"#, r#"{"of":"jobs","top":1}"#] {
            assert!(parse(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_kind_of_its_own_takes_nothing() {
        let parse = |json| Shape::parse(ToolKind::IdeaTree, json);
        assert_eq!(parse(None), Ok(Shape::Own));
        assert!(parse(Some(r#"{"of":"jobs"}"#)).is_err());
    }
}
