//! The canonical form of a graph without blank nodes (RDFC-1.0): its statements as N-Quads, each once, sorted.

use std::{collections::BTreeSet, fmt::Write};

use sha2::{Digest, Sha256};

use crate::{
    node::{Node, Value},
    term::{Form, TYPE, Term},
};

/// SHA-256 over the canonical form.
pub(crate) fn hash(node: &Node) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for line in lines(node) {
        hasher.update(line.as_bytes());
    }
    hasher.finalize().into()
}

fn lines(node: &Node) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    state(node, &mut lines);
    lines
}

fn state(node: &Node, lines: &mut BTreeSet<String>) {
    let id = &node.id;
    for class in node.classes {
        lines.insert(format!("<{id}> <{TYPE}> <{}> .\n", class.iri));
    }
    for (term, values) in &node.said {
        for value in values {
            let object = object(*term, value);
            lines.insert(format!("<{id}> <{}> {object} .\n", term.iri));
            if let Value::Node(inner) = value {
                state(inner, lines);
            }
        }
    }
}

fn object(term: Term, value: &Value) -> String {
    match (value, term.form) {
        (Value::Node(node), _) => format!("<{}>", node.id),
        (Value::Word(_, iri), _) => format!("<{iri}>"),
        (Value::Text(text), Form::Link) => format!("<{text}>"),
        (Value::Text(text), Form::Plain) => literal(text),
        (Value::Text(text), Form::Typed(iri)) => format!("{}^^<{iri}>", literal(text)),
    }
}

/// A quoted text with what canonical N-Quads escape, and nothing else, escaped.
fn literal(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '\u{8}' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{ISSUER, NAME, PROFILE, URL};

    #[test]
    fn statements_are_sorted_and_stand_once() {
        let inner = || Node::new("urn:b".to_owned(), &[PROFILE]).text(NAME, "B");
        let node = Node::new("urn:a".to_owned(), &[])
            .text(URL, "https://a.example")
            .nodes(ISSUER, [inner(), inner()]);
        let lines: Vec<_> = lines(&node).into_iter().collect();
        assert_eq!(
            lines.concat(),
            "<urn:a> <https://schema.org/url> \"https://a.example\"^^<https://www.w3.org/2001/XMLSchema#anyURI> .\n\
             <urn:a> <https://www.w3.org/2018/credentials#issuer> <urn:b> .\n\
             <urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n\
             <urn:b> <https://schema.org/name> \"B\" .\n"
        );
    }

    #[test]
    fn only_what_canonical_quads_escape_is_escaped() {
        assert_eq!(
            literal("a\"\\\n\r\t\u{8}\u{c}\u{1}\u{7f} Öfchen 🌱 '"),
            "\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u007F Öfchen 🌱 '\""
        );
    }
}
