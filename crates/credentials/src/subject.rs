//! Whom a credential is about, by a name that only whoever gets it knows.

use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    Error, Issuer, Result,
    node::Node,
    term::{NAME, OB, PROFILE},
};

/// Whom a credential is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Somebody whom this credential alone calls so; becomes `urn:uuid:…`.
    Once(Uuid),
    /// Somebody as a partner knows them, and nobody else: letters, digits, `-` and `_`. Becomes an address of the issuer's
    /// with the name at its end.
    Pairwise(String),
}

impl Subject {
    /// What the person is called. Fails with [`Error::Subject`] for a name that could not stand in an address as it is.
    pub fn id(&self, issuer: &Issuer) -> Result<String> {
        match self {
            Self::Once(id) => Ok(format!("urn:uuid:{id}")),
            Self::Pairwise(name) => {
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
                if name.is_empty() || !name.bytes().all(plain) {
                    return Err(Error::Subject);
                }
                Ok(issuer.address(&format!("/credentials/subjects/{name}")))
            }
        }
    }

    /// The person as an Open Badges profile: what they are called, and the name by which they want to be called, if they
    /// have told one.
    pub fn profile(&self, issuer: &Issuer, name: Option<&str>) -> Result<Json> {
        let mut profile = Node::new(self.id(issuer)?, &[PROFILE]);
        if let Some(name) = name {
            profile = profile.text(NAME, name);
        }
        Ok(Json::Object(profile.document(&[OB])))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn issuer() -> Issuer {
        Issuer::at("https://dreamtree.example").unwrap()
    }

    #[test]
    fn a_partner_finds_the_name_that_it_knows() {
        let known = Subject::Pairwise("aB3-_x".to_owned());
        let id = known.id(&issuer()).unwrap();
        assert_eq!(id, "https://dreamtree.example/credentials/subjects/aB3-_x");
        let profile = known.profile(&issuer(), Some("Robin \"R\"")).unwrap();
        let expected =
            json!({ "@context": [OB], "id": id, "type": ["Profile"], "name": "Robin \"R\"" });
        assert_eq!(profile, expected);
        let nameless = known.profile(&issuer(), None).unwrap();
        assert!(nameless.get("name").is_none());
    }

    #[test]
    fn a_name_that_would_end_the_address_is_refused() {
        for name in ["", "a/b", "a>", "a b", "a?", "ä", "a\n"] {
            let refused = Subject::Pairwise(name.to_owned()).id(&issuer());
            assert_eq!(refused, Err(Error::Subject), "{name:?}");
        }
    }
}
