//! The credential of a self-assessment: one Open Badges 3.0 achievement with a result for each competency.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    Claims, Error, Issuer, Result, Subject, instant,
    node::Node,
    status::StatusEntry,
    term::{
        ACHIEVED_LEVEL, ACHIEVEMENT, ACHIEVEMENT_OF, ACHIEVEMENT_SUBJECT, ACHIEVEMENT_TYPE,
        CRITERIA, DESCRIBED_BY, DESCRIPTION, IN_LANGUAGE, ISSUER, LEVEL, NAME, NARRATIVE, OB,
        OPEN_BADGE_CREDENTIAL, PROFILE, RESULT, RESULT_DESCRIPTION, RESULT_DESCRIPTIONS,
        RESULT_TYPE, RESULTS, RUBRIC_CRITERION_LEVEL, RUBRIC_CRITERION_LEVELS, SOURCE, STATUS,
        SUBJECT, VALID_FROM, VALID_UNTIL, VALUE, VC, VERIFIABLE_CREDENTIAL,
    },
};

const TITLE: &str = "Competency self-assessment";
const WHAT: &str = "How a person rates themselves in the competencies of the DreamTree workbook.";
const CRITERIA_TEXT: &str = "Self-assessed: for each competency the person chose, out of five descriptions without \
     numbers, the one that describes them best. Nobody else has examined the result.";

/// The result of one self-assessment, of one person.
#[derive(Clone, Debug)]
pub struct SelfAssessment {
    /// The credential; becomes `urn:uuid:…`.
    pub id: Uuid,
    /// The person, as whoever gets the credential knows them, and nobody else.
    pub subject: Subject,
    /// From when on it can be shown.
    pub valid_from: OffsetDateTime,
    /// Until when.
    pub valid_until: OffsetDateTime,
    /// Where its status stands.
    pub status: StatusEntry,
    /// What was assessed, in the order of the documentation.
    pub competencies: Vec<Competency>,
}

/// A competency and how the person rates themselves in it.
#[derive(Clone, Debug)]
pub struct Competency {
    /// The competency; the same in every credential.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its levels, lowest first.
    pub levels: Vec<Level>,
    /// The number of the level that the person chose.
    pub achieved: i32,
}

/// A level of a competency.
#[derive(Clone, Debug)]
pub struct Level {
    /// The level; the same in every credential.
    pub id: Uuid,
    /// From 1 for the lowest.
    pub number: i32,
    /// How somebody at this level works.
    pub text: String,
}

impl SelfAssessment {
    /// What the credential says. Fails with [`Error::Level`] when a competency has no level of the number chosen.
    pub fn claims(&self, issuer: &Issuer) -> Result<Claims> {
        let id = urn(self.id);
        let node = Node::new(id, &[VERIFIABLE_CREDENTIAL, OPEN_BADGE_CREDENTIAL])
            .text(NAME, TITLE)
            .node(ISSUER, issuer.profile())
            .text(VALID_FROM, instant::text(self.valid_from)?)
            .text(VALID_UNTIL, instant::text(self.valid_until)?)
            .node(SUBJECT, self.subject(issuer)?)
            .node(STATUS, self.status.node(issuer)?);
        Ok(Claims::new(node, &[VC, OB]))
    }

    fn subject(&self, issuer: &Issuer) -> Result<Node> {
        let person = self.subject.id(issuer)?;
        let results: Result<Vec<Node>> = self
            .competencies
            .iter()
            .map(|one| self.result(one))
            .collect();
        Ok(Node::new(person.clone(), &[ACHIEVEMENT_SUBJECT])
            .node(ACHIEVEMENT_OF, self.achievement(issuer))
            .nodes(RESULTS, results?)
            .node(SOURCE, Node::new(person, &[PROFILE])))
    }

    fn achievement(&self, issuer: &Issuer) -> Node {
        let id = issuer.address("/credentials/achievements/competency-self-assessment");
        let criteria = Node::new(format!("{id}#criteria"), &[]).text(NARRATIVE, CRITERIA_TEXT);
        let descriptions = self.competencies.iter().map(Competency::description);
        Node::new(id, &[ACHIEVEMENT])
            .text(NAME, TITLE)
            .text(DESCRIPTION, WHAT)
            .text(ACHIEVEMENT_TYPE, "Assessment")
            .text(IN_LANGUAGE, "en")
            .node(CRITERIA, criteria)
            .nodes(RESULT_DESCRIPTIONS, descriptions)
    }

