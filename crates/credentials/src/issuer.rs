//! The server as an issuer: its name is a did:web of its origin, and its keys are published under it.

use serde_json::{Value as Json, json};

use crate::{
    Error, PublicKeys, Result,
    node::Node,
    term::{NAME, PROFILE, URL},
};

/// A server that issues credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    origin: String,
    did: String,
}

impl Issuer {
    /// The issuer at an origin, such as `https://dreamtree.example` or `http://localhost:8080`; a slash at its end is
    /// none of it. Programs that resolve did:web ask by HTTPS only.
    pub fn at(origin: &str) -> Result<Self> {
        let origin = origin.strip_suffix('/').unwrap_or(origin);
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        let host = host.ok_or(Error::Origin)?;
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
        if host.is_empty() || !host.chars().all(fits) {
            return Err(Error::Origin);
        }
        let name = host
            .replace(':', "%3A")
            .replace('[', "%5B")
            .replace(']', "%5D");
        Ok(Self {
            origin: origin.to_owned(),
            did: format!("did:web:{name}"),
        })
    }

    /// The issuer's name, such as `did:web:dreamtree.example`.
    #[must_use]
    pub fn did(&self) -> &str {
        &self.did
    }

    /// The whole address of a path that begins with a slash.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A key of this issuer by the fragment that names it.
    pub(crate) fn key(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.did)
    }

    pub(crate) fn profile(&self) -> Node {
        Node::new(self.did.clone(), &[PROFILE])
            .text(NAME, "DreamTree")
            .text(URL, self.origin.as_str())
    }
}

/// The issuer's DID document with these keys, for `/.well-known/did.json`. The key of tokens goes first: programs that
/// take the first key they find check tokens with it.
#[must_use]
pub fn document(issuer: &Issuer, keys: &[PublicKeys]) -> Json {
    let did = issuer.did();
    let methods = keys.iter().flat_map(|keys| {
        [
            json!({
                "id": issuer.key(&keys.p256_id()),
                "type": "JsonWebKey",
                "controller": did,
                "publicKeyJwk": keys.jwk(),
            }),
            json!({
                "id": issuer.key(keys.ed25519_id()),
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": keys.ed25519_id(),
            }),
        ]
    });
    let methods: Vec<Json> = methods.collect();
    let ids: Vec<&Json> = methods.iter().map(|method| &method["id"]).collect();
    json!({
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": did,
        "assertionMethod": ids,
        "verificationMethod": methods,
    })
}

/// The key set that tokens are checked with, for `/.well-known/jwks.json`. Each key is named there as in the tokens.
#[must_use]
pub fn key_set(issuer: &Issuer, keys: &[PublicKeys]) -> Json {
    let keys = keys.iter().map(|keys| {
        let mut jwk = keys.jwk();
        jwk["alg"] = json!("ES256");
        jwk["use"] = json!("sig");
        jwk["kid"] = json!(issuer.key(&keys.p256_id()));
        jwk
    });
    json!({ "keys": keys.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::tests::keys;

    #[test]
    fn the_name_is_that_of_the_origin() {
        let did = |origin| Issuer::at(origin).map(|issuer| issuer.did);
        assert_eq!(
            did("https://dreamtree.example/").unwrap(),
            "did:web:dreamtree.example"
        );
        assert_eq!(
            did("http://[::1]:8080").unwrap(),
            "did:web:%5B%3A%3A1%5D%3A8080"
        );
        for origin in [
            "",
            "dreamtree.example",
            "https://",
            "https://a.example/b",
            "https://a b",
            "https://a>",
        ] {
            assert_eq!(did(origin), Err(Error::Origin), "{origin}");
        }
    }

    #[test]
    fn every_key_stands_in_both_documents_under_its_name() {
        let issuer = Issuer::at("https://dreamtree.example").unwrap();
        let keys = [keys(1).public().clone(), keys(2).public().clone()];
        let document = document(&issuer, &keys);
        let methods = document["verificationMethod"].as_array().unwrap();
        assert_eq!(methods.len(), 4);
        for (place, method) in methods.iter().enumerate() {
            assert_eq!(method["controller"], "did:web:dreamtree.example");
            assert_eq!(document["assertionMethod"][place], method["id"]);
        }
        let set = key_set(&issuer, &keys);
        assert_eq!(set["keys"][1]["kid"], methods[2]["id"]);
        assert_eq!(set["keys"][1]["x"], methods[2]["publicKeyJwk"]["x"]);
        let text = format!("{document}{set}");
        assert!(!text.contains("\"d\""), "nothing secret");
    }
}
