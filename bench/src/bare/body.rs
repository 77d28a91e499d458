//! What stands at a place, as JSON.

use dreamtree_content::{Body, Choice, Input, TextRules, ToolPlacement, ToolSettings};
use serde_json::{Value, json};

/// A word of the content as GraphQL writes it.
pub(crate) fn upper(word: &str) -> String {
    word.to_ascii_uppercase()
}

/// The fields of a body that a reader's screen asks for.
pub(crate) fn of(body: &Body) -> Value {
    match body {
        Body::Content(block) => json!({
            "__typename": "ContentBlock",
            "kind": upper(block.kind.as_str()),
            "text": block.text,
        }),
        Body::Prompt(prompt) => json!({
            "__typename": "Prompt",
            "text": prompt.text,
            "private": prompt.private,
            "input": input(&prompt.input),
        }),
        Body::Tool(placed) => json!({
            "__typename": "ToolPlacement",
            "instructions": placed.instructions,
            "tool": {
                "kind": upper(placed.tool.kind.as_str()),
                "title": placed.tool.title,
                "icon": placed.tool.icon,
            },
            "settings": settings(placed),
        }),
    }
}

fn input(input: &Input) -> Value {
    match input {
        Input::Text(rules) => text("TextConfig", rules),
        Input::Textarea(rules) => text("TextareaConfig", rules),
        Input::Slider(rules) => json!({
            "__typename": "SliderConfig",
            "min": rules.min,
            "max": rules.max,
            "step": rules.step,
            "minLabel": rules.min_label,
            "maxLabel": rules.max_label,
        }),
        Input::Checkbox(rules) => json!({ "__typename": "CheckboxConfig", "label": rules.label }),
        Input::Checklist(rules) => json!({
            "__typename": "ChecklistConfig",
            "options": choices(&rules.options),
            "minChecked": rules.min_checked,
            "maxChecked": rules.most(),
        }),
        Input::Radio(options) => {
            json!({ "__typename": "RadioConfig", "options": choices(options) })
        }
        Input::Select(options) => {
            json!({ "__typename": "SelectConfig", "options": choices(options) })
        }
    }
}

fn text(kind: &str, rules: &TextRules) -> Value {
    json!({
        "__typename": kind,
        "placeholder": rules.placeholder,
        "minLength": rules.min_length,
        "maxLength": rules.max_length,
    })
}

fn choices(options: &[Choice]) -> Value {
    let choice = |one: &Choice| json!({ "value": one.value, "label": one.label });
    options.iter().map(choice).collect()
}

fn settings(placed: &ToolPlacement) -> Value {
    match &placed.settings {
        ToolSettings::None => Value::Null,
        ToolSettings::ListBuilder(rules) => json!({
            "__typename": "ListBuilderConfig",
            "list": rules.list,
            "minItems": rules.min_items,
            "maxItems": rules.max_items,
        }),
        ToolSettings::SoaredForm(rules) => json!({
            "__typename": "SoaredFormConfig",
            "storyType": upper(rules.story_type.as_str()),
        }),
        ToolSettings::SkillTagger(rules) => json!({
            "__typename": "SkillTaggerConfig",
            "category": rules.category.map(|category| upper(category.as_str())),
            "minItems": rules.min_items,
            "maxItems": rules.max_items,
        }),
        ToolSettings::RankingGrid(rules) => {
            json!({ "__typename": "RankingGridConfig", "top": rules.top })
        }
        ToolSettings::FlowTracker(rules) => {
            json!({ "__typename": "FlowTrackerConfig", "minItems": rules.min_items })
        }
        ToolSettings::BucketingTool(rules) => {
            json!({ "__typename": "BucketingToolConfig", "labels": rules.labels })
        }
        ToolSettings::Collection(rules) => {
            json!({ "__typename": "CollectionConfig", "minItems": rules.min_items })
        }
    }
}
