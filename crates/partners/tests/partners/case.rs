//! The framework as CASE tells it: numbers, references and what every kind of resource must have. The rules are those
//! of the information model of CASE 1.1, written down here; the official schema comes in no package.

use std::collections::BTreeSet;

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_partners::case::Framework;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::stage::{clock, content};

on_both!(the_framework_is_whole);

const SITE: &str = "https://dreamtree.example";

fn id(value: &Value) -> Uuid {
    value["identifier"].as_str().unwrap().parse().unwrap()
}

/// Every resource has an identifier, its own address and a time; everything else is of a kind that the model knows.
fn check(value: &Value, needed: &[&str], known: &[&str]) {
    let object = value.as_object().unwrap();
    for name in needed
        .iter()
        .chain(&["identifier", "uri", "lastChangeDateTime"])
    {
        assert!(object.contains_key(*name), "{name} of {value:#}");
    }
    for name in object.keys() {
        let fits = needed.contains(&&**name) || known.contains(&&**name);
        let always = ["identifier", "uri", "lastChangeDateTime"].contains(&&**name);
        assert!(fits || always, "{name} is none of the model");
    }
    id(value);
    let uri = value["uri"].as_str().unwrap();
    assert!(
        uri.starts_with(&format!("{SITE}/ims/case/v1p1/CF")),
        "{uri}"
    );
    assert_eq!(value["lastChangeDateTime"], "2026-03-01T12:00:00Z");
}

fn link(value: &Value) -> Uuid {
    let names: BTreeSet<&String> = value.as_object().unwrap().keys().collect();
    for name in ["title", "identifier", "uri"] {
        assert!(names.iter().any(|known| *known == name), "{value}");
    }
    assert!(
        value["uri"]
            .as_str()
            .unwrap()
            .ends_with(&id(value).to_string())
    );
    id(value)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap()
}

/// A rubric of one competency, with five levels.
fn check_rubric(rubric: &Value, items: &[Value]) {
    check(rubric, &[], &["title", "CFRubricCriteria"]);
    let [criterion] = &**list(rubric, "CFRubricCriteria") else {
        panic!("one criterion")
    };
    let known = [
        "description",
        "CFItemURI",
        "position",
        "rubricId",
        "CFRubricCriterionLevels",
    ];
    check(criterion, &[], &known);
    assert_eq!(criterion["rubricId"], rubric["identifier"]);
    let item = link(&criterion["CFItemURI"]);
    assert!(
        items
            .iter()
            .any(|one| id(one) == item && one["CFItemType"] == "Competency")
    );
    let levels = list(criterion, "CFRubricCriterionLevels");
    let scores: Vec<_> = levels
        .iter()
        .map(|level| level["score"].as_f64().unwrap())
        .collect();
    assert_eq!(scores, [1.0, 2.0, 3.0, 4.0, 5.0]);
    for level in levels {
        let known = [
            "description",
            "quality",
            "score",
            "position",
            "rubricCriterionId",
        ];
        check(level, &[], &known);
        assert_eq!(level["rubricCriterionId"], criterion["identifier"]);
    }
}

async fn the_framework_is_whole(test: &TestDatabase) {
    let library = content(test).await;
    let framework = Framework::new(library, SITE.to_owned());
    let told = |value: Option<Value>| value.unwrap();
    let documents = json!(framework.documents());
    let [document] = &**list(&documents, "CFDocuments") else {
        panic!("one document")
    };
    let known = [
        "caseVersion",
        "description",
        "language",
        "version",
        "adoptionStatus",
    ];
    check(document, &["creator", "title", "CFPackageURI"], &known);
    assert_eq!(document["caseVersion"], "1.1");
    assert_eq!(link(&document["CFPackageURI"]), id(document));
    assert_eq!(json!(framework.document(id(document))), *document);

    let package = json!(framework.package(id(document)).unwrap());
    check(&package["CFDocument"], &["creator", "title"], &known);
    let (items, associations) = (list(&package, "CFItems"), list(&package, "CFAssociations"));
    let rubrics = list(&package, "CFRubrics");
    assert_eq!(
        (items.len(), associations.len(), rubrics.len()),
        (18, 18, 15)
    );
    let kinds = |kind: &str| {
        items
            .iter()
            .filter(|item| item["CFItemType"] == kind)
            .count()
    };
    assert_eq!((kinds("Cluster"), kinds("Competency")), (3, 15));

    let mut parents = BTreeSet::new();
    for association in associations {
        let known = ["sequenceNumber"];
        let needed = ["associationType", "originNodeURI", "destinationNodeURI"];
        check(association, &needed, &known);
        assert_eq!(association["associationType"], "isChildOf");
        let child = link(&association["originNodeURI"]);
        assert!(parents.insert((child, link(&association["destinationNodeURI"]))));
        let alone = told(framework.association(id(association)).map(|one| json!(one)));
        assert_eq!(link(&alone["CFDocumentURI"]), id(document));
    }
    for item in items {
        let known = ["abbreviatedStatement", "CFItemType", "language"];
        check(item, &["fullStatement"], &known);
        let up: Vec<Uuid> = parents
            .iter()
            .filter(|(child, _)| *child == id(item))
            .map(|one| one.1)
            .collect();
        let [up] = &*up else { panic!("one parent") };
        let cluster = items.iter().find(|one| id(one) == *up);
        match &item["CFItemType"] {
            kind if kind == "Cluster" => assert_eq!(*up, id(document)),
            _ => assert_eq!(cluster.unwrap()["CFItemType"], "Cluster"),
        }
        let alone = told(framework.item(id(item)).map(|one| json!(one)));
        assert_eq!(link(&alone["CFDocumentURI"]), id(document));
    }
    for rubric in rubrics {
        check_rubric(rubric, items);
        assert_eq!(json!(framework.rubric(id(rubric))), *rubric);
    }
    let stranger = Uuid::from_u128(1);
    assert!(framework.package(stranger).is_none() && framework.item(stranger).is_none());
    assert!(framework.association(stranger).is_none() && framework.rubric(stranger).is_none());
    let everything = package.to_string();
    assert!(
        !everything.contains("null"),
        "what is not there is left out"
    );
}
