//! People, content and requests to test with.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use async_graphql::{EmptySubscription, Request, Response, Schema, Value};
use dreamtree_api::{Answer, Caller, Door, Entered};
use dreamtree_assessments::graphql::{AssessmentsMutation, AssessmentsQuery};
use dreamtree_content::{CompetencyId, Library, Shelf};
use dreamtree_database::{Database, Scope, testing::TestDatabase};
use dreamtree_types::{Actor, Clock, Role, UserId};
use time::macros::datetime;

/// A clock that stands still until it is moved.
pub(crate) fn clock() -> Clock {
    Clock::fixed(datetime!(2025-06-01 12:00 UTC))
}

/// The content of `seed-data`.
pub(crate) async fn content(test: &TestDatabase) -> Arc<Library> {
    load(test, &seed_data()).await
}

/// The folder of the content.
pub(crate) fn seed_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data")
}

/// The content of a folder.
pub(crate) async fn load(test: &TestDatabase, folder: &Path) -> Arc<Library> {
    let edition = dreamtree_content::read_folder(folder).expect("the folder has no fault");
    let now = test.database.clock().now();
    dreamtree_content::load(&test.owner, &edition, now)
        .await
        .expect("seed-data loads");
    Shelf::open(&test.database)
        .await
        .expect("the shelf opens")
        .current()
}

/// Somebody with a session.
pub(crate) async fn person(test: &TestDatabase) -> Actor {
    let (opened, viewer) =
        dreamtree_identity::visit(&test.database, &dreamtree_identity::Client::nowhere())
            .await
            .expect("a visit");
    Actor::User {
        user: viewer.id,
        session: opened.session,
        expires_at: opened.expires_at,
        authenticated_at: None,
    }
}

/// Whose session it is.
pub(crate) fn user(actor: Actor) -> UserId {
    match actor {
        Actor::User { user, .. } => user,
        Actor::Visitor | Actor::Expired => panic!("nobody"),
    }
}

/// A scope to read somebody's rows in.
pub(crate) async fn read(test: &TestDatabase, actor: Actor) -> Scope {
    Scope::read(&test.database, user(actor))
        .await
        .expect("a snapshot")
}

/// A scope to write somebody's rows in.
pub(crate) async fn write(test: &TestDatabase, actor: Actor) -> Scope {
    Scope::write(&test.database, user(actor))
        .await
        .expect("a transaction")
}

/// The first competencies, each with one of the scores.
pub(crate) fn scored(library: &Library, scores: &[i32]) -> Vec<(CompetencyId, i32)> {
    let competencies = library.competencies().iter();
    competencies
        .map(|one| one.id)
        .zip(scores.iter().copied())
        .collect()
}

/// Submits scores and makes them last.
pub(crate) async fn submit(test: &TestDatabase, actor: Actor, library: &Library, scores: &[i32]) {
    let scope = write(test, actor).await;
    dreamtree_assessments::submit(&scope, library, scored(library, scores))
        .await
        .expect("scores");
    scope.commit().await.expect("the commit");
}

/// A door that takes everybody for this actor.
struct Open(Actor);

#[async_trait::async_trait]
impl Door for Open {
    async fn read(&self, database: &Database, _: &str) -> Answer<Entered> {
        let scope = match self.0 {
            Actor::User { user, .. } => {
                Some(Scope::read(database, user).await.expect("a snapshot"))
            }
            Actor::Visitor | Actor::Expired => None,
        };
        Ok(Entered {
            actor: self.0,
            scope,
        })
    }

    async fn write(&self, database: &Database, _: &str) -> Answer<Entered> {
        let scope = match self.0 {
            Actor::User { user, .. } => Some(Scope::write(database, user).await.expect("a scope")),
            Actor::Visitor | Actor::Expired => None,
        };
        Ok(Entered {
            actor: self.0,
            scope,
        })
    }

    async fn role(&self, _: &Scope) -> Answer<Role> {
        Ok(Role::Person)
    }
}

fn token(actor: Actor) -> Option<String> {
    (actor != Actor::Visitor).then(|| "a token".to_owned())
}

/// What a request is answered, as somebody sees it.
pub(crate) async fn ask(
    test: &TestDatabase,
    actor: Actor,
    library: &Arc<Library>,
    document: &str,
) -> Response {
    let schema = Schema::new(
        AssessmentsQuery::default(),
        AssessmentsMutation::default(),
        EmptySubscription,
    );
    let caller = Caller::new(test.database.clone(), Arc::new(Open(actor)), token(actor));
    schema
        .execute(
            Request::new(document)
                .data(caller)
                .data(Arc::clone(library)),
        )
        .await
}

/// The data of an answer without errors.
pub(crate) fn data(response: Response) -> serde_json::Value {
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    response.data.into_json().expect("JSON")
}

/// Code and field of the only error of an answer.
pub(crate) fn refusal(response: &Response) -> (String, String) {
    let [error] = response.errors.as_slice() else {
        panic!("{:?}", response.errors)
    };
    let extension = |name: &str| match error.extensions.as_ref().and_then(|all| all.get(name)) {
        Some(Value::String(text)) => text.clone(),
        _ => String::new(),
    };
    (extension("code"), extension("field"))
}
