//! What connections carry beside answers: things of a person's own, and what they come to.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain, PrivateText};
use dreamtree_assessments::graphql::CompetencyCategory;
use dreamtree_content::{Band, CompetencyId, Library, SkillId, graphql::Skill};
use dreamtree_types::Private;
use time::OffsetDateTime;

use super::{
    career::CareerOption, company::Company, contact::Contact, experience::Experience,
    idea::IdeaTree, job::Job, location::PreferredLocation, milestone::Milestone, story::Story,
};
use crate::{Aggregate, Figure, Rated, values};

/// Declares answers that are one list of things.
macro_rules! lists {
    ($($(#[$doc:meta])* $answer:ident { $(#[$about:meta])* $field:ident: $thing:ty = $from:ty })+) => {$(
        $(#[$doc])*
        #[derive(SimpleObject, Plain)]
        pub struct $answer {
            $(#[$about])*
            pub $field: Vec<$thing>,
        }

        impl From<Vec<$from>> for $answer {
            fn from(all: Vec<$from>) -> Self {
                Self {
                    $field: all.into_iter().map(Into::into).collect(),
                }
            }
        }
    )+};
}

lists! {
    /// Stories, wherever they were told.
    StoriesAnswer {
        /// In the order of their making.
        stories: Story = crate::story::Story
    }
    /// Jobs, education and projects.
    ExperiencesAnswer {
        /// The latest first day first.
        experiences: Experience = crate::experience::Experience
    }
    /// Paths under comparison.
    CareerOptionsAnswer {
        /// Ranked ones first.
        career_options: CareerOption = crate::career::CareerOption
    }
    /// Steps on the timeline.
    MilestonesAnswer {
        /// By time.
        milestones: Milestone = crate::milestone::Milestone
    }
    /// Places to live.
    LocationsAnswer {
        /// Ranked ones first.
        locations: PreferredLocation = crate::location::Location
    }
    /// Companies worth a closer look.
    CompaniesAnswer {
        /// In the order of their making, each without its history.
        companies: Company = crate::company::Company
    }
    /// People to talk to.
    ContactsAnswer {
        /// In the order of their making, each without its history.
        contacts: Contact = crate::contact::Contact
    }
    /// Openings and applications.
    JobsAnswer {
        /// In the order of their making, each without its history.
        jobs: Job = crate::job::Job
    }
    /// Trees of ideas, wherever they were grown.
    IdeasAnswer {
        /// The oldest first.
        trees: IdeaTree = crate::idea::Kept
    }
    /// Competencies that the person has given themselves a score in.
    CompetenciesAnswer {
        /// The highest score first; where only improvements are wanted, the lowest.
        competencies: CompetencyRating = Rated
    }
}

/// What matters to the person; only what was asked for.
#[derive(SimpleObject, Plain)]
pub struct ValuesAnswer {
    /// At work.
    pub work_values: Option<String>,
    /// In life.
    pub life_values: Option<String>,
    /// Where both point.
    pub compass_statement: Option<String>,
}

/// The texts of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::ProfileField")]
pub enum ProfileField {
    /// In a few words.
    Headline,
    /// In a few sentences.
    Summary,
    /// How the person became who they are.
    IdentityStory,
    /// The same as a tale.
    Allegory,
    /// What they bring to others.
    ValueProposition,
}

/// A text of the person's profile, sealed with their key.
#[derive(SimpleObject, Plain)]
pub struct ProfileTextAnswer {
    /// Which one.
    pub field: ProfileField,
    /// What it says.
    pub profile_text: PrivateText,
}

/// Where a score stands among all scores of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum CompetencyStanding {
    /// Something to build on.
    Strength,
    /// Neither ahead nor behind.
    Balanced,
    /// Something to work on.
    Improvement,
}

/// A competency with the person's score.
#[derive(SimpleObject, Plain)]
pub struct CompetencyRating {
    /// The competency.
    pub competency: Gid<CompetencyId>,
    /// As readers see it.
    pub name: String,
    /// Which of the three groups it belongs to.
    pub category: CompetencyCategory,
    /// 1 to 5; 5 is the highest.
    pub score: i32,
    /// Where it stands among the person's.
    pub standing: CompetencyStanding,
    /// When the score was given.
    pub assessed_at: OffsetDateTime,
}

/// Skills that everybody can choose from.
#[derive(SimpleObject, Plain)]
pub struct SkillChoicesAnswer {
    /// By name, at most 100; `skills` has all of them, page by page.
    pub choices: Vec<Skill>,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::Measure")]
pub enum Measure {
    /// The answer itself, or numbers that were filled in.
    Number,
    /// How well skills are mastered; 1 to 5.
    Mastery,
    /// How much energy activities gave; −2 to 2.
    Energy,
    /// How absorbed the person was; 1 to 5.
    Focus,
    /// Scores of competencies; 1 to 5.
    Score,
    /// How well career options fit; 1 to 5.
    Coherence,
    /// How well career options serve the needs of work; 1 to 5.
    WorkNeeds,
    /// How well career options serve the needs of life; 1 to 5.
    LifeNeeds,
    /// How much about career options is unknown; 1 to 5.
    Unknowns,
}

/// What the figures of one measure come to.
#[derive(SimpleObject, Plain)]
pub struct AggregateFigure {
    /// What was measured.
    pub measure: Measure,
    /// How many have a figure; at least 1.
    pub count: usize,
    /// The lowest.
    pub min: i32,
    /// The sum divided by the count.
    pub mean: f64,
    /// The highest.
    pub max: i32,
}

/// Things, counted.
#[derive(SimpleObject, Plain)]
pub struct AggregateAnswer {
    /// How many there are.
    pub count: usize,
    /// What their figures come to, for each measure that at least one of them has.
    pub figures: Vec<AggregateFigure>,
}

impl From<values::Values> for ValuesAnswer {
    fn from(values: values::Values) -> Self {
        Self {
            work_values: values.work_values,
            life_values: values.life_values,
            compass_statement: values.compass_statement,
        }
    }
}

impl ProfileTextAnswer {
    pub(super) fn of(field: dreamtree_content::ProfileField, text: String) -> Self {
        Self {
            field: field.into(),
            profile_text: Private::Open(text).into(),
        }
    }
}

impl From<Rated> for CompetencyRating {
    fn from(rated: Rated) -> Self {
        Self {
            competency: Gid(rated.competency),
            name: rated.name,
            category: rated.category.into(),
            score: rated.score,
            standing: match rated.band {
                Some(Band::Strengths) => CompetencyStanding::Strength,
                Some(Band::Improvements) => CompetencyStanding::Improvement,
                None => CompetencyStanding::Balanced,
            },
            assessed_at: rated.assessed_at,
        }
    }
}

impl SkillChoicesAnswer {
    /// The skills with these ids; those that have left the list are left out.
    pub(super) fn of(library: &Library, ids: &[SkillId]) -> Self {
        let skills = ids.iter().filter_map(|id| library.skill(*id));
        Self {
            choices: skills.map(Skill::from).collect(),
        }
    }
}

impl From<Aggregate> for AggregateAnswer {
    fn from(aggregate: Aggregate) -> Self {
        let figure = |figure: Figure| AggregateFigure {
            measure: figure.measure.into(),
            count: figure.count,
            min: figure.min,
            mean: figure.mean,
            max: figure.max,
        };
        Self {
            count: aggregate.count,
            figures: aggregate.figures.into_iter().map(figure).collect(),
        }
    }
}
