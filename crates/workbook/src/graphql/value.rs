//! Answers as clients send and read them.

use async_graphql::{OneofObject, SimpleObject, Union};
use dreamtree_api::Plain;
use dreamtree_content::Library;

use super::carried::{
    AggregateAnswer, CareerOptionsAnswer, CompaniesAnswer, CompetenciesAnswer, ContactsAnswer,
    ExperiencesAnswer, IdeasAnswer, JobsAnswer, LocationsAnswer, MilestonesAnswer,
    ProfileTextAnswer, SkillChoicesAnswer, StoriesAnswer, ValuesAnswer,
};
use super::tool::{
    bucket::{BucketingToolInput, BucketsAnswer},
    budget::{BudgetAnswer, BudgetCalculatorInput},
    collection::CollectionAnswer,
    dashboard::{DashboardAnswer, LifeDashboardInput},
    flow::{FlowAnswer, FlowTrackerInput},
    ideas::{IdeaTreeAnswer, IdeaTreeInput},
    list::{ListAnswer, ListBuilderInput},
    personality::{PersonalityAnswer, PersonalityInput},
    ranking::{RankingAnswer, RankingGridInput},
    record::{RecordAnswer, RecordInput},
    reframe::{FailureReframerInput, ReframeAnswer},
    skills::{SkillTaggerInput, SkillsAnswer},
    story::{SoaredFormInput, StoryAnswer},
};
use crate::{
    Carried, Error, Value,
    tool::{ToolData, collection::Collection},
};

/// An answer: exactly one field, the one that fits the placement's input or tool.
#[derive(OneofObject)]
pub enum AnswerValueInput {
    /// For text and textarea; as typed.
    Text(String),
    /// For a slider; a whole number on its scale.
    Number(i32),
    /// For a checkbox.
    Checked(bool),
    /// For radio and select: the value of the chosen option.
    Option(String),
    /// For a checklist: the values of the ticked options.
    Options(Vec<String>),
    /// For the list builder.
    ListBuilder(ListBuilderInput),
    /// For the SOARED form.
    SoaredForm(SoaredFormInput),
    /// For the skill tagger.
    SkillTagger(SkillTaggerInput),
    /// For the ranking grid.
    RankingGrid(RankingGridInput),
    /// For the personality type selector.
    Personality(PersonalityInput),
    /// For the budget calculator.
    BudgetCalculator(BudgetCalculatorInput),
    /// For the flow tracker.
    FlowTracker(FlowTrackerInput),
    /// For the life dashboard.
    LifeDashboard(LifeDashboardInput),
    /// For the failure reframer.
    FailureReframer(FailureReframerInput),
    /// For the idea tree.
    IdeaTree(IdeaTreeInput),
    /// For the bucketing tool.
    BucketingTool(BucketingToolInput),
    /// For a tool of the kind RECORD.
    Record(RecordInput),
    /// For a tool of the kind COLLECTION: true, when what was to be kept is kept.
    Collection(bool),
}

/// An answer, by the kind of input or tool that took it.
#[derive(Union, Plain)]
pub enum AnswerValue {
    /// From text and textarea.
    Text(TextAnswer),
    /// From a slider.
    Number(NumberAnswer),
    /// From a checkbox.
    Checked(CheckedAnswer),
    /// From radio and select.
    Option(OptionAnswer),
    /// From a checklist.
    Options(OptionsAnswer),
    /// From the list builder.
    List(ListAnswer),
    /// From the SOARED form.
    Story(StoryAnswer),
    /// From the skill tagger.
    Skills(SkillsAnswer),
    /// From the ranking grid.
    Ranking(RankingAnswer),
    /// From the personality type selector.
    Personality(PersonalityAnswer),
    /// From the budget calculator.
    Budget(BudgetAnswer),
    /// From the flow tracker.
    Flow(FlowAnswer),
    /// From the life dashboard.
    Dashboard(DashboardAnswer),
    /// From the failure reframer.
    Reframe(ReframeAnswer),
    /// From the idea tree.
    Ideas(IdeaTreeAnswer),
    /// From the bucketing tool.
    Buckets(BucketsAnswer),
    /// From a tool of the kind RECORD.
    Record(RecordAnswer),
    /// From a tool of the kind COLLECTION.
    Collection(Box<CollectionAnswer>),
    /// Through a connection, as all that follow: stories from anywhere.
    Stories(StoriesAnswer),
    /// Jobs, education and projects.
    Experiences(ExperiencesAnswer),
    /// What matters to the person.
    Values(ValuesAnswer),
    /// Paths under comparison.
    CareerOptions(CareerOptionsAnswer),
    /// Steps on the timeline.
    Milestones(MilestonesAnswer),
    /// Places to live.
    Locations(LocationsAnswer),
    /// Companies.
    Companies(CompaniesAnswer),
    /// People to talk to.
    Contacts(ContactsAnswer),
    /// Openings and applications.
    Jobs(JobsAnswer),
    /// A text of the profile.
    ProfileText(ProfileTextAnswer),
    /// Competencies with scores.
    Competencies(CompetenciesAnswer),
    /// Trees of ideas from anywhere.
    IdeaTrees(IdeasAnswer),
    /// Skills that everybody can choose from.
    SkillChoices(SkillChoicesAnswer),
    /// A count and its figures.
    Aggregate(AggregateAnswer),
}

/// A written answer.
#[derive(SimpleObject, Plain)]
pub struct TextAnswer {
    /// As it was typed.
    pub text: String,
}

