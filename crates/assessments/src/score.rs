//! A score: how high somebody rates themselves in one competency.

use std::{collections::HashSet, sync::Arc};

use dreamtree_content::{Competency, CompetencyId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, Select, sea_query::OnConflict,
};

use crate::{
    Error, ScoreId,
    entity::user_competency_scores::{ActiveModel, Column, Entity, Model},
};

/// The lowest score.
pub const LOWEST: i32 = 1;
/// The highest score.
pub const HIGHEST: i32 = 5;
/// The most scores of one submission.
pub const MOST: usize = 15;

/// The score that somebody gave themselves last in one competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// What was rated.
    pub competency: CompetencyId,
    /// 1 to 5.
    pub score: i32,
    /// When.
    pub assessed_at: Instant,
}

impl From<Model> for Score {
    fn from(row: Model) -> Self {
        Self {
            competency: row.competency_id,
            score: row.score,
            assessed_at: row.assessed_at,
        }
    }
}

/// 1 to 15 scores, each from 1 to 5, of different competencies that there are. Fewer than all are
/// welcome: a page saves as it is filled in.
pub(crate) fn check(
    competencies: &[Competency],
    scores: &[(CompetencyId, i32)],
) -> Result<(), Error> {
    if scores.is_empty() || scores.len() > MOST {
        return Err(Error::Count);
    }
    let mut seen = HashSet::new();
    for (entry, &(competency, score)) in scores.iter().enumerate() {
        if !competencies.iter().any(|known| known.id == competency) {
            return Err(Error::UnknownCompetency { entry });
        }
        if !seen.insert(competency) {
            return Err(Error::Duplicate { entry });
        }
        if !(LOWEST..=HIGHEST).contains(&score) {
            return Err(Error::Score { entry });
        }
    }
    Ok(())
}

/// When the scope's scores are given, to the second. `SQLite` compares times as text, and texts with
/// and without a fraction do not sort by time; within a second the ids of the history do.
pub(crate) fn moment(scope: &Scope) -> Instant {
    scope.now().truncate_to_second()
}

fn owned(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(scope.user()))
}

/// The person's current scores, in no particular order; one statement, and a snapshot is asked once.
pub async fn current(scope: &Scope) -> Result<Arc<Vec<Score>>, Error> {
    let read = async {
        let rows = scope.gather(owned(scope)).await?;
        Ok(rows.into_iter().map(Score::from).collect())
    };
    scope.once(read).await
}

/// Makes these the person's current scores, others stay; one statement. The caller has checked them.
pub(crate) async fn upsert(scope: &Scope, scores: &[(CompetencyId, i32)]) -> Result<(), DbErr> {
    let rows = scores.iter().map(|&(competency, score)| ActiveModel {
        user_id: Set(scope.user()),
        id: Set(ScoreId::new()),
        competency_id: Set(competency),
        score: Set(score),
        assessed_at: Set(moment(scope)),
    });
    let replace = OnConflict::columns([Column::UserId, Column::CompetencyId])
        .update_columns([Column::Score, Column::AssessedAt])
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use dreamtree_content::CompetencyCategory;

    use super::*;

    fn competencies() -> Vec<Competency> {
        (0..16)
            .map(|number| Competency {
                id: CompetencyId::new(),
                name: format!("Competency {number}"),
                definition: String::new(),
                category: CompetencyCategory::Delivery,
                sort_order: number,
                relevant_modules: Vec::new(),
                levels: Vec::new(),
            })
            .collect()
    }

    fn refusal(competencies: &[Competency], scores: &[(CompetencyId, i32)]) -> String {
        format!("{:?}", check(competencies, scores).unwrap_err())
    }

    #[test]
    fn one_to_fifteen_scores_are_taken() {
        let known = competencies();
        let all: Vec<_> = known.iter().map(|one| (one.id, 3)).collect();
        assert!(check(&known, &all[..1]).is_ok());
        assert!(check(&known, &all[..15]).is_ok());
        assert_eq!(refusal(&known, &[]), "Count");
        assert_eq!(refusal(&known, &all), "Count");
    }

    #[test]
    fn a_refusal_names_the_entry() {
        let known = competencies();
        let (a, b) = (known[0].id, known[1].id);
        let unknown = CompetencyId::new();
        for score in [0, 6, -1, i32::MAX] {
            assert_eq!(refusal(&known, &[(a, 1), (b, score)]), "Score { entry: 1 }");
        }
        assert_eq!(
            refusal(&known, &[(a, 1), (b, 5), (a, 1)]),
            "Duplicate { entry: 2 }"
        );
        assert_eq!(
            refusal(&known, &[(unknown, 1)]),
            "UnknownCompetency { entry: 0 }"
        );
    }
}
