//! What pages can look like: backgrounds, each with the text colours that can be read on it, fonts, and sizes of text.

/// A colour of paper or ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// What the settings call it.
    pub name: &'static str,
    /// Red, green and blue, such as `#2E3338`.
    pub hex: &'static str,
}

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Background {
    /// Its colour.
    pub color: Color,
    /// The text colours that go with it: a contrast of 4.5 to 1 or more (WCAG 2, level AA).
    pub texts: &'static [Color],
}

/// A typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Font {
    /// What the settings call it.
    pub name: &'static str,
    /// For CSS: fonts that most machines have, the best first.
    pub family: &'static str,
}

/// How large text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSize {
    /// What the settings call it.
    pub name: &'static str,
    /// Of the size that pages are designed for, in percent.
    pub percent: i32,
}

const fn color(name: &'static str, hex: &'static str) -> Color {
    Color { name, hex }
}

const fn background(color: Color, texts: &'static [Color]) -> Background {
    Background { color, texts }
}

const fn font(name: &'static str, family: &'static str) -> Font {
    Font { name, family }
}

const fn text_size(name: &'static str, percent: i32) -> TextSize {
    TextSize { name, percent }
}

const DARK: &[Color] = &[
    color("charcoal", "#2E3338"),
    color("navy", "#1B2A4A"),
    color("forest", "#1F3D2B"),
];
const LIGHT: &[Color] = &[color("ivory", "#F7F3E8"), color("sand", "#E3D5B8")];

/// The pages there are.
pub const BACKGROUNDS: &[Background] = &[
    background(color("cream", "#FBF6E9"), DARK),
    background(color("sage", "#DCE5D3"), DARK),
    background(color("mist", "#E1E8EF"), DARK),
    background(color("dusk", "#3A3350"), LIGHT),
    background(color("night", "#1C2127"), LIGHT),
];

/// The typefaces there are.
pub const FONTS: &[Font] = &[
    font("sans", "system-ui, \"Helvetica Neue\", Arial, sans-serif"),
    font("serif", "Georgia, \"Times New Roman\", serif"),
    font("rounded", "ui-rounded, Nunito, Quicksand, sans-serif"),
    font("humanist", "Optima, Candara, \"Noto Sans\", sans-serif"),
    font("mono", "ui-monospace, Menlo, Consolas, monospace"),
];

/// The sizes of text there are, the smallest first. Pages have to bear twice the size that they are designed for (WCAG 2,
/// success criterion 1.4.4).
pub const TEXT_SIZES: &[TextSize] = &[
    text_size("small", 90),
    text_size("medium", 100),
    text_size("large", 120),
    text_size("larger", 150),
    text_size("largest", 200),
];

/// The page of this name.
pub(crate) fn find_background(name: &str) -> Option<&'static Background> {
    BACKGROUNDS.iter().find(|one| one.color.name == name)
}

impl Background {
    /// True when text of this colour can be read on the page.
    pub(crate) fn goes_with(&self, text: &str) -> bool {
        self.texts.iter().any(|color| color.name == text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Relative luminance, as WCAG 2 defines it: 0 (black) to 1 (white).
    fn luminance(color: Color) -> f64 {
        let part = |from: usize| {
            let byte = u8::from_str_radix(&color.hex[from..from + 2], 16).unwrap();
            let share = f64::from(byte) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        assert_eq!((color.hex.len(), &color.hex[..1]), (7, "#"));
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn contrast_is_measured_as_the_guidelines_do() {
        let (black, white) = (color("", "#000000"), color("", "#FFFFFF"));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        let gray = color("", "#767676");
        assert!((contrast(gray, white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_pair_can_be_read() {
        for page in BACKGROUNDS {
            assert!(!page.texts.is_empty(), "{}", page.color.name);
            for text in page.texts {
                let contrast = contrast(page.color, *text);
                let pair = (page.color.name, text.name);
                assert!(contrast >= 4.5, "{pair:?}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn text_grows_to_twice_its_size() {
        assert!(TEXT_SIZES.is_sorted_by(|one, other| one.percent < other.percent));
        assert_eq!(TEXT_SIZES.last().unwrap().percent, 200);
        assert!(TEXT_SIZES.contains(&text_size("medium", 100)));
    }

    #[test]
    fn there_are_five_of_each_with_names_of_their_own() {
        let names =
            |names: &mut dyn Iterator<Item = &'static str>| names.collect::<BTreeSet<_>>().len();
        assert_eq!(BACKGROUNDS.len(), 5);
        assert_eq!(names(&mut BACKGROUNDS.iter().map(|one| one.color.name)), 5);
        let texts = || BACKGROUNDS.iter().flat_map(|one| one.texts);
        assert_eq!(names(&mut texts().map(|text| text.name)), 5);
        assert_eq!(names(&mut texts().map(|text| text.hex)), 5);
        assert_eq!(FONTS.len(), 5);
        assert_eq!(names(&mut FONTS.iter().map(|one| one.name)), 5);
        assert_eq!(names(&mut TEXT_SIZES.iter().map(|one| one.name)), 5);
    }
}
