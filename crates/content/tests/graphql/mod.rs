//! What clients see of the content.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Response, Schema};
use dreamtree_content::{
    PlacementId, Shelf,
    graphql::{BlockBody, ContentQuery, Location, library},
};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::UserId;
use serde_json::{Value, json};

use super::{clock, put, support::Copy};

/// A stand-in for the workbook, which shows placements.
struct Reader;

#[Object]
impl Reader {
    async fn block(&self, ctx: &async_graphql::Context<'_>, id: i32) -> BlockBody {
        let library = library(ctx).unwrap_or_else(|_| panic!("a library"));
        let nobody = UserId::from(uuid::Uuid::nil());
        BlockBody::of(library.placement(PlacementId(id)).unwrap(), nobody)
    }

    async fn location(&self, ctx: &async_graphql::Context<'_>, id: i32) -> Location {
        let library = library(ctx).unwrap_or_else(|_| panic!("a library"));
        library.placement(PlacementId(id)).unwrap().location.into()
    }
}

#[derive(async_graphql::MergedObject)]
struct Query(ContentQuery, Reader);

async fn ask(test: &TestDatabase, query: &str) -> Response {
    let schema = Schema::new(
        Query(ContentQuery, Reader),
        EmptyMutation,
        EmptySubscription,
    );
    let library = Shelf::open(&test.database).await.unwrap().current();
    schema.execute(Request::new(query).data(library)).await
}

async fn data(test: &TestDatabase, query: &str) -> Value {
    let response = ask(test, query).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    response.data.into_json().unwrap()
}

on_both!(
    placements_are_typed,
    a_tool_says_what_it_asks,
    skills_come_in_pages,
    pages_out_of_range_are_refused
);

async fn placements_are_typed(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    let query = "{
        heading: block(id: 1110) { ... on ContentBlock { id kind text version } }
        question: block(id: 1112) { ... on Prompt { id required private input {
            __typename ... on TextareaConfig { minLength maxLength } } } }
        tool: block(id: 1115) { ... on ToolPlacement { instructions required tool { name kind title }
            settings { ... on RankingGridConfig { top } } } }
        location(id: 1115) { moduleId exerciseId activity }
        personalityTypes { code }
        practices { name frequency }
    }";
    let mut answer = data(test, query).await;
    let types = answer
        .as_object_mut()
        .unwrap()
        .remove("personalityTypes")
        .unwrap();
    assert_eq!(types.as_array().unwrap().len(), 16);
    let expected = json!({
        "heading": { "id": "content:1110", "kind": "HEADING", "text": "Days", "version": 1 },
        "question": { "id": "prompt:1112", "required": true, "private": false, "input": {
            "__typename": "TextareaConfig", "minLength": 20, "maxLength": 4000 } },
        "tool": { "instructions": null, "required": false, "settings": { "top": 3 },
            "tool": { "name": "ranking_grid", "kind": "RANKING_GRID", "title": "Ranking grid" } },
        "location": { "moduleId": "1.1", "exerciseId": "1.1.1", "activity": 2 },
        "practices": [{ "name": "A line a day", "frequency": "daily" }],
    });
    assert_eq!(answer, expected);
}

async fn a_tool_says_what_it_asks(test: &TestDatabase) {
    let more =
        "\n:::tool {#1450 name=visit_log}\n:::\n\n:::tool {#1451 name=company_tracker}\n:::\n";
    let set = Copy::of("markdown").append("workbook/1.4-love.md", more);
    put(test, &set).await.unwrap();
    let query = "{ block(id: ID) { ... on ToolPlacement {
        settings { ... on CollectionConfig { minItems } }
        tool { kind collects entries { min max } fields { key label hint type required private
            settings { ... on TextFieldConfig { maxLength }
                ... on ChoiceFieldConfig { options { value label } history } } } } } } }";
    let record = data(test, &query.replace("ID", "1450")).await;
    let option = |word: &str| json!({ "value": word, "label": word });
    let expected = json!({ "settings": null, "tool": {
        "kind": "RECORD", "collects": null, "entries": { "min": 1, "max": 20 }, "fields": [
            { "key": "seen_on", "label": "Day", "hint": null, "type": "DATE", "required": true,
              "private": false, "settings": null },
            { "key": "mood", "label": "Mood", "hint": "As it was on the way home", "type": "CHOICE",
              "required": false, "private": false,
              "settings": { "options": [option("good"), option("mixed")], "history": true } },
            { "key": "heard", "label": "What I heard", "hint": null, "type": "LONG_TEXT",
              "required": false, "private": true, "settings": { "maxLength": 5000 } },
        ] } });
    assert_eq!(record["block"], expected);
    let collection = data(test, &query.replace("ID", "1451")).await;
    let expected = json!({ "settings": { "minItems": 1 }, "tool": {
        "kind": "COLLECTION", "collects": "COMPANIES", "entries": null, "fields": [] } });
    assert_eq!(collection["block"], expected);
}

async fn skills_come_in_pages(test: &TestDatabase) {
    put(test, &Copy::of("markdown")).await.unwrap();
    let page = "{ skills(search: \" weav\", first: 1) {
        totalCount nodes { name category } pageInfo { hasNextPage endCursor } } }";
    let first = data(test, page).await;
    let skills = &first["skills"];
    assert_eq!(
        skills["nodes"],
        json!([{ "name": "Weaving", "category": "KNOWLEDGE" }])
    );
    assert_eq!(
        (&skills["totalCount"], &skills["pageInfo"]["hasNextPage"]),
        (&json!(2), &json!(true))
    );
    let cursor = skills["pageInfo"]["endCursor"].as_str().unwrap();
    let rest = format!(
        "{{ skills(search: \"weav\", after: \"{cursor}\") {{
        nodes {{ name }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
    );
    let second = data(test, &rest).await;
    let expected = json!({ "nodes": [{ "name": "Unweaving" }],
        "pageInfo": { "hasNextPage": false, "hasPreviousPage": true } });
    assert_eq!(second["skills"], expected);
    let filtered = data(
        test,
        "{ skills(category: TRANSFERABLE) { nodes { name } } }",
    )
    .await;
    assert_eq!(
        filtered["skills"]["nodes"],
        json!([{ "name": "Listening" }])
    );
}

async fn pages_out_of_range_are_refused(test: &TestDatabase) {
    for (argument, field) in [
        ("first: 101", "first"),
        ("first: -1", "first"),
        ("after: \"x\"", "after"),
    ] {
        let query = format!("{{ skills({argument}) {{ totalCount }} }}");
        let error = ask(test, &query).await.errors.remove(0);
        let extensions = serde_json::to_value(error.extensions).unwrap();
        assert_eq!(
            extensions,
            json!({ "code": "INVALID_INPUT", "field": field })
        );
    }
}
