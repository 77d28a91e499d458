//! What a person has done, as JSON Resume has it (schema 1.0.0): experiences, skills, and the texts of the profile.
//!
//! What is locked cannot be written, and is named instead of being left out in silence. Nothing is invented: a member
//! that nothing is known about is not there.

use dreamtree_content::Library;
use dreamtree_database::Scope;
use dreamtree_identity::settings;
use dreamtree_types::Private;
use dreamtree_workbook::{
    Word,
    experience::{self, Experience, ExperienceType},
    profile, skill,
};
use serde_json::{Map, Value as Json, json};
use time::Date;
use tokio::try_join;

use crate::Error;

const SCHEMA: &str =
    "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// What a rating says in a word, from 1 to 5.
const MASTERY: [&str; 5] = ["Beginner", "Basic", "Intermediate", "Advanced", "Expert"];

/// A résumé.
#[derive(Clone, Debug, PartialEq)]
pub struct Resume {
    /// The document.
    pub json: Json,
    /// Members that are written down but locked, such as `basics.summary`.
    pub left_out: Vec<&'static str>,
}

/// The person's résumé.
pub async fn get(scope: &Scope, library: &Library) -> Result<Resume, Error> {
    let settings = async { Ok::<_, Error>(settings::get(scope).await?) };
    let profile = async { Ok(profile::get(scope).await?) };
    let experiences = async { Ok(experience::all(scope, library, None).await?) };
    let skills = async { Ok(skill::all(scope, library).await?) };
    let (settings, profile, experiences, skills) =
        try_join!(settings, profile, experiences, skills)?;
    let mut left_out = Vec::new();
    let mut basics = Map::new();
    put(&mut basics, "name", settings.display_name);
    for (member, path, text) in [
        ("label", "basics.label", profile.headline),
        ("summary", "basics.summary", profile.summary),
    ] {
        match text {
            Private::Open(text) => put(&mut basics, member, Some(text)),
            Private::Locked => left_out.push(path),
            Private::Empty => {}
        }
    }
    let mut document = Map::new();
    document.insert("$schema".to_owned(), Json::from(SCHEMA));
    if !basics.is_empty() {
        document.insert("basics".to_owned(), Json::Object(basics));
    }
    for (member, write, fits) in SECTIONS {
        let written = experiences.iter().filter(|one| fits(one.kind)).map(write);
        list(&mut document, member, written.collect());
    }
    list(&mut document, "skills", skills.iter().map(skill).collect());
    let json = Json::Object(document);
    Ok(Resume { json, left_out })
}

/// A member, how an experience is written there, and which experiences are.
type Section = (
    &'static str,
    fn(&Experience) -> Json,
    fn(Option<ExperienceType>) -> bool,
);

const SECTIONS: [Section; 3] = [
    ("work", work, |kind| kind == Some(ExperienceType::Job)),
    ("education", education, |kind| {
        kind == Some(ExperienceType::Education)
    }),
    ("projects", project, |kind| {
        !matches!(kind, Some(ExperienceType::Job | ExperienceType::Education))
    }),
];

fn work(one: &Experience) -> Json {
    let mut work = span(one);
    put(&mut work, "name", one.organization.clone());
    put(&mut work, "position", Some(one.title.clone()));
    put(&mut work, "summary", one.description.clone());
    list(&mut work, "highlights", tasks(one));
    Json::Object(work)
}

fn education(one: &Experience) -> Json {
    let mut education = span(one);
    put(&mut education, "institution", one.organization.clone());
    put(&mut education, "area", Some(one.title.clone()));
    list(&mut education, "courses", tasks(one));
    Json::Object(education)
}

fn project(one: &Experience) -> Json {
    let mut project = span(one);
    put(&mut project, "name", Some(one.title.clone()));
    put(&mut project, "entity", one.organization.clone());
    put(&mut project, "description", one.description.clone());
    put(
        &mut project,
        "type",
        one.kind.map(|kind| kind.as_str().to_owned()),
    );
    list(&mut project, "highlights", tasks(one));
    let skills = one
        .skills
        .iter()
        .map(|skill| Json::from(skill.name.as_str()));
    list(&mut project, "keywords", skills.collect());
    Json::Object(project)
}

fn skill(one: &skill::Skill) -> Json {
    let mut skill = Map::new();
    put(&mut skill, "name", Some(one.name.clone()));
    let place = one
        .mastery
        .and_then(|mastery| usize::try_from(mastery - 1).ok());
    let level = place.and_then(|place| MASTERY.get(place));
    put(&mut skill, "level", level.map(|level| (*level).to_owned()));
    let group = one.category.map(|category| json!(category.as_str()));
    list(&mut skill, "keywords", group.into_iter().collect());
    Json::Object(skill)
}

/// Its first and its last day; what goes on has no last one.
fn span(one: &Experience) -> Map<String, Json> {
    let mut span = Map::new();
    put(&mut span, "startDate", one.start_date.map(day));
    put(&mut span, "endDate", one.end_date.map(day));
    span
}

fn tasks(one: &Experience) -> Vec<Json> {
    let texts = one.tasks.iter().map(|task| Json::from(task.text.as_str()));
    texts.collect()
}

/// The day as ISO 8601 has it; years have four digits.
fn day(day: Date) -> String {
    day.to_string()
}

fn put(object: &mut Map<String, Json>, member: &str, text: Option<String>) {
    object.extend(text.map(|text| (member.to_owned(), Json::from(text))));
}

fn list(object: &mut Map<String, Json>, member: &str, entries: Vec<Json>) {
    if !entries.is_empty() {
        object.insert(member.to_owned(), Json::Array(entries));
    }
}
