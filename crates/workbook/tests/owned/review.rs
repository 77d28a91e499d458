//! Skills of people's own on their way into the master list, and listed ones that become one.

use dreamtree_content::{
    SkillCategory, SkillId,
    review::{self, Decision, Proposal, ReviewError, ReviewStatus, Verdict},
};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::ClientError;
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const MINE: &str =
    "{ mySkills { skills { id skill name category mastery evidence rank review } } }";
const ADD: &str = "mutation($input: AddSkillInput!) { addSkill(input: $input) { skill { id } } }";
const UPDATE: &str = "mutation($input: UpdateSkillInput!) { updateSkill(input: $input) { skill { id name mastery } } }";
const REORDER: &str = "mutation($input: ReorderInput!) { reorder(input: $input) { ids } }";
const COOK: &str = "mutation($input: CreateExperienceInput!) {
    createExperience(input: $input) { experience { id } } }";
const COOKED: &str = "{ experiences { skills { skill name } tasks { skill skillName matched } } }";

on_both!(
    only_the_words_of_a_skill_go_to_the_operators,
    an_approved_skill_is_that_of_everybody_who_has_it,
    two_names_that_become_one_skill_become_one_entry,
    two_listed_skills_become_one_with_every_link,
    a_rejected_skill_stays_ones_own_and_may_be_taken_up_again,
    what_an_operator_cannot_decide_is_refused,
    the_queue_is_read_by_pages,
    a_decision_outlives_the_next_edition,
);

async fn add(person: &Person<'_>, input: Value) -> Value {
    let added = person.data(ADD, json!({ "input": input })).await;
    added["addSkill"]["skill"]["id"].clone()
}

async fn bell(person: &Person<'_>, mastery: i32) -> Value {
    let input =
        json!({ "customName": "Bell founding", "category": "KNOWLEDGE", "mastery": mastery });
    add(person, input).await
}

async fn mine(person: &Person<'_>) -> Vec<Value> {
    let data = person.data(MINE, json!({})).await;
    data["mySkills"]["skills"]
        .as_array()
        .expect("a list")
        .clone()
}

async fn queue(stage: &Stage<'_>, status: ReviewStatus) -> Vec<Proposal> {
    let person = stage.person().await;
    let scope = stage.write(&person).await;
    let page = review::page(&scope, status, 100, None).await;
    page.expect("a page").proposals
}

async fn decide(
    stage: &Stage<'_>,
    proposal: &Proposal,
    verdict: Verdict,
) -> Result<Proposal, ReviewError> {
    let operator = stage.person().await;
    let scope = stage.write(&operator).await;
    let decision = Decision {
        id: proposal.id,
        verdict,
        note: None,
    };
    let decided = review::decide(&scope, decision).await?;
    scope.commit().await.expect("committed");
    Ok(decided)
}

const AS_PROPOSED: Verdict = Verdict::Approve {
    name: None,
    category: None,
};

async fn only_the_words_of_a_skill_go_to_the_operators(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (one, other) = (stage.person().await, stage.person().await);
    bell(&one, 4).await;
    add(
        &other,
        json!({ "customName": " bell  FOUNDING", "category": "KNOWLEDGE" }),
    )
    .await;
    let input = json!({ "title": "Foundry", "skills": [{ "customName": "Bell founding" }] });
    other.data(COOK, json!({ "input": input })).await;
    let proposals = queue(&stage, ReviewStatus::Pending).await;
    let names: Vec<_> = proposals
        .iter()
        .map(|one| (one.name.as_str(), one.category, one.proposed_on.to_string()))
        .collect();
    assert_eq!(
        names,
        [(
            "Bell founding",
            Some(SkillCategory::Knowledge),
            "2026-03-01".to_owned()
        )],
        "one for both, with no time that could be compared"
    );
    assert_eq!(mine(&one).await[0]["review"], "PENDING");
}

