//! Somebody who walks the workbook block by block and answers everything, tools included.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::client::Client;

const READ: &str = r"
query Read($after: String) {
  blocks(after: $after, first: 100) {
    pageInfo { hasNextPage endCursor }
    edges { cursor node { ...Everything } }
  }
}
fragment Everything on Block {
  id state required
  location { moduleId }
  body {
    __typename
    ... on Prompt {
      private
      input {
        __typename
        ... on TextConfig { minLength maxLength }
        ... on TextareaConfig { minLength maxLength }
        ... on SliderConfig { min max step }
        ... on ChecklistConfig { options { value } minChecked maxChecked }
        ... on RadioConfig { options { value } }
        ... on SelectConfig { options { value } }
      }
    }
    ... on ToolPlacement {
      tool { kind collects entries { min } fields { key type required private settings {
        ... on TextFieldConfig { maxLength } ... on NumberFieldConfig { max } ... on ScaleFieldConfig { highest }
        ... on ChoiceFieldConfig { options { value } } ... on LinkFieldConfig { to } } } }
      settings {
        ... on ListBuilderConfig { minItems maxItems }
        ... on SkillTaggerConfig { minItems category }
        ... on FlowTrackerConfig { minItems }
        ... on CollectionConfig { minItems }
      }
    }
  }
  answer { state revision value { __typename ...Value } }
  prefill { source usage gap value { __typename ...Value } }
}
fragment Value on AnswerValue {
  ... on TextAnswer { text }
  ... on NumberAnswer { number }
  ... on CheckedAnswer { checked }
  ... on OptionAnswer { option }
  ... on OptionsAnswer { options }
  ... on ListAnswer { name listItems: items { id content } }
  ... on StoryAnswer { title situation obstacle action result evaluation discovery }
  ... on SkillsAnswer { skills { id name mastery rank } }
  ... on RankingAnswer { ranked: items { listItem userSkill label } }
  ... on PersonalityAnswer { code }
  ... on BudgetAnswer { currency budgetNotes: notes totals { monthlyExpenses annualNeeds hourlyBatna } }
  ... on FlowAnswer { entries { date activity energy focus notes } }
  ... on DashboardAnswer { work play love health dashboardNotes: notes { state value } }
  ... on ReframeAnswer { reframeSituation: situation reframedStatement }
  ... on IdeaTreeAnswer { name root edges { from to } }
  ... on BucketsAnswer { buckets { label bucketed: skills { id name } } unplaced { id } }
  ... on RecordAnswer { records: entries { id fields { key state value { ...Filled } } statusHistory { key from to } } }
  ... on CollectionAnswer { companies { id } contacts { id } jobs { id } milestones { id } careerOptions { id }
    experiences { id } locations { id } }
}
fragment Filled on FieldValue {
  ... on TextFieldValue { text }
  ... on NumberFieldValue { number }
  ... on DateFieldValue { date }
  ... on ChoiceFieldValue { choice }
  ... on ChoicesFieldValue { choices }
  ... on FlagFieldValue { flag }
  ... on LinkFieldValue { link }
}";

const ANSWER: &str = r"
mutation Answer($input: AnswerInput!) {
  answer(input: $input) {
    block { id state answer { state revision } }
    nextBlock { id }
    position { sequence }
    module { module complete firstCompletedAt lastModifiedAt }
    unlockedTools { name }
  }
}";

/// A reader with what they have written so far.
pub(crate) struct Reader {
    /// Their client.
    pub(crate) client: Client,
    /// What was acknowledged, by placement.
    pub(crate) acknowledged: BTreeMap<String, Value>,
    /// Texts that must never be found in the database.
    pub(crate) secrets: Vec<String>,
    /// Distinguishes this reader's texts from everybody else's.
    mark: String,
    /// The last block up to which nothing is left to answer.
    done: Value,
}

impl Reader {
    /// A new visitor, whose texts all carry `mark`.
    pub(crate) fn new(client: Client, mark: &str) -> Self {
        Self {
            client: client.visit(),
            acknowledged: BTreeMap::new(),
            secrets: Vec::new(),
            mark: mark.to_owned(),
            done: Value::Null,
        }
    }

