//! Two entries for one skill become one, and every link is kept.

use dreamtree_content::Library;
use dreamtree_database::Scope;

use super::{
    Skill,
    adopt::adopt,
    find::one,
    links::{forget_unused, move_links, run},
    order::close_gaps,
};
use crate::{
    Error, UserSkillId,
    entity::user_skills::{Entity, Model},
    owned,
    tool::skills::Subject,
};

/// Tags of the one that would meet a tag of the other on the same thing.
const DROP_TWIN_TAGS: &str = "DELETE FROM user_skill_tags WHERE user_id = $1 AND user_skill_id = $2 \
    AND COALESCE(instance_id, response_id) IN (SELECT COALESCE(instance_id, response_id) \
    FROM user_skill_tags WHERE user_id = $1 AND user_skill_id = $3)";
const MOVE_TAGS: &str =
    "UPDATE user_skill_tags SET user_skill_id = $3 WHERE user_id = $1 AND user_skill_id = $2";

/// Puts `from` into `into`: everything that it was tagged on, all experiences that it took part in, the higher
/// mastery, the better rank if they are of one group, and its evidence where the other has none.
pub(crate) async fn merge(
    scope: &Scope,
    library: &Library,
    from: UserSkillId,
    into: UserSkillId,
) -> Result<Skill, Error> {
    if from == into {
        return Err(Error::twice("input.into"));
    }
    let moved = adopt(scope, library).await?;
    let gone = owned::find::<Entity>(scope, moved.now(from), "input.from").await?;
    let kept = owned::find::<Entity>(scope, moved.now(into), "input.into").await?;
    if gone.id == kept.id {
        return one(scope, library, kept.id).await;
    }
    let id = kept.id;
    join(scope, gone, kept).await?;
    forget_unused(scope).await?;
    close_gaps(scope, library).await?;
    one(scope, library, id).await
}

/// Puts one entry into another.
pub(super) async fn join(scope: &Scope, gone: Model, mut kept: Model) -> Result<(), Error> {
    let tags = [scope.user().into(), gone.id.into(), kept.id.into()];
    run(scope, DROP_TWIN_TAGS, tags.to_vec()).await?;
    run(scope, MOVE_TAGS, tags.to_vec()).await?;
    let (from, into) = (subject(&gone), subject(&kept));
    move_links(scope, from, into).await?;
    owned::delete::<Entity>(scope, gone.id).await?;
    kept.mastery = kept.mastery.max(gone.mastery);
    if kept.category == gone.category {
        kept.rank = [kept.rank, gone.rank].into_iter().flatten().min();
    }
    kept.evidence = kept.evidence.take().or(gone.evidence);
    owned::replace::<Entity>(scope, &mut kept).await
}

const fn subject(row: &Model) -> Subject {
    (row.skill_id, row.custom_skill_id)
}
