//! One value of a field: held to the field's rules, written as JSON and read again.

use dreamtree_content::{Choice, FieldInput, FieldType};
use dreamtree_types::Patch;
use serde_json::{Value, json};
use time::{Date, format_description::well_known::Iso8601};
use uuid::Uuid;

use super::{FieldValue, Link};
use crate::{Error, sealed::optional, text::check_address};

const LONGEST_ADDRESS: usize = 2_000;

/// The value as it may be kept, `None` for a text of nothing but blanks and for no choice at all. `field` is where the
/// input has it.
pub(super) fn check(
    input: &FieldInput,
    value: &FieldValue,
    field: &str,
) -> Result<Option<FieldValue>, Error> {
    use FieldInput as I;
    use FieldValue as V;
    match (input, value) {
        (I::Text(max) | I::LongText(max), V::Text(text)) => {
            Ok(optional(Some(text), *max as usize, field)?.map(V::Text))
        }
        (I::Url, V::Text(text)) => {
            check_address(&Patch::Set(text.clone()), field)?;
            Ok(optional(Some(text), LONGEST_ADDRESS, field)?.map(V::Text))
        }
        (I::Number(rules), V::Number(number)) => {
            let (min, max) = (rules.min.unwrap_or(i32::MIN), rules.max.unwrap_or(i32::MAX));
            between(*number, min, max, field)
        }
        (I::Scale(rules), V::Number(number)) => between(*number, rules.min, rules.max, field),
        (I::Choice(rules), V::Choice(chosen)) => {
            known(&rules.options, chosen, field)?;
            Ok(Some(value.clone()))
        }
        (I::Choices(options), V::Choices(chosen)) => several(options, chosen, field),
        (I::Link(to), V::Link(link)) if link.to == *to => Ok(Some(value.clone())),
        (I::Date, V::Date(_)) | (I::YesNo, V::Flag(_)) => Ok(Some(value.clone())),
        _ => {
            let rule = format!("takes a value of the type {}", input.kind().as_str());
            Err(Error::invalid(field, rule))
        }
    }
}

fn between(number: i32, min: i32, max: i32, field: &str) -> Result<Option<FieldValue>, Error> {
    if (min..=max).contains(&number) {
        return Ok(Some(FieldValue::Number(number)));
    }
    Err(Error::invalid(field, format!("must be {min} to {max}")))
}

fn known(options: &[Choice], chosen: &str, field: &str) -> Result<(), Error> {
    if options.iter().any(|option| option.value == chosen) {
        return Ok(());
    }
    Err(Error::invalid(field, "is not one of the options"))
}

/// In the order of the options.
fn several(
    options: &[Choice],
    chosen: &[String],
    field: &str,
) -> Result<Option<FieldValue>, Error> {
    for (index, one) in chosen.iter().enumerate() {
        known(options, one, &format!("{field}.choices[{index}]"))?;
        if chosen[..index].contains(one) {
            return Err(Error::twice(format!("{field}.choices[{index}]")));
        }
    }
    let ordered = options.iter().map(|option| &option.value);
    let ordered: Vec<String> = ordered
        .filter(|one| chosen.contains(one))
        .cloned()
        .collect();
    Ok((!ordered.is_empty()).then_some(FieldValue::Choices(ordered)))
}

/// The value as it is kept.
pub(crate) fn to_json(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) | FieldValue::Choice(text) => json!(text),
        FieldValue::Number(number) => json!(number),
        FieldValue::Date(day) => json!(day.to_string()),
        FieldValue::Choices(chosen) => json!(chosen),
        FieldValue::Flag(flag) => json!(flag),
        FieldValue::Link(link) => json!(link.id),
    }
}

/// A kept value; `None` where it does not fit the field, such as an option that its author has taken away.
pub(super) fn from_json(input: &FieldInput, value: &Value) -> Option<FieldValue> {
    let text = || value.as_str().map(str::to_owned);
    let read = match input.kind() {
        FieldType::Text | FieldType::LongText | FieldType::Url => FieldValue::Text(text()?),
        FieldType::Number | FieldType::Scale => {
            FieldValue::Number(value.as_i64().and_then(|number| number.try_into().ok())?)
        }
        FieldType::Date => FieldValue::Date(Date::parse(value.as_str()?, &Iso8601::DATE).ok()?),
        FieldType::Choice => FieldValue::Choice(text()?),
        FieldType::Choices => {
            let chosen = value.as_array()?.iter();
            let chosen = chosen.map(|one| one.as_str().map(str::to_owned));
            FieldValue::Choices(chosen.collect::<Option<_>>()?)
        }
        FieldType::YesNo => FieldValue::Flag(value.as_bool()?),
        FieldType::Link => {
            let FieldInput::Link(to) = input else {
                return None;
            };
            let id = Uuid::try_parse(value.as_str()?).ok()?;
            FieldValue::Link(Link { to: *to, id })
        }
    };
    Some(read)
}