async fn an_approved_skill_is_that_of_everybody_who_has_it(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (one, other) = (stage.person().await, stage.person().await);
    let id = bell(&one, 4).await;
    bell(&other, 2).await;
    one.data(REORDER, json!({ "input": { "ids": [id] } })).await;
    stage.tag(&one, &[&id]).await;
    let work = json!({ "title": "Foundry", "skills": [{ "customName": "Bell founding" }],
        "tasks": [{ "text": "Bell founding" }] });
    one.data(COOK, json!({ "input": work })).await;
    let proposal = queue(&stage, ReviewStatus::Pending).await.remove(0);
    let approved = decide(&stage, &proposal, AS_PROPOSED)
        .await
        .expect("approved");
    let listed = json!(format!("skill:{}", approved.skill.expect("a skill")));

    let later = stage.refreshed().await;
    let (one, other) = (one.at(&later), other.at(&later));
    let expected = |id: &Value, mastery| {
        json!({ "id": id, "skill": listed, "name": "Bell founding", "category": "KNOWLEDGE",
            "mastery": mastery, "evidence": null, "rank": 1, "review": null })
    };
    assert_eq!(
        mine(&one).await,
        [expected(&id, 4)],
        "before any row has moved"
    );
    assert_eq!(mine(&other).await[0]["skill"], listed);
    assert_eq!(one.count("user_custom_skills").await, 1);
    let change = json!({ "input": { "id": id, "mastery": 5 } });
    one.data(UPDATE, change).await;
    assert_eq!(
        mine(&one).await,
        [expected(&id, 5)],
        "the entry stays the same"
    );
    assert_eq!(one.count("user_custom_skills").await, 0);
    assert_eq!(one.count("user_skill_tags").await, 1);
    let cooked = one.data(COOKED, json!({})).await;
    assert_eq!(
        cooked["experiences"][0],
        json!({ "skills": [{ "skill": listed, "name": "Bell founding" }],
            "tasks": [{ "skill": listed, "skillName": "Bell founding", "matched": "CUSTOM" }] })
    );
    assert_eq!(
        other.count("user_custom_skills").await,
        1,
        "somebody else's rows wait for them"
    );
    assert_eq!(
        add(&other, json!({ "skill": listed })).await,
        mine(&other).await[0]["id"]
    );
    assert_eq!(other.count("user_custom_skills").await, 0);
    assert_eq!(mine(&other).await[0]["mastery"], 2);
}

async fn two_names_that_become_one_skill_become_one_entry(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = bell(&person, 3).await;
    let again = json!({ "customName": "Casting of bells", "category": "KNOWLEDGE", "mastery": 5,
        "evidence": "Porto" });
    let gone = add(&person, again).await;
    person
        .data(REORDER, json!({ "input": { "ids": [gone, id] } }))
        .await;
    let proposals = queue(&stage, ReviewStatus::Pending).await;
    let named = |name| {
        proposals
            .iter()
            .find(|one| one.name == name)
            .expect("proposed")
    };
    let skill = decide(&stage, named("Bell founding"), AS_PROPOSED).await;
    let skill = skill.expect("approved").skill.expect("a skill");
    let merged = decide(&stage, named("Casting of bells"), Verdict::Merge(skill)).await;
    assert_eq!(merged.expect("merged").skill, Some(skill));

    let later = stage.refreshed().await;
    let person = person.at(&later);
    let shown = mine(&person).await;
    let expected = json!([{ "id": id, "skill": format!("skill:{skill}"), "name": "Bell founding",
        "category": "KNOWLEDGE", "mastery": 5, "evidence": "Porto", "rank": 1, "review": null }]);
    assert_eq!(json!(shown), expected, "before any row has moved");
    let change = json!({ "input": { "id": gone, "mastery": 4 } });
    let changed = person.data(UPDATE, change).await;
    assert_eq!(
        changed["updateSkill"]["skill"],
        json!({ "id": id, "name": "Bell founding", "mastery": 4 }),
        "the old id stands for the entry that it became part of"
    );
    assert_eq!(mine(&person).await.len(), 1);
    let named = json!({ "customName": "casting of bells", "category": "KNOWLEDGE" });
    assert_eq!(
        add(&person, named).await,
        id,
        "the other name stands for the skill"
    );
}

