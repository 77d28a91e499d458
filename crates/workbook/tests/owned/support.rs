//! People who ask the workbook's schema.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use async_graphql::{Request, Response, Schema, Variables};
use dreamtree_api::{Caller, Door};
use dreamtree_content::{Library, PlacementId, Shelf, Skill, graphql::Citing};
use dreamtree_database::{Scope, counted, testing::TestDatabase};
use dreamtree_identity::{Client, Sessions, door, visit};
use dreamtree_types::{Clock, Instant};
use dreamtree_workbook::graphql::{WorkbookMutation, WorkbookQuery, WorkbookSubscription};
use futures_util::{StreamExt, stream::BoxStream};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use serde_json::Value;
use time::macros::datetime;
use uuid::Uuid;

/// A clock that stands still until it is moved.
pub(crate) fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

fn seed_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data")
}

/// The real content on a test's database, and a schema to ask.
pub(crate) struct Stage<'a> {
    test: &'a TestDatabase,
    shelf: Shelf,
    library: Arc<Library>,
    schema: Schema<WorkbookQuery, WorkbookMutation, WorkbookSubscription>,
}

/// A person with a session.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    stage: &'a Stage<'a>,
    token: String,
}

/// What somebody was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The data, null where the operation failed as a whole.
    pub(crate) data: Value,
    /// Code and field of each error.
    pub(crate) errors: Vec<(String, String)>,
    /// Statements that it cost, the session's included.
    pub(crate) statements: u64,
}

impl<'a> Stage<'a> {
    pub(crate) async fn new(test: &'a TestDatabase) -> Self {
        Self::of(test, &seed_data()).await
    }

    /// The tools of `tests/fixtures/tools`, each at a place, with the skills and types of the real content.
    pub(crate) async fn with_tools(test: &'a TestDatabase) -> Self {
        let folder = std::env::temp_dir().join(format!("dreamtree-tools-{}", Uuid::now_v7()));
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tools");
        std::fs::create_dir_all(folder.join("workbook")).expect("a folder");
        for (from, file) in [
            (&fixture, "tools.toml"),
            (&fixture, "workbook/1.1-tools.md"),
            (&seed_data(), "personality-types.toml"),
            (&seed_data(), "skills.csv"),
        ] {
            std::fs::copy(from.join(file), folder.join(file)).expect("copied");
        }
        let stage = Self::of(test, &folder).await;
        std::fs::remove_dir_all(folder).expect("the folder goes");
        stage
    }

    pub(crate) async fn of(test: &'a TestDatabase, folder: &Path) -> Self {
        let edition = dreamtree_content::read_folder(folder).expect("content without a fault");
        let now = test.database.clock().now();
        dreamtree_content::load(&test.owner, &edition, now)
            .await
            .expect("loaded");
        let shelf = Shelf::open(&test.database).await.expect("a shelf");
        let schema = Schema::new(
            WorkbookQuery::default(),
            WorkbookMutation::default(),
            WorkbookSubscription,
        );
        Self {
            test,
            library: shelf.current(),
            shelf,
            schema,
        }
    }

    /// A skill of the master list with a long name.
    pub(crate) fn skill(&self) -> &Skill {
        let skills = self.library.search_skills("", None);
        let longest = skills.into_iter().max_by_key(|skill| skill.name.len());
        longest.expect("a skill")
    }

    /// Tags skills of the person's at a place, straight into the table; returns how many tags there are.
    pub(crate) async fn tag(&self, person: &Person<'_>, skills: &[&Value]) -> usize {
        let entered = door::to_write(&self.test.database, &person.token).await;
        let scope = entered.expect("an answer").scope.expect("a session");
        let backend = scope.connection().get_database_backend();
        let tool = self.library.tools().first().expect("a tool").id.0;
        let instance = Uuid::now_v7();
        let user = scope.user();
        let make = "INSERT INTO user_tool_instances (user_id, id, tool_id, is_sealed, revision, created_at, updated_at) \
            VALUES ($1, $2, $3, FALSE, 1, $4, $4)";
        let values = vec![
            user.into(),
            instance.into(),
            tool.into(),
            scope.now().into(),
        ];
        let statement = Statement::from_sql_and_values(backend, make, values);
        scope
            .connection()
            .execute_raw(statement)
            .await
            .expect("an instance");
        for (position, skill) in (0_i32..).zip(skills) {
            let skill = skill.as_str().and_then(|id| id.strip_prefix("user_skill:"));
            let skill = Uuid::try_parse(skill.expect("a skill")).expect("an id");
            let tag = "INSERT INTO user_skill_tags (user_id, id, instance_id, user_skill_id, position, created_at) \
                VALUES ($1, $2, $3, $4, $5, $6)";
            let values = vec![
                user.into(),
                Uuid::now_v7().into(),
                instance.into(),
                skill.into(),
                position.into(),
                scope.now().into(),
            ];
            let statement = Statement::from_sql_and_values(backend, tag, values);
            scope
                .connection()
                .execute_raw(statement)
                .await
                .expect("a tag");
        }
        scope.commit().await.expect("committed");
        person.rows("SELECT id FROM user_skill_tags").await.len()
    }

