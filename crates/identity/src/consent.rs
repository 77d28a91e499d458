//! What a person agrees to beyond the terms, each kind by itself. The texts are content; of each kind one version counts.
//! A consent holds for the text that it was given to: where that is another by now, it holds no more, and is asked for again.
//! Whoever has said no, or has taken it back, is not asked again.

use dreamtree_audit::{self as audit, Event};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Statement, Value,
};

use crate::{
    Error,
    entity::user_consents::{ActiveModel, Entity},
    terms::Seen,
};

/// To be counted in what `dreamtree content report` tells.
pub const STATISTICS: &str = "statistics";

/// A kind of consent, and what a person has said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// What it is about: letters and underscores.
    pub kind: String,
    /// The version of the text that counts now; `None` for a kind that is not asked for any more.
    pub version: Option<i32>,
    /// What the person has said, in order.
    said: Vec<Said>,
}

/// One yes and its end, or one no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The version of the text.
    pub version: i32,
    /// When it was given; `None` for one that was declined.
    pub given_at: Option<Instant>,
    /// When it was withdrawn or declined; `None` while it was not, also where one to a later text has followed.
    pub withdrawn_at: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    number: i32,
    version: i32,
    is_given: bool,
    at: Instant,
}

/// A kind beside a row of the person's, if they have one.
#[derive(FromQueryResult)]
struct Found {
    kind: String,
    current: Option<i32>,
    number: Option<i32>,
    version: Option<i32>,
    is_given: Option<bool>,
    said_at: Option<Instant>,
}

/// Every kind that is asked for, and every other one that the person of parameter 1 has said something to; `{only}` narrows
/// both halves to a kind.
const FIND: &str = "SELECT c.kind, c.version AS current, u.number, u.version, u.is_given, u.said_at \
    FROM consents c LEFT JOIN user_consents u ON u.user_id = $1 AND u.kind = c.kind \
    WHERE c.is_active {only c} \
    UNION ALL SELECT u.kind, NULL, u.number, u.version, u.is_given, u.said_at FROM user_consents u \
    WHERE u.user_id = $1 {only u} AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.kind = u.kind AND c.is_active) \
    ORDER BY 1, 3";

/// An expression for the kinds that the person has yet to be asked for, divided by commas; null when there is none.
pub(crate) fn pending(user: &str) -> String {
    format!(
        "(SELECT string_agg(c.kind, ',') FROM consents c WHERE c.is_active AND NOT EXISTS (\
         SELECT 1 FROM user_consents u WHERE u.user_id = {user} AND u.kind = c.kind \
         AND (u.version = c.version OR NOT u.is_given) \
         AND u.number = (SELECT max(l.number) FROM user_consents l WHERE l.user_id = {user} AND l.kind = c.kind)))"
    )
}

/// The kinds of that expression, by name.
pub(crate) fn kinds(pending: Option<String>) -> Vec<String> {
    let pending = pending.unwrap_or_default();
    let kinds = pending.split(',').filter(|kind| !kind.is_empty());
    let mut kinds: Vec<String> = kinds.map(str::to_owned).collect();
    kinds.sort_unstable();
    kinds
}

/// All kinds, by name; one statement.
pub(crate) async fn all(scope: &Scope) -> Result<Vec<Consent>, DbErr> {
    let sql = FIND.replace("{only c}", "").replace("{only u}", "");
    read(scope, &sql, vec![scope.user().into()]).await
}

/// Whether a consent of this kind holds now; one statement.
pub async fn holds(scope: &Scope, kind: &str) -> Result<bool, DbErr> {
    Ok(find(scope, kind).await?.is_some_and(|one| one.holds()))
}

