//! Rows of CSV files become entries of the authors' files; bad rows are named, and nothing is written then.

use std::{fs, path::PathBuf};

use dreamtree_content::{AnswersFrom, Import, Imported, import, read_folder};

use super::support::Copy;

const QUESTIONS: &str = "question,option_a,option_b,option_c,option_d,correct_answer,explanation,\
    competency_area,difficulty_weight,assessment_level,skill_tags,id\n";

const TAGS: &str = "name,competency_area,assessment_level,weakness,strength,action_text\n";

const RESOURCES: &str = "title,description,resource_type,url,author_instructor,competency_areas,\
    assessment_level,category_title\n";

/// A set with a CSV file in it.
fn with_csv(name: &str, text: &str) -> (Copy, PathBuf) {
    let set = Copy::of("markdown").append(name, text);
    let path = set.path(name);
    (set, path)
}

fn questions(text: &str, from: AnswersFrom) -> (Copy, Import) {
    let (set, path) = with_csv("questions.csv", &format!("{QUESTIONS}{text}"));
    let questions = Some((path, from));
    let wanted = Import {
        questions,
        ..Import::default()
    };
    (set, wanted)
}

/// Line and rule of each bad row.
fn refused(set: &Copy, wanted: &Import) -> Vec<(usize, &'static str)> {
    let faults = import(&set.path(""), wanted).expect_err("a bad row");
    let line = |fault: &dreamtree_content::Fault| (fault.line, fault.rule);
    faults.iter().map(line).collect()
}