    /// The same reader with another session.
    pub(crate) fn on_another_device(&self, client: Client) -> Self {
        Self {
            client,
            acknowledged: self.acknowledged.clone(),
            secrets: Vec::new(),
            mark: self.mark.clone(),
            done: self.done.clone(),
        }
    }

    /// All open blocks.
    pub(crate) fn blocks(&self) -> Vec<Value> {
        self.read_on(Value::Null).0
    }

    /// The open blocks behind this cursor, page by page; and the cursor of the last.
    fn read_on(&self, mut after: Value) -> (Vec<Value>, Value) {
        let mut blocks = Vec::new();
        loop {
            let data = self.client.ask(READ, json!({ "after": after }));
            let connection = &data["blocks"];
            let edges = connection["edges"].as_array().expect("edges");
            blocks.extend(edges.iter().map(|edge| edge["node"].clone()));
            if let Some(last) = edges.last() {
                after = last["cursor"].clone();
            }
            if connection["pageInfo"]["hasNextPage"] != true {
                return (blocks, after);
            }
        }
    }

    /// Answers every open block that has no answer yet, in order; at most `limit` of them. Returns how many.
    pub(crate) fn answer_open(&mut self, limit: usize) -> usize {
        let (blocks, last) = self.read_on(self.done.clone());
        let waits = |block: &Value| block["state"] == "CURRENT" || block["state"] == "OPTIONAL";
        let mut waiting: Vec<Value> = blocks.into_iter().filter(waits).collect();
        if waiting.len() <= limit {
            self.done = last;
        }
        waiting.truncate(limit);
        for block in &waiting {
            self.answer(block);
        }
        waiting.len()
    }

    /// Walks on until nothing is left to answer.
    pub(crate) fn finish(&mut self) {
        while self.answer_open(usize::MAX) > 0 {}
    }

    fn answer(&mut self, block: &Value) {
        let id = block["id"].as_str().expect("an id").to_owned();
        let value = self.value_for(block);
        let input = json!({ "placement": id, "value": value });
        let data = self.client.ask(ANSWER, json!({ "input": input }));
        assert_eq!(data["answer"]["block"]["state"], "ANSWERED", "{id}");
        assert_eq!(
            data["answer"]["block"]["answer"]["state"], "UNLOCKED",
            "{id}"
        );
        self.acknowledged.insert(id, value);
    }

    /// A text of its own; a secret one is remembered.
    fn text(&mut self, id: &str, secret: bool, min: usize, max: usize) -> String {
        let short = format!("{}-{}", self.mark, id.replace(':', ""));
        let mut text = short.clone();
        while text.chars().count() < min {
            text.push_str(" and it goes on and on");
        }
        assert!(text.chars().count() <= max.max(short.len()), "{id}");
        if secret {
            self.secrets.push(short);
        }
        text
    }

    fn value_for(&mut self, block: &Value) -> Value {
        let id = block["id"].as_str().expect("an id").to_owned();
        let body = &block["body"];
        if body["__typename"] == "ToolPlacement" {
            return self.tool_data(&id, block);
        }
        let input = &body["input"];
        let secret = body["private"] == true;
        let number = |field: &str| input[field].as_i64().expect("a number");
        match input["__typename"].as_str().expect("a kind") {
            "TextConfig" | "TextareaConfig" => {
                let length = |field| usize::try_from(number(field)).expect("a length");
                json!({ "text": self.text(&id, secret, length("minLength"), length("maxLength")) })
            }
            "SliderConfig" => json!({ "number": number("max") - number("step") }),
            "CheckboxConfig" => json!({ "checked": true }),
            "ChecklistConfig" => {
                let count = usize::try_from(number("minChecked").max(1)).expect("a count");
                let options = input["options"].as_array().expect("options");
                let ticked: Vec<_> = options
                    .iter()
                    .take(count)
                    .map(|one| one["value"].clone())
                    .collect();
                json!({ "options": ticked })
            }
            _ => json!({ "option": input["options"][1]["value"] }),
        }
    }

