//! What a prompt accepts.

use std::collections::HashSet;

use dreamtree_content::{ChecklistRules, Choice, Input, SliderRules, TextRules};

use crate::{Error, Value};

/// Holds an answer to the rules of its prompt.
pub(crate) fn check(input: &Input, value: &Value) -> Result<(), Error> {
    match (input, value) {
        (Input::Text(rules) | Input::Textarea(rules), Value::Text(text)) => check_text(rules, text),
        (Input::Slider(rules), Value::Number(number)) => check_number(rules, *number),
        (Input::Checkbox(_), Value::Checked(_)) => Ok(()),
        (Input::Radio(choices) | Input::Select(choices), Value::Option(option)) => {
            check_option(choices, option, "value.option")
        }
        (Input::Checklist(rules), Value::Options(options)) => check_options(rules, options),
        (input, _) => Err(Error::WrongKind {
            expected: expected(input),
        }),
    }
}

fn expected(input: &Input) -> &'static str {
    match input {
        Input::Text(_) | Input::Textarea(_) => "text",
        Input::Slider(_) => "number",
        Input::Checkbox(_) => "checked",
        Input::Checklist(_) => "options",
        Input::Radio(_) | Input::Select(_) => "option",
    }
}

fn check_text(rules: &TextRules, text: &str) -> Result<(), Error> {
    let refuse = |message: String| Err(Error::invalid("value.text", message));
    if text.contains('\0') {
        return refuse("contains a NUL character".to_owned());
    }
    let length = text.trim().chars().count();
    let (min, max) = (rules.min_length.max(1) as usize, rules.max_length as usize);
    if length < min {
        return refuse(format!("needs at least {min} characters"));
    }
    if text.chars().count() > max {
        return refuse(format!("is longer than {max} characters"));
    }
    Ok(())
}

fn check_number(rules: &SliderRules, number: i32) -> Result<(), Error> {
    let steps = i64::from(number) - i64::from(rules.min);
    if (rules.min..=rules.max).contains(&number) && steps % i64::from(rules.step) == 0 {
        return Ok(());
    }
    let (min, max, step) = (rules.min, rules.max, rules.step);
    Err(Error::invalid(
        "value.number",
        format!("must be {min} to {max} in steps of {step}"),
    ))
}

fn check_option(choices: &[Choice], option: &str, field: &str) -> Result<(), Error> {
    if choices.iter().any(|choice| choice.value == option) {
        return Ok(());
    }
    Err(Error::invalid(field, "is none of the options"))
}

fn check_options(rules: &ChecklistRules, options: &[String]) -> Result<(), Error> {
    if options.len() > rules.options.len() {
        return Err(Error::invalid(
            "value.options",
            "has more entries than there are options",
        ));
    }
    let mut seen = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let field = format!("value.options[{index}]");
        check_option(&rules.options, option, &field)?;
        if !seen.insert(option) {
            return Err(Error::twice(field));
        }
    }
    let (min, max) = (rules.min_checked as usize, rules.most() as usize);
    if (min..=max).contains(&options.len()) {
        return Ok(());
    }
    Err(Error::invalid(
        "value.options",
        format!("needs {min} to {max} ticks"),
    ))
}

#[cfg(test)]
mod tests {
    use dreamtree_content::InputKind;

    use super::*;

    fn input(kind: InputKind, config: &str) -> Input {
        Input::parse(kind, Some(config)).expect("a valid configuration")
    }

    #[test]
    fn a_slider_takes_its_steps_only() {
        let slider = input(InputKind::Slider, r#"{"min":0,"max":10,"step":5}"#);
        assert!(check(&slider, &Value::Number(5)).is_ok());
        for number in [-5, 3, 11, i32::MIN, i32::MAX] {
            assert!(check(&slider, &Value::Number(number)).is_err(), "{number}");
        }
    }

    #[test]
    fn a_text_is_counted_in_characters() {
        let text = input(InputKind::Text, r#"{"min_length":2,"max_length":3}"#);
        assert!(check(&text, &Value::Text("äöü".to_owned())).is_ok());
        for refused in ["ä", " ä ", "äöüß", "a\0b"] {
            assert!(
                check(&text, &Value::Text(refused.to_owned())).is_err(),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_checklist_takes_each_option_once() {
        let options =
            r#"{"options":[{"value":"a","label":"A"},{"value":"b","label":"B"}],"min_checked":1}"#;
        let list = input(InputKind::Checklist, options);
        let answer =
            |values: &[&str]| Value::Options(values.iter().map(ToString::to_string).collect());
        assert!(check(&list, &answer(&["b", "a"])).is_ok());
        assert!(matches!(
            check(&list, &answer(&["a", "a"])),
            Err(Error::Duplicate { .. })
        ));
        assert!(matches!(
            check(&list, &answer(&["c"])),
            Err(Error::Invalid { .. })
        ));
        assert!(matches!(
            check(&list, &answer(&[])),
            Err(Error::Invalid { .. })
        ));
    }

    #[test]
    fn another_kind_of_answer_is_refused() {
        let slider = input(InputKind::Slider, r#"{"min":0,"max":10}"#);
        let refused = check(&slider, &Value::Text("5".to_owned()));
        assert!(matches!(
            refused,
            Err(Error::WrongKind { expected: "number" })
        ));
    }
}
