//! Every fault is named by file, line and rule, and a set with one is refused whole.

mod coaching;
mod connections;

use dreamtree_content::{Fault, Shelf};
use dreamtree_database::{on_both, testing::TestDatabase};

use super::{clock, put, support::Copy};

const FIRST: &str = "workbook/1.1-beginnings.md";
const LOVE: &str = "workbook/1.4-love.md";

/// One change to a good set (file, from, to), and the line and the rule of the fault that it makes.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static str,
);

/// The file whose tools are defined as data.
const TOOLS: &str = "tools.toml";

const MARKDOWN: &[Case] = &[
    (
        TOOLS,
        "kind = \"record\"",
        "kind = \"ledger\"",
        27,
        "unknown-word",
    ),
    (
        TOOLS,
        "kind = \"record\"",
        "kind = \"idea_tree\"",
        27,
        "tool-kind",
    ),
    (TOOLS, "kind = \"record\"\n", "", 27, "unknown-word"),
    (
        TOOLS,
        "name = \"list_builder\"",
        "name = \"list_builder\"\nkind = \"record\"",
        1,
        "tool-kind",
    ),
    (
        TOOLS,
        "kind = \"record\"",
        "kind = \"collection\"",
        27,
        "tool-shape",
    ),
    (TOOLS, "type = \"date\"", "type = \"day\"", 27, "tool-shape"),
    (
        TOOLS,
        "key = \"mood\"",
        "key = \"seen_on\"",
        27,
        "tool-shape",
    ),
    (
        TOOLS,
        "type = \"date\"",
        "type = \"date\"\nmax_length = 5",
        27,
        "tool-shape",
    ),
    (
        TOOLS,
        "type = \"long_text\"",
        "type = \"link\"\nto = \"cloud\"",
        27,
        "tool-shape",
    ),
    (TOOLS, "max = 20", "max = 201", 27, "tool-shape"),
    (
        TOOLS,
        "of = \"companies\"",
        "of = \"shoes\"",
        54,
        "tool-shape",
    ),
    (TOOLS, "of = \"companies\"", "fields = []", 54, "settings"),
    (FIRST, "{#1101}", "{#1100}", 10, "duplicate-id"),
    (
        FIRST,
        "### Three good days {#1111}",
        "### Three good days",
        27,
        "missing-id",
    ),
    (LOVE, "How near?", " ", 17, "empty-text"),
    (FIRST, "input=textarea", "input=novel", 29, "unknown-word"),
    (
        FIRST,
        "min_length = 20",
        "min_length = 5000",
        29,
        "input-settings",
    ),
    (
        FIRST,
        "min_length = 20",
        "min_lenght = 20",
        29,
        "input-settings",
    ),
    (FIRST, "min_length = 20", "min_length = ", 33, "settings"),
    (
        FIRST,
        "list = \"Wishes\"",
        "list = \"Wishes\"\nmax_items = 0",
        37,
        "tool-settings",
    ),
    (FIRST, "alpha-1999", "gamma-1999", 21, "unknown-reference"),
    (
        FIRST,
        "usage = \"concept\"",
        "usage = \"rumour\"",
        21,
        "unknown-word",
    ),
    (
        FIRST,
        "from = 1112",
        "from = 1412",
        60,
        "connection-not-earlier",
    ),
    (FIRST, "from = 1112", "from = 7", 60, "dangling-connection"),
    (FIRST, "from = 1112", "from = 1113", 60, "connection-data"),
    (
        FIRST,
        "input=textarea required",
        "input=textarea private",
        60,
        "private-source",
    ),
    (
        FIRST,
        "data = \"answer\"",
        "data = \"answers\"",
        60,
        "unknown-word",
    ),
    (
        FIRST,
        "use = \"show_beside\"",
        "use = \"show\"",
        60,
        "unknown-word",
    ),
    (FIRST, "id = 2\n", "id = 1\n", 60, "duplicate-id"),
    (FIRST, "id = 2\n", "", 60, "settings"),
    (
        FIRST,
        "use = \"show_beside\"",
        "use = \"prefill\"\nfilter = { top = 3 }",
        60,
        "connection-filter",
    ),
    (
        FIRST,
        "## Words {#1120}",
        "#### Words {#1120}",
        58,
        "stray-text",
    ),
    (
        FIRST,
        "## Words {#1120}",
        "# Words {#1120}",
        58,
        "module-heading",
    ),
    (FIRST, "module = 1", "module = 2", 1, "file-name"),
    (
        FIRST,
        "title = \"Beginnings\"",
        "title = \"Ends\"",
        8,
        "title-differs",
    ),
    (FIRST, ":::instruction", ":::heading", 10, "unknown-block"),
    (
        FIRST,
        "input=text}",
        "input=text loud}",
        60,
        "unknown-attribute",
    ),
    (FIRST, "Read this first.", "Read \0 this.", 10, "nul"),
    (
        LOVE,
        "value = \"many\"",
        "value = \"one\"",
        11,
        "input-settings",
    ),
    (
        LOVE,
        "label = \"Many\"",
        "label = \"One\"",
        11,
        "input-settings",
    ),
    (LOVE, "max = 10", "max = -10", 17, "input-settings"),
    (
        LOVE,
        "name=flow_tracker",
        "name=crystal_ball",
        24,
        "unknown-tool",
    ),
    (
        "tools.toml",
        "unlocks_at = \"1.1.2\"",
        "unlocks_at = \"9.9.9\"",
        17,
        "unknown-exercise",
    ),
    (
        "tools.toml",
        "frequency = \"daily\"",
        "frequency = \"hourly\"",
        17,
        "unknown-word",
    ),
    ("tools.toml", "icon = \"list\"\n", "", 1, "settings"),
    ("competencies.toml", ", \"e\"", "", 1, "five-levels"),
    (
        "personality-types.toml",
        "\"ENFJ\"",
        "\"ENFX\"",
        1,
        "personality-code",
    ),
    (
        "skills.csv",
        "listening,Listening",
        "weaving-2,WEAVING",
        4,
        "duplicate-skill",
    ),
    (
        "skills.csv",
        "listening,Listening",
        "Listening,Listening",
        4,
        "skill-key",
    ),
    ("skills.csv", "transferable", "magic", 4, "unknown-word"),
];

