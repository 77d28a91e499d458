//! Documents parsed before. Clients send the same few again and again; parsing costs more than a copy.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use super::Document;

/// Documents per generation.
const ROOM: usize = 128;

/// Longer texts are parsed each time, so that nobody fills the memory with them.
const LONGEST: usize = 8 * 1024;

/// Two generations: when the younger is full it becomes the older, and the older is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Generations>);

type Parsed = HashMap<Box<str>, Arc<Document>>;

#[derive(Debug, Default)]
struct Generations {
    young: Parsed,
    old: Parsed,
}

impl Cache {
    /// The document that this text was parsed to.
    pub(crate) fn get(&self, text: &str) -> Option<Arc<Document>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = generations.young.get(text) {
            return Some(Arc::clone(document));
        }
        let (text, document) = generations.old.remove_entry(text)?;
        generations.insert(text, Arc::clone(&document));
        Some(document)
    }

    /// Remembers a document for a while.
    pub(crate) fn put(&self, text: &str, document: &Arc<Document>) {
        if text.len() <= LONGEST {
            let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            generations.insert(text.into(), Arc::clone(document));
        }
    }
}

impl Generations {
    fn insert(&mut self, text: Box<str>, document: Arc<Document>) {
        if self.young.len() >= ROOM {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(text, document);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let cache = Cache::default();
        let document = Arc::new(Document {
            parsed: parse_query("{ a }").unwrap(),
            takes_json: true,
            is_light: true,
        });
        cache.put("kept", &document);
        cache.put("left", &document);
        for number in 0..ROOM * 3 {
            cache.put(&number.to_string(), &document);
            assert!(cache.get("kept").is_some());
        }
        assert!(cache.get("left").is_none());
        cache.put(&"x".repeat(LONGEST + 1), &document);
        assert!(cache.get(&"x".repeat(LONGEST + 1)).is_none());
    }
}