fn read(set: &Copy, wanted: &Import) -> Imported {
    import(&set.path(""), wanted).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

const GOOD: &str = "\"Who \"\"speaks\"\"\nfirst, now?\",One,Two,Three,Four,1,Because.,Reading_Back 1,2.0,core-i,\
    finding-1,0190a3e4-0000-7000-8000-0000000000aa\n\
    Where to?,One,Two,Three,Four,3,Because.,reading-back-1,,core-i,Finding 1,\n";

#[test]
fn questions_become_entries_with_stable_keys() {
    let (set, wanted) = questions(GOOD, AnswersFrom::Zero);
    let before = fs::read_to_string(set.path("coaching/core-1.toml")).unwrap();
    let imported = read(&set, &wanted);
    assert_eq!((imported.added, imported.known), (2, 0));
    let unchanged = fs::read_to_string(set.path("coaching/core-1.toml")).unwrap();
    assert_eq!(unchanged, before, "nothing is written yet");
    imported.write().unwrap();
    let text = fs::read_to_string(set.path("coaching/core-1.toml")).unwrap();
    assert!(text.starts_with(before.trim_end()), "what was there stays");
    let file: toml::Table = text.parse().unwrap();
    let entries = file["question"].as_array().unwrap();
    let keys: Vec<_> = entries
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .collect();
    let id = "0190a3e4-0000-7000-8000-0000000000aa";
    assert_eq!(keys, ["where-is-it-1", id, "where-to"]);
    assert_eq!(
        entries[1]["prompt"].as_str(),
        Some("Who \"speaks\"\nfirst, now?")
    );
    assert_eq!(
        entries[1]["correct"].as_str(),
        Some("b"),
        "1 is the second, from 0"
    );
    assert_eq!(entries[1]["weight"].as_integer(), Some(2));
    assert_eq!(entries[2]["weight"].as_integer(), Some(1));
    assert_eq!(entries[2]["correct"].as_str(), Some("d"));
    assert_eq!(entries[2]["competency"].as_str(), Some("reading-back-1"));
    assert_eq!(entries[2]["tags"][0].as_str(), Some("finding-1"));
    let again = read(&set, &wanted);
    assert_eq!(
        (again.added, again.known),
        (0, 2),
        "a second run adds nothing"
    );
    assert!(again.files.is_empty());
}

#[test]
fn an_imported_question_waits_for_its_author() {
    let (set, wanted) = questions(GOOD, AnswersFrom::Zero);
    read(&set, &wanted).write().unwrap();
    let rules: Vec<_> = set.faults().into_iter().map(|one| one.rule).collect();
    assert_eq!(
        rules, ["options"; 2],
        "only the sentences on the weaker options are missing"
    );
    let file = "coaching/core-1.toml";
    let sentences = |best: &str, others: [&str; 3]| {
        let all = others.map(|key| format!("{key} = \"Not {key}, as {best} is.\""));
        format!("weaker = {{ {} }}", all.join(", "))
    };
    let set = set
        .replace(file, "weaker = {}", &sentences("b", ["a", "c", "d"]))
        .replace(file, "weaker = {}", &sentences("d", ["a", "b", "c"]));
    let counts = read_folder(&set.path("")).unwrap().counts();
    assert!(counts.contains(&("assessment_questions", 4)));
}

#[test]
fn the_base_of_the_answers_decides() {
    let (set, wanted) = questions(GOOD, AnswersFrom::One);
    let imported = read(&set, &wanted);
    let (_, text) = &imported.files[0];
    let file: toml::Table = text.parse().unwrap();
    let best: Vec<_> = file["question"].as_array().unwrap()[1..]
        .iter()
        .map(|one| one["correct"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(best, ["a", "c"]);
}

#[test]
fn each_bad_row_is_named_by_line_and_rule() {
    let rows = [
        ("Q1,1,2,3,4,4,E,Reading back 1,1,core-i,,", "correct-answer"),
        (
            "Q2,1,2,3,4,-1,E,Reading back 1,1,core-i,,",
            "correct-answer",
        ),
        ("Q3,1,2,3,4,b,E,Reading back 1,1,core-i,,", "not-a-number"),
        ("Q4,1,2,3,4,0,E,Listening,1,core-i,,", "unknown-competency"),
        (
            "Q5,1,2,3,4,0,E,Reading back 2,1,core-i,,",
            "unknown-competency",
        ),
        ("Q6,1,2,3,4,0,E,Reading back 1,1,core-iv,,", "unknown-level"),
        ("Q7,1,2,3,4,0,E,Reading back 1,1,icf-i,,", "no-assessment"),
        ("Q8,1,2,3,4,0,E,Reading back 1,1.5,core-i,,", "not-a-number"),
        ("Q9,1,2,3,4,0,E,Reading back 1,11,core-i,,", "weight"),
        ("Q10,1,2,,4,0,E,Reading back 1,1,core-i,,", "empty-cell"),
        (
            "Q11,1,2,3,4,0,E,Reading back 1,1,core-i,none,",
            "unknown-tag",
        ),
        ("Q12,1,2,3,4,0,E,Reading back 1,1,core-i,,", ""),
        ("Q12,1,2,3,4,0,E,Reading back 1,1,core-i,,", "duplicate-key"),
        ("Q13,1,2", "csv"),
    ];
    let text: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let (set, wanted) = questions(&text.join("\n"), AnswersFrom::Zero);
    let expected: Vec<_> = (2..)
        .zip(rows)
        .filter(|(_, row)| !row.1.is_empty())
        .map(|(line, row)| (line, row.1))
        .collect();
    assert_eq!(refused(&set, &wanted), expected);
    let (set, wanted) = questions(
        "Q,1,2,3,4,0,E,Reading back 1,1,core-i,,\n",
        AnswersFrom::One,
    );
    assert_eq!(
        refused(&set, &wanted),
        [(2, "correct-answer")],
        "0 is none of 1 to 4"
    );
    let (set, path) = with_csv("questions.csv", "question,answer\nQ,1\n");
    let wanted = Import {
        questions: Some((path, AnswersFrom::Zero)),
        ..Import::default()
    };
    let rules = refused(&set, &wanted);
    assert!(rules.contains(&(1, "unknown-column")) && rules.contains(&(1, "missing-column")));
}

#[test]
fn tags_and_resources_become_entries() {
    let tags = format!(
        "{TAGS}Looking twice,reading_back_1,core-i,Once was too little.,Twice was enough.,Look twice.\n\
         Finding 1,reading-back-1,core-i,W,S,A\n"
    );
    let resources = format!(
        "{RESOURCES}A film,On looking.,video,https://example.org/film,Ada,\"{{reading_back_1}}\",core-i,Category weak 1\n"
    );
    let (set, tags) = with_csv("tags.csv", &tags);
    let set = set.append("resources.csv", &resources);
    let wanted = Import {
        tags: Some(tags),
        resources: Some(set.path("resources.csv")),
        ..Import::default()
    };
    let imported = read(&set, &wanted);
    assert_eq!((imported.added, imported.known), (2, 1));
    imported.write().unwrap();
    let faults = set.faults();
    let rules: Vec<_> = faults.iter().map(|one| one.rule).collect();
    assert_eq!(
        rules,
        ["no-question"],
        "the new tag waits for a question: {faults:#?}"
    );
    let file = "coaching/core-1.toml";
    let both = "tags = [\"finding-1\", \"core-1-looking-twice\"]";
    let set = set.replace(file, "tags = [\"finding-1\"]", both);
    let counts = set.edition().counts();
    assert!(counts.contains(&("skill_tags", 3)) && counts.contains(&("learning_resources", 5)));
}

#[test]
fn bad_tags_and_resources_are_named_too() {
    let tags = format!("{TAGS}T,reading_back_1,core-i,W,,A\nT,nothing,core-i,W,S,A\n");
    let (set, path) = with_csv("tags.csv", &tags);
    let wanted = Import {
        tags: Some(path),
        ..Import::default()
    };
    assert_eq!(
        refused(&set, &wanted),
        [(2, "empty-cell"), (3, "unknown-competency")]
    );
    let resources = format!(
        "{RESOURCES}R,D,scroll,,,,core-i,Category weak 1\nR,D,book,,,,core-i,Nowhere\n\
         R,D,book,,,{{other}},core-i,Category weak 1\n"
    );
    let set = set.append("resources.csv", &resources);
    let wanted = Import {
        resources: Some(set.path("resources.csv")),
        ..Import::default()
    };
    let expected = [
        (2, "unknown-word"),
        (3, "unknown-category"),
        (4, "unknown-competency"),
    ];
    assert_eq!(refused(&set, &wanted), expected);
    let wanted = Import {
        tags: Some(set.path("nothing.csv")),
        ..Import::default()
    };
    assert_eq!(refused(&set, &wanted), [(0, "unreadable")]);
}
