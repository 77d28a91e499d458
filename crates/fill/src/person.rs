//! One person, with everything that is theirs.

mod account;
mod answers;
mod direction;
mod skills;
mod tools;

use dreamtree_content::Library;
use dreamtree_crypto::{DataKey, FieldAddress, SessionToken, seal_field};
use dreamtree_types::{Id, Instant, Kind, UserId};
use serde_json::Value;

use crate::{Error, Plan, dice::Dice, rows::Rows, words};

/// Everybody has one data key so far.
const GENERATION: i32 = 1;

/// A person in the making.
pub(crate) struct Person<'a> {
    library: &'a Library,
    rows: &'a mut Rows,
    dice: Dice,
    user: UserId,
    key: DataKey,
    token: SessionToken,
    /// When the session begins.
    session_at: Instant,
}

impl<'a> Person<'a> {
    /// The person with this number, so far without rows.
    pub(crate) fn new(
        library: &'a Library,
        rows: &'a mut Rows,
        plan: Plan,
        number: u64,
    ) -> Result<Self, Error> {
        let mut dice = Dice::new(plan.seed, number);
        let user: UserId = dice.id();
        let key = DataKey::generate(&mut dice)?;
        let token = SessionToken::generate(user.uuid(), &mut dice)?;
        Ok(Self {
            library,
            rows,
            dice,
            user,
            key,
            token,
            session_at: plan.now,
        })
    }

    /// Makes all rows; the token of the session.
    pub(crate) fn live(mut self) -> Result<String, Error> {
        self.account()?;
        let skills = self.skills()?;
        self.experiences(&skills);
        self.profile()?;
        self.direction();
        self.assess();
        self.answers(&skills)?;
        Ok(self.token.reveal())
    }

    /// Seals a value for its place.
    fn seal<K: Kind>(
        &mut self,
        table: &str,
        column: &str,
        row: Id<K>,
        value: &Value,
    ) -> Result<String, Error> {
        let row = row.to_string();
        let address = FieldAddress {
            user: self.user.uuid(),
            table,
            column,
            row: &row,
        };
        Ok(seal_field(&self.key, &address, value, &mut self.dice)?)
    }

    /// Seals a text of about this length for its place.
    fn secret<K: Kind>(
        &mut self,
        table: &str,
        column: &str,
        row: Id<K>,
        length: usize,
    ) -> Result<Option<String>, Error> {
        let text = words::text(&mut self.dice, length);
        self.seal(table, column, row, &Value::String(text))
            .map(Some)
    }

    /// A text of about this length that anybody with the database can read.
    fn text(&mut self, length: usize) -> String {
        words::text(&mut self.dice, length)
    }
}