    fn tool_data(&mut self, id: &str, block: &Value) -> Value {
        let settings = &block["body"]["settings"];
        let min = settings["minItems"].as_u64().unwrap_or(1).max(3);
        match block["body"]["tool"]["kind"].as_str().expect("a kind") {
            "LIST_BUILDER" => {
                let items: Vec<_> = (0..min)
                    .map(|n| json!({ "content": format!("item {n} of {id}") }))
                    .collect();
                json!({ "listBuilder": { "items": items } })
            }
            "SOARED_FORM" => json!({ "soaredForm": {
                "title": self.text(&format!("{id}title"), true, 0, 200),
                "situation": self.text(&format!("{id}situation"), true, 0, 5000),
                "action": self.text(&format!("{id}action"), true, 0, 5000),
                "discovery": self.text(&format!("{id}discovery"), true, 0, 5000),
            } }),
            "SKILL_TAGGER" => self.skills(settings, min),
            "RANKING_GRID" => ranking(block),
            "MBTI_SELECTOR" => json!({ "personality": { "code": "INFJ" } }),
            "BUDGET_CALCULATOR" => json!({ "budgetCalculator": {
                "currency": "EUR",
                "incomes": [{ "name": "wage", "amount": 4_200_000, "period": "YEARLY", "gross": true }],
                "expenses": [
                    { "name": self.text(&format!("{id}rent"), true, 0, 100), "amount": 123_456, "essential": true },
                    { "name": "everything else", "amount": 76_544, "essential": false },
                ],
                "notes": self.text(&format!("{id}notes"), true, 0, 5000),
            } }),
            "FLOW_TRACKER" => {
                let entry = |n: u64| {
                    json!({
                        "date": format!("2026-0{}-11", n % 8 + 1), "activity": format!("activity {n}"),
                        "energy": 2, "focus": 5, "notes": null,
                    })
                };
                json!({ "flowTracker": { "entries": (0..min).map(entry).collect::<Vec<_>>() } })
            }
            "LIFE_DASHBOARD" => json!({ "lifeDashboard": {
                "work": 4, "play": 6, "love": 9, "health": 7,
                "notes": self.text(&format!("{id}notes"), true, 0, 5000),
            } }),
            "FAILURE_REFRAMER" => json!({ "failureReframer": {
                "situation": self.text(&format!("{id}situation"), true, 0, 5000),
                "reframedStatement": self.text(&format!("{id}statement"), true, 0, 5000),
            } }),
            "IDEA_TREE" => json!({ "ideaTree": { "name": "first", "root": "bread",
                "edges": [{ "from": "bread", "to": "bakery" }, { "from": "bread", "to": "field" },
                          { "from": "bakery", "to": "morning" }] } }),
            "BUCKETING_TOOL" => buckets(block),
            "RECORD" => self.record(id, &block["body"]["tool"]),
            "COLLECTION" => self.collection(&block["body"]["tool"], min),
            other => panic!("a tool that nobody knows how to use: {other}"),
        }
    }

    /// As many entries as are needed, with all fields filled in.
    fn record(&mut self, id: &str, tool: &Value) -> Value {
        let count = tool["entries"]["min"].as_u64().expect("a count").max(1);
        let fields = tool["fields"].as_array().expect("fields");
        let mut entries = Vec::new();
        for number in 0..count {
            let mut filled = Vec::new();
            for field in fields {
                let key = field["key"].as_str().expect("a key");
                let value = self.field(&format!("{id}{key}{number}"), field);
                filled.push(json!({ "key": key, "value": value }));
            }
            entries.push(json!({ "fields": filled }));
        }
        json!({ "record": { "entries": entries } })
    }

    fn field(&mut self, id: &str, field: &Value) -> Value {
        let rules = &field["settings"];
        match field["type"].as_str().expect("a type") {
            "TEXT" | "LONG_TEXT" => {
                let max = usize::try_from(rules["maxLength"].as_u64().expect("a length"));
                let secret = field["private"] == true;
                json!({ "text": self.text(id, secret, 0, max.expect("a length")) })
            }
            "URL" => json!({ "text": "https://example.org/a" }),
            "NUMBER" => json!({ "number": rules["max"].as_i64().unwrap_or(1) }),
            "SCALE" => json!({ "number": rules["highest"] }),
            "DATE" => json!({ "date": "2026-02-03" }),
            "CHOICE" => json!({ "choice": rules["options"][1]["value"] }),
            "CHOICES" => json!({ "choices": [rules["options"][0]["value"]] }),
            "LINK" => json!({ "link": self.make(rules["to"].as_str().expect("a kind")) }),
            _ => json!({ "flag": true }),
        }
    }

