//! A person on a database with the real workbook, and what they answer.

use std::{path::Path, sync::Arc};

use dreamtree_content::{Body, Input, Library, Placement, Shelf, ToolKind, load, read_folder};
use dreamtree_database::{Database, Scope, Vault, testing::TestDatabase};
use dreamtree_identity::{Client, door, visit};
use dreamtree_types::UserId;
use dreamtree_workbook::{
    Answered, Entry, Error, Page, Position, Stretch, Value, Wanted, answer, page,
    tool::{
        ToolData,
        list::{Item, List},
        story::Story,
    },
};
use sea_orm::ConnectionTrait;

/// A person on a database with the real workbook.
pub(crate) struct Reader {
    pub(crate) database: Database,
    pub(crate) library: Arc<Library>,
    pub(crate) user: UserId,
    pub(crate) vault: Vault,
}

impl Reader {
    pub(crate) async fn new(test: &TestDatabase) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
        let edition = read_folder(&folder).expect("seed-data has no fault");
        load(&test.owner, &edition, test.database.clock().now())
            .await
            .expect("loaded");
        let shelf = Shelf::open(&test.database).await.expect("a shelf");
        Self::another(test, shelf.current()).await
    }

    pub(crate) async fn another(test: &TestDatabase, library: Arc<Library>) -> Self {
        let database = test.database.clone();
        let (opened, viewer) = visit(&database, &Client::nowhere()).await.expect("a visit");
        let entered = door::to_read(&database, &opened.token.reveal())
            .await
            .expect("a session");
        let vault = entered.scope.expect("a scope").vault().clone();
        Self {
            database,
            library,
            user: viewer.id,
            vault,
        }
    }

    pub(crate) async fn write(&self) -> Scope {
        let scope = Scope::write(&self.database, self.user)
            .await
            .expect("a scope");
        scope.with_vault(self.vault.clone())
    }

    pub(crate) async fn read(&self) -> Scope {
        let scope = Scope::read(&self.database, self.user)
            .await
            .expect("a scope");
        scope.with_vault(self.vault.clone())
    }

    pub(crate) async fn answer(&self, entries: &[Entry]) -> Result<(), Error> {
        let scope = self.write().await;
        answer(&scope, &self.library, entries, Wanted::EVERYTHING).await?;
        Ok(scope.commit().await?)
    }

    /// Answers every prompt up to the first placement of this tool, one by one; tools on the way must not be required.
    pub(crate) async fn walk_to(&self, stop: impl Fn(&Placement) -> bool) -> &Placement {
        loop {
            let scope = self.read().await;
            let answered = Answered::find(&scope).await.expect("answers");
            let Position::At(index) = Position::of(&self.library, &answered) else {
                panic!("nowhere to stop")
            };
            drop(scope);
            let placement = &self.library.placements()[index];
            if stop(placement) {
                return placement;
            }
            let value = simple_answer(placement);
            self.answer(&[Entry {
                placement: placement.id,
                value,
            }])
            .await
            .expect("an answer");
        }
    }

    pub(crate) async fn page(&self, first: usize) -> Page {
        let wanted = Wanted {
            answers: true,
            prefill: true,
            stale: true,
            tags: false,
        };
        page(
            &self.read().await,
            &self.library,
            Stretch::beginning(first),
            wanted,
        )
        .await
        .expect("a page")
    }
}

pub(crate) fn simple_answer(placement: &Placement) -> Value {
    match &placement.body {
        Body::Prompt(prompt) => match &prompt.input {
            Input::Text(rules) | Input::Textarea(rules) => {
                Value::Text("x".repeat(rules.min_length.max(1) as usize))
            }
            Input::Slider(rules) => Value::Number(rules.min),
            Input::Checkbox(_) => Value::Checked(true),
            Input::Checklist(rules) => {
                let ticks = rules.options.iter().take(rules.min_checked.max(1) as usize);
                Value::Options(ticks.map(|option| option.value.clone()).collect())
            }
            Input::Radio(options) | Input::Select(options) => {
                Value::Option(options[0].value.clone())
            }
        },
        Body::Tool(tool) if tool.tool.kind == ToolKind::SoaredForm => {
            let story = Story {
                situation: Some("It rained".to_owned()),
                ..Default::default()
            };
            Value::Tool(ToolData::Story(story))
        }
        Body::Tool(tool) if tool.tool.kind == ToolKind::ListBuilder => {
            items(&["one", "two", "three", "four", "five"])
        }
        other => panic!("no simple answer to {other:?}"),
    }
}

pub(crate) fn items(contents: &[&str]) -> Value {
    let item = |content: &&str| Item {
        id: None,
        content: (*content).to_owned(),
    };
    let items = contents.iter().map(item).collect();
    Value::Tool(ToolData::List(List {
        name: String::new(),
        items,
    }))
}

/// Opens the way to a placement: prompts before it are answered, tools before it are marked as used.
pub(crate) async fn open_way(reader: &Reader, placement: &Placement) {
    let index = reader.library.index_of(placement.id).expect("an index");
    let before = || {
        reader.library.placements()[..index]
            .iter()
            .filter(|one| one.required)
    };
    let scope = reader.write().await;
    for (one, tool) in before().filter_map(|one| one.tool().map(|tool| (one, tool))) {
        let sql = "INSERT INTO user_tool_instances (user_id, id, tool_id, stem_id, is_sealed, revision, created_at, updated_at) \
                   VALUES ($1, $2, $3, $4, FALSE, 1, $5, $5)";
        let (id, now) = (uuid::Uuid::now_v7(), scope.now());
        let values = [
            reader.user.into(),
            id.into(),
            tool.tool.id.0.into(),
            one.id.0.into(),
            now.into(),
        ];
        let backend = scope.connection().get_database_backend();
        let statement = sea_orm::Statement::from_sql_and_values(backend, sql, values);
        scope
            .connection()
            .execute_raw(statement)
            .await
            .expect("marked");
    }
    let entries = before().filter(|one| one.prompt().is_some());
    let entries: Vec<Entry> = entries
        .map(|one| Entry {
            placement: one.id,
            value: simple_answer(one),
        })
        .collect();
    for batch in entries.chunks(50) {
        answer(&scope, &reader.library, batch, Wanted::EVERYTHING)
            .await
            .expect("answers");
    }
    scope.commit().await.expect("committed");
}

/// The first private prompt of the workbook, with the way to it open.
pub(crate) async fn private_prompt(reader: &Reader) -> &Placement {
    let is_private = |one: &&Placement| one.prompt().is_some_and(|prompt| prompt.private);
    let placement = reader
        .library
        .placements()
        .iter()
        .find(is_private)
        .expect("a private prompt");
    open_way(reader, placement).await;
    placement
}
