//! What is said about texts that can be loaded, and what an author can do about it.

use std::path::Path;

use dreamtree_content::{Fault, Linted, lint, read_folder};

use super::support::Copy;

const MODULE: &str = "workbook/1.1-clean.md";
const TOOLS: &str = "tools.toml";
const OBJECTS: &str = "data-objects.toml";
const LINT: &str = "lint.toml";

/// One change to a set without a warning (from, to), and the line, the rule and the id of each warning that it makes.
type Case = (
    &'static str,
    &'static str,
    &'static [(usize, &'static str, &'static str)],
);

const HARD: &str = "Considering organizational circumstances, individuals frequently encounter professional \
    responsibilities which necessitate extraordinarily comprehensive preparation";
const LONG: &str = "What would you do, and where? With whom, and for how long, and at what price? Think of a day on \
    which nobody asked you why. Think of a week. Think of a year in which you could do as you pleased. What is the \
    first thing that you would do? What would you leave for later, and who would be the first to see it?";

const IN_MODULE: &[Case] = &[
    (
        "Nobody has to read twice",
        HARD,
        &[(9, "reading-level", "1101")],
    ),
    (
        "### Log",
        "### A log of whatever else you would like to call a walk",
        &[(41, "too-long", "1116")],
    ),
    ("Why is this one first?", LONG, &[(68, "too-long", "1124")]),
    (
        "What makes this one win?",
        LONG,
        &[(68, "too-long", "1124")],
    ),
    (
        "Say what you want.",
        "Say what UNICEF wants.",
        &[(19, "unexplained-term", "1111")],
    ),
    (
        "Here stand",
        "BATNA is a word. Here stand",
        &[(9, "unexplained-term", "1101")],
    ),
    (
        "+++\nsources = [{ reference = \"alpha-1999\", usage = \"concept\" }]\n+++\n",
        "",
        &[],
    ),
    (
        ":::instruction {#1121}\nPut first what comes first.\n:::\n",
        "",
        &[
            (54, "prompt-without-purpose", "1123"),
            (65, "prompt-without-purpose", "1124"),
        ],
    ),
    (
        "name=list_builder required",
        "name=list_builder",
        &[(57, "unfilled-source", "1123")],
    ),
    (
        "data = \"list\"\nuse = \"show_beside\"\nfilter = { list = \"Wishes\" }",
        "data = \"stories\"\nuse = \"show_beside\"",
        &[(68, "unfilled-source", "1124")],
    ),
    (
        "input=text private",
        "input=text",
        &[(31, "private-topic", "1114")],
    ),
    (
        "What is your BATNA?",
        "What are your debts?",
        &[(25, "private-topic", "1113")],
    ),
    (
        "What makes this one win?",
        "What would it earn?",
        &[(68, "private-topic", "1124")],
    ),
    ("What is your BATNA?", "What is yours?", &[]),
];

fn shown(faults: &[Fault]) -> Vec<(usize, &str, &str)> {
    let id = |fault: &Fault| fault.message.find(": ").unwrap_or(0);
    faults
        .iter()
        .map(|fault| (fault.line, fault.rule, &fault.message[..id(fault)]))
        .collect()
}

fn linted(set: &Copy) -> Linted {
    lint(&set.edition(), &set.path(""))
}

#[test]
fn a_good_text_is_left_in_peace() {
    let linted = linted(&Copy::of("lint"));
    assert_eq!(linted, Linted::default());
}

#[test]
fn every_rule_finds_what_breaks_it() {
    for (from, to, expected) in IN_MODULE {
        let set = Copy::of("lint").replace(MODULE, from, to);
        let warnings = linted(&set).warnings;
        let inside: Vec<Fault> = warnings
            .into_iter()
            .filter(|one| one.file == MODULE)
            .collect();
        assert_eq!(shown(&inside), *expected, "{from:?} → {to:?}");
    }
}

