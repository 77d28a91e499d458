//! From authors' files through the database into the library, on both databases.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs
)]

mod faults;
mod graphql;
mod import;
mod lint;
mod support;
mod texts;
mod variants;

use std::path::Path;

use dreamtree_content::{
    Body, Input, LoadError, Loaded, Placement, PlacementId, PromptId, Shelf, ToolId, ToolKind,
    Usage, load, read_folder,
};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::Clock;
use sea_orm::{ConnectionTrait, Statement};
use support::Copy;
use time::macros::datetime;

fn clock() -> Clock {
    Clock::fixed(datetime!(2025-03-01 08:00 UTC))
}

async fn put(test: &TestDatabase, set: &Copy) -> Result<Loaded, LoadError> {
    load(&test.owner, &set.edition(), test.database.clock().now()).await
}

async fn count(test: &TestDatabase, what: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {what}");
    let statement = Statement::from_string(test.owner.get_database_backend(), sql);
    let row = test.owner.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

on_both!(
    an_empty_database_gives_an_empty_library,
    a_markdown_set_becomes_a_library,
    a_csv_set_becomes_a_library,
    a_csv_set_with_the_columns_of_the_seed_ranks_and_offers,
    loading_the_same_twice_changes_nothing,
    a_change_keeps_ids_and_retires_what_is_gone,
    a_prompt_keeps_its_kind_of_answer,
    a_field_keeps_what_it_takes,
    rows_may_change_places,
    one_set_replaces_another,
    loaders_at_the_same_time_wait_for_each_other,
    a_shelf_sees_what_another_process_loads,
    the_seed_data_loads,
    an_author_who_brings_an_approved_skill_brings_no_second_one,
    published_terms_keep_their_text,
);

async fn an_empty_database_gives_an_empty_library(test: &TestDatabase) {
    let library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!(library.version(), 0);
    assert!(library.placements().is_empty());
}

async fn a_markdown_set_becomes_a_library(test: &TestDatabase) {
    let loaded = put(test, &Copy::of("markdown")).await.unwrap();
    assert_eq!((loaded.version, loaded.changed), (1, true));
    let library = Shelf::open(&test.database).await.unwrap().current();

    let ids: Vec<i32> = library
        .placements()
        .iter()
        .map(|placement| placement.id.0)
        .collect();
    let expected = [
        1100, 1101, 1110, 1111, 1112, 1113, 1114, 1115, 1120, 1121, 1400, 1410, 1411, 1412, 1413,
    ];
    assert_eq!(ids, expected);
    assert_eq!(library.index_of(PlacementId(1112)), Some(4));
    let ranking = library.placement(PlacementId(1115)).unwrap();
    assert_eq!(ranking.location.to_string(), "1.1.1.2");
    assert_eq!(
        ranking.connection.as_ref().unwrap().source,
        Some(PlacementId(1113))
    );
    assert_eq!(ranking.tool().unwrap().tool.kind, ToolKind::RankingGrid);
    assert_eq!(ranking.tool().unwrap().instructions, None);
    let list = library
        .placement(PlacementId(1113))
        .unwrap()
        .tool()
        .unwrap();
    assert_eq!(
        list.instructions.as_deref(),
        Some("Write down what you want.")
    );

    let titles: Vec<_> = library
        .modules()
        .iter()
        .map(|one| (one.id.as_str(), one.title.as_str()))
        .collect();
    assert_eq!(titles, [("1.1", "Beginnings"), ("1.4", "Love")]);
    assert_eq!(library.modules()[1].span, 10..15);
    let exercises: Vec<_> = library
        .exercises()
        .iter()
        .map(|one| (one.id.as_str(), one.title.as_str()))
        .collect();
    let expected = [
        ("1.1.0", "Beginnings"),
        ("1.1.1", "Days"),
        ("1.1.2", "Words"),
        ("1.4.0", "Love"),
        ("1.4.1", "Near"),
    ];
    assert_eq!(exercises, expected);

    assert_eq!(library.first_placement_of(ToolId(100_000)), Some(5));
    assert_eq!(
        library.first_placement_of(ToolId(100_006)),
        Some(8),
        "unlocks_at wins"
    );
    let surnames: Vec<_> = library
        .references()
        .iter()
        .map(|r| r.author_surname.as_str())
        .collect();
    assert_eq!(
        surnames,
        ["Zeta", "Alpha", "Beta"],
        "numbered by first appearance"
    );
    assert_eq!(library.sources_of("1.1.1").len(), 2);
    assert_eq!(library.personality_types().len(), 16);
    assert_eq!(library.competencies()[0].levels.len(), 5);
    let found: Vec<_> = library
        .search_skills("WEAV", None)
        .iter()
        .map(|skill| skill.name.as_str())
        .collect();
    assert_eq!(found, ["Weaving", "Unweaving"]);
    assert_eq!(
        (library.practices().len(), library.data_objects().len()),
        (1, 1)
    );
}

async fn a_csv_set_becomes_a_library(test: &TestDatabase) {
    put(test, &Copy::of("csv")).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    let [heading, first, list, love] = library.placements() else {
        panic!("four placements")
    };
    assert_eq!(heading.heading(), Some("A heading\nover \"two\" lines"));
    let Body::Prompt(prompt) = &first.body else {
        panic!("a prompt")
    };
    assert_eq!(
        (prompt.id, prompt.version, prompt.private),
        (PromptId(1), 2, false)
    );
    assert!(first.required && list.required && !heading.required);
    assert!(matches!(&prompt.input, Input::Textarea(rules) if rules.max_length == 300));
    assert_eq!(list.tool().unwrap().tool.title, "List builder");
    assert!(
        love.prompt().unwrap().private,
        "all of module 1.4 is private"
    );
    assert!(
        love.connection.is_none(),
        "a connection without a use is for people only"
    );
    assert_eq!(library.first_placement_of(ToolId(1)), Some(1));
    assert_eq!(count(test, "content_blocks WHERE NOT is_active").await, 1);
}

/// No column says what a connection is for, and options are plain texts.
async fn a_csv_set_with_the_columns_of_the_seed_ranks_and_offers(test: &TestDatabase) {
    let set = Copy::of("csv")
        .append("tools.csv", "2,ranking_grid,,,,False,,,,1,true\n")
        .append(
            "prompts.csv",
            "3,Which one?,select,\"{\"\"options\"\": [\"\"Sea\"\", \"\"Hills\"\"]}\",1,1\n",
        )
        .append("connections.csv", "2,3,5,,,backward,list,,,\n")
        .append(
            "stem.csv",
            "5,1,1,2,0,25,tool,2,2\n6,1,1,2,1,26,prompt,3,\n",
        );
    let set = set.replace("stem.csv", "3,1,1,1,0,30,tool,1,", "3,1,1,1,0,22,tool,1,");
    put(test, &set).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    let grid = library.placement(PlacementId(5)).expect("the grid");
    let connection = grid.connection.as_ref().expect("a source");
    assert_eq!(
        (connection.source, connection.usage),
        (Some(PlacementId(3)), Usage::ChooseFrom)
    );
    let prompt = library
        .placement(PlacementId(6))
        .and_then(Placement::prompt);
    let Some(Input::Select(options)) = prompt.map(|prompt| &prompt.input) else {
        panic!("a select")
    };
    let options: Vec<_> = options
        .iter()
        .map(|one| (one.value.as_str(), one.label.as_str()))
        .collect();
    assert_eq!(options, [("Sea", "Sea"), ("Hills", "Hills")]);
}

async fn loading_the_same_twice_changes_nothing(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    let again = put(test, &Copy::of("markdown")).await.unwrap();
    assert_eq!((again.version, again.changed), (1, false));
}

async fn a_prompt_keeps_its_kind_of_answer(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    let module = "workbook/1.1-beginnings.md";
    for (from, to) in [
        ("{#1121 input=text}", "{#1121 input=checkbox}"),
        ("{#1121 input=text}", "{#1121 input=text private}"),
    ] {
        let set = Copy::of("markdown").replace(module, from, to);
        let refused = put(test, &set).await.unwrap_err();
        assert!(refused.to_string().contains("the prompt 1121"), "{refused}");
        let library = Shelf::open(&test.database).await.unwrap().current();
        assert_eq!(library.version(), 1, "nothing is loaded");
    }
    let set = Copy::of("markdown").replace(module, "{#1121 input=text}", "{#1121 input=textarea}");
    put(test, &set).await.expect("a longer text is a text");
}

async fn a_change_keeps_ids_and_retires_what_is_gone(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    test.database.clock().advance(time::Duration::days(1));
    let set = Copy::of("markdown")
        .replace(
            "workbook/1.1-beginnings.md",
            "Describe a day.",
            "Describe one day.",
        )
        .replace(
            "workbook/1.4-love.md",
            "How near?\n---\nmin = 0\nmax = 10\n:::",
            "How?\n:::",
        )
        .replace(
            "workbook/1.4-love.md",
            "{#1412 input=slider}",
            "{#1499 input=checkbox}",
        )
        .replace("skills.csv", "listening,Listening,transferable\n", "");
    let loaded = put(test, &set).await.unwrap();
    assert_eq!((loaded.version, loaded.changed), (2, true));
    let library = Shelf::open(&test.database).await.unwrap().current();
    let prompt = library
        .placement(PlacementId(1112))
        .unwrap()
        .prompt()
        .unwrap();
    assert_eq!(
        (prompt.id, prompt.text.as_str()),
        (PromptId(1112), "Describe one day.")
    );
    assert!(library.placement(PlacementId(1412)).is_none());
    assert_eq!(library.skills().len(), 2);
    assert_eq!(
        count(test, "stem WHERE id = 1412 AND NOT is_active").await,
        1
    );
    assert_eq!(
        count(test, "prompts WHERE id = 1412 AND NOT is_active").await,
        1
    );
    assert_eq!(count(test, "skills WHERE NOT is_active").await, 1);
    let born = "skills WHERE created_at < '2025-03-02'";
    assert_eq!(count(test, born).await, 3, "rows keep the time they came");

    let back = put(test, &Copy::of("markdown")).await.unwrap();
    assert_eq!(back.version, 3);
    assert_eq!(count(test, "stem WHERE is_active").await, 15);
}

async fn a_field_keeps_what_it_takes(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    for (from, to) in [
        ("type = \"date\"", "type = \"text\""),
        ("private = true", "private = false"),
        ("required = true", "private = true"),
        (
            "kind = \"collection\"\nof = \"companies\"",
            "kind = \"record\"\nfield = [{ key = \"a\", label = \"A\", type = \"date\" }]",
        ),
    ] {
        let refused = put(test, &Copy::of("markdown").replace("tools.toml", from, to)).await;
        assert!(
            matches!(refused, Err(LoadError::Tool(_))),
            "{to}: {refused:?}"
        );
    }
    let set = Copy::of("markdown")
        .replace("tools.toml", "key = \"seen_on\"", "key = \"noticed_on\"")
        .replace("tools.toml", "required = true", "required = false");
    assert!(put(test, &set).await.unwrap().changed);
}

async fn rows_may_change_places(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    let set = Copy::of("markdown")
        .replace("workbook/1.1-beginnings.md", "zeta-2001", "swapped")
        .replace("workbook/1.1-beginnings.md", "alpha-1999", "zeta-2001")
        .replace("workbook/1.1-beginnings.md", "swapped", "alpha-1999")
        .replace("workbook/1.1-beginnings.md", "1112 input", "1999 input")
        .replace("workbook/1.1-beginnings.md", "from = 1112", "from = 1999")
        .replace("tools.toml", "100003", "100099");
    put(test, &set).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!(library.references()[0].author_surname, "Alpha");
    assert_eq!(
        library.tool(ToolId(100_099)).unwrap().kind,
        ToolKind::RankingGrid
    );
    put(test, &Copy::of("markdown")).await.unwrap();
}

async fn one_set_replaces_another(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    put(test, &Copy::of("csv")).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!((library.version(), library.placements().len()), (2, 4));
    assert!(library.references().is_empty());
}

async fn loaders_at_the_same_time_wait_for_each_other(test: &TestDatabase) {
    let other = dreamtree_database::owner(&test.owner_url).await.unwrap();
    let now = test.database.clock().now();
    let (markdown, csv) = (Copy::of("markdown").edition(), Copy::of("csv").edition());
    let (one, two) = tokio::join!(load(&test.owner, &markdown, now), load(&other, &csv, now));
    let mut versions = [one.unwrap().version, two.unwrap().version];
    versions.sort_unstable();
    assert_eq!(versions, [1, 2]);
    other.close().await.unwrap();
}

async fn a_shelf_sees_what_another_process_loads(test: &TestDatabase) {
    let shelf = Shelf::open(&test.database).await.unwrap();
    assert!(!shelf.refresh(&test.database).await.unwrap());
    put(test, &Copy::of("csv")).await.unwrap();
    let before = shelf.current();
    assert!(shelf.refresh(&test.database).await.unwrap());
    assert_eq!((before.version(), shelf.current().version()), (0, 1));
    let (changed, statements) = dreamtree_database::counted(shelf.refresh(&test.database)).await;
    assert_eq!((changed.unwrap(), statements), (false, 1));
}

async fn the_seed_data_loads(test: &TestDatabase) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
    let edition = read_folder(&folder).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    });
    let now = test.database.clock().now();
    load(&test.owner, &edition, now).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!(library.personality_types().len(), 16);
    assert!(library.modules().len() >= 5);
    assert!(
        library
            .placements()
            .iter()
            .any(|placement| placement.required)
    );
}

