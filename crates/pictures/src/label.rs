//! How wide a text is, and where its lines end.

/// The widths of the letters from the space to the tilde in the regular font, in hundredths of its size.
#[rustfmt::skip]
const WIDTHS: [u8; 95] = [
    28, 28, 40, 63, 64, 81, 64, 22, 36, 36, 50, 66, 28, 46, 28, 36, 62, 46, 61, 64, 64, 61, 62, 57, 62, 62, 28, 28, 66,
    66, 66, 51, 94, 68, 65, 73, 72, 60, 59, 74, 74, 26, 54, 65, 56, 89, 75, 76, 63, 76, 64, 64, 64, 74, 68, 95, 64, 66,
    62, 36, 36, 36, 47, 45, 50, 56, 62, 56, 62, 58, 36, 61, 59, 24, 24, 54, 24, 87, 59, 60, 61, 61, 37, 52, 36, 58, 56,
    81, 54, 56, 54, 36, 33, 36, 66,
];

/// What other letters are taken for.
const OTHER: u8 = 66;

/// What a text ends with that is longer than its place.
const MORE: char = '…';

/// The width of a text of a size, near enough to lay it out.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let letter = |letter: char| {
        let place = u32::from(letter).checked_sub(32);
        let known = place.and_then(|place| WIDTHS.get(usize::try_from(place).ok()?));
        u32::from(*known.unwrap_or(&OTHER))
    };
    f64::from(text.chars().map(letter).sum::<u32>()) * size / 100.0
}

/// The lines of a text, none wider than `widest` and not more than `most` of them; what does not fit is cut off, and the
/// last line says so.
pub(crate) fn lines(text: &str, size: f64, widest: f64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        if line.is_empty() {
            lines.pop();
            lines.push(word.to_owned());
            continue;
        }
        let longer = format!("{line} {word}");
        if width(&longer, size) <= widest {
            lines.pop();
            lines.push(longer);
        } else {
            lines.push(word.to_owned());
        }
    }
    let more = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    for (place, line) in lines.iter_mut().enumerate() {
        cut(line, size, widest, more && place == last);
    }
    lines
}

fn cut(line: &mut String, size: f64, widest: f64, goes_on: bool) {
    if !goes_on && width(line, size) <= widest {
        return;
    }
    while !line.is_empty() && width(line, size) + width("…", size) > widest {
        line.pop();
    }
    line.truncate(line.trim_end().len());
    line.push(MORE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words() {
        let broken = lines("Works well with others", 16.0, 100.0, 3);
        assert_eq!(broken, ["Works well", "with others"]);
        assert!(broken.iter().all(|line| width(line, 16.0) <= 100.0));
        assert_eq!(lines("", 16.0, 100.0, 3), [""]);
    }

    #[test]
    fn what_does_not_fit_is_cut_off_and_says_so() {
        assert_eq!(lines("one two three", 16.0, 40.0, 2), ["one", "two…"]);
        let long = lines(&"x".repeat(500), 16.0, 100.0, 3);
        assert_eq!(long.len(), 1);
        assert!(long[0].ends_with('…') && width(&long[0], 16.0) <= 100.0);
        let wide = lines(&"語".repeat(500), 16.0, 100.0, 3);
        assert!(width(&wide[0], 16.0) <= 100.0);
    }
}
