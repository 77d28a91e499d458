//! Who somebody is: the person's row, their settings, a session and what it opens.

use dreamtree_crypto::{Method, hex, wrap};
use dreamtree_identity::entity::{sessions, user_keys, user_settings, users};
use dreamtree_workbook::entity::{user_profile, user_values};
use time::Duration;

use super::{GENERATION, Person};
use crate::Error;

const LIFETIME: Duration = Duration::days(365);
const PROFILE: &str = "user_profile";

impl Person<'_> {
    /// Somebody who has not claimed their work yet: the session is all that opens it.
    pub(super) fn account(&mut self) -> Result<(), Error> {
        let (user_id, at) = (self.user, self.dice.now());
        self.rows.users.push(users::Model {
            id: user_id,
            is_anonymous: true,
            workbook_complete: false,
            created_at: at,
            updated_at: at,
        });
        let personality = self.library.personality_types();
        let personality = personality.get(self.dice.below(personality.len()));
        self.rows.user_settings.push(user_settings::Model {
            user_id,
            background_color: "cream".to_owned(),
            text_color: "charcoal".to_owned(),
            font: "sans".to_owned(),
            text_size: "medium".to_owned(),
            reduced_motion: None,
            display_name: Some(
                self.dice
                    .pick(&["Otter", "Heron", "Badger", "Swift"])
                    .to_owned(),
            ),
            time_zone: "UTC".to_owned(),
            language: "en".to_owned(),
            personality_type: personality.map(|one| one.code.clone()),
            revision: 1,
            created_at: at,
            updated_at: at,
        });
        self.session()
    }

    fn session(&mut self) -> Result<(), Error> {
        let session = self.dice.id();
        self.rows.sessions.push(sessions::Model {
            user_id: self.user,
            id: session,
            token_hash: hex(&self.token.id_hash()),
            device: None,
            authenticated_at: None,
            created_at: self.session_at,
            last_seen_at: self.session_at,
            expires_at: self.session_at + LIFETIME,
        });
        let wrapped_key = wrap(
            &self.token.kek(),
            &self.key,
            self.user.uuid(),
            Method::Session,
            GENERATION,
            &mut self.dice,
        )?;
        self.rows.user_keys.push(user_keys::Model {
            user_id: self.user,
            id: self.dice.uuid(),
            method: Method::Session.as_str().to_owned(),
            generation: GENERATION,
            session_id: Some(session),
            wrapped_key,
            created_at: self.session_at,
        });
        Ok(())
    }

    /// What the workbook leads to, and what matters.
    pub(super) fn profile(&mut self) -> Result<(), Error> {
        let (user, at) = (self.user, self.dice.now());
        let row = user_profile::Model {
            user_id: user,
            headline: self.secret(PROFILE, "headline", user, 60)?,
            summary: self.secret(PROFILE, "summary", user, 400)?,
            identity_story: self.secret(PROFILE, "identity_story", user, 900)?,
            allegory: self.secret(PROFILE, "allegory", user, 900)?,
            value_proposition: self.secret(PROFILE, "value_proposition", user, 120)?,
            life_dashboard_work: Some(self.dice.between(1, 10)),
            life_dashboard_play: Some(self.dice.between(1, 10)),
            life_dashboard_love: Some(self.dice.between(1, 10)),
            life_dashboard_health: Some(self.dice.between(1, 10)),
            life_dashboard_notes: self.secret(PROFILE, "life_dashboard_notes", user, 200)?,
            key_generation: Some(GENERATION),
            revision: 1,
            created_at: at,
            updated_at: at,
        };
        self.rows.user_profile.push(row);
        let row = user_values::Model {
            user_id: user,
            work_values: Some(self.text(120)),
            life_values: Some(self.text(120)),
            compass_statement: Some(self.text(160)),
            revision: 1,
            created_at: at,
            updated_at: at,
        };
        self.rows.user_values.push(row);
        Ok(())
    }
}
