//! Pictures of a person's results: nothing of them is sealed, and nothing in a picture says whose it is.

mod attempt;

use std::collections::{BTreeMap, HashMap};

use dreamtree_assessments::{
    Attempt, AttemptId, Average, CompetencyResult, Entry, HIGHEST, LOWEST, Score,
    entity::user_competency_history::{Column, Entity},
    find_attempt,
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

/// What kind of picture it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The present scores, one for each competency.
    CompetencyRadar,
    /// The averages over time.
    CompetencyTrend,
    /// What one attempt has reached in each competency.
    AttemptBars,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The present scores of the self-assessment.
    Radar,
    /// Its averages over time.
    Trend,
    /// What this completed attempt at an assessment has reached.
    Bars(AttemptId),
}

impl Kind {
    const ALL: [Self; 3] = [
        Self::CompetencyRadar,
        Self::CompetencyTrend,
        Self::AttemptBars,
    ];

    /// The code that is stored; never to be changed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CompetencyRadar => "competency_radar",
            Self::CompetencyTrend => "competency_trend",
            Self::AttemptBars => "attempt_bars",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

impl Subject {
    /// What a kind shows, with an attempt where the kind shows one and without elsewhere; `None` for what does not go together.
    #[must_use]
    pub const fn of(kind: Kind, attempt: Option<AttemptId>) -> Option<Self> {
        match (kind, attempt) {
            (Kind::CompetencyRadar, None) => Some(Self::Radar),
            (Kind::CompetencyTrend, None) => Some(Self::Trend),
            (Kind::AttemptBars, Some(attempt)) => Some(Self::Bars(attempt)),
            _ => None,
        }
    }

    /// What kind of picture shows it.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Radar => Kind::CompetencyRadar,
            Self::Trend => Kind::CompetencyTrend,
            Self::Bars(_) => Kind::AttemptBars,
        }
    }

    /// The attempt, where it is about one.
    #[must_use]
    pub const fn attempt(self) -> Option<AttemptId> {
        match self {
            Self::Bars(attempt) => Some(attempt),
            Self::Radar | Self::Trend => None,
        }
    }
}

/// The picture as an SVG document; `None` while there is nothing to show. One statement.
pub async fn svg(
    scope: &Scope,
    library: &Library,
    subject: Subject,
) -> Result<Option<String>, Error> {
    Ok(match subject {
        Subject::Radar => {
            let scores = dreamtree_assessments::current(scope).await?;
            radar(library, &scores, scope.now()).map(|radar| radar.svg())
        }
        Subject::Trend => {
            let entries = history(scope).await?;
            trend(library, &entries).map(|trend| trend.svg())
        }
        Subject::Bars(id) => {
            let found = find_attempt(scope, id).await?;
            let completed = found.as_ref().and_then(Attempt::completed);
            let bars = completed.map(|completed| attempt::bars(library, completed));
            bars.transpose()?.map(|bars| bars.svg())
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
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse(""), None);
    }

    #[test]
    fn an_attempt_goes_with_bars_and_with_nothing_else() {
        let attempt = AttemptId::new();
        for kind in Kind::ALL {
            let with = Subject::of(kind, Some(attempt));
            assert_eq!(with.is_some(), kind == Kind::AttemptBars);
            let without = Subject::of(kind, None);
            assert_eq!(without.is_some(), kind != Kind::AttemptBars);
            let shown = with.or(without).unwrap();
            assert_eq!(Subject::of(shown.kind(), shown.attempt()), Some(shown));
        }
    }
}