const CSV: &[Case] = &[
    (
        "stem.csv",
        "2,1,1,1,0,20,prompt,1.0",
        "2,1,1,1,0,20,prompt,77",
        3,
        "dangling-content",
    ),
    (
        "stem.csv",
        "4,1,4,1,0,40,prompt,2,1",
        "4,1,4,1,0,40,prompt,2,9",
        5,
        "dangling-connection",
    ),
    (
        "stem.csv",
        "3,1,1,1,0,30",
        "3,1,1,1,0,20",
        4,
        "duplicate-sequence",
    ),
    ("stem.csv", "3,1,1,1,0,30", "3,1,0,1,0,30", 4, "order"),
    (
        "stem.csv",
        "3,1,1,1,0,30",
        "3,1,one,1,0,30",
        4,
        "not-a-number",
    ),
    (
        "stem.csv",
        "connection_id",
        "konnection_id",
        1,
        "unknown-column",
    ),
    ("stem.csv", "id,part", "id,teil", 1, "missing-column"),
    (
        "content_blocks.csv",
        "2,note,Retired,1,0",
        "2,note,Retired,1,perhaps",
        4,
        "not-a-boolean",
    ),
    (
        "content_blocks.csv",
        "2,note,Retired,1,0",
        "2,note,,1,0",
        4,
        "empty-cell",
    ),
    (
        "content_blocks.csv",
        "2,note,Retired,1,0",
        "2,note",
        4,
        "csv",
    ),
    ("prompts.csv", "Whom do you love?", "", 4, "empty-cell"),
    (
        "prompts.csv",
        "{\"\"max_length\"\": 300}",
        "{\"\"max_length\"\"",
        2,
        "input-settings",
    ),
    ("tools.csv", "list_builder", "ledger", 2, "unknown-word"),
    (
        "connections.csv",
        "1,2,4",
        "1,99,4",
        2,
        "dangling-connection",
    ),
    (
        "skills.csv",
        "2024-01-02T03:04:05Z",
        "last year",
        2,
        "not-a-time",
    ),
];

fn places(faults: &[Fault]) -> Vec<(&str, usize, &str)> {
    faults
        .iter()
        .map(|fault| (fault.file.as_str(), fault.line, fault.rule))
        .collect()
}