/// Notes that the person agrees to this version of the text, if that is the one that counts; again changes nothing.
/// [`Error::NoConsent`] for a kind that is not asked for.
pub(crate) async fn give(
    scope: &Scope,
    kind: &str,
    version: i32,
) -> Result<(Consent, Seen), Error> {
    let mut consent = find(scope, kind).await?.ok_or(Error::NoConsent)?;
    let current = consent.version.ok_or(Error::NoConsent)?;
    if current != version {
        return Ok((consent, Seen::Outdated));
    }
    if !consent.holds() {
        consent.say(scope, version, true).await?;
        let event = Event::ConsentGiven(consent.kind.clone(), version);
        audit::record(scope, event).await?;
    }
    Ok((consent, Seen::Present))
}

/// Notes that the person takes a consent back, or declines it; again changes nothing. [`Error::NoConsent`] for a kind that
/// is not asked for and that they have never said anything to.
pub(crate) async fn withdraw(scope: &Scope, kind: &str) -> Result<Consent, Error> {
    let mut consent = find(scope, kind).await?.ok_or(Error::NoConsent)?;
    let version = match consent.said.last() {
        Some(last) if !last.is_given => return Ok(consent),
        Some(last) => last.version,
        None => consent.version.ok_or(Error::NoConsent)?,
    };
    consent.say(scope, version, false).await?;
    let event = Event::ConsentWithdrawn(consent.kind.clone(), version);
    audit::record(scope, event).await?;
    Ok(consent)
}

impl Consent {
    /// Whether the person agrees to the text that counts now.
    #[must_use]
    pub fn holds(&self) -> bool {
        let last = self.said.last();
        last.is_some_and(|last| last.is_given && Some(last.version) == self.version)
    }

    /// Whether the person has yet to be asked.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        let is_asked = self.version.is_some();
        let said_no = self.said.last().is_some_and(|last| !last.is_given);
        is_asked && !said_no && !self.holds()
    }

    /// What the person has said, in order, each yes with its end.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        for said in &self.said {
            match records.last_mut() {
                Some(open) if !said.is_given && open.withdrawn_at.is_none() => {
                    open.withdrawn_at = Some(said.at);
                }
                _ => records.push(Record {
                    version: said.version,
                    given_at: said.is_given.then_some(said.at),
                    withdrawn_at: (!said.is_given).then_some(said.at),
                }),
            }
        }
        records
    }

    async fn say(&mut self, scope: &Scope, version: i32, is_given: bool) -> Result<(), DbErr> {
        let said = Said {
            number: self.said.last().map_or(0, |last| last.number) + 1,
            version,
            is_given,
            at: scope.now(),
        };
        let row = ActiveModel {
            user_id: Set(scope.user()),
            kind: Set(self.kind.clone()),
            number: Set(said.number),
            version: Set(version),
            is_given: Set(is_given),
            said_at: Set(said.at),
        };
        Entity::insert(row)
            .exec_without_returning(scope.connection())
            .await?;
        self.said.push(said);
        Ok(())
    }
}

async fn find(scope: &Scope, kind: &str) -> Result<Option<Consent>, DbErr> {
    let sql = FIND
        .replace("{only c}", "AND c.kind = $2")
        .replace("{only u}", "AND u.kind = $2");
    // A kind is a short word; what a database cannot take as a text is none.
    if kind.contains('\0') {
        return Ok(None);
    }
    let found = read(scope, &sql, vec![scope.user().into(), kind.into()]).await?;
    Ok(found.into_iter().next())
}

async fn read(scope: &Scope, sql: &str, values: Vec<Value>) -> Result<Vec<Consent>, DbErr> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = Found::find_by_statement(statement).all(connection).await?;
    let mut consents: Vec<Consent> = Vec::new();
    for row in rows {
        let said = row.said();
        match consents.last_mut().filter(|last| last.kind == row.kind) {
            Some(known) => known.said.extend(said),
            None => consents.push(Consent {
                kind: row.kind,
                version: row.current,
                said: said.into_iter().collect(),
            }),
        }
    }
    Ok(consents)
}

impl Found {
    fn said(&self) -> Option<Said> {
        Some(Said {
            number: self.number?,
            version: self.version?,
            is_given: self.is_given?,
            at: self.said_at?,
        })
    }
}
