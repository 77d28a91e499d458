//! What a reader answers: something that fits, of a likely length.

use serde_json::{Value, json};

use crate::{Outcome, walk::Reader};

const WORDS: &str = "We had three weeks and no plan, so I drew up a list of what each of us could do, and \
    rang everybody once a day. ";

/// An answer to an open block; `None` where an optional block offers nothing to work with.
pub(crate) fn value_for(reader: &mut Reader, block: &Value) -> Outcome<Option<Value>> {
    let body = &block["body"];
    if body["__typename"] == "ToolPlacement" {
        return tool_data(reader, block);
    }
    let input = &body["input"];
    let kind = input["__typename"]
        .as_str()
        .ok_or("a prompt without an input")?;
    Ok(Some(match kind {
        "TextConfig" => json!({ "text": text(input, 60)? }),
        "TextareaConfig" => json!({ "text": text(input, 400)? }),
        "SliderConfig" => json!({ "number": number(input, "max")? - number(input, "step")? }),
        "CheckboxConfig" => json!({ "checked": true }),
        "ChecklistConfig" => {
            let most = usize::try_from(number(input, "minChecked")?.max(1))?;
            let options = input["options"]
                .as_array()
                .ok_or("a checklist without options")?;
            let ticked: Vec<&Value> = options.iter().take(most).map(|one| &one["value"]).collect();
            json!({ "options": ticked })
        }
        _ => json!({ "option": input["options"][1]["value"] }),
    }))
}

fn number(object: &Value, field: &str) -> Outcome<i64> {
    object[field]
        .as_i64()
        .ok_or_else(|| format!("{field} is not a number").into())
}

/// About `length` characters, within the rules of the prompt.
fn text(input: &Value, length: usize) -> Outcome<String> {
    let (min, max) = (number(input, "minLength")?, number(input, "maxLength")?);
    let length = length.max(usize::try_from(min)?).min(usize::try_from(max)?);
    let text: String = WORDS.chars().cycle().take(length - 1).collect();
    Ok(text + ".")
}

fn tool_data(reader: &mut Reader, block: &Value) -> Outcome<Option<Value>> {
    let settings = &block["body"]["settings"];
    let least = settings["minItems"].as_u64().unwrap_or(1).max(3);
    let kind = block["body"]["tool"]["kind"]
        .as_str()
        .ok_or("a tool without a kind")?;
    Ok(Some(match kind {
        "LIST_BUILDER" => {
            let item = |n| json!({ "content": format!("the {n}. thing that came to my mind") });
            json!({ "listBuilder": { "items": (1..=least).map(item).collect::<Vec<_>>() } })
        }
        "SOARED_FORM" => json!({ "soaredForm": {
            "title": "The move", "situation": WORDS, "obstacle": WORDS, "action": WORDS.repeat(4),
            "result": WORDS, "evaluation": WORDS, "discovery": WORDS,
        } }),
        "SKILL_TAGGER" => skills(reader, settings, least.max(8))?,
        "RANKING_GRID" => return Ok(ranking(block)),
        "MBTI_SELECTOR" => json!({ "personality": { "code": "INFJ" } }),
        "BUDGET_CALCULATOR" => json!({ "budgetCalculator": {
            "currency": "EUR",
            "incomes": [{ "name": "wage", "amount": 4_200_000, "period": "YEARLY", "gross": true }],
            "expenses": [{ "name": "rent", "amount": 123_456, "essential": true }],
        } }),
        "FLOW_TRACKER" => {
            let entry = |n: u64| {
                json!({
                    "date": format!("2026-0{}-11", n % 8 + 1), "activity": "mending a bicycle",
                    "energy": 2, "focus": 5,
                })
            };
            json!({ "flowTracker": { "entries": (0..least).map(entry).collect::<Vec<_>>() } })
        }
        "LIFE_DASHBOARD" => json!({ "lifeDashboard": {
            "work": 4, "play": 6, "love": 9, "health": 7, "notes": WORDS,
        } }),
        "FAILURE_REFRAMER" => json!({ "failureReframer": {
            "situation": WORDS, "reframedStatement": WORDS,
        } }),
        "IDEA_TREE" => json!({ "ideaTree": {
            "name": "first", "root": "bread", "edges": [{ "from": "bread", "to": "bakery" }],
        } }),
        other => return Err(format!("a tool that nobody knows how to use: {other}").into()),
    }))
}

fn skills(reader: &mut Reader, settings: &Value, count: u64) -> Outcome<Value> {
    let query = "query($category: SkillCategory, $first: Int!) {
        skills(category: $category, first: $first) { edges { node { id } } } }";
    let variables = json!({ "category": settings["category"], "first": count });
    let data = reader.ask(query, &variables)?;
    let edges = data["skills"]["edges"].as_array().ok_or("no skills")?;
    let tag = |edge: &Value| json!({ "skill": edge["node"]["id"], "mastery": 4 });
    Ok(json!({ "skillTagger": { "skills": edges.iter().map(tag).collect::<Vec<_>>() } }))
}

/// The other way round than it is offered.
fn ranking(block: &Value) -> Option<Value> {
    let offer = &block["prefill"]["value"];
    let (list, field) = match offer["__typename"].as_str()? {
        "ListAnswer" => ("listItems", "listItem"),
        _ => ("skills", "userSkill"),
    };
    let items: Vec<Value> = offer[list]
        .as_array()?
        .iter()
        .rev()
        .map(|item| json!({ field: item["id"] }))
        .collect();
    Some(json!({ "rankingGrid": { "items": items } }))
}