#[test]
fn each_rule_names_its_place() {
    for (file, from, to, line, rule) in MARKDOWN {
        let faults = Copy::of("markdown").replace(file, from, to).faults();
        let found = places(&faults);
        assert!(
            found.contains(&(*file, *line, *rule)),
            "{from:?} → {to:?}: {faults:#?}"
        );
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    let faults = Copy::of("markdown")
        .replace(FIRST, "name=list_builder", "name=crystal_ball")
        .replace(LOVE, "max = 10", "max = -10")
        .replace("skills.csv", "knowledge", "magic")
        .append("tools.toml", "\n[[gadget]]\nid = 1\n")
        .faults();
    let rules: Vec<_> = faults.iter().map(|fault| fault.rule).collect();
    for rule in [
        "unknown-tool",
        "input-settings",
        "unknown-word",
        "unknown-table",
    ] {
        assert!(rules.contains(&rule), "{rule}: {faults:#?}");
    }
}

#[test]
fn blocks_and_tables_must_be_closed() {
    let faults = Copy::of("markdown")
        .append(LOVE, "\n:::note {#1450}\nOpen\n")
        .faults();
    assert_eq!(places(&faults), [(LOVE, 27, "unclosed-block")]);
    let faults = Copy::of("markdown")
        .append(LOVE, "\n## More {#1450}\n\n+++\n")
        .faults();
    assert_eq!(places(&faults), [(LOVE, 29, "unclosed-table")]);
}

#[test]
fn a_ranking_without_a_source_is_refused() {
    let faults = Copy::of("markdown").append(LOVE, "\n:::tool {#1450 name=ranking_grid}\n:::\n");
    assert_eq!(
        places(&faults.faults()),
        [(LOVE, 27, "ranking-without-source")]
    );
}

#[test]
fn buckets_without_skills_are_refused() {
    let tool = "\n[[tool]]\nid = 100011\nname = \"bucketing_tool\"\ntitle = \"Buckets\"\n\
        description = \"Sorts.\"\ninstructions = \"Sort.\"\nicon = \"box\"\n";
    let labels = "labels = [\"a\", \"b\", \"c\", \"d\", \"e\"]";
    let list = "[connection]\nid = 9\nfrom = 1113\ntype = \"backward\"\ndata = \"list\"\nuse = \"choose_from\"";
    for settings in [labels.to_owned(), format!("{labels}\n\n{list}")] {
        let block = format!("\n:::tool {{#1450 name=bucketing_tool}}\n---\n{settings}\n:::\n");
        let set = Copy::of("markdown")
            .append(TOOLS, tool)
            .append(LOVE, &block);
        assert_eq!(
            places(&set.faults()),
            [(LOVE, 27, "bucketing-without-source")]
        );
    }
}

#[test]
fn a_csv_set_names_the_line_of_a_record() {
    for (file, from, to, line, rule) in CSV {
        let faults = Copy::of("csv").replace(file, from, to).faults();
        let found = places(&faults);
        assert!(
            found.contains(&(*file, *line, *rule)),
            "{from:?} → {to:?}: {faults:#?}"
        );
    }
}

#[test]
fn a_line_that_is_not_utf_8_is_named() {
    for (set, file) in [("markdown", FIRST), ("csv", "prompts.csv")] {
        let broken = Copy::of(set).append_bytes(file, b"\nL\xf6we\n");
        let faults = broken.faults();
        let bytes = std::fs::read(broken.path(file)).expect("the file");
        let lines = String::from_utf8_lossy(&bytes).matches('\n').count();
        assert!(
            places(&faults).contains(&(file, lines, "unreadable")),
            "{faults:#?}"
        );
    }
}

#[test]
fn a_folder_without_anything_is_no_set() {
    let faults = dreamtree_content::read_folder(&super::support::fixture("nothing"));
    assert!(
        faults
            .expect_err("there is nothing")
            .iter()
            .any(|one| one.rule == "no-modules")
    );
}

on_both!(a_dangling_set_is_refused_whole);

async fn a_dangling_set_is_refused_whole(test: &TestDatabase) {
    put(test, &Copy::of("csv")).await.unwrap();
    let broken = Copy::of("csv")
        .replace("content_blocks.csv", "A heading", "Another heading")
        .replace("stem.csv", "tool,1,", "tool,5,");
    let faults = broken.faults();
    assert_eq!(places(&faults), [("stem.csv", 4, "dangling-content")]);
    assert!(
        faults[0]
            .to_string()
            .contains("stem.csv:4: placement 3 places tool 5")
    );
    let library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!(library.version(), 1);
    assert!(
        library.placements()[0]
            .heading()
            .unwrap()
            .starts_with("A heading")
    );
}
