//! A look at the text before it is parsed: the parser recurses, and deep nesting would overflow its stack.

use async_graphql::ServerError;
use dreamtree_types::Code;

use crate::{Limits, response::error};

/// Refuses a text with too many open brackets or tokens, and strings that do not end: the parser might
/// read on behind those in a way this scan does not see.
pub(crate) fn scan(text: &str, limits: &Limits) -> Result<(), ServerError> {
    let mut rest = text.as_bytes();
    let mut open = 0_usize;
    let mut tokens = 0_usize;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match byte {
            b'#' => skip_comment(tail),
            b'"' => skip_string(rest).ok_or_else(unterminated)?,
            b'{' | b'[' | b'(' => {
                open += 1;
                tail
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                tail
            }
            _ if is_word(byte) => skip_word(tail),
            _ => tail,
        };
        tokens += usize::from(!byte.is_ascii_whitespace() && byte != b',' && byte != b'#');
        if open > limits.nesting {
            return Err(error(
                Code::LimitExceeded,
                format!("The document nests more than {} brackets.", limits.nesting),
            ));
        }
        if tokens > limits.tokens {
            return Err(error(
                Code::LimitExceeded,
                format!("The document has more than {} tokens.", limits.tokens),
            ));
        }
    }
    Ok(())
}

fn unterminated() -> ServerError {
    error(Code::ParseFailed, "A string of the document does not end.")
}

fn skip_comment(tail: &[u8]) -> &[u8] {
    let end = tail.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    &tail[end.unwrap_or(tail.len())..]
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn skip_word(tail: &[u8]) -> &[u8] {
    let end = tail.iter().position(|byte| !is_word(*byte));
    &tail[end.unwrap_or(tail.len())..]
}

/// What follows the string that `rest` begins with.
fn skip_string(rest: &[u8]) -> Option<&[u8]> {
    match rest.strip_prefix(br#"""""#) {
        Some(block) => skip_block(block),
        None => skip_line_string(&rest[1..]),
    }
}

fn skip_block(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        if let Some(tail) = rest.strip_prefix(br#"""""#) {
            return Some(tail);
        }
        let escaped = rest.strip_prefix(br#"\""""#);
        rest = escaped.or_else(|| rest.get(1..))?;
    }
}

fn skip_line_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match rest {
            [b'"', tail @ ..] => return Some(tail),
            [] | [b'\n' | b'\r', ..] | [b'\\', b'\n' | b'\r', ..] => return None,
            [b'\\', _, tail @ ..] | [_, tail @ ..] => tail,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        let error = scan(text, &Limits::default()).err()?;
        let code = error
            .extensions
            .and_then(|extensions| extensions.get("code").cloned());
        code.map(|code| code.to_string())
    }

    #[test]
    fn brackets_count_where_they_are_brackets() {
        let deep = "[".repeat(65);
        assert_eq!(code(&deep), Some("\"LIMIT_EXCEEDED\"".into()));
        assert_eq!(code(&"[".repeat(64)), None);
        assert_eq!(code(&"[]".repeat(1_000)), None);
        for quoted in [
            "{a(b:\"%\")}",
            "{a}#%",
            "{a(b:\"\"\"%\"\"\")}",
            "{a(b:\"\\\"%\")}",
        ] {
            assert_eq!(code(&quoted.replace('%', &deep)), None, "{quoted}");
        }
        for bare in [
            "#\r%",
            "#\n%",
            "\"\"%",
            "\"\"\"\"\"\"%",
            "\"\\\\\"%",
            "\"\"\"\\\"\"\"\"\"\"%",
        ] {
            assert!(code(&bare.replace('%', &deep)).is_some(), "{bare}");
        }
    }

    #[test]
    fn a_string_that_does_not_end_is_refused() {
        for text in [
            "\"",
            "\"\\",
            "\"\\\"",
            "\"a\nb\"",
            "\"a\\\nb\"",
            "\"\"\"",
            "\"\"\" \"\"",
            "\"\"\"\\\"\"\"",
        ] {
            assert_eq!(code(text), Some("\"PARSE_FAILED\"".into()), "{text}");
        }
    }

    #[test]
    fn tokens_are_counted() {
        assert_eq!(code(&"name ".repeat(10_000)), None);
        assert_eq!(
            code(&"name ".repeat(10_001)),
            Some("\"LIMIT_EXCEEDED\"".into())
        );
        assert_eq!(code(&", \n".repeat(20_000)), None);
    }
}
