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
