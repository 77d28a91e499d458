//! Rows in the text format of `PostgreSQL`'s COPY.

use std::io::Write;

use sea_orm::Value;
use time::format_description::well_known::Rfc3339;

use crate::Error;

/// Adds a value to a line.
pub(crate) fn value(line: &mut Vec<u8>, value: Value) -> Result<(), Error> {
    match value {
        Value::Bool(Some(flag)) => line.push(if flag { b't' } else { b'f' }),
        Value::Int(Some(number)) => line.extend(number.to_string().bytes()),
        Value::String(Some(written)) => text(line, &written),
        Value::Uuid(Some(id)) => {
            let mut buffer = uuid::Uuid::encode_buffer();
            line.extend(id.hyphenated().encode_lower(&mut buffer).bytes());
        }
        Value::TimeDate(Some(day)) => line.extend(day.to_string().bytes()),
        Value::TimeDateTimeWithTimeZone(Some(moment)) => {
            moment.format_into(line.by_ref(), &Rfc3339)?;
        }
        Value::Bool(None)
        | Value::Int(None)
        | Value::String(None)
        | Value::Uuid(None)
        | Value::TimeDate(None)
        | Value::TimeDateTimeWithTimeZone(None) => line.extend(br"\N"),
        other => return Err(Error::Column(format!("{other:?}"))),
    }
    Ok(())
}

/// Tabs and ends of lines divide, and the backslash names what cannot stand for itself.
fn text(line: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\\' => line.extend(br"\\"),
            b'\t' => line.extend(br"\t"),
            b'\n' => line.extend(br"\n"),
            b'\r' => line.extend(br"\r"),
            other => line.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn line(of: impl Into<Value>) -> String {
        let mut line = Vec::new();
        value(&mut line, of.into()).unwrap();
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn values_stand_as_copy_reads_them() {
        assert_eq!(line("a\tb\\c\nd\re"), r"a\tb\\c\nd\re");
        assert_eq!(line(true) + &line(-7), "t-7");
        assert_eq!(line(None::<String>), r"\N");
        assert_eq!(line(date!(2026 - 01 - 05)), "2026-01-05");
        let moment = datetime!(2026-01-05 08:00:00.007 UTC);
        assert_eq!(line(moment), "2026-01-05T08:00:00.007Z");
        assert!(value(&mut Vec::new(), 1.5.into()).is_err());
    }
}