async fn two_listed_skills_become_one_with_every_link(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (both, one) = (stage.person().await, stage.person().await);
    let (ids, names) = both.listed_skills();
    let from = add(
        &both,
        json!({ "skill": ids[0], "mastery": 5, "evidence": "Porto" }),
    )
    .await;
    let into = add(&both, json!({ "skill": ids[1], "mastery": 3 })).await;
    let only = add(&one, json!({ "skill": ids[0], "mastery": 2 })).await;
    assert_eq!(stage.tag(&both, &[&from, &into]).await, 2);
    stage.tag(&one, &[&only]).await;
    let work =
        json!({ "title": "x", "skills": [{ "skill": ids[0] }], "tasks": [{ "text": names[0] }] });
    both.data(COOK, json!({ "input": work })).await;
    let key = |id: &str| -> SkillId {
        let key = id.strip_prefix("skill:").expect("a skill");
        SkillId::from(uuid::Uuid::try_parse(key).expect("an id"))
    };
    let operator = stage.person().await;
    let scope = stage.write(&operator).await;
    let merged = review::merge(&scope, key(&ids[0]), key(&ids[1])).await;
    merged.expect("merged");
    scope.commit().await.expect("committed");

    let later = stage.refreshed().await;
    assert!(
        later.library().skill(key(&ids[0])).is_none(),
        "not listed any more"
    );
    let (both, one) = (both.at(&later), one.at(&later));
    for person in [&both, &one] {
        let shown = mine(person).await;
        assert_eq!(shown.len(), 1);
        assert_eq!(
            (&shown[0]["skill"], &shown[0]["name"]),
            (&json!(ids[1]), &json!(names[1]))
        );
    }
    both.data(REORDER, json!({ "input": { "ids": [into] } }))
        .await;
    let kept = mine(&both).await;
    assert_eq!(
        (
            &kept[0]["id"],
            &kept[0]["mastery"],
            &kept[0]["evidence"],
            &kept[0]["rank"]
        ),
        (&into, &json!(5), &json!("Porto"), &json!(1))
    );
    assert_eq!(both.count("user_skills").await, 1);
    assert_eq!(both.count("user_skill_tags").await, 1);
    let cooked = both.data(COOKED, json!({})).await;
    assert_eq!(
        cooked["experiences"][0]["skills"][0]["skill"],
        json!(ids[1])
    );
    assert_eq!(cooked["experiences"][0]["tasks"][0]["skill"], json!(ids[1]));
    one.data(REORDER, json!({ "input": { "ids": [only] } }))
        .await;
    assert_eq!(mine(&one).await[0]["id"], only);
    assert_eq!(one.count("user_skill_tags").await, 1);
    assert_eq!(
        add(&one, json!({ "skill": ids[0] })).await,
        only,
        "its old id still names it"
    );
}

async fn a_rejected_skill_stays_ones_own_and_may_be_taken_up_again(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = bell(&person, 4).await;
    let proposal = queue(&stage, ReviewStatus::Pending).await.remove(0);
    decide(&stage, &proposal, Verdict::Reject)
        .await
        .expect("rejected");
    let later = stage.refreshed().await;
    let person = person.at(&later);
    let shown = mine(&person).await;
    assert_eq!(
        (&shown[0]["id"], &shown[0]["skill"], &shown[0]["review"]),
        (&id, &json!(null), &json!("REJECTED"))
    );
    bell(&person, 5).await;
    assert!(
        queue(&later, ReviewStatus::Pending).await.is_empty(),
        "not asked again"
    );
    let rejected = queue(&later, ReviewStatus::Rejected).await.remove(0);
    let renamed = Verdict::Approve {
        name: Some(" Founding bells ".to_owned()),
        category: Some(SkillCategory::Transferable),
    };
    decide(&later, &rejected, renamed).await.expect("approved");
    let latest = later.refreshed().await;
    let shown = mine(&person.at(&latest)).await;
    assert_eq!(
        (
            &shown[0]["name"],
            &shown[0]["category"],
            &shown[0]["review"]
        ),
        (
            &json!("Founding bells"),
            &json!("TRANSFERABLE"),
            &json!(null)
        )
    );
}

