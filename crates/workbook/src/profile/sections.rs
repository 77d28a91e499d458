//! The sections of the page on which a person sees who they are: which of them hold something, and where they come from.

use dreamtree_content::{Library, PlacementId, Tool};
use dreamtree_database::Scope;
use dreamtree_identity::settings;
use dreamtree_types::Private;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select, TryIntoModel};
use tokio::try_join;

use crate::{
    Error,
    entity::{
        user_budget, user_career_options, user_experiences, user_locations, user_milestones,
        user_skills, user_stories,
    },
    profile, values,
    word::{Word, words},
};

words! {
    /// The sections.
    Part {
        /// Who one is in a few words.
        Headline = "headline",
        /// In a few sentences.
        Summary = "summary",
        /// How one became who one is.
        IdentityStory = "identity_story",
        /// The same as a tale.
        Allegory = "allegory",
        /// What one brings to others.
        ValueProposition = "value_proposition",
        /// How one's life is going.
        LifeDashboard = "life_dashboard",
        /// What matters at work and in life.
        Values = "values",
        /// What one can do.
        Skills = "skills",
        /// Jobs, education and projects.
        Experiences = "experiences",
        /// What one has brought about.
        Stories = "stories",
        /// Places to live.
        Locations = "locations",
        /// Paths under comparison.
        CareerOptions = "career_options",
        /// Steps on the timeline.
        Milestones = "milestones",
        /// What a life costs.
        Budget = "budget",
        /// One of the sixteen types.
        Personality = "personality",
        /// How one rates oneself in the competencies.
        Competencies = "competencies",
    }
}

/// A section and where it comes from.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Which one it is.
    pub part: Part,
    /// True when it holds something.
    pub filled: bool,
    /// The tool that writes it; `None` for what is written outside of the workbook only.
    pub tool: Option<&'a Tool>,
    /// The exercise that unlocks the tool.
    pub unlocked_by: Option<&'a dreamtree_content::Exercise>,
    /// The first placement at which it is written.
    pub placement: Option<PlacementId>,
}

/// All sections in the order of the page. What is asked goes along with what the request asks besides.
pub async fn sections<'a>(scope: &Scope, library: &'a Library) -> Result<Vec<Section<'a>>, Error> {
    // Boxed: it waits for many answers at once.
    let filled = Box::pin(filled(scope)).await?;
    let section = |part: Part| {
        let tool = part
            .tool()
            .and_then(|name| library.tools().iter().find(|tool| tool.name == name));
        let opens = tool.and_then(|tool| library.first_placement_of(tool.id));
        let opens = opens.and_then(|at| library.placements().get(at));
        let id = tool.map(|tool| tool.id);
        let mut placed = library.placements().iter();
        let writes = placed.find(|one| one.tool().is_some_and(|placed| Some(placed.tool.id) == id));
        Section {
            part,
            filled: filled.contains(&part),
            tool: tool.map(|tool| &**tool),
            unlocked_by: opens.and_then(|placement| library.exercise_of(placement)),
            placement: writes.map(|placement| placement.id),
        }
    };
    Ok(Part::ALL.iter().copied().map(section).collect())
}

/// The sections that hold something.
async fn filled(scope: &Scope) -> Result<Vec<Part>, Error> {
    let user = scope.user();
    let settings = async { Ok(settings::get(scope).await?) };
    let scores = async { Ok(dreamtree_assessments::current(scope).await?) };
    let (profile, values, settings, scores, rows) = try_join!(
        profile::get(scope),
        values::get(scope),
        settings,
        scores,
        async {
            try_join!(
                any(
                    scope,
                    user_skills::Entity::find().filter(user_skills::Column::UserId.eq(user))
                ),
                any(
                    scope,
                    user_experiences::Entity::find()
                        .filter(user_experiences::Column::UserId.eq(user))
                ),
                any(
                    scope,
                    user_stories::Entity::find().filter(user_stories::Column::UserId.eq(user))
                ),
                any(
                    scope,
                    user_locations::Entity::find().filter(user_locations::Column::UserId.eq(user))
                ),
                any(
                    scope,
                    user_career_options::Entity::find()
                        .filter(user_career_options::Column::UserId.eq(user))
                ),
                any(
                    scope,
                    user_milestones::Entity::find()
                        .filter(user_milestones::Column::UserId.eq(user))
                ),
                any(
                    scope,
                    user_budget::Entity::find().filter(user_budget::Column::UserId.eq(user))
                ),
            )
        },
    )?;
    let is_there = |text: &Private<String>| !matches!(text, Private::Empty);
    let values = [
        &values.work_values,
        &values.life_values,
        &values.compass_statement,
    ];
    let all = [
        (Part::Headline, is_there(&profile.headline)),
        (Part::Summary, is_there(&profile.summary)),
        (Part::IdentityStory, is_there(&profile.identity_story)),
        (Part::Allegory, is_there(&profile.allegory)),
        (Part::ValueProposition, is_there(&profile.value_proposition)),
        (Part::LifeDashboard, profile.life_dashboard.is_some()),
        (Part::Values, values.iter().any(|text| text.is_some())),
        (Part::Skills, rows.0),
        (Part::Experiences, rows.1),
        (Part::Stories, rows.2),
        (Part::Locations, rows.3),
        (Part::CareerOptions, rows.4),
        (Part::Milestones, rows.5),
        (Part::Budget, rows.6),
        (Part::Personality, settings.personality_type.is_some()),
        (Part::Competencies, !scores.is_empty()),
    ];
    Ok(all
        .into_iter()
        .filter_map(|(part, is_there)| is_there.then_some(part))
        .collect())
}

/// Whether there is any row.
async fn any<E: EntityTrait>(scope: &Scope, select: Select<E>) -> Result<bool, Error>
where
    E::ActiveModel: TryIntoModel<E::Model>,
{
    Ok(!scope.gather(select.limit(1)).await?.is_empty())
}

impl Part {
    /// The name of the tool that writes it.
    const fn tool(self) -> Option<&'static str> {
        match self {
            Self::LifeDashboard => Some("life_dashboard"),
            Self::Skills => Some("skill_tagger"),
            Self::Experiences => Some("experience_builder"),
            Self::Stories => Some("soared_form"),
            Self::Locations => Some("location_finder"),
            Self::CareerOptions => Some("career_assessment"),
            Self::Milestones => Some("career_timeline"),
            Self::Budget => Some("budget_calculator"),
            Self::Personality => Some("mbti_selector"),
            Self::Headline
            | Self::Summary
            | Self::IdentityStory
            | Self::Allegory
            | Self::ValueProposition
            | Self::Values
            | Self::Competencies => None,
        }
    }
}
