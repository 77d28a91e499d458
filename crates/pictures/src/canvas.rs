//! An SVG document in the making.

use std::fmt::Write;

use crate::palette::{INK, PAPER};

/// The fonts of the text, first the one that is in the program.
const FONTS: &str = "Inter, 'Helvetica Neue', Arial, sans-serif";

/// An SVG document in the making. Numbers are points of the picture.
pub(crate) struct Canvas {
    text: String,
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: &'static str,
    pub(crate) anchor: Anchor,
}

impl Style {
    /// Text of a size as most of it is.
    pub(crate) const fn new(size: f64) -> Self {
        Self {
            size,
            bold: false,
            colour: INK,
            anchor: Anchor::Start,
        }
    }

    pub(crate) const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub(crate) const fn in_colour(mut self, colour: &'static str) -> Self {
        self.colour = colour;
        self
    }

    pub(crate) const fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }
}

impl Canvas {
    /// An empty picture; `description` tells those who do not see it what it shows.
    pub(crate) fn new(width: f64, height: f64, title: &str, description: &str) -> Self {
        let (width, height) = (number(width), number(height));
        let mut canvas = Self {
            text: format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
                 width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\" \
                 font-family=\"{FONTS}\">\n"
            ),
        };
        canvas.element("title", "id=\"title\"", title);
        canvas.element("desc", "id=\"desc\"", description);
        canvas.shape(&format!(
            "rect width=\"{width}\" height=\"{height}\" rx=\"16\" fill=\"{PAPER}\""
        ));
        canvas
    }

    /// The document.
    pub(crate) fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    /// Text with its baseline at a place.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), style: Style, text: &str) {
        let mut attributes = format!(
            "x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"",
            number(x),
            number(y),
            number(style.size),
            style.colour
        );
        if style.bold {
            attributes.push_str(" font-weight=\"600\"");
        }
        match style.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push_str(" text-anchor=\"middle\""),
            Anchor::End => attributes.push_str(" text-anchor=\"end\""),
        }
        self.element("text", &attributes, text);
    }

    /// A shape without content: its name and its attributes, which hold nothing that somebody wrote.
    pub(crate) fn shape(&mut self, shape: &str) {
        self.text.push('<');
        self.text.push_str(shape);
        self.text.push_str("/>\n");
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "<{name} {attributes}>");
        self.text.extend(text.chars().filter_map(escaped));
        let _ = writeln!(self.text, "</{name}>");
    }
}

/// A letter as it stands in XML; what XML has no way to write is left out.
fn escaped(letter: char) -> Option<String> {
    match letter {
        '&' => Some("&amp;".to_owned()),
        '<' => Some("&lt;".to_owned()),
        '>' => Some("&gt;".to_owned()),
        '\t' | '\n' | '\r' => Some(" ".to_owned()),
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => None,
        _ => Some(letter.to_string()),
    }
}

/// A number with one decimal at most.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// The path through points, closed or not; nothing for fewer than two.
pub(crate) fn path(points: &[(f64, f64)], closed: bool) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let step = if place == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{step}{} {}", number(*x), number(*y));
    }
    if closed && !path.is_empty() {
        path.push('Z');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let text = "<script>alert(1)</script> & \"'\u{1}\0\n\u{ffff}";
        let mut canvas = Canvas::new(10.0, 10.0, text, text);
        canvas.text((1.0, 1.0), Style::new(16.0), text);
        let svg = canvas.finish();
        let safe = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"' ";
        assert_eq!(svg.matches(safe).count(), 3);
        assert!(!svg.contains("<script") && !svg.contains('\u{1}'));
    }

    #[test]
    fn numbers_are_short() {
        let short: Vec<_> = [1.0, -0.04, 2.25, -3.06].map(number).into();
        assert_eq!(short, ["1", "0", "2.2", "-3.1"]);
    }
}
