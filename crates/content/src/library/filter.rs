//! Which part of the data a connection carries.

use serde::Deserialize;

use super::{CompetencyCategory, DataKind, SkillCategory, prompt::read, words::words};

words! {
    /// What skills are ordered by.
    Order {
        /// Ranked ones by rank, then the rest by mastery.
        Rank = "rank",
        /// The best mastered ones first.
        Mastery = "mastery",
    }
}

words! {
    /// Where a competency stands among those of the person.
    Band {
        /// Ahead of the person's average.
        Strengths = "strengths",
        /// Behind it.
        Improvements = "improvements",
    }
}

words! {
    /// The kinds of stories and of experiences.
    SourceType {
        /// A story of a challenge.
        Challenge = "challenge",
        /// A story of a failure seen anew.
        Reframe = "reframe",
        /// An experience of work.
        Job = "job",
        /// An experience of learning.
        Education = "education",
        /// An experience with an aim of its own.
        Project = "project",
        /// Any other story or experience.
        Other = "other",
    }
}

words! {
    /// The texts of a profile.
    ProfileField {
        /// In a few words.
        Headline = "headline",
        /// In a few sentences.
        Summary = "summary",
        /// How the person became who they are.
        IdentityStory = "identity_story",
        /// The same as a tale.
        Allegory = "allegory",
        /// What they bring to others.
        ValueProposition = "value_proposition",
    }
}

words! {
    /// What is said about values.
    ValuesField {
        /// At work.
        WorkValues = "work_values",
        /// In life.
        LifeValues = "life_values",
        /// Where both point.
        CompassStatement = "compass_statement",
    }
}

words! {
    /// The parts of the life dashboard.
    DashboardField {
        /// Work, paid or not.
        Work = "work",
        /// What is done for the joy of it.
        Play = "play",
        /// Love, given and received.
        Love = "love",
        /// Of body and mind.
        Health = "health",
        /// What was noted about them.
        Notes = "notes",
    }
}

/// A group of skills or of competencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "category is a group of skills or of competencies"
)]
pub enum Category {
    /// Of skills.
    Skills(SkillCategory),
    /// Of competencies.
    Competencies(CompetencyCategory),
}

/// Which part of the data is carried. Each key is for some kinds of data only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Only the first so many; at least 1.
    pub top: Option<u32>,
    /// Only this one; from 1.
    pub nth: Option<u32>,
    /// What comes first; by rank unless the author says otherwise.
    pub by: Option<Order>,
    /// Only one group.
    pub category: Option<Category>,
    /// Set when only skills of the person's own count.
    pub custom: Option<bool>,
    /// Only skills mastered as well as this; 1 to 5.
    pub min_mastery: Option<i32>,
    /// Only stories or experiences of this kind.
    #[serde(rename = "type")]
    pub kind: Option<SourceType>,
    /// Set when only entries of high energy and focus count.
    pub high: Option<bool>,
    /// Only one field.
    pub field: Option<String>,
    /// Only the competencies that stand there.
    pub band: Option<Band>,
    /// The name of the list.
    pub list: Option<String>,
    /// Only what was made in these exercises, such as `1.1.2`.
    pub exercises: Option<Vec<String>>,
    /// Only what was made in this module, such as `1.1`.
    pub module: Option<String>,
}

impl Filter {
    /// Reads the JSON of `connections.filter`. The error is a sentence for the author.
    pub fn parse(json: Option<&str>) -> Result<Self, String> {
        let filter: Self = read(json.unwrap_or("{}"))?;
        filter.check().map(|()| filter)
    }

    fn check(&self) -> Result<(), String> {
        let refuse = |message: &str| Err(message.to_owned());
        if self.top == Some(0) {
            return refuse("top must be at least 1");
        }
        if self.nth == Some(0) {
            return refuse("nth must be at least 1");
        }
        if self.top.is_some() && self.nth.is_some() {
            return refuse("top and nth do not go together");
        }
        if self
            .min_mastery
            .is_some_and(|least| !(1..=5).contains(&least))
        {
            return refuse("min_mastery must be 1 to 5");
        }
        if self.custom == Some(false) || self.high == Some(false) {
            return refuse("custom and high can only be true; leave them out otherwise");
        }
        if self.exercises.is_some() && self.module.is_some() {
            return refuse("exercises and module do not go together");
        }
        if self.exercises.as_ref().is_some_and(Vec::is_empty) {
            return refuse("exercises must name at least one");
        }
        Ok(())
    }

    /// True when only what was made in some exercises counts.
    #[must_use]
    pub const fn names_places(&self) -> bool {
        self.exercises.is_some() || self.module.is_some()
    }

