//! Shared pictures of what an attempt has reached.

use dreamtree_assessments::{Answer, Attempt, AttemptId, answer, complete, start};
use dreamtree_content::Library;
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_portability::{
    Error,
    picture::{self, Subject},
    share,
};
use dreamtree_types::{ClientError, Code, UserId};

use crate::{clock, content, owner, write};

on_both!(
    an_attempt_is_drawn_as_bars,
    only_ones_own_completed_attempts_are_shared,
);

/// Somebody's attempt at Core I in which these places are answered well, and the others not at all; not completed yet.
async fn attempt(test: &TestDatabase, user: UserId, library: &Library, well: &[i32]) -> Attempt {
    let coaching = library.coaching();
    let core = coaching.assessments().find(|one| one.key == "core-1");
    let scope = write(test, user).await;
    let begun = start(&scope, library, core.expect("Core I").id, None).await;
    let begun = begun.expect("an attempt");
    let answers: Vec<Answer> = begun
        .questions
        .iter()
        .filter(|served| well.contains(&served.position))
        .map(|served| Answer {
            question: coaching.question(served.version).expect("a question").id,
            choice: coaching.answer_key(served.version).expect("a key").correct,
            response_time: None,
        })
        .collect();
    answer(&scope, library, begun.id, &answers)
        .await
        .expect("answers");
    scope.commit().await.expect("the commit");
    begun
}

async fn completed(test: &TestDatabase, user: UserId, library: &Library, id: AttemptId) {
    let scope = write(test, user).await;
    complete(&scope, library, id).await.expect("a result");
    scope.commit().await.expect("the commit");
}

async fn drawn(test: &TestDatabase, library: &Library, token: &str) -> Option<String> {
    let opened = share::open(&test.database, token).await;
    let opened = opened.expect("an answer")?;
    let svg = picture::svg(&opened.scope, library, opened.subject).await;
    svg.expect("a picture")
}

async fn an_attempt_is_drawn_as_bars(test: &TestDatabase) {
    let library = content(test).await;
    let user = owner(&test.database).await;
    // Active Listening: 7 of 9; Powerful Questions: 5 of 9; Present-Moment Awareness: 4 of 9.
    let well = [1, 2, 3, 5, 6, 8, 10, 12, 15];
    let begun = attempt(test, user, &library, &well).await;
    completed(test, user, &library, begun.id).await;
    let scope = write(test, user).await;
    let made = share::create(&scope, Subject::Bars(begun.id), 2).await;
    let (kept, token) = made.expect("a share");
    scope.commit().await.expect("the commit");
    assert_eq!(kept.subject().expect("a subject"), Subject::Bars(begun.id));
    let token = token.reveal();
    let svg = drawn(test, &library, &token).await.expect("a picture");
    let title = "Core I: Listening, asking, being there";
    for words in [
        title,
        "Attempt of 1 March 2026; 59 % of all, Taking shape",
        "Active Listening: 78 %, A strength.",
        "Powerful Questions: 56 %, Taking shape.",
        "Present-Moment Awareness: 44 %, Worth building.",
    ] {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    assert!(svg.find("Active").expect("a bar") < svg.find("Powerful").expect("a bar"));
    let limits = svg.matches("stroke-width=\"3\"").count();
    assert_eq!(limits, 6, "where two tiers begin, across three bars");
    // Another attempt does not change it.
    let later = attempt(test, user, &library, &[1]).await;
    completed(test, user, &library, later.id).await;
    assert_eq!(drawn(test, &library, &token).await, Some(svg));
    let scope = write(test, user).await;
    share::revoke(&scope, kept.id).await.expect("an end");
    scope.commit().await.expect("the commit");
    assert_eq!(drawn(test, &library, &token).await, None);
}

async fn only_ones_own_completed_attempts_are_shared(test: &TestDatabase) {
    let library = content(test).await;
    let (user, other) = (owner(&test.database).await, owner(&test.database).await);
    let open = attempt(test, user, &library, &[1]).await.id;
    let refused = async |user, attempt| -> Code {
        let scope: Scope = write(test, user).await;
        let made = share::create(&scope, Subject::Bars(attempt), 2).await;
        let error: Error = made.map(drop).expect_err("a refusal");
        error.fault().expect("a fault of the caller's").code
    };
    assert_eq!(refused(user, open).await, Code::Conflict);
    assert_eq!(refused(user, AttemptId::new()).await, Code::NotFound);
    completed(test, user, &library, open).await;
    assert_eq!(
        refused(other, open).await,
        Code::NotFound,
        "somebody else's"
    );
    let scope = write(test, user).await;
    share::create(&scope, Subject::Bars(open), 2)
        .await
        .expect("a share");
}
