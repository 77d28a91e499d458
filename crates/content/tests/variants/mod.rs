//! Several wordings of one text: which readers meet which, and what authors may not write.

use dreamtree_content::{Body, Library, PlacementId, Shelf};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::UserId;
use uuid::Uuid;

use super::{clock, put, support::Copy};

const FIRST: &str = "workbook/1.1-beginnings.md";

/// An instruction, a prompt and a tool with two wordings each.
fn worded() -> Copy {
    Copy::of("markdown")
        .replace(
            FIRST,
            ":::prompt {#1112 input=textarea required}\nDescribe a day.\n",
            ":::instruction {#1151 variants=days version=3}\nThink of one.\n--- or ---\nThink of another.\n:::\n\n\
             :::prompt {#1112 input=textarea required variants=days version=2}\nDescribe a day.\n--- or ---\n\
             Tell of a day.\n\n*At length.*\n",
        )
        .replace(
            FIRST,
            ":::tool {#1113 name=list_builder required}\nWrite down what you want.\n",
            ":::tool {#1113 name=list_builder required variants=days}\nWrite down what you want.\n--- or ---\n\
             Make a list.\n",
        )
}

fn reader(number: u128) -> UserId {
    UserId::from(Uuid::from_u128(number))
}

/// What a reader reads at a placement.
fn words(library: &Library, id: i32, reader: UserId) -> String {
    let placement = library.placement(PlacementId(id)).unwrap();
    match placement.body_for(reader) {
        Body::Content(block) => block.text.clone(),
        Body::Prompt(prompt) => prompt.text.clone(),
        Body::Tool(placed) => placed.instructions.clone().unwrap_or_default(),
    }
}

on_both!(
    a_reader_meets_one_wording_of_a_whole_group,
    a_csv_set_has_wordings_too,
);

async fn a_reader_meets_one_wording_of_a_whole_group(test: &TestDatabase) {
    put(test, &worded()).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    let [group] = library.variant_groups()[..] else {
        panic!("one group")
    };
    assert_eq!(
        (group.name, group.wordings, group.exercise.id.as_str()),
        ("days", 2, "1.1.1")
    );
    let mut met = [0, 0];
    for number in 0..100 {
        let reader = reader(number);
        let all = [1151, 1112, 1113].map(|id| words(&library, id, reader));
        let expected = [
            [
                "Think of one.",
                "Describe a day.",
                "Write down what you want.",
            ],
            [
                "Think of another.",
                "Tell of a day.\n\n*At length.*",
                "Make a list.",
            ],
        ];
        let wording = group.wording_for(reader);
        assert_eq!(all, expected[wording]);
        met[wording] += 1;
    }
    assert!(met.iter().all(|count| *count > 30), "{met:?}");
    let versions = [1151, 1112].map(
        |id| match &library.placement(PlacementId(id)).unwrap().body {
            Body::Content(block) => block.version,
            Body::Prompt(prompt) => prompt.version,
            Body::Tool(_) => 0,
        },
    );
    assert_eq!(versions, [3, 2]);
}

async fn a_csv_set_has_wordings_too(test: &TestDatabase) {
    let stem = std::fs::read_to_string(Copy::of("csv").path("stem.csv")).unwrap();
    let widened = |line: &str| {
        let more = match line {
            _ if line.ends_with("connection_id") => "variant_group,wordings",
            _ if line.starts_with("2,") => "days,\"[\"\"Other words\"\"]\"",
            _ => ",",
        };
        format!("{line},{more}")
    };
    let wider: Vec<String> = stem.lines().map(widened).collect();
    let wider = wider.join("\n");
    let set = Copy::of("csv").replace("stem.csv", &stem, &wider);
    put(test, &set).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    let [group] = library.variant_groups()[..] else {
        panic!("one group")
    };
    let second = (0..100)
        .map(reader)
        .find(|one| group.wording_for(*one) == 1)
        .unwrap();
    let placement = library
        .placements()
        .iter()
        .find(|one| one.variants.is_some())
        .unwrap();
    assert_eq!(words(&library, placement.id.0, second), "Other words");
}

#[test]
fn wordings_have_to_fit_each_other() {
    for (from, to, line, rule) in [
        ("--- or ---\nThink of another.\n", "", 29, "variants"),
        ("{#1151 variants=days", "{#1151", 29, "variants"),
        (
            "{#1151 variants=days",
            "{#1151 variants=Days",
            29,
            "variants",
        ),
        (
            "Think of another.\n",
            "Think of another.\n--- or ---\nThink again.\n",
            37,
            "variants",
        ),
        ("Think of another.\n", "\n", 29, "variants"),
        ("version=3", "version=0", 29, "version"),
        ("version=3", "version=new", 29, "version"),
        (
            "### In order {#1114}",
            "### In order {#1114 variants=days}",
            55,
            "unknown-attribute",
        ),
        (
            "{#1121 input=text}\nIn one sentence?",
            "{#1121 input=text variants=days}\nIn one?\n--- or ---\nIn two?",
            72,
            "variants",
        ),
    ] {
        let faults = worded().replace(FIRST, from, to).faults();
        assert_eq!(
            (faults[0].line, faults[0].rule),
            (line, rule),
            "{from:?} → {to:?}: {faults:?}"
        );
    }
}
