//! What was told at a placement, seen and changed from outside of it.

use dreamtree_content::{Placement, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::{ClientError, Code, Patch, Private};
use dreamtree_workbook::{
    Entry, Error, Progress, Saved, Value, experience, reframe, story,
    tool::{ToolData, reframe::Reframe},
};
use time::Duration;

use crate::{
    clock,
    reader::{Reader, open_way, simple_answer},
};

on_both!(
    a_story_keeps_its_experience_when_its_placement_is_saved_again,
    a_change_of_a_story_is_one_of_its_placement,
    what_belongs_to_an_exercise_cannot_be_taken_away,
);

async fn placement(reader: &Reader, kind: ToolKind) -> &Placement {
    let is_kind = |one: &&Placement| one.tool().is_some_and(|at| at.tool.kind == kind);
    let mut placements = reader.library.placements().iter();
    let placement = placements.find(is_kind).expect("a placement");
    open_way(reader, placement).await;
    placement
}

async fn tell(reader: &Reader, placement: &Placement, value: Value) {
    let entry = Entry {
        placement: placement.id,
        value,
    };
    reader.answer(&[entry]).await.expect("told");
}

async fn only_story(reader: &Reader) -> story::Story {
    let scope = reader.read().await;
    let all = story::all(&scope, story::Wanted::default()).await;
    let mut all = all.expect("stories");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

async fn change(reader: &Reader, draft: story::Draft) -> Result<story::Story, Error> {
    let id = only_story(reader).await.id;
    let scope = reader.write().await;
    let saved = story::update(&scope, &reader.library, id, None, draft).await?;
    scope.commit().await?;
    match saved {
        Saved::Done(story) => Ok(story),
        Saved::Stale(_) => panic!("nobody else writes"),
    }
}

fn refused<T>(result: Result<T, Error>) -> (Code, Option<String>) {
    let error = result.err().expect("a refusal");
    let fault = error.fault().expect("the caller's fault");
    (fault.code, fault.field)
}

async fn a_story_keeps_its_experience_when_its_placement_is_saved_again(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let placement = placement(&reader, ToolKind::SoaredForm).await;
    tell(&reader, placement, simple_answer(placement)).await;
    let scope = reader.write().await;
    let draft = experience::Draft {
        title: Patch::Set("Cook".to_owned()),
        ..Default::default()
    };
    let cook = experience::create(&scope, &reader.library, None, draft).await;
    let cook = cook.expect("an experience").id;
    scope.commit().await.expect("committed");
    let draft = story::Draft {
        experience: Patch::Set(cook),
        ..Default::default()
    };
    change(&reader, draft).await.expect("linked");
    tell(&reader, placement, simple_answer(placement)).await;
    assert_eq!(only_story(&reader).await.experience, Some(cook));
}

async fn a_change_of_a_story_is_one_of_its_placement(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let placement = placement(&reader, ToolKind::SoaredForm).await;
    tell(&reader, placement, simple_answer(placement)).await;
    let draft = story::Draft {
        situation: Patch::Set("It snowed".to_owned()),
        ..Default::default()
    };
    test.database.clock().advance(Duration::minutes(5));
    let changed_at = test.database.clock().now();
    change(&reader, draft).await.expect("changed");
    let progress = Progress::find(&reader.read().await, &reader.library, true).await;
    let modules = progress.expect("progress").modules;
    let touched = modules
        .iter()
        .filter(|one| one.last_modified_at == Some(changed_at));
    assert_eq!(
        touched.count(),
        1,
        "the module of the placement was worked on"
    );
    let page = reader.page(100).await;
    let stored = &page.view.stored[&placement.id];
    assert_eq!(stored.revision, 2);
    let Private::Open(Value::Tool(ToolData::Story(shown))) = &stored.value else {
        panic!("{:?}", stored.value)
    };
    assert_eq!(shown.situation.as_deref(), Some("It snowed"));
    let draft = story::Draft {
        kind: Patch::Clear,
        ..Default::default()
    };
    let refusal = (Code::InvalidInput, Some("input.type".to_owned()));
    assert_eq!(refused(change(&reader, draft).await), refusal);
}

async fn what_belongs_to_an_exercise_cannot_be_taken_away(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let form = placement(&reader, ToolKind::SoaredForm).await;
    tell(&reader, form, simple_answer(form)).await;
    let refusal = (Code::InvalidInput, Some("input.id".to_owned()));
    let told = only_story(&reader).await.id;
    let scope = reader.write().await;
    assert_eq!(refused(story::delete(&scope, told, None).await), refusal);
    drop(scope);
    let reader = Reader::another(test, reader.library.clone()).await;
    let reframer = placement(&reader, ToolKind::FailureReframer).await;
    let lost = Reframe {
        situation: Some("lost".to_owned()),
        ..Default::default()
    };
    tell(&reader, reframer, Value::Tool(ToolData::Reframe(lost))).await;
    let scope = reader.write().await;
    let all = reframe::all(&scope).await.expect("reframes");
    let id = all[0].id;
    assert_eq!(refused(reframe::delete(&scope, id, None).await), refusal);
}
