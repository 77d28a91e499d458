//! Root fields that are asked for twice under one key and have to be merged.

use std::collections::HashSet;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

/// True when some operation has such fields. The document is valid, so its fragments end.
pub(super) fn has_twins(document: &ExecutableDocument) -> bool {
    document.operations.iter().any(|(_, operation)| {
        let mut keys = HashSet::new();
        !all_new(&operation.node.selection_set.node, document, &mut keys)
    })
}

fn all_new<'a>(
    set: &'a SelectionSet,
    document: &'a ExecutableDocument,
    keys: &mut HashSet<&'a str>,
) -> bool {
    set.items.iter().all(|selection| match &selection.node {
        Selection::Field(field) => keys.insert(field.node.response_key().node.as_str()),
        Selection::InlineFragment(inline) => {
            all_new(&inline.node.selection_set.node, document, keys)
        }
        Selection::FragmentSpread(spread) => {
            let fragment = document.fragments.get(&spread.node.fragment_name.node);
            fragment
                .is_none_or(|fragment| all_new(&fragment.node.selection_set.node, document, keys))
        }
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn a_key_that_comes_twice_is_found_wherever_it_stands() {
        for (text, twins) in [
            ("{ a b { a } }", false),
            ("{ a { b } a { c } }", true),
            ("{ a b: a }", false),
            ("{ a b: a ... { b: c } }", true),
            ("{ a ...F } fragment F on Query { a }", true),
            ("{ a ...F } fragment F on Query { b { a } }", false),
            ("query A { a } query B { a }", false),
        ] {
            assert_eq!(has_twins(&parse_query(text).unwrap()), twins, "{text}");
        }
    }
}
