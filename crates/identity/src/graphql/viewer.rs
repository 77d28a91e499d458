//! The person who asks, at the edge.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_types::UserId;
use time::OffsetDateTime;

use crate::{settings, viewer};

/// Whether private values can be read and written now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum VaultState {
    /// The key is at hand.
    Unlocked,
    /// The key is not at hand: private values show as LOCKED and cannot be written.
    Locked,
}

/// What somebody may do beside their own work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_types::Role")]
pub enum Role {
    /// Nothing.
    Person,
    /// Review what people propose for the master list of skills.
    Operator,
}

/// The person who asks.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Viewer {
    /// The person; the same before and after claiming.
    pub id: Gid<UserId>,
    /// True until the work is claimed with an address and a password.
    pub anonymous: bool,
    /// What the person may do beside their own work.
    pub role: Role,
    /// True if nothing required of the workbook was left when the person last answered something. After a change of
    /// content it may be behind; `progress { complete }` is the truth now.
    pub workbook_complete: bool,
    /// Whether private values can be read and written now.
    pub vault: VaultState,
    /// The version of the `terms` that the person has yet to accept, with `acceptTerms`; null when there is nothing to
    /// accept.
    pub pending_terms: Option<i32>,
    /// The kinds of `consents` that the person has yet to be asked for, such as "statistics": they have said nothing so far, or
    /// have agreed to an earlier text. `giveConsent` and `withdrawConsent` answer; nothing is refused before.
    pub pending_consents: Vec<String>,
    /// When the session ends at the latest. It ends earlier after 30 days without use.
    pub session_expires_at: OffsetDateTime,
    /// How the person likes things.
    pub settings: Settings,
    /// When the person first came.
    pub created_at: OffsetDateTime,
    /// When the person last claimed their work, or completed the workbook.
    pub updated_at: OffsetDateTime,
}

/// How a person likes things.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Settings {
    /// What the person wants to be called.
    pub display_name: Option<String>,
    /// The page: one of the backgrounds of `appearance`, such as "cream".
    pub background_color: String,
    /// The ink: one of the text colours that go with the background, such as "charcoal".
    pub text_color: String,
    /// The typeface: one of the fonts of `appearance`, such as "sans".
    pub font: String,
    /// How large text is: one of the text sizes of `appearance`, such as "medium".
    pub text_size: String,
    /// True for less motion, false for all of it; null for what the device asks for (`prefers-reduced-motion`).
    pub reduced_motion: Option<bool>,
    /// IANA name of the time zone in which the person's days begin, such as "Europe/Berlin".
    pub time_zone: String,
    /// BCP 47 tag of the language, such as "en".
    pub language: String,
    /// One of the sixteen personality codes, once chosen.
    pub personality_type: Option<String>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When they were made: at the first visit.
    pub created_at: OffsetDateTime,
    /// When they last changed.
    pub updated_at: OffsetDateTime,
}

impl From<viewer::Viewer> for Viewer {
    fn from(viewer: viewer::Viewer) -> Self {
        Self {
            id: Gid(viewer.id),
            anonymous: viewer.anonymous,
            role: viewer.role.into(),
            pending_terms: viewer.pending_terms,
            pending_consents: viewer.pending_consents,
            workbook_complete: viewer.workbook_complete,
            vault: if viewer.unlocked {
                VaultState::Unlocked
            } else {
                VaultState::Locked
            },
            session_expires_at: viewer.session_expires_at,
            settings: viewer.settings.into(),
            created_at: viewer.created_at,
            updated_at: viewer.updated_at,
        }
    }
}

impl From<settings::Settings> for Settings {
    fn from(settings: settings::Settings) -> Self {
        Self {
            display_name: settings.display_name,
            background_color: settings.background_color,
            text_color: settings.text_color,
            font: settings.font,
            text_size: settings.text_size,
            reduced_motion: settings.reduced_motion,
            time_zone: settings.time_zone,
            language: settings.language,
            personality_type: settings.personality_type,
            revision: settings.revision,
            created_at: settings.created_at,
            updated_at: settings.updated_at,
        }
    }
}