    fn result(&self, competency: &Competency) -> Result<Node> {
        let achieved = competency.achieved;
        let mut levels = competency.levels.iter();
        let level = levels.find(|level| level.number == achieved);
        let level = level.ok_or(Error::Level)?;
        let id = format!("{}#{}", urn(self.id), competency.id);
        Ok(Node::new(id, &[RESULT])
            .text(DESCRIBED_BY, competency.described())
            .text(ACHIEVED_LEVEL, urn(level.id))
            .text(VALUE, achieved.to_string()))
    }
}

impl Competency {
    fn described(&self) -> String {
        urn(self.id)
    }

    fn description(&self) -> Node {
        let levels = self.levels.iter().map(|level| {
            Node::new(urn(level.id), &[RUBRIC_CRITERION_LEVEL])
                .text(NAME, level.text.as_str())
                .text(LEVEL, level.number.to_string())
        });
        Node::new(self.described(), &[RESULT_DESCRIPTION])
            .text(NAME, self.name.as_str())
            .text(RESULT_TYPE, "RubricCriterionLevel")
            .nodes(RUBRIC_CRITERION_LEVELS, levels)
    }
}

fn urn(id: Uuid) -> String {
    format!("urn:uuid:{id}")
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;
    use time::macros::datetime;

    use super::*;
    use crate::{key::tests::keys, token};

    fn assessment(achieved: i32) -> SelfAssessment {
        let level = |number: i32| Level {
            id: Uuid::from_u128(number.unsigned_abs().into()),
            number,
            text: format!("Level {number}"),
        };
        SelfAssessment {
            id: Uuid::from_u128(7),
            subject: Subject::Once(Uuid::from_u128(8)),
            valid_from: datetime!(2026-03-01 12:00 UTC),
            valid_until: datetime!(2027-03-01 12:00 UTC),
            status: StatusEntry {
                list: 1,
                position: 5,
            },
            competencies: vec![Competency {
                id: Uuid::from_u128(9),
                name: "Planning".to_owned(),
                levels: (1..=5).map(level).collect(),
                achieved,
            }],
        }
    }

    fn issue(achieved: i32) -> Json {
        let issuer = Issuer::at("https://dreamtree.example").unwrap();
        let claims = assessment(achieved).claims(&issuer).unwrap();
        let at = datetime!(2026-03-01 12:00 UTC);
        claims.secure(&issuer, &keys(1), at).unwrap()
    }

    #[test]
    fn a_credential_says_who_assessed_whom_and_how() {
        let credential = issue(4);
        let subject = &credential["credentialSubject"];
        assert_eq!(subject["source"]["id"], subject["id"]);
        let criteria = subject["achievement"]["criteria"]["narrative"].as_str();
        assert!(criteria.unwrap().starts_with("Self-assessed"));
        let result = &subject["result"][0];
        let described = &subject["achievement"]["resultDescription"][0];
        assert_eq!(result["value"], "4");
        assert_eq!(result["resultDescription"], described["id"]);
        let level = &described["rubricCriterionLevel"][3];
        assert_eq!(result["achievedLevel"], level["id"]);
        assert_eq!(credential["validUntil"], "2027-03-01T12:00:00Z");
    }

    #[test]
    fn the_same_content_gives_the_same_proof_and_another_level_another() {
        assert_eq!(issue(4), issue(4));
        let proof = |achieved| issue(achieved)["proof"]["proofValue"].clone();
        assert_ne!(proof(4), proof(5));
    }

    #[test]
    fn a_level_that_there_is_not_is_refused() {
        let issuer = Issuer::at("https://dreamtree.example").unwrap();
        let refused = assessment(6).claims(&issuer).map(|_| ());
        assert_eq!(refused, Err(Error::Level));
        let mut beyond = assessment(1);
        beyond.status.position = crate::LIST_SIZE;
        assert_eq!(beyond.claims(&issuer).map(|_| ()), Err(Error::Position));
    }

    #[test]
    fn every_thing_has_a_name_of_its_own() {
        fn nameless(json: &Json) -> usize {
            match json {
                Json::Array(all) => all.iter().map(nameless).sum(),
                Json::Object(one) => {
                    usize::from(!one.contains_key("id")) + one.values().map(nameless).sum::<usize>()
                }
                _ => 0,
            }
        }
        assert_eq!(nameless(&issue(1)), 0);
    }

    #[test]
    fn a_token_is_made_of_what_has_a_beginning_and_an_end() {
        let issuer = Issuer::at("https://dreamtree.example").unwrap();
        let made = token(&issue(2), &issuer, &keys(1)).unwrap();
        assert_eq!(made.split('.').count(), 3);
        let endless = serde_json::json!({ "validFrom": "2026-03-01T12:00:00Z" });
        assert_eq!(token(&endless, &issuer, &keys(1)), Err(Error::Time));
    }
}