#[test]
fn what_nothing_uses_is_found() {
    for (file, from, to, expected) in [
        (
            OBJECTS,
            "\"1.1.1, 1.1.2\"",
            "\"1.1.1\"",
            (1, "unused-data-object", "data-object:1"),
        ),
        (
            OBJECTS,
            "\"list\"",
            "\"stories\"",
            (1, "unused-data-object", "data-object:1"),
        ),
        (
            MODULE,
            "\nsources = [{ reference = \"alpha-1999\", usage = \"concept\" }]",
            "\nsources = []",
            (1, "unused-reference", "reference:Alpha, A Book"),
        ),
        (
            MODULE,
            ":::tool {#1117 name=walk_log}\nNote one walk.\n:::",
            "",
            (17, "unused-tool", "tool:walk_log"),
        ),
        (
            TOOLS,
            "private = true",
            "private = false",
            (17, "private-topic", "tool:walk_log.why"),
        ),
        (TOOLS, "Fill in a line.", LONG, (0, "", "")),
    ] {
        let set = Copy::of("lint").replace(file, from, to);
        let found = linted(&set).warnings;
        let expected: Vec<_> = [expected].into_iter().filter(|one| one.0 > 0).collect();
        assert_eq!(shown(&found), expected, "{from:?} → {to:?}");
    }
}

#[test]
fn a_phrase_may_stand_in_two_texts_but_not_in_three() {
    let once = "the kettle sings on the stove";
    let twice = Copy::of("lint").replace(
        MODULE,
        "Put first",
        "Hear how the kettle sings on the stove. Put first",
    );
    assert_eq!(linted(&twice), Linted::default());
    let quoted = twice.replace(MODULE, "Verily", "The kettle sings on the stove verily");
    assert_eq!(linted(&quoted), Linted::default());
    let thrice = quoted.replace(
        MODULE,
        "Note one walk.",
        "When *the kettle sings* on the stove, note it.",
    );
    assert_eq!(
        shown(&linted(&thrice).warnings),
        [(49, "repeated-phrase", once)]
    );
    let allowed =
        "\n[[allow]]\nrule = \"repeated-phrase\"\nid = \"the kettle sings\"\nreason = \"a song\"\n";
    assert_eq!(linted(&thrice.append(LINT, allowed)), Linted::default());
}

#[test]
fn what_is_allowed_is_not_said_and_what_allows_nothing_is() {
    let allow = |id| {
        format!(
            "\n[[allow]]\nrule = \"private-topic\"\nid = \"{id}\"\nreason = \"It asks in jest.\"\n"
        )
    };
    let set = Copy::of("lint").replace(MODULE, "input=text private", "input=text");
    let set = set.append(LINT, &allow("1114"));
    assert_eq!(linted(&set), Linted::default());
    let set = set.append(LINT, &allow("1113"));
    let found = linted(&set);
    assert!(found.warnings.is_empty());
    let [fault] = found.faults.as_slice() else {
        panic!("{:?}", found.faults)
    };
    assert_eq!(
        (fault.file.as_str(), fault.line, fault.rule),
        (LINT, 10, "allows-nothing")
    );
}

#[test]
fn the_file_itself_has_to_fit() {
    let allow = "\n[[allow]]\nrule = \"private-topic\"\nid = \"1114\"\n";
    for (more, line, rule) in [
        ("[[allow]]\nrule = ".to_owned(), 5, "settings"),
        (allow.to_owned(), 5, "settings"),
        (
            format!("{allow}reason = \" \"\n"),
            5,
            "allow-without-reason",
        ),
        (
            format!("{allow}reason = \"x\"\n").replace("private-topic", "loudness"),
            5,
            "unknown-rule",
        ),
        (
            "\n[[allowed]]\nrule = \"private-topic\"\n".to_owned(),
            5,
            "unknown-table",
        ),
        (
            "\n[[term]]\nword = \"Love\"\nblock = 1113\n".to_owned(),
            5,
            "explains-nothing",
        ),
        ("\n[[term]]\nword = \"Love\"\n".to_owned(), 5, "settings"),
    ] {
        let found = linted(&Copy::of("lint").append(LINT, &more)).faults;
        let [fault] = found.as_slice() else {
            panic!("{more}: {found:?}")
        };
        assert_eq!((fault.line, fault.rule), (line, rule), "{more}");
    }
    let unreadable = Copy::of("lint").append_bytes(LINT, b"\xff");
    assert_eq!(linted(&unreadable).faults[0].rule, "unreadable");
}

#[test]
fn the_seed_data_has_no_warning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
    let edition = read_folder(&folder).unwrap();
    let linted = lint(&edition, &folder);
    assert_eq!(linted, Linted::default());
}

#[test]
fn a_question_without_a_heading_in_its_activity_is_found() {
    let set = Copy::of("csv");
    let warnings = lint(&set.edition(), &set.path("")).warnings;
    let rule = "prompt-without-purpose";
    let lost = warnings
        .iter()
        .find(|one| one.rule == rule && one.message.starts_with("4: "));
    let message = &lost.expect("the prompt at placement 4").message;
    assert!(message.contains("a heading in its activity"), "{message}");
}
