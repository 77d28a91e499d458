//! What can be published about coaching.

use super::places;
use crate::support::Copy;

const ONE: &str = "coaching/core-1.toml";
const TWO: &str = "coaching/core-2.toml";
const TAGS: &str = "coaching/skill-tags.toml";
const TIERS: &str = "coaching/tiers.toml";
const LEARNING: &str = "coaching/learning.toml";

/// One change to a good set: file, from, to; where its fault is, and its rule.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    (&'static str, usize, &'static str),
);

const CASES: &[Case] = &[
    // Assessments.
    (
        ONE,
        "key = \"core-1\"",
        "key = \"core-9\"",
        (ONE, 1, "file-name"),
    ),
    (
        ONE,
        "framework = \"core\"",
        "framework = \"icx\"",
        (ONE, 1, "unknown-word"),
    ),
    (ONE, "level = 1", "level = 4", (ONE, 1, "level")),
    (ONE, "level = 1", "level = 2", (TWO, 1, "duplicate-level")),
    (ONE, "\"beginner\"", "\"easy\"", (ONE, 1, "unknown-word")),
    (ONE, "minutes = 17", "minutes = 0", (ONE, 1, "minutes")),
    (
        ONE,
        "next = \"core-2\"",
        "next = \"core-3\"",
        (ONE, 1, "unknown-assessment"),
    ),
    (
        ONE,
        "next = \"core-2\"",
        "requires = \"core-2\"",
        (ONE, 1, "circle"),
    ),
    (
        ONE,
        "title = \"Assessment 1\"",
        "title = \" \"",
        (ONE, 1, "empty-text"),
    ),
    (ONE, "minutes = 17", "minuets = 17", (ONE, 1, "settings")),
    // Competencies and what can be made of them.
    (
        ONE,
        "from = 60, below = 95",
        "from = 60, below = 90",
        (ONE, 11, "leverage-range"),
    ),
    (
        ONE,
        "from = 60, below = 95",
        "from = 70, below = 95",
        (ONE, 11, "leverage-range"),
    ),
    (
        ONE,
        "from = 95,",
        "from = 95, below = 100,",
        (ONE, 11, "leverage-range"),
    ),
    (
        ONE,
        "key = \"reading-back-1\"",
        "key = \"Reading back\"",
        (ONE, 11, "key"),
    ),
    (
        TWO,
        "key = \"reading-back-2\"",
        "key = \"reading-back-1\"",
        (TWO, 11, "duplicate-key"),
    ),
    // Questions.
    (ONE, "weight = 6", "weight = 11", (ONE, 17, "weight")),
    (ONE, "weight = 6", "weight = 1.5", (ONE, 17, "settings")),
    (ONE, "key = \"d\"", "key = \"e\"", (ONE, 17, "options")),
    (ONE, "Nowhere, 1.", "Everywhere, 1.", (ONE, 17, "options")),
    (
        ONE,
        "correct = \"b\"",
        "correct = \"a\"",
        (ONE, 17, "options"),
    ),
    (
        ONE,
        "correct = \"b\"",
        "correct = \"1\"",
        (ONE, 17, "correct-answer"),
    ),
    (
        ONE,
        "competency = \"reading-back-1\"",
        "competency = \"reading-back-2\"",
        (ONE, 17, "unknown-competency"),
    ),
    (
        ONE,
        "tags = [\"finding-1\"]",
        "tags = []",
        (ONE, 17, "tags"),
    ),
    (
        ONE,
        "tags = [\"finding-1\"]",
        "tags = [\"finding-3\"]",
        (ONE, 17, "unknown-tag"),
    ),
    (
        ONE,
        "tags = [\"finding-1\"]",
        "tags = [\"finding-2\"]",
        (ONE, 17, "tag-elsewhere"),
    ),
    (
        ONE,
        "weight = 6",
        "weight = 6\nretired = true",
        (ONE, 11, "no-question"),
    ),
    (
        ONE,
        "weight = 6",
        "weight = 6\nretired = true",
        (TAGS, 1, "no-question"),
    ),
    (
        TWO,
        "key = \"where-is-it-2\"",
        "key = \"where-is-it-1\"",
        (TWO, 17, "duplicate-key"),
    ),
    // Tiers.
    (TIERS, "from = 0", "from = 1", (TIERS, 1, "tier-range")),
    (TIERS, "below = 60", "below = 50", (TIERS, 12, "tier-range")),
    (TIERS, "below = 60", "below = 70", (TIERS, 12, "tier-range")),
    (
        TIERS,
        "from = 60",
        "from = 60\nbelow = 100",
        (TIERS, 12, "tier-range"),
    ),
    (
        TIERS,
        "passed = true",
        "passed = false",
        (TWO, 1, "tier-passed"),
    ),
    // Tags.
    (
        TAGS,
        "weakness = \"It was not found, 1.\"\n",
        "",
        (TAGS, 1, "tag-insights"),
    ),
    (
        TAGS,
        "strength = \"It was found, 1.\"\n",
        "",
        (TAGS, 1, "tag-insights"),
    ),
    (
        TAGS,
        "action = \"Look again, 1.\"\n",
        "",
        (TAGS, 1, "tag-action"),
    ),
    (
        TAGS,
        "action = \"Look again, 1.\"\n",
        "action = \"\"\n",
        (TAGS, 1, "empty-text"),
    ),
    (
        TAGS,
        "level = 1",
        "level = 2",
        (TAGS, 1, "unknown-competency"),
    ),
    // Learning paths.
    (
        LEARNING,
        "categories = [\"weak-1\"]",
        "categories = [\"weak-3\"]",
        (LEARNING, 41, "unknown-category"),
    ),
    (
        LEARNING,
        "categories = [\"weak-1\"]",
        "categories = [\"next-1\"]",
        (LEARNING, 1, "empty-category"),
    ),
    (
        LEARNING,
        "competencies = [\"reading-back-1\"]",
        "competencies = [\"reading-back-2\"]",
        (ONE, 11, "no-category"),
    ),
    (
        LEARNING,
        "when = \"next\"",
        "when = \"weak\"",
        (ONE, 1, "no-category"),
    ),
    (
        LEARNING,
        "when = \"next\"",
        "when = \"later\"",
        (LEARNING, 11, "unknown-word"),
    ),
    (
        LEARNING,
        "kind = \"book\"",
        "kind = \"scroll\"",
        (LEARNING, 41, "unknown-word"),
    ),
    (
        LEARNING,
        "author = \"Author weak 1\"\n",
        "",
        (LEARNING, 41, "resource"),
    ),
    (
        LEARNING,
        "https://example.org/weak-1",
        "example.org/weak-1",
        (LEARNING, 41, "address"),
    ),
    (
        LEARNING,
        "https://example.org/weak-1",
        "javascript:alert(1)",
        (LEARNING, 41, "address"),
    ),
];

#[test]
fn each_rule_of_coaching_names_its_place() {
    for (file, from, to, expected) in CASES {
        let faults = Copy::of("markdown").replace(file, from, to).faults();
        let found = places(&faults);
        assert!(found.contains(expected), "{from:?} → {to:?}: {faults:#?}");
    }
}

#[test]
fn what_is_passed_below_is_passed_above() {
    let faults = Copy::of("markdown")
        .replace(TIERS, "passed = true", "passed = ?")
        .replace(TIERS, "passed = false", "passed = true")
        .replace(TIERS, "passed = ?", "passed = false")
        .faults();
    assert_eq!(places(&faults), [(TIERS, 12, "tier-passed")]);
}

#[test]
fn a_set_needs_no_coaching() {
    let set = Copy::of("markdown");
    std::fs::remove_dir_all(set.path("coaching")).expect("the folder goes");
    let counts = set.edition().counts();
    assert!(counts.contains(&("assessments", 0)));
}
