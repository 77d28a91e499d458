//! How much a document asks for. Fragments are weighed once and counted wherever they are spread, so a
//! document of a few lines that stands for a billion fields is refused in microseconds.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{Directive, ExecutableDocument, Selection, SelectionSet},
};
use dreamtree_types::Code;

use crate::{Limits, response::error};

/// Refuses a document that asks for too much, or whose fragments run in a circle.
pub(crate) fn measure(document: &ExecutableDocument, limits: &Limits) -> Result<(), ServerError> {
    let mut scale = Scale {
        document,
        limits,
        known: HashMap::new(),
    };
    for name in document.fragments.keys() {
        scale.fragment(name, 0)?;
    }
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let mut weight = scale.selections(&operation.selection_set.node, 0)?;
        weight.count_directives(&operation.directives);
        for variable in &operation.variable_definitions {
            weight.count_directives(&variable.node.directives);
        }
        weight.check(limits)?;
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    depth: usize,
    fields: usize,
    aliases: usize,
    directives: usize,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
    }

    fn count_directives(&mut self, directives: &[Positioned<Directive>]) {
        self.directives = self.directives.saturating_add(directives.len());
    }

    fn check(self, limits: &Limits) -> Result<(), ServerError> {
        let checks = [
            (self.depth, limits.depth, "levels of fields"),
            (self.fields, limits.complexity, "fields"),
            (self.aliases, limits.aliases, "aliases"),
            (self.directives, limits.directives, "directives"),
        ];
        let over = checks.into_iter().find(|(found, limit, _)| found > limit);
        over.map_or(Ok(()), |(_, limit, what)| {
            Err(error(
                Code::LimitExceeded,
                format!("The document has more than {limit} {what}."),
            ))
        })
    }
}

struct Scale<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    /// `None` while a fragment is being weighed.
    known: HashMap<&'a Name, Option<Weight>>,
}

impl<'a> Scale<'a> {
    fn selections(&mut self, set: &'a SelectionSet, level: usize) -> Result<Weight, ServerError> {
        if level > self.limits.nesting {
            return Err(error(
                Code::LimitExceeded,
                format!(
                    "The document nests more than {} selections.",
                    self.limits.nesting
                ),
            ));
        }
        let mut sum = Weight::default();
        for selection in &set.items {
            sum.add(self.selection(&selection.node, level + 1)?);
        }
        Ok(sum)
    }

    fn selection(&mut self, selection: &'a Selection, level: usize) -> Result<Weight, ServerError> {
        let mut weight = match selection {
            Selection::Field(field) => {
                let mut weight = self.selections(&field.node.selection_set.node, level)?;
                weight.depth += 1;
                weight.fields = weight.fields.saturating_add(1);
                weight.aliases += usize::from(field.node.alias.is_some());
                weight
            }
            Selection::InlineFragment(inline) => {
                self.selections(&inline.node.selection_set.node, level)?
            }
            Selection::FragmentSpread(spread) => {
                self.fragment(&spread.node.fragment_name.node, level)?
            }
        };
        weight.count_directives(selection.directives());
        Ok(weight)
    }

    /// An unknown fragment weighs nothing; validation refuses it.
    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<Weight, ServerError> {
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Weight::default());
        };
        match self.known.get(name) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => {
                let message = format!("The fragment \"{name}\" spreads itself.");
                return Err(error(Code::ValidationFailed, message));
            }
            None => {}
        }
        self.known.insert(name, None);
        let mut weight = self.selections(&fragment.node.selection_set.node, level)?;
        weight.count_directives(&fragment.node.directives);
        self.known.insert(name, Some(weight));
        Ok(weight)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use async_graphql::parser::parse_query;

    use super::*;

    fn message(text: &str) -> Option<String> {
        let document = parse_query(text).unwrap();
        measure(&document, &Limits::default())
            .err()
            .map(|error| error.message)
    }

    #[test]
    fn a_fragment_bomb_is_weighed_not_walked() {
        let mut bomb = String::from("{ ...F0 }");
        for step in 0..30 {
            let next = step + 1;
            let _ = write!(
                bomb,
                " fragment F{step} on Query {{ ...F{next} ...F{next} }}"
            );
        }
        bomb.push_str(" fragment F30 on Query { a }");
        assert_eq!(
            message(&bomb).as_deref(),
            Some("The document has more than 4000 fields.")
        );
    }

    #[test]
    fn circles_are_refused_however_they_run() {
        let itself = "{ a } fragment F on Query { ...F ...F }";
        assert_eq!(
            message(itself).as_deref(),
            Some("The fragment \"F\" spreads itself.")
        );
        let each_other = "{ ...F } fragment F on Query { ...G } fragment G on Query { a { ...F } }";
        assert!(message(each_other).unwrap().ends_with("spreads itself."));
    }

    #[test]
    fn a_long_chain_of_fragments_does_not_reach_the_stack() {
        let mut chain = String::from("{ ...F0 }");
        for step in 0..5_000 {
            let _ = write!(chain, " fragment F{step} on Query {{ ...F{} }}", step + 1);
        }
        assert_eq!(
            message(&chain).as_deref(),
            Some("The document nests more than 64 selections.")
        );
    }

    #[test]
    fn each_limit_has_its_words() {
        let aliases: String = (0..51).fold(String::new(), |text, n| format!("{text} a{n}: a"));
        assert_eq!(
            message(&format!("{{{aliases}}}")).as_deref(),
            Some("The document has more than 50 aliases.")
        );
        let directives = "@a".repeat(51);
        assert_eq!(
            message(&format!("{{ __typename {directives} }}")).as_deref(),
            Some("The document has more than 50 directives.")
        );
        assert_eq!(
            message(&format!("{}a{}", "{a".repeat(20), "}".repeat(20)).replace("aa", "a{a}"))
                .as_deref(),
            Some("The document has more than 20 levels of fields.")
        );
    }
}
