//! The life dashboard: work, play, love and health, and notes about them. The notes are sealed, the
//! ratings are not, so they can be kept while the vault is locked. A person has one dashboard, in
//! their profile.

use std::collections::HashMap;

use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};

use super::ToolData;
use crate::{
    Error, InstanceId,
    entity::user_profile::{ActiveModel, Column, Entity, Model},
    sealed::{Row, optional},
};

const TABLE: &str = "user_profile";
const NOTES: &str = "life_dashboard_notes";
const LONGEST_NOTES: usize = 5_000;

/// How a life is going; each rating is 1 (empty) to 10 (full).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Work, paid or not.
    pub work: i32,
    /// What is done for the joy of it.
    pub play: i32,
    /// Love, given and received.
    pub love: i32,
    /// Of body and mind.
    pub health: i32,
    /// At most 5,000 characters.
    pub notes: Private<String>,
}

/// Keeps the dashboard in the person's profile and leaves the rest of it alone. Notes that are left
/// out go away, unless they cannot be read now.
pub(crate) async fn save(scope: &Scope, dashboard: &Dashboard) -> Result<(), Error> {
    let given = check(dashboard)?;
    let profile = find(scope).await?;
    let row = Row::new(scope, TABLE, scope.user());
    let stored = profile
        .as_ref()
        .and_then(|profile| profile.life_dashboard_notes.clone());
    let (notes, generation) = match given {
        Some(text) => {
            let generation = generation(scope.vault().generation()?, profile.as_ref());
            (row.seal(NOTES, Some(&text))?, Set(Some(generation)))
        }
        None if row.open::<String>(NOTES, stored.as_deref()) == Private::Locked => (stored, NotSet),
        None => (None, NotSet),
    };
    let mut columns = vec![
        Column::LifeDashboardWork,
        Column::LifeDashboardPlay,
        Column::LifeDashboardLove,
        Column::LifeDashboardHealth,
        Column::LifeDashboardNotes,
        Column::UpdatedAt,
    ];
    if generation.is_set() {
        columns.push(Column::KeyGeneration);
    }
    let row = ActiveModel {
        user_id: Set(scope.user()),
        life_dashboard_work: Set(Some(dashboard.work)),
        life_dashboard_play: Set(Some(dashboard.play)),
        life_dashboard_love: Set(Some(dashboard.love)),
        life_dashboard_health: Set(Some(dashboard.health)),
        life_dashboard_notes: Set(notes),
        key_generation: generation,
        // Counts the changes of the profile's texts, of which this is none.
        revision: Set(0),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
        ..ActiveModel::default()
    };
    let again = OnConflict::column(Column::UserId)
        .update_columns(columns)
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Refuses ratings off the scale; the notes that are to be kept.
fn check(dashboard: &Dashboard) -> Result<Option<String>, Error> {
    let Dashboard {
        work,
        play,
        love,
        health,
        notes,
    } = dashboard;
    for (field, rating) in [
        ("work", work),
        ("play", play),
        ("love", love),
        ("health", health),
    ] {
        if !(1..=10).contains(rating) {
            return Err(Error::invalid(
                format!("value.lifeDashboard.{field}"),
                "must be 1 to 10",
            ));
        }
    }
    match notes {
        Private::Open(text) => optional(Some(text), LONGEST_NOTES, "value.lifeDashboard.notes"),
        Private::Empty | Private::Locked => Ok(None),
    }
}

/// The generation of the row: that of its oldest key, which the profile's other texts may need.
fn generation(present: i32, profile: Option<&Model>) -> i32 {
    let older = profile.filter(|profile| {
        let others = [
            &profile.headline,
            &profile.summary,
            &profile.identity_story,
            &profile.allegory,
            &profile.value_proposition,
        ];
        others.into_iter().any(Option::is_some)
    });
    older
        .and_then(|profile| profile.key_generation)
        .unwrap_or(present)
}

async fn find(scope: &Scope) -> Result<Option<Model>, Error> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    Ok(scope.gather_one(mine).await?)
}

/// The person's dashboard, for each of these instances; one statement.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let profile = find(scope).await?;
    let Some(dashboard) = profile.and_then(|profile| read(scope, &profile)) else {
        return Ok(HashMap::new());
    };
    let data = Private::Open(ToolData::Dashboard(dashboard));
    Ok(instances
        .iter()
        .map(|instance| (*instance, data.clone()))
        .collect())
}

/// `None` for a profile without ratings.
pub(crate) fn read(scope: &Scope, profile: &Model) -> Option<Dashboard> {
    let row = Row::new(scope, TABLE, profile.user_id);
    Some(Dashboard {
        work: profile.life_dashboard_work?,
        play: profile.life_dashboard_play?,
        love: profile.life_dashboard_love?,
        health: profile.life_dashboard_health?,
        notes: row.open(NOTES, profile.life_dashboard_notes.as_deref()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dashboard(work: i32, notes: Private<String>) -> Dashboard {
        Dashboard {
            work,
            play: 1,
            love: 10,
            health: 5,
            notes,
        }
    }

    #[test]
    fn a_rating_off_the_scale_is_refused() {
        for work in [i32::MIN, 0, 11, i32::MAX] {
            let fault = check(&dashboard(work, Private::Empty));
            assert!(
                matches!(fault, Err(Error::Invalid { field, .. }) if field == "value.lifeDashboard.work")
            );
        }
        assert!(check(&dashboard(10, Private::Empty)).is_ok());
    }

    #[test]
    fn blank_notes_are_no_notes() {
        let notes = |text: &str| {
            check(&dashboard(5, Private::Open(text.to_owned())))
                .ok()
                .flatten()
        };
        assert_eq!(notes(" \n"), None);
        assert_eq!(notes(" fine "), Some("fine".to_owned()));
        assert!(check(&dashboard(5, Private::Open("x".repeat(LONGEST_NOTES + 1)))).is_err());
    }
}