    /// Somebody new.
    pub(crate) async fn person(&'a self) -> Person<'a> {
        let (opened, _) = visit(&self.test.database, &Client::nowhere())
            .await
            .expect("a visit");
        Person {
            stage: self,
            token: String::clone(&opened.token.reveal()),
        }
    }

    /// Whoever holds this token.
    pub(crate) fn with_token(&'a self, token: String) -> Person<'a> {
        Person { stage: self, token }
    }

    /// The workbook.
    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// A later edition: the content changed by an author, and a server that has read it.
    pub(crate) async fn after(&self, change: &str) -> Self {
        let owner = &self.test.owner;
        for sql in [change, "UPDATE content_version SET version = version + 1"] {
            owner.execute_unprepared(sql).await.expect("a change");
        }
        let opened = Shelf::open(&self.test.database).await.expect("a shelf");
        Self {
            test: self.test,
            library: opened.current(),
            shelf: opened,
            schema: self.schema.clone(),
        }
    }

    /// Takes the connections of a test away, so that another one can lay its own.
    pub(crate) async fn forget(&self, first: i32) {
        let owner = &self.test.owner;
        for sql in [
            format!("UPDATE stem SET connection_id = NULL WHERE connection_id >= {first}"),
            "DELETE FROM user_snapshots".to_owned(),
            format!("DELETE FROM connections WHERE id >= {first}"),
        ] {
            owner.execute_unprepared(&sql).await.expect("forgotten");
        }
    }

    /// Marks placements as answered at a time, whatever stands there.
    pub(crate) async fn mark(&self, person: &Person<'_>, placements: &[PlacementId], at: Instant) {
        let scope = self.write(person).await;
        for placement in placements {
            let sql = "INSERT INTO user_tool_instances (user_id, id, tool_id, stem_id, is_sealed, revision, created_at, updated_at) \
                       VALUES ($1, $2, $3, $4, FALSE, 1, $5, $5)";
            let (tool, id) = (self.library.tools()[0].id, Uuid::now_v7());
            let user = scope.user().into();
            let values = [
                user,
                id.into(),
                tool.0.into(),
                placement.0.into(),
                at.into(),
            ];
            let backend = scope.connection().get_database_backend();
            let statement = Statement::from_sql_and_values(backend, sql, values);
            scope
                .connection()
                .execute_raw(statement)
                .await
                .expect("marked");
        }
        scope.commit().await.expect("committed");
    }

    /// Takes the person's key away, as if it had never been wrapped for this session.
    pub(crate) async fn lock(&self, person: &Person<'_>) {
        let scope = self.write(person).await;
        let sql = "DELETE FROM user_keys WHERE user_id = $1";
        let backend = scope.connection().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
        scope
            .connection()
            .execute_raw(statement)
            .await
            .expect("locked");
        scope.commit().await.expect("committed");
    }

    /// A server that has read what operators decided.
    pub(crate) async fn refreshed(&self) -> Self {
        let opened = Shelf::open(&self.test.database).await.expect("a shelf");
        Self {
            test: self.test,
            library: opened.current(),
            shelf: opened,
            schema: self.schema.clone(),
        }
    }

    /// A transaction to write this person's rows in.
    pub(crate) async fn write(&self, person: &Person<'_>) -> Scope {
        let entered = door::to_write(&self.test.database, &person.token).await;
        entered.expect("an answer").scope.expect("a session")
    }
}

impl Person<'_> {
    /// The same person, at a server with another edition.
    pub(crate) fn at<'b>(&self, stage: &'b Stage<'b>) -> Person<'b> {
        let token = self.token.clone();
        Person { stage, token }
    }

    fn request(&self, document: &str) -> Request {
        let door: Arc<dyn Door> = Arc::new(Sessions::default());
        let token = Some(self.token.clone());
        let caller = Caller::new(self.stage.test.database.clone(), door, token);
        Request::new(document)
            .data(caller)
            .data(Arc::clone(&self.stage.library))
            .data(self.stage.shelf.clone())
            .data(Citing(|_, _| Vec::new()))
    }

    /// Follows what a subscription tells.
    pub(crate) fn follow(&self, document: &str) -> BoxStream<'static, Value> {
        let answers = self.stage.schema.execute_stream(self.request(document));
        let data = answers.map(|answer| {
            assert!(answer.is_ok(), "{:?}", answer.errors);
            answer.data.into_json().expect("JSON")
        });
        data.boxed()
    }

