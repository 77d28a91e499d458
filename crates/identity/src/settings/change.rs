//! What a person wants otherwise, and what settings can be.

use dreamtree_types::{Patch, Zone, clean};
use oxilangtag::LanguageTag;

use super::Settings;
use crate::{
    Error,
    appearance::{BACKGROUNDS, FONTS, TEXT_SIZES, find_background},
};

const LONGEST_NAME: usize = 100;
/// What RFC 5646 advises to have room for.
const LONGEST_LANGUAGE: usize = 35;

/// What to change about the settings.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The page; one of the backgrounds, as the text colour one that goes with it.
    pub background_color: Patch<String>,
    /// The ink.
    pub text_color: Patch<String>,
    /// The typeface, one of the fonts.
    pub font: Patch<String>,
    /// How large text is, one of the sizes.
    pub text_size: Patch<String>,
    /// Whether there is less motion; taken away, what the device asks for counts.
    pub reduced_motion: Patch<bool>,
    /// What the person wants to be called; 1 to 100 characters.
    pub display_name: Patch<String>,
    /// IANA name of the time zone, in any case.
    pub time_zone: Patch<String>,
    /// BCP 47 tag of the language, in any case; at most 35 characters.
    pub language: Patch<String>,
    /// The code of a personality type.
    pub personality_type: Patch<String>,
}

impl Change {
    /// Makes the change, or refuses it as a whole.
    pub(super) fn apply(self, settings: &mut Settings) -> Result<(), Error> {
        let colored = self.background_color != Patch::Keep || self.text_color != Patch::Keep;
        set(
            &mut settings.background_color,
            "input.backgroundColor",
            self.background_color,
            background,
        )?;
        set(
            &mut settings.text_color,
            "input.textColor",
            self.text_color,
            text_color,
        )?;
        if colored {
            pair(&settings.background_color, &settings.text_color)?;
        }
        set(&mut settings.font, "input.font", self.font, font)?;
        set(
            &mut settings.text_size,
            "input.textSize",
            self.text_size,
            text_size,
        )?;
        settings.reduced_motion = self.reduced_motion.onto(settings.reduced_motion.take());
        set(
            &mut settings.time_zone,
            "input.timeZone",
            self.time_zone,
            time_zone,
        )?;
        set(
            &mut settings.language,
            "input.language",
            self.language,
            language,
        )?;
        let name = self.display_name.try_map(|name| clean(&name, LONGEST_NAME));
        let name = name.map_err(|fault| refused("input.displayName", fault.to_string()))?;
        settings.display_name = name.onto(settings.display_name.take());
        settings.personality_type = self.personality_type.onto(settings.personality_type.take());
        Ok(())
    }
}

/// Changes a setting that cannot be missing.
fn set(
    setting: &mut String,
    field: &'static str,
    patch: Patch<String>,
    read: impl FnOnce(&str) -> Result<String, String>,
) -> Result<(), Error> {
    match patch {
        Patch::Keep => Ok(()),
        Patch::Clear => Err(refused(field, "cannot be taken away")),
        Patch::Set(value) => {
            *setting = read(&value).map_err(|rule| refused(field, rule))?;
            Ok(())
        }
    }
}

/// Refuses text that cannot be read on its page.
fn pair(background: &str, text: &str) -> Result<(), Error> {
    let page = find_background(background);
    if page.is_some_and(|page| page.goes_with(text)) {
        return Ok(());
    }
    let texts = page.map_or(&[][..], |page| page.texts).iter();
    let names: Vec<&str> = texts.map(|color| color.name).collect();
    let rule = format!(
        "must be one that can be read on {background}: {}",
        names.join(", ")
    );
    Err(refused("input.textColor", rule))
}

fn background(name: &str) -> Result<String, String> {
    let known = find_background(name).map(|_| name.to_owned());
    known.ok_or_else(|| "is not one of the backgrounds".to_owned())
}

fn text_color(name: &str) -> Result<String, String> {
    if BACKGROUNDS.iter().any(|page| page.goes_with(name)) {
        return Ok(name.to_owned());
    }
    Err("is not one of the text colours".to_owned())
}

fn font(name: &str) -> Result<String, String> {
    if FONTS.iter().any(|font| font.name == name) {
        return Ok(name.to_owned());
    }
    Err("is not one of the fonts".to_owned())
}

fn text_size(name: &str) -> Result<String, String> {
    if TEXT_SIZES.iter().any(|size| size.name == name) {
        return Ok(name.to_owned());
    }
    Err("is not one of the text sizes".to_owned())
}

fn time_zone(name: &str) -> Result<String, String> {
    let zone = Zone::parse(name.trim()).map_err(|fault| fault.to_string())?;
    Ok(zone.name().to_owned())
}

fn language(tag: &str) -> Result<String, String> {
    let tag = clean(tag, LONGEST_LANGUAGE).map_err(|fault| fault.to_string())?;
    match LanguageTag::parse_and_normalize(&tag) {
        Ok(tag) => Ok(tag.into_inner()),
        Err(_) => Err("is not a BCP 47 language tag, such as en or de-AT".to_owned()),
    }
}

fn refused(field: &'static str, rule: impl Into<String>) -> Error {
    let rule = rule.into();
    Error::Setting { field, rule }
}
