//! How far somebody has come: ten prompts answered, and the tools on the way there used.

use dreamtree_content::{Body, Choice, Input, Placement, Prompt, TextRules};
use dreamtree_types::Instant;
use dreamtree_workbook::{
    ResponseId,
    entity::{user_checklists, user_modules, user_responses},
};
use serde_json::{Value, json};

use super::{GENERATION, Person, skills::Skill};
use crate::{Error, words};

const RESPONSES: usize = 10;

/// An answer: as it is sealed, and what stands in the response when it is not.
struct Answer {
    sealed: Value,
    plain: Option<String>,
    /// The items of a checklist or of a checkbox, ticked or not.
    ticks: Vec<(String, bool)>,
}

impl Person<'_> {
    /// Answers from the beginning on, up to the tenth prompt or the first tool that nobody here can use.
    pub(super) fn answers(&mut self, skills: &[Skill]) -> Result<(), Error> {
        let library = self.library;
        let mut left = RESPONSES;
        let mut modules: Vec<(String, Instant)> = Vec::new();
        for placement in library.placements() {
            match &placement.body {
                Body::Content(_) => continue,
                Body::Prompt(prompt) => {
                    self.respond(placement, prompt)?;
                    left -= 1;
                }
                Body::Tool(tool) => {
                    if !self.uses(placement, tool, skills)? {
                        break;
                    }
                }
            }
            let module = placement.location.module_id();
            modules.retain(|(known, _)| *known != module);
            modules.push((module, self.dice.now()));
            if left == 0 {
                break;
            }
        }
        for (module_id, last_modified_at) in modules {
            self.rows.user_modules.push(user_modules::Model {
                user_id: self.user,
                module_id,
                first_completed_at: None,
                last_modified_at,
            });
        }
        Ok(())
    }

    fn respond(&mut self, placement: &Placement, prompt: &Prompt) -> Result<(), Error> {
        let id: ResponseId = self.dice.id();
        let at = self.dice.now();
        let answer = self.answer(&prompt.input);
        let response_text = if prompt.private {
            Some(self.seal("user_responses", "response_text", id, &answer.sealed)?)
        } else {
            answer.plain
        };
        let exercise_id = Some(placement.location.exercise_id());
        self.rows.user_responses.push(user_responses::Model {
            user_id: self.user,
            id,
            prompt_id: prompt.id.0,
            stem_id: placement.id.0,
            exercise_id: exercise_id.clone(),
            activity_id: Some(placement.location.activity.to_string()),
            response_text,
            is_sealed: prompt.private,
            key_generation: prompt.private.then_some(GENERATION),
            revision: 1,
            created_at: at,
            updated_at: at,
        });
        let ticks = answer.ticks.into_iter().filter(|_| !prompt.private);
        for (item, checked) in ticks {
            let row = user_checklists::Model {
                user_id: self.user,
                id: self.dice.uuid(),
                prompt_id: prompt.id.0,
                stem_id: placement.id.0,
                exercise_id: exercise_id.clone(),
                item,
                checked,
                created_at: at,
                updated_at: at,
            };
            self.rows.user_checklists.push(row);
        }
        Ok(())
    }

    fn answer(&mut self, input: &Input) -> Answer {
        let plain = |text: String| Answer {
            sealed: json!(text),
            plain: Some(text),
            ticks: Vec::new(),
        };
        match input {
            Input::Text(rules) => plain(self.written(rules, 60)),
            Input::Textarea(rules) => plain(self.written(rules, 400)),
            Input::Radio(options) | Input::Select(options) => {
                let option = options.get(self.dice.below(options.len()));
                plain(option.map_or_else(String::new, |option| option.value.clone()))
            }
            Input::Slider(rules) => {
                let steps = (rules.max - rules.min) / rules.step;
                let number = rules.min + rules.step * self.dice.between(0, steps);
                Answer {
                    sealed: json!(number),
                    plain: Some(number.to_string()),
                    ticks: Vec::new(),
                }
            }
            Input::Checkbox(_) => Answer {
                sealed: json!(true),
                plain: None,
                ticks: vec![(String::new(), true)],
            },
            Input::Checklist(rules) => {
                let least = rules.min_checked.max(1) as usize;
                let value = |option: &Choice| option.value.clone();
                let ticked: Vec<String> = rules.options.iter().take(least).map(value).collect();
                let all = rules.options.iter().map(value).enumerate();
                Answer {
                    ticks: all.map(|(place, item)| (item, place < least)).collect(),
                    sealed: json!(ticked),
                    plain: None,
                }
            }
        }
    }

    fn written(&mut self, rules: &TextRules, length: usize) -> String {
        let length = length.max(rules.min_length as usize + 2);
        words::text(&mut self.dice, length.min(rules.max_length as usize))
    }
}