/// What an operator would have done: the skill of this key and name is in the list.
async fn approve(test: &TestDatabase, id: &str, name: &str) {
    let sql = format!(
        "INSERT INTO skills (id, name, category, origin, merged_into, is_active, created_at) \
         VALUES ({id}, '{name}', 'knowledge', 'review', NULL, TRUE, '2025-03-01T00:00:00Z')"
    );
    test.owner.execute_unprepared(&sql).await.unwrap();
}

async fn an_author_who_brings_an_approved_skill_brings_no_second_one(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    let id = match test.owner.get_database_backend() {
        sea_orm::DbBackend::Sqlite => "x'0190a3e4000070008000000000000001'",
        _ => "'0190a3e4-0000-7000-8000-000000000001'",
    };
    approve(test, id, "Bell Founding").await;
    put(
        test,
        &Copy::of("markdown").append("skills.csv", "juggling,Juggling,transferable\n"),
    )
    .await
    .unwrap();
    let named = async || {
        let library = Shelf::open(&test.database).await.unwrap().current();
        let found = library.search_skills("bell founding", None);
        found
            .iter()
            .map(|skill| skill.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(named().await, ["Bell Founding"], "no author's to take away");
    let brought = Copy::of("markdown").append("skills.csv", "bells,Bell founding,knowledge\n");
    put(test, &brought).await.unwrap();
    assert_eq!(
        named().await,
        ["Bell founding"],
        "the author's, and only that"
    );
    assert_eq!(count(test, "skills WHERE merged_into IS NOT NULL").await, 1);
    put(test, &Copy::of("markdown")).await.unwrap();
    assert_eq!(
        named().await,
        Vec::<String>::new(),
        "the author took both away"
    );
}

async fn published_terms_keep_their_text(test: &TestDatabase) {
    let terms = |version: i32, text: &str| {
        let file = format!("+++\nversion = {version}\neffective_on = 2025-04-01\n+++\n{text}\n");
        Copy::of("markdown").append("terms.md", &file)
    };
    put(test, &terms(1, "Be kind.")).await.unwrap();
    let changed = put(test, &terms(1, "Be rude.")).await;
    assert!(matches!(changed, Err(LoadError::Terms(1))));
    put(test, &terms(2, "Be rude.")).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    let current = library.terms().expect("terms");
    assert_eq!((current.version, current.text.as_str()), (2, "Be rude."));
    assert_eq!(
        count(test, "terms").await,
        2,
        "what people have accepted stays"
    );
}
