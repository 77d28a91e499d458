//! A module's lines, put together to what they mean.

use super::front::Opened;

/// One thing in a module's file, and the line it begins at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// `## text {#1110}`: how many `#`, and what follows.
    Heading(usize, usize, String),
    /// TOML between lines of `+++`, by its first line.
    Table(usize, String),
    /// `:::kind {#…}` and what stands up to `:::`.
    Block(usize, Fenced),
    /// Something that is not closed, or that belongs nowhere.
    Broken(usize, &'static str, &'static str),
}

/// A block between lines of three colons.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fenced {
    /// What follows the three colons.
    pub(super) opening: String,
    /// The lines inside, each with its end.
    pub(super) inside: String,
}

/// Divides a module into its items.
pub(super) fn scan(module: &Opened<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = module.lines.iter().copied().peekable();
    while let Some((number, line)) = lines.next() {
        let line = line.trim_end();
        if line.is_empty() {
            continue;
        }
        if let Some(opening) = line.strip_prefix(":::") {
            let mut inside = String::new();
            let mut closed = false;
            while let Some((_, next)) = lines.next_if(|(_, next)| !is_opening(next)) {
                if next.trim_end() == ":::" {
                    closed = true;
                    break;
                }
                inside.push_str(next);
                inside.push('\n');
            }
            if closed {
                let opening = opening.trim().to_owned();
                items.push(Item::Block(number, Fenced { opening, inside }));
            } else {
                let message = "the block is not closed by ::: on a line of its own";
                items.push(Item::Broken(number, "unclosed-block", message));
            }
        } else if line == "+++" {
            let mut table = String::new();
            let mut closed = false;
            for (_, next) in lines.by_ref() {
                if next.trim_end() == "+++" {
                    closed = true;
                    break;
                }
                table.push_str(next);
                table.push('\n');
            }
            items.push(if closed {
                Item::Table(number + 1, table)
            } else {
                Item::Broken(
                    number,
                    "unclosed-table",
                    "the table has no closing line of +++",
                )
            });
        } else {
            items.push(heading(number, line));
        }
    }
    items
}

fn is_opening(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with(":::") && line != ":::"
}

fn heading(number: usize, line: &str) -> Item {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    match line[depth..].strip_prefix(' ') {
        Some(text) if (1..=3).contains(&depth) => {
            Item::Heading(number, depth, text.trim().to_owned())
        }
        _ => Item::Broken(
            number,
            "stray-text",
            "text stands between ::: lines, or is a heading with one to three # and a blank",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn items(text: &str) -> Vec<Item> {
        let file = Arc::from("module.md");
        let lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .collect();
        scan(&Opened {
            file: &file,
            part: 1,
            module: 1,
            title: String::new(),
            lines,
        })
    }

    #[test]
    fn a_module_is_divided() {
        let found = items("# A {#1}\n\n+++\nx = 1\n+++\n:::note {#2}\r\nText\n\nMore\n:::\n");
        let note = Fenced {
            opening: "note {#2}".to_owned(),
            inside: "Text\n\nMore\n".to_owned(),
        };
        let expected = [
            Item::Heading(1, 1, "A {#1}".to_owned()),
            Item::Table(4, "x = 1\n".to_owned()),
            Item::Block(6, note),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_block_that_is_not_closed_does_not_swallow_the_next() {
        let found = items(":::note {#1}\nText\n:::note {#2}\nText\n:::\nstray");
        let [
            Item::Broken(1, "unclosed-block", _),
            Item::Block(3, _),
            Item::Broken(6, rule, _),
        ] = found.as_slice()
        else {
            panic!("{found:?}")
        };
        assert_eq!(*rule, "stray-text");
    }
}