/// A number on a scale.
#[derive(SimpleObject, Plain)]
pub struct NumberAnswer {
    /// The number.
    pub number: i32,
}

/// A tick, or the lack of it.
#[derive(SimpleObject, Plain)]
pub struct CheckedAnswer {
    /// True when it is ticked.
    pub checked: bool,
}

/// One of several options.
#[derive(SimpleObject, Plain)]
pub struct OptionAnswer {
    /// The value of the chosen option.
    pub option: String,
}

/// Some of several options.
#[derive(SimpleObject, Plain)]
pub struct OptionsAnswer {
    /// The values of the ticked options.
    pub options: Vec<String>,
}

impl TryFrom<AnswerValueInput> for Value {
    type Error = Error;

    fn try_from(input: AnswerValueInput) -> Result<Self, Error> {
        use AnswerValueInput as I;
        Ok(match input {
            I::Text(text) => Self::Text(text),
            I::Number(number) => Self::Number(number),
            I::Checked(checked) => Self::Checked(checked),
            I::Option(option) => Self::Option(option),
            I::Options(options) => Self::Options(options),
            I::ListBuilder(list) => Self::Tool(ToolData::List(list.into())),
            I::SoaredForm(story) => Self::Tool(ToolData::Story(story.into())),
            I::SkillTagger(skills) => Self::Tool(ToolData::Skills(skills.try_into()?)),
            I::RankingGrid(ranking) => Self::Tool(ToolData::Ranking(ranking.try_into()?)),
            I::Personality(choice) => Self::Tool(ToolData::Personality(choice.into())),
            I::BudgetCalculator(budget) => Self::Tool(ToolData::Budget(budget.into())),
            I::FlowTracker(flow) => Self::Tool(ToolData::Flow(flow.into())),
            I::LifeDashboard(dashboard) => Self::Tool(ToolData::Dashboard(dashboard.into())),
            I::FailureReframer(reframe) => Self::Tool(ToolData::Reframe(reframe.into())),
            I::IdeaTree(tree) => Self::Tool(ToolData::Ideas(tree.into())),
            I::BucketingTool(buckets) => Self::Tool(ToolData::Buckets(buckets.into())),
            I::Record(record) => Self::Tool(ToolData::Record(record.try_into()?)),
            I::Collection(true) => Self::Tool(ToolData::Collection(Collection::Done)),
            I::Collection(false) => {
                let rule = "is true once what was to be kept is kept";
                return Err(Error::invalid("value.collection", rule));
            }
        })
    }
}

impl AnswerValue {
    /// What was answered; the library knows what a personality type is called.
    pub(super) fn of(library: &Library, value: Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(TextAnswer { text }),
            Value::Number(number) => Self::Number(NumberAnswer { number }),
            Value::Checked(checked) => Self::Checked(CheckedAnswer { checked }),
            Value::Option(option) => Self::Option(OptionAnswer { option }),
            Value::Options(options) => Self::Options(OptionsAnswer { options }),
            Value::Tool(data) => Self::of_tool(library, data),
        }
    }

    /// What a connection carries.
    pub(super) fn carried(library: &Library, carried: Carried) -> Self {
        match carried {
            Carried::Value(value) => Self::of(library, value),
            Carried::Stories(all) => Self::Stories(all.into()),
            Carried::Experiences(all) => Self::Experiences(all.into()),
            Carried::Values(values) => Self::Values(values.into()),
            Carried::CareerOptions(all) => Self::CareerOptions(all.into()),
            Carried::Milestones(all) => Self::Milestones(all.into()),
            Carried::Locations(all) => Self::Locations(all.into()),
            Carried::Companies(all) => Self::Companies(all.into()),
            Carried::Contacts(all) => Self::Contacts(all.into()),
            Carried::Jobs(all) => Self::Jobs(all.into()),
            Carried::Profile(field, text) => Self::ProfileText(ProfileTextAnswer::of(field, text)),
            Carried::Competencies(all) => Self::Competencies(all.into()),
            Carried::Ideas(all) => Self::IdeaTrees(all.into()),
            Carried::SkillChoices(ids) => Self::SkillChoices(SkillChoicesAnswer::of(library, &ids)),
            Carried::Aggregate(aggregate) => Self::Aggregate(aggregate.into()),
        }
    }

    fn of_tool(library: &Library, data: ToolData) -> Self {
        match data {
            ToolData::List(list) => Self::List(list.into()),
            ToolData::Story(story) => Self::Story(story.into()),
            ToolData::Skills(skills) => Self::Skills(skills.into()),
            ToolData::Ranking(ranking) => Self::Ranking(ranking.into()),
            ToolData::Personality(choice) => {
                Self::Personality(PersonalityAnswer::of(library, choice))
            }
            ToolData::Budget(budget) => Self::Budget(budget.into()),
            ToolData::Flow(flow) => Self::Flow(flow.into()),
            ToolData::Dashboard(dashboard) => Self::Dashboard(dashboard.into()),
            ToolData::Reframe(reframe) => Self::Reframe(reframe.into()),
            ToolData::Ideas(tree) => Self::Ideas(tree.into()),
            ToolData::Buckets(buckets) => Self::Buckets(buckets.into()),
            ToolData::Record(record) => Self::Record(record.into()),
            ToolData::Collection(collection) => Self::Collection(Box::new(collection.into())),
        }
    }
}
