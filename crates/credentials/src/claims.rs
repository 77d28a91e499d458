//! What a credential says, and the proof of it: Data Integrity 1.0 with the cryptosuite `eddsa-rdfc-2022`.

use ed25519_dalek::Signer;
use serde_json::{Map, Value as Json};
use time::OffsetDateTime;

use crate::{
    Issuer, Result, SigningKeys, instant,
    node::{Node, Value},
    quads,
    term::{
        ASSERTION_METHOD, CREATED, CRYPTOSUITE, DATA_INTEGRITY_PROOF, PROOF_PURPOSE,
        VERIFICATION_METHOD,
    },
};

/// What a credential says, ready to be signed.
#[derive(Clone, Debug)]
pub struct Claims {
    node: Node,
    contexts: &'static [&'static str],
}

impl Claims {
    pub(crate) const fn new(node: Node, contexts: &'static [&'static str]) -> Self {
        Self { node, contexts }
    }

    /// The credential as JSON with a proof made at an instant. The same keys, instant and content give the same bytes.
    pub fn secure(&self, issuer: &Issuer, keys: &SigningKeys, at: OffsetDateTime) -> Result<Json> {
        let proof = self.proof(issuer, keys, at)?;
        let mut signed = Vec::with_capacity(64);
        signed.extend_from_slice(&quads::hash(&proof));
        signed.extend_from_slice(&quads::hash(&self.node));
        let signature = keys.ed25519().sign(&signed).to_bytes();
        let mut proof: Map<String, Json> = proof.json();
        let value = format!("z{}", bs58::encode(signature).into_string());
        proof.insert("proofValue".to_owned(), Json::from(value));
        let mut document = self.node.document(self.contexts);
        document.insert("proof".to_owned(), Json::Object(proof));
        Ok(Json::Object(document))
    }

    /// What is said about the proof itself, which is signed too.
    fn proof(&self, issuer: &Issuer, keys: &SigningKeys, at: OffsetDateTime) -> Result<Node> {
        let method = issuer.key(keys.public().ed25519_id());
        let purpose = Value::Word("assertionMethod", ASSERTION_METHOD);
        let id = format!("{}#proof", self.node.id);
        Ok(Node::new(id, &[DATA_INTEGRITY_PROOF])
            .text(CRYPTOSUITE, "eddsa-rdfc-2022")
            .text(CREATED, instant::text(at)?)
            .text(VERIFICATION_METHOD, method)
            .with(PROOF_PURPOSE, vec![purpose]))
    }
}