    /// Asks with variables.
    pub(crate) async fn ask(&self, document: &str, variables: Value) -> Answered {
        let request = self.request(document);
        let request = request.variables(Variables::from_json(variables));
        let (response, statements) = counted(self.stage.schema.execute(request)).await;
        Answered {
            errors: errors(&response),
            data: response.data.into_json().expect("JSON"),
            statements,
        }
    }

    /// The ids and the names of six skills of the master list.
    pub(crate) fn listed_skills(&self) -> (Vec<String>, Vec<String>) {
        let skills = self.stage.library.skills().iter().take(6);
        skills
            .map(|skill| (format!("skill:{}", skill.id), skill.name.clone()))
            .unzip()
    }

    /// The person's own rows, as the database has them.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let entered = door::to_read(&self.stage.test.database, &self.token).await;
        let scope = entered.expect("an answer").scope.expect("a session");
        let backend = scope.connection().get_database_backend();
        let rows = scope
            .connection()
            .query_all_raw(Statement::from_string(backend, sql));
        rows.await.expect("rows")
    }

    /// Chooses a personality type, as the settings do.
    pub(crate) async fn choose(&self, code: &str) {
        let scope = self.stage.write(self).await;
        let change = dreamtree_identity::settings::Change {
            personality_type: dreamtree_types::Patch::Set(code.to_owned()),
            ..Default::default()
        };
        dreamtree_workbook::settings::update(&scope, &self.stage.library, None, change)
            .await
            .expect("a type");
        scope.commit().await.expect("committed");
    }

    /// How many rows of a table are this person's.
    pub(crate) async fn count(&self, table: &str) -> usize {
        let entered = door::to_read(&self.stage.test.database, &self.token).await;
        let scope = entered.expect("an answer").scope.expect("a session");
        let backend = scope.connection().get_database_backend();
        let sql = format!("SELECT 1 FROM {table} WHERE user_id = $1");
        let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
        let rows = scope.connection().query_all_raw(statement).await;
        rows.expect("rows").len()
    }

    /// Asks for what has to succeed.
    pub(crate) async fn data(&self, document: &str, variables: Value) -> Value {
        let answered = self.ask(document, variables).await;
        assert!(answered.errors.is_empty(), "{document}: {answered:?}");
        answered.data
    }

    /// Asks for what has to be refused: the only error's code and field.
    pub(crate) async fn refused(&self, document: &str, variables: Value) -> (String, String) {
        let mut answered = self.ask(document, variables).await;
        assert_eq!(answered.errors.len(), 1, "{document}: {answered:?}");
        answered.errors.remove(0)
    }
}

fn errors(response: &Response) -> Vec<(String, String)> {
    let word = |error: &async_graphql::ServerError, name: &str| {
        let value = error.extensions.as_ref().and_then(|all| all.get(name));
        match value {
            Some(async_graphql::Value::String(text)) => text.clone(),
            // Without a code it is the test that is wrong.
            _ if name == "code" => panic!("{error:?}"),
            _ => String::new(),
        }
    };
    let errors = response.errors.iter();
    errors
        .map(|error| (word(error, "code"), word(error, "field")))
        .collect()
}

/// A refusal, to compare with.
pub(crate) fn refusal(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}