    /// Makes as many things as the collection needs.
    fn collection(&self, tool: &Value, count: u64) -> Value {
        let kind = match tool["collects"].as_str().expect("a kind") {
            "COMPANIES" => "COMPANY",
            many => many.strip_suffix('S').expect("more than one"),
        };
        for _ in 0..count {
            self.make(kind);
        }
        json!({ "collection": true })
    }

    /// Makes one of the person's own things; its id.
    fn make(&self, kind: &str) -> Value {
        let (field, input) = match kind {
            "COMPANY" => ("company", r#"name: "Mill""#),
            "CONTACT" => ("contact", r#"name: "Miller""#),
            "JOB" => ("job", r#"title: "Baker""#),
            "MILESTONE" => ("milestone", r#"title: "Oven", year: 2031"#),
            "CAREER_OPTION" => ("careerOption", r#"title: "Bread""#),
            "EXPERIENCE" => ("experience", r#"title: "Cook""#),
            "LOCATION" => ("location", r#"name: "Hills""#),
            "STORY" => ("story", r#"title: "Rain", situation: "wet""#),
            other => panic!("a thing that nobody knows how to make: {other}"),
        };
        let (first, rest) = field.split_at(1);
        let made = format!("create{}{rest}", first.to_uppercase());
        let mutation =
            format!("mutation {{ {made}(input: {{ {input} }}) {{ {field} {{ id }} }} }}");
        self.client.ask(&mutation, json!({}))[made][field]["id"].clone()
    }

    fn skills(&self, settings: &Value, count: u64) -> Value {
        let query = "query($category: SkillCategory, $first: Int!) {
            skills(category: $category, first: $first) { edges { node { id } } } }";
        let variables = json!({ "category": settings["category"], "first": count });
        let data = self.client.ask(query, variables);
        let edges = data["skills"]["edges"].as_array().expect("skills");
        let mut tags: Vec<Value> = edges
            .iter()
            .map(|edge| json!({ "skill": edge["node"]["id"], "mastery": 4 }))
            .collect();
        if settings["category"].is_null() {
            tags.push(json!({ "customName": "keeping bees", "category": "KNOWLEDGE" }));
        }
        json!({ "skillTagger": { "skills": tags } })
    }
}

/// The ids that a prefill offers, and of what kind they are.
fn offered(block: &Value) -> (&'static str, Vec<Value>) {
    let offer = &block["prefill"]["value"];
    let (list, key, kind) = match offer["__typename"].as_str() {
        Some("ListAnswer") => ("listItems", "id", "listItem"),
        Some("SkillsAnswer") => ("skills", "id", "userSkill"),
        Some("RankingAnswer") if offer["ranked"][0]["listItem"].is_null() => {
            ("ranked", "userSkill", "userSkill")
        }
        Some("RankingAnswer") => ("ranked", "listItem", "listItem"),
        other => panic!("nothing to arrange, but {other:?}: {block:#}"),
    };
    let items = offer[list].as_array().expect("items").iter();
    (kind, items.map(|item| item[key].clone()).collect())
}

/// The other way round than it is offered.
fn ranking(block: &Value) -> Value {
    let (kind, ids) = offered(block);
    let items = ids.iter().rev().map(|id| json!({ kind: id }));
    json!({ "rankingGrid": { "items": items.collect::<Vec<_>>() } })
}

/// All that is offered, in the second bucket.
fn buckets(block: &Value) -> Value {
    let (_, skills) = offered(block);
    let buckets = [json!([]), json!(skills), json!([]), json!([]), json!([])];
    let buckets = buckets.map(|skills| json!({ "skills": skills }));
    json!({ "bucketingTool": { "buckets": buckets } })
}
