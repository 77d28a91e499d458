//! Whether a column and a field say the same, although a database and GraphQL write it differently.

use serde_json::Value;
use uuid::Uuid;

/// `traits_liked` → `traitsLiked`.
pub(crate) fn camel(column: &str) -> String {
    let mut words = column.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(1);
        name + &initial.to_uppercase() + rest
    })
}

/// `minLength` → `min_length`.
fn snake(field: &str) -> String {
    let mut name = String::new();
    for letter in field.chars() {
        if letter.is_uppercase() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// A scalar as a text.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// True when a column holds a sealed value that does not show what is told.
pub(crate) fn is_envelope(stored: &str, told: &Value) -> bool {
    stored.starts_with("{\"v\":1,") && !stored.contains(&text(told))
}

/// True when a column says what a field tells; of JSON, as much of it as is told.
pub(crate) fn says(stored: &str, told: &Value) -> bool {
    if told.is_object() || told.is_array() {
        return serde_json::from_str(stored).is_ok_and(|stored| holds(&stored, told));
    }
    normal(stored) == normal(&text(told))
}

fn holds(stored: &Value, told: &Value) -> bool {
    match (stored, told) {
        (Value::Object(stored), Value::Object(told)) => told.iter().all(|(field, told)| {
            let stored = stored.get(&snake(field));
            field == "__typename" || stored.is_some_and(|stored| holds(stored, told))
        }),
        (Value::Array(stored), Value::Array(told)) => {
            stored.len() == told.len()
                && stored
                    .iter()
                    .zip(told)
                    .all(|(one, other)| holds(one, other))
        }
        _ => normal(&text(stored)) == normal(&text(told)),
    }
}

/// Without what tells a database from GraphQL: the kind before an id, the dashes in it, capitals, the ways to write a time and a flag.
fn normal(written: &str) -> String {
    let is_kind = |text: &str| {
        text.chars()
            .all(|letter| letter.is_ascii_lowercase() || "_-".contains(letter))
    };
    let key = written.split_once(':').filter(|(kind, _)| is_kind(kind));
    let plain = key.map_or(written, |(_, key)| key).to_lowercase();
    let plain = plain.strip_suffix("config").unwrap_or(&plain).to_owned();
    match plain.as_str() {
        "true" => "1".to_owned(),
        "false" => "0".to_owned(),
        _ if is_time(&plain) => moment(&plain),
        _ => Uuid::try_parse(&plain).map_or(plain, |id| id.to_string()),
    }
}

fn is_time(plain: &str) -> bool {
    let date = |place: usize, byte| plain.as_bytes().get(place) == Some(&byte);
    date(4, b'-') && date(7, b'-') && date(13, b':') && date(16, b':')
}

fn moment(plain: &str) -> String {
    let end = plain.find(['+', 'z']).unwrap_or(plain.len());
    let local = plain[..end].trim().replace('t', " ");
    match local.split_once('.') {
        Some((second, fraction)) => format!("{second}.{}", fraction.trim_end_matches('0')),
        None => format!("{local}."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_go_both_ways() {
        assert_eq!(camel("traits_liked"), "traitsLiked");
        assert_eq!(snake("traitsLiked"), "traits_liked");
    }

    #[test]
    fn both_spellings_are_the_same() {
        for (stored, told) in [
            ("in_conversation", json!("IN_CONVERSATION")),
            ("1", json!(true)),
            ("f", json!("f")),
            ("12", json!("placement:12")),
            (
                "2026-01-05 08:00:00.120+00",
                json!("2026-01-05T08:00:00.12Z"),
            ),
            ("2026-01-05T08:00:00+00:00", json!("2026-01-05T08:00:00Z")),
            (
                "{\"min_length\":3,\"more\":1}",
                json!({ "__typename": "A", "minLength": 3 }),
            ),
        ] {
            assert!(says(stored, &told), "{stored} {told}");
        }
        assert!(!says(
            "2026-01-05 08:00:01+00",
            &json!("2026-01-05T08:00:00Z")
        ));
        assert!(!says("{\"min_length\":3}", &json!({ "maxLength": 3 })));
        assert!(!says("[1,2]", &json!([1])));
    }
}
