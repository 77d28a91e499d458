//! Pictures of a person's self-assessment: nothing of it is sealed, and nothing in it says whose it is.

use std::collections::{BTreeMap, HashMap};

use dreamtree_assessments::{
    Average, CompetencyResult, Entry, HIGHEST, LOWEST, Score,
    entity::user_competency_history::{Column, Entity},
};
use dreamtree_content::{CompetencyCategory, CompetencyId, Library};
use dreamtree_database::Scope;
use dreamtree_pictures::{Axis, Group, Line, Point, Radar, Trend};
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::Error;

/// The latest scores that a trend is drawn from: a hundred whole assessments.
const MOST: u64 = 1_500;

const OVERALL: &str = "Overall";

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The present scores, one for each competency.
    CompetencyRadar,
    /// The averages over time.
    CompetencyTrend,
}

impl Kind {
    /// The code that is stored; never to be changed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CompetencyRadar => "competency_radar",
            Self::CompetencyTrend => "competency_trend",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::CompetencyRadar, Self::CompetencyTrend];
        all.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// The picture as an SVG document; `None` before the first score. One statement.
pub async fn svg(scope: &Scope, library: &Library, kind: Kind) -> Result<Option<String>, Error> {
    Ok(match kind {
        Kind::CompetencyRadar => {
            let scores = dreamtree_assessments::current(scope).await?;
            radar(library, &scores, scope.now()).map(|radar| radar.svg())
        }
        Kind::CompetencyTrend => {
            let entries = history(scope).await?;
            trend(library, &entries).map(|trend| trend.svg())
        }
    })
}

/// A picture of [`svg`] as PNG. It takes some time, so not on a thread that others wait for.
pub fn png(svg: &str) -> Result<Vec<u8>, Error> {
    Ok(dreamtree_pictures::png(svg)?)
}

/// The latest entries of the history, oldest first; one statement.
async fn history(scope: &Scope) -> Result<Vec<Entry>, DbErr> {
    let mut entries = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::AssessedAt)
        .order_by_desc(Column::Id)
        .limit(MOST)
        .all(scope.connection())
        .await?;
    entries.reverse();
    Ok(entries)
}

/// A radar of the present scores.
fn radar(library: &Library, scores: &[Score], now: Instant) -> Option<Radar> {
    let result = CompetencyResult::of(library.competencies(), scores, now)?;
    let value = |id: CompetencyId| {
        let score = scores.iter().find(|one| one.competency == id)?;
        u8::try_from(score.score).ok()
    };
    let group = |category: &CompetencyCategory| {
        let average = result
            .categories
            .iter()
            .find(|one| one.category == *category);
        let average = average.and_then(|one| one.average).map(Average::rounded);
        let axes = library
            .competencies()
            .iter()
            .filter(|one| one.category == *category)
            .map(|one| Axis {
                name: one.name.clone(),
                value: value(one.id),
            });
        Group {
            name: name(*category).to_owned(),
            note: average.map_or_else(|| "no score".to_owned(), |one| format!("average {one}")),
            axes: axes.collect(),
        }
    };
    let overall = result.overall.rounded();
    Some(Radar {
        title: "Competencies".to_owned(),
        subtitle: format!(
            "Self-assessment of {}, from {LOWEST} to {HIGHEST}; average {overall}",
            day(result.assessed_at.date())
        ),
        highest: u8::try_from(HIGHEST).unwrap_or(u8::MAX),
        groups: CompetencyCategory::ALL.iter().map(group).collect(),
    })
}

/// The averages of each group, and over all, on each day on which a score was given; `entries` oldest first.
fn trend(library: &Library, entries: &[Entry]) -> Option<Trend> {
    let mut days: BTreeMap<Date, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        days.entry(entry.assessed_at.date())
            .or_default()
            .push(entry);
    }
    let (first, last) = (*days.keys().next()?, *days.keys().next_back()?);
    let mut lines: Vec<Line> = CompetencyCategory::ALL
        .iter()
        .map(|category| name(*category))
        .chain([OVERALL])
        .map(|name| Line {
            name: name.to_owned(),
            points: Vec::new(),
        })
        .collect();
    let mut scores: HashMap<CompetencyId, i32> = HashMap::new();
    for (day, given) in days {
        scores.extend(given.iter().map(|entry| (entry.competency_id, entry.score)));
        for (line, value) in lines.iter_mut().zip(averages(library, &scores)) {
            let point = value.map(|value| Point { day, value });
            line.points.extend(point);
        }
    }
    lines.retain(|line| !line.points.is_empty());
    let span = if first == last {
        day(first)
    } else {
        format!("{} to {}", day(first), day(last))
    };
    (!lines.is_empty()).then(|| Trend {
        title: "Competencies over time".to_owned(),
        subtitle: format!("Averages of the self-assessments, {span}, from {LOWEST} to {HIGHEST}"),
        lowest: LOWEST,
        highest: HIGHEST,
        lines,
    })
}

/// The average of each group and the one over all; of competencies that there are.
fn averages(library: &Library, scores: &HashMap<CompetencyId, i32>) -> Vec<Option<f64>> {
    let average = |category: Option<CompetencyCategory>| {
        let members = library.competencies().iter();
        let members = members.filter(|one| category.is_none_or(|wanted| one.category == wanted));
        Average::of(members.filter_map(|one| scores.get(&one.id).copied())).map(Average::rounded)
    };
    let groups = CompetencyCategory::ALL
        .iter()
        .map(|one| average(Some(*one)));
    groups.chain([average(None)]).collect()
}

const fn name(category: CompetencyCategory) -> &'static str {
    match category {
        CompetencyCategory::Delivery => "Delivery",
        CompetencyCategory::Interpersonal => "Interpersonal",
        CompetencyCategory::Strategic => "Strategic",
    }
}

/// A day in words.
fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_written() {
        for kind in [Kind::CompetencyRadar, Kind::CompetencyTrend] {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse(""), None);
    }
}