    /// The keys that are set and mean nothing for this kind of data.
    #[must_use]
    pub fn strangers(&self, data: DataKind) -> Vec<&'static str> {
        use DataKind as D;
        let places = data.has_places();
        let keys = [
            ("top", self.top.is_some(), data.is_collection()),
            ("nth", self.nth.is_some(), data.is_collection()),
            ("by", self.by.is_some(), data == D::Skills),
            ("category", self.category.is_some(), self.groups(data)),
            ("custom", self.custom.is_some(), data == D::Skills),
            ("min_mastery", self.min_mastery.is_some(), data == D::Skills),
            ("type", self.kind.is_some(), self.types(data)),
            ("high", self.high.is_some(), data == D::Flow),
            ("field", self.field.is_some(), self.fields(data)),
            ("band", self.band.is_some(), data == D::Competencies),
            ("list", self.list.is_some(), data == D::List),
            ("exercises", self.exercises.is_some(), places),
            ("module", self.module.is_some(), places),
        ];
        let surplus = keys.into_iter().filter(|(_, set, fits)| *set && !fits);
        surplus.map(|(key, ..)| key).collect()
    }

    fn groups(&self, data: DataKind) -> bool {
        match self.category {
            Some(Category::Competencies(_)) => data == DataKind::Competencies,
            _ => matches!(data, DataKind::Skills | DataKind::SkillsMaster),
        }
    }

    fn types(&self, data: DataKind) -> bool {
        use SourceType as T;
        match self.kind {
            Some(T::Challenge | T::Reframe) => data == DataKind::Stories,
            Some(T::Job | T::Education | T::Project) => data == DataKind::Experiences,
            Some(T::Other) | None => {
                matches!(data, DataKind::Stories | DataKind::Experiences)
            }
        }
    }

    fn fields(&self, data: DataKind) -> bool {
        match data {
            DataKind::Profile => self.field_of(ProfileField::parse).is_some(),
            DataKind::Values => self.field_of(ValuesField::parse).is_some(),
            DataKind::Dashboard => self.field_of(DashboardField::parse).is_some(),
            DataKind::Records => true,
            _ => false,
        }
    }

    /// The field, as one of those that `parse` knows.
    #[must_use]
    pub fn field_of<T>(&self, parse: fn(&str) -> Option<T>) -> Option<T> {
        self.field.as_deref().and_then(parse)
    }

    /// The group of skills that is wanted.
    #[must_use]
    pub const fn skills(&self) -> Option<SkillCategory> {
        match self.category {
            Some(Category::Skills(category)) => Some(category),
            _ => None,
        }
    }

    /// The group of competencies that is wanted.
    #[must_use]
    pub const fn competencies(&self) -> Option<CompetencyCategory> {
        match self.category {
            Some(Category::Competencies(category)) => Some(category),
            _ => None,
        }
    }

    /// The part of a collection that `top` or `nth` asks for.
    pub fn cut<T>(&self, mut all: Vec<T>) -> Vec<T> {
        if let Some(nth) = self.nth {
            let nth = usize::try_from(nth).unwrap_or(usize::MAX) - 1;
            return all.into_iter().skip(nth).take(1).collect();
        }
        if let Some(top) = self.top {
            all.truncate(usize::try_from(top).unwrap_or(usize::MAX));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(json: &str) -> Filter {
        Filter::parse(Some(json)).unwrap()
    }

    #[test]
    fn each_key_is_for_some_kinds_only() {
        let strangers = |json: &str, data| filter(json).strangers(data);
        let skills =
            r#"{"top":3,"by":"mastery","category":"knowledge","custom":true,"min_mastery":4}"#;
        assert!(strangers(skills, DataKind::Skills).is_empty());
        assert_eq!(
            strangers(skills, DataKind::Stories),
            ["by", "category", "custom", "min_mastery"]
        );
        assert!(strangers(r#"{"category":"delivery"}"#, DataKind::Competencies).is_empty());
        assert_eq!(
            strangers(r#"{"category":"delivery"}"#, DataKind::Skills),
            ["category"]
        );
        assert!(strangers(r#"{"type":"other"}"#, DataKind::Experiences).is_empty());
        assert_eq!(strangers(r#"{"type":"job"}"#, DataKind::Stories), ["type"]);
        assert_eq!(
            strangers(r#"{"field":"work"}"#, DataKind::Values),
            ["field"]
        );
        assert!(strangers(r#"{"field":"work"}"#, DataKind::Dashboard).is_empty());
        assert_eq!(strangers(r#"{"top":1}"#, DataKind::Answer), ["top"]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for json in [
            r#"{"top":0}"#,
            r#"{"nth":0}"#,
            r#"{"top":1,"nth":1}"#,
            r#"{"min_mastery":6}"#,
            r#"{"custom":false}"#,
            r#"{"exercises":[]}"#,
            r#"{"exercises":["1.1.1"],"module":"1.1"}"#,
            r#"{"category":"magic"}"#,
            r#"{"best":1}"#,
        ] {
            assert!(Filter::parse(Some(json)).is_err(), "{json}");
        }
    }

    #[test]
    fn top_and_nth_cut() {
        assert_eq!(filter(r#"{"top":2}"#).cut(vec![1, 2, 3]), [1, 2]);
        assert_eq!(filter(r#"{"nth":3}"#).cut(vec![1, 2, 3]), [3]);
        assert!(filter(r#"{"nth":4}"#).cut(vec![1, 2, 3]).is_empty());
        assert_eq!(Filter::default().cut(vec![1, 2, 3]), [1, 2, 3]);
    }
}