async fn what_an_operator_cannot_decide_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    bell(&person, 4).await;
    let proposal = queue(&stage, ReviewStatus::Pending).await.remove(0);
    let field = |refused: Result<Proposal, ReviewError>| {
        let fault = refused.expect_err("refused").fault().expect("coded");
        refusal(fault.code.as_str(), &fault.field.expect("a field"))
    };
    let named = |name: &str| Verdict::Approve {
        name: Some(name.to_owned()),
        category: None,
    };
    let listed = stage.skill().name.to_uppercase();
    assert_eq!(
        field(decide(&stage, &proposal, named(&listed)).await),
        refusal("INVALID_INPUT", "input.name")
    );
    assert_eq!(
        field(decide(&stage, &proposal, named(" ")).await),
        refusal("INVALID_INPUT", "input.name")
    );
    assert_eq!(
        field(decide(&stage, &proposal, Verdict::Merge(SkillId::new())).await),
        refusal("NOT_FOUND", "input.skill")
    );
    decide(&stage, &proposal, AS_PROPOSED)
        .await
        .expect("approved");
    assert_eq!(
        field(decide(&stage, &proposal, Verdict::Reject).await),
        refusal("INVALID_INPUT", "input.id")
    );
    let unknown = Proposal {
        id: dreamtree_content::SkillProposalId::new(),
        ..proposal
    };
    assert_eq!(
        field(decide(&stage, &unknown, Verdict::Reject).await),
        refusal("NOT_FOUND", "input.id")
    );
    let scope = stage.write(&person).await;
    let one = stage.skill().id;
    let itself = review::merge(&scope, one, one).await;
    assert!(matches!(itself, Err(ReviewError::Twice)));
    let unknown = review::merge(&scope, one, SkillId::new()).await;
    assert!(matches!(unknown, Err(ReviewError::NotFound("input.into"))));
}

async fn the_queue_is_read_by_pages(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for number in 0..5 {
        let name = format!("Skill {number} of {}", "z".repeat(9 * number));
        add(&person, json!({ "customName": name })).await;
    }
    let scope = stage.write(&person).await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = review::page(&scope, ReviewStatus::Pending, 2, after).await;
        let page = page.expect("a page");
        assert!(page.proposals.len() <= 2);
        after = page.proposals.last().map(Proposal::cursor);
        seen.extend(page.proposals.into_iter().map(|one| one.id));
        if !page.has_next {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5, "each once");
    let none = review::page(&scope, ReviewStatus::Pending, 0, None).await;
    assert!(matches!(none, Err(ReviewError::Invalid("first", _))));
}

async fn a_decision_outlives_the_next_edition(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    bell(&person, 4).await;
    let proposal = queue(&stage, ReviewStatus::Pending).await.remove(0);
    let approved = decide(&stage, &proposal, AS_PROPOSED).await;
    let skill = approved.expect("approved").skill.expect("a skill");
    let (ids, _) = person.listed_skills();
    let merged = ids[0].strip_prefix("skill:").expect("a skill");
    let merged = SkillId::from(uuid::Uuid::try_parse(merged).expect("an id"));
    let scope = stage.write(&person).await;
    review::merge(&scope, merged, stage.skill().id)
        .await
        .expect("merged");
    scope.commit().await.expect("committed");
    // Another edition: whatever it holds, all that authors wrote is written anew.
    let _ = stage
        .after("UPDATE content_version SET fingerprint = 'another'")
        .await;
    let reloaded = Stage::new(test).await;
    let library = reloaded.library();
    assert_eq!(
        library.skill(skill).map(|one| one.name.as_str()),
        Some("Bell founding")
    );
    assert!(library.skill(merged).is_none(), "the file still names it");
    assert_eq!(
        library.heir(merged).map(|one| one.id),
        Some(stage.skill().id)
    );
    assert_eq!(mine(&person.at(&reloaded)).await[0]["review"], json!(null));
}
