//! Who may see which field: `authorization.toml` names every field of the schema, and what it says holds.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, TypeKind, TypeSystemDefinition},
};
use serde::Deserialize;
use serde_json::{Value, json};
use support::{client::Client, frame::Frame, live::Events, partner::Program, server::Server};

/// The matrix.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Matrix {
    root: BTreeMap<String, Root>,
    types: BTreeMap<String, Fields>,
}

/// A field of the query or mutation root: who may ask, and an operation that asks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    access: Access,
    operation: String,
    #[serde(default)]
    variables: toml::Table,
}

/// An object's fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    access: Access,
    fields: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Access {
    /// Anybody; the same for everybody.
    Public,
    /// Anybody with a session; shows what belongs to that person, and to nobody else.
    Own,
    /// Operators; to others, what is asked for is not there.
    Operator,
    /// Partners with an access token; to people, whoever they are, it is as if they had no session.
    Partner,
    /// Anybody; what it shows of a person is their own, and empty without a session.
    Mixed,
}

fn matrix() -> Matrix {
    toml::from_str(include_str!("authorization.toml")).expect("a valid matrix")
}

/// The schema's objects, with the type that each field leads to.
fn schema() -> BTreeMap<String, BTreeMap<String, String>> {
    let document = parse_schema(include_str!("../schema.graphql")).expect("a valid schema");
    let mut objects = BTreeMap::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let name = definition.node.name.node.to_string();
        match definition.node.kind {
            TypeKind::Object(object) => {
                let fields = object.fields.into_iter().map(|field| {
                    let field = field.node;
                    (field.name.node.to_string(), named(&field.ty.node.base))
                });
                objects.insert(name, fields.collect());
            }
            TypeKind::Union(union) => {
                let members = union.members.into_iter().map(|one| one.node.to_string());
                objects.insert(
                    format!("union {name}"),
                    members.map(|one| (one.clone(), one)).collect(),
                );
            }
            _ => {}
        }
    }
    objects
}

fn named(base: &BaseType) -> String {
    match base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(&inner.base),
    }
}

const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

#[test]
fn every_field_stands_in_the_matrix() {
    let (matrix, schema) = (matrix(), schema());
    let mut expected = BTreeSet::new();
    for (object, fields) in schema
        .iter()
        .filter(|(name, _)| !name.starts_with("union "))
    {
        expected.extend(fields.keys().map(|field| format!("{object}.{field}")));
    }
    let mut found: BTreeSet<String> = matrix.root.keys().cloned().collect();
    for (object, entry) in &matrix.types {
        found.extend(entry.fields.iter().map(|field| format!("{object}.{field}")));
    }
    let missing: Vec<_> = expected.difference(&found).collect();
    let vanished: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty(),
        "not in authorization.toml: {missing:#?}"
    );
    assert!(
        vanished.is_empty(),
        "in authorization.toml, but not in the schema: {vanished:#?}"
    );
}

#[test]
fn nothing_public_leads_to_something_owned() {
    let (matrix, schema) = (matrix(), schema());
    for (name, _) in matrix
        .root
        .iter()
        .filter(|(_, root)| root.access == Access::Public)
    {
        let (object, field) = name.split_once('.').expect("Type.field");
        let (mut open, mut seen) = (vec![schema[object][field].clone()], BTreeSet::new());
        while let Some(kind) = open.pop() {
            if !seen.insert(kind.clone()) {
                continue;
            }
            if let Some(entry) = matrix.types.get(&kind) {
                assert_eq!(
                    entry.access,
                    Access::Public,
                    "{name} is public but leads to {kind}"
                );
            }
            let members = schema.get(&format!("union {kind}"));
            let fields = schema
                .get(&kind)
                .filter(|_| !ROOTS.contains(&kind.as_str()));
            open.extend(
                fields
                    .into_iter()
                    .chain(members)
                    .flat_map(BTreeMap::values)
                    .cloned(),
            );
        }
    }
}

#[tokio::test]
async fn every_root_field_keeps_its_promise() {
    let frame = Frame::sqlite();
    frame
        .run(|setup| ask_everything(&Server::start(setup)))
        .await;
    frame.remove().await;
}

fn ask_everything(server: &Server) {
    let nobody = server.client();
    let ended = server.client().visit();
    ended.ask("mutation { signOut { signedOut } }", json!({}));
    let program = Program::register(server, "A school", &["competency.read", "profile.basic"]);
    let partner = server.client().with_token(&program.own_token());
    for (name, root) in matrix().root {
        let variables = serde_json::to_value(&root.variables).expect("JSON");
        let code = |reply: Value| {
            reply["errors"][0]["extensions"]["code"]
                .as_str()
                .map(ToOwned::to_owned)
        };
        let ask = |client: &Client| {
            if name.starts_with("Subscription.") {
                Events::open(client, &root.operation).next().answer()
            } else {
                client.send(&root.operation, variables.clone())
            }
        };
        let unsigned = code(ask(&nobody));
        let expired = code(ask(&ended));
        let signed = code(ask(&server.client().visit()));
        let partners = code(ask(&partner));
        if root.access == Access::Partner {
            for person in [&unsigned, &expired, &signed] {
                assert_eq!(person.as_deref(), Some("UNAUTHENTICATED"), "{name}");
            }
            assert_eq!(partners, None, "{name}");
            continue;
        }
        let session = ["UNAUTHENTICATED", "SESSION_EXPIRED"];
        match root.access {
            Access::Own => {
                assert_eq!(unsigned.as_deref(), Some("UNAUTHENTICATED"), "{name}");
                assert_eq!(expired.as_deref(), Some("SESSION_EXPIRED"), "{name}");
                assert_eq!(partners.as_deref(), Some("UNAUTHENTICATED"), "{name}");
            }
            Access::Operator => {
                assert_eq!(unsigned.as_deref(), Some("UNAUTHENTICATED"), "{name}");
                assert_eq!(expired.as_deref(), Some("SESSION_EXPIRED"), "{name}");
                assert_eq!(signed.as_deref(), Some("NOT_FOUND"), "{name}");
                assert_eq!(partners.as_deref(), Some("UNAUTHENTICATED"), "{name}");
            }
            Access::Partner | Access::Public | Access::Mixed => {
                assert!(
                    !unsigned.is_some_and(|code| session.contains(&code.as_str())),
                    "{name}"
                );
            }
        }
        let refused = signed
            .is_some_and(|code| session.contains(&code.as_str()) || code == "VALIDATION_FAILED");
        assert!(
            !refused,
            "{name}: with a session, the operation must get past the door"
        );
    }
}
