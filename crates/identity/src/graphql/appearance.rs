//! What pages can look like, at the edge.

use async_graphql::SimpleObject;
use dreamtree_api::Plain;

use crate::appearance::{self, BACKGROUNDS, FONTS, TEXT_SIZES};

/// What pages can look like.
#[derive(Debug, SimpleObject, Plain)]
pub struct Appearance {
    /// The pages, light ones first.
    pub backgrounds: Vec<Background>,
    /// The typefaces.
    pub fonts: Vec<Font>,
    /// The sizes of text, the smallest first.
    pub text_sizes: Vec<TextSize>,
}

/// A page.
#[derive(Debug, SimpleObject, Plain)]
pub struct Background {
    /// What `updateSettings` calls it.
    pub name: String,
    /// Its colour: `#` and six hexadecimal digits.
    pub hex: String,
    /// The text colours that go with it, with a contrast of 4.5 to 1 or more.
    pub text_colors: Vec<TextColor>,
}

/// A colour to write in.
#[derive(Debug, SimpleObject, Plain)]
pub struct TextColor {
    /// What `updateSettings` calls it.
    pub name: String,
    /// The colour: `#` and six hexadecimal digits.
    pub hex: String,
}

/// A typeface.
#[derive(Debug, SimpleObject, Plain)]
pub struct Font {
    /// What `updateSettings` calls it.
    pub name: String,
    /// The CSS property `font-family`: fonts that most machines have, the best first.
    pub family: String,
}

/// How large text is.
#[derive(Debug, SimpleObject, Plain)]
pub struct TextSize {
    /// What `updateSettings` calls it.
    pub name: String,
    /// Of the size that pages are designed for, in percent: 90 to 200.
    pub percent: i32,
}

impl Appearance {
    /// All there is.
    pub(super) fn all() -> Self {
        Self {
            backgrounds: BACKGROUNDS.iter().map(Background::from).collect(),
            fonts: FONTS.iter().map(Font::from).collect(),
            text_sizes: TEXT_SIZES.iter().map(TextSize::from).collect(),
        }
    }
}

impl From<&appearance::Background> for Background {
    fn from(background: &appearance::Background) -> Self {
        Self {
            name: background.color.name.to_owned(),
            hex: background.color.hex.to_owned(),
            text_colors: background.texts.iter().map(TextColor::from).collect(),
        }
    }
}

impl From<&appearance::Color> for TextColor {
    fn from(color: &appearance::Color) -> Self {
        Self {
            name: color.name.to_owned(),
            hex: color.hex.to_owned(),
        }
    }
}

impl From<&appearance::Font> for Font {
    fn from(font: &appearance::Font) -> Self {
        Self {
            name: font.name.to_owned(),
            family: font.family.to_owned(),
        }
    }
}

impl From<&appearance::TextSize> for TextSize {
    fn from(size: &appearance::TextSize) -> Self {
        Self {
            name: size.name.to_owned(),
            percent: size.percent,
        }
    }
}
