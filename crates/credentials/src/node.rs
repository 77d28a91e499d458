//! A thing with a name and what is said about it: the one source of both the JSON and the graph of a credential, so that
//! the two cannot differ. Each thing has a name of its own, so the graph has no blank nodes.

use serde_json::{Map, Value as Json};

use crate::term::{Class, Term};

/// A thing and what is said about it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) classes: &'static [Class],
    pub(crate) said: Vec<(Term, Vec<Value>)>,
}

/// What is said.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// A text, or a name where the term takes names.
    Text(String),
    /// A word of the JSON that stands for another name in the graph.
    Word(&'static str, &'static str),
    /// Another thing.
    Node(Node),
}

impl Node {
    pub(crate) const fn new(id: String, classes: &'static [Class]) -> Self {
        let said = Vec::new();
        Self { id, classes, said }
    }

    pub(crate) fn text(self, term: Term, text: impl Into<String>) -> Self {
        self.with(term, vec![Value::Text(text.into())])
    }

    pub(crate) fn node(self, term: Term, node: Self) -> Self {
        self.with(term, vec![Value::Node(node)])
    }

    pub(crate) fn nodes(self, term: Term, nodes: impl IntoIterator<Item = Self>) -> Self {
        self.with(term, nodes.into_iter().map(Value::Node).collect())
    }

    pub(crate) fn with(mut self, term: Term, values: Vec<Value>) -> Self {
        self.said.push((term, values));
        self
    }

    /// The JSON, without a context.
    pub(crate) fn json(&self) -> Map<String, Json> {
        let mut object = Map::new();
        object.insert("id".to_owned(), Json::from(self.id.as_str()));
        let kind = match self.classes {
            [] => None,
            [class] if !class.many => Some(Json::from(class.name)),
            classes => Some(classes.iter().map(|class| Json::from(class.name)).collect()),
        };
        object.extend(kind.map(|kind| ("type".to_owned(), kind)));
        for (term, values) in &self.said {
            let mut values: Vec<Json> = values.iter().map(Value::json).collect();
            let value = match (term.many, values.len()) {
                (false, 1) => values.remove(0),
                _ => Json::Array(values),
            };
            object.insert(term.key.to_owned(), value);
        }
        object
    }

    /// The JSON as a document of its own.
    pub(crate) fn document(&self, contexts: &[&str]) -> Map<String, Json> {
        let mut document = self.json();
        let contexts = contexts.iter().map(|context| Json::from(*context));
        document.insert("@context".to_owned(), contexts.collect());
        document
    }
}

impl Value {
    fn json(&self) -> Json {
        match self {
            Self::Text(text) => Json::from(text.as_str()),
            Self::Word(word, _) => Json::from(*word),
            Self::Node(node) => Json::Object(node.json()),
        }
    }
}
