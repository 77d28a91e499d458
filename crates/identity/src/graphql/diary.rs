//! What happened to the caller's account, at the edge.

use async_graphql::{
    Context, Enum, Object, SimpleObject,
    connection::{Connection, Edge},
};
use dreamtree_api::{Answer, Gid, Plain, Ready, caller};
use dreamtree_audit as audit;
use dreamtree_types::SessionId;
use time::OffsetDateTime;

use crate::Error;

const LARGEST_PAGE: u64 = 100;

/// Something that happened to the caller's account.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct DiaryEntry {
    /// Counts the entries, from 1; none is ever missing.
    pub number: i32,
    /// What happened.
    pub event: DiaryEvent,
    /// Who did it.
    pub by: DiaryActor,
    /// The device that it was done from; null for what no device did. It may be signed out since.
    pub session: Option<Gid<SessionId>>,
    /// True when that is the device that asks.
    pub this_device: bool,
    /// What it was done to, such as the version of the terms; null where there is nothing to add.
    pub detail: Option<String>,
    /// When.
    pub occurred_at: OffsetDateTime,
}

/// A page of the diary.
pub type Diary = Connection<String, DiaryEntry>;

/// Who did something to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum DiaryActor {
    /// The person themselves, or whoever had their device.
    Person,
    /// A program that has a secret address, such as that of a calendar, or that of a partner.
    Program,
    /// The person who runs the server.
    Server,
}

/// Declares what can happen: the enum of the schema, and how it reads the stored codes.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Something that can happen to an account. What is written in the workbook is not among it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
        pub enum DiaryEvent {
            $($(#[$doc])* $name,)*
            /// Something that this version of the server does not know.
            Other,
        }

        impl DiaryEvent {
            fn of(code: &str) -> Self {
                match code {
                    $($code => Self::$name,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

events! {
    /// The work got an owner with an address.
    Claimed = "claimed",
    /// Somebody signed in.
    SignedIn = "signed_in",
    /// The device signed out.
    SignedOut = "signed_out",
    /// Another device, which `detail` names, was signed out.
    SessionEnded = "session_ended",
    /// All other devices were signed out.
    SessionsEnded = "sessions_ended",
    /// The private values were opened on the device.
    VaultOpened = "vault_opened",
    /// The private values were locked on the device.
    VaultLocked = "vault_locked",
    /// The password was changed by somebody who knew it.
    PasswordChanged = "password_changed",
    /// The password was set anew by somebody who had lost it.
    PasswordReset = "password_reset",
    /// The account has another address.
    EmailChanged = "email_changed",
    /// The address was proved.
    EmailConfirmed = "email_confirmed",
    /// There is a new recovery code.
    RecoveryCodeReplaced = "recovery_code_replaced",
    /// The recovery code opened the private values.
    RecoveryCodeUsed = "recovery_code_used",
    /// Signing in asks for a second factor.
    SecondFactorAdded = "second_factor_added",
    /// Signing in asks for a second factor no more.
    SecondFactorRemoved = "second_factor_removed",
    /// There are new backup codes.
    BackupCodesReplaced = "backup_codes_replaced",
    /// A passkey was added.
    PasskeyAdded = "passkey_added",
    /// A passkey was removed.
    PasskeyRemoved = "passkey_removed",
    /// A passkey that had come to open nothing opens the private values again.
    PasskeyRenewed = "passkey_renewed",
    /// The key of private values was exchanged; `detail` is its generation.
    DataKeyReplaced = "data_key_replaced",
    /// The terms were accepted; `detail` is their version.
    TermsAccepted = "terms_accepted",
    /// A consent was given; `detail` is its kind and the version of its text, such as "statistics 1".
    ConsentGiven = "consent_given",
    /// A consent was withdrawn, or declined; `detail` is its kind and the version of its text.
    ConsentWithdrawn = "consent_withdrawn",
    /// A secret address of the calendar was made.
    CalendarOpened = "calendar_opened",
    /// A secret address of the calendar was revoked.
    CalendarClosed = "calendar_closed",
    /// A calendar program read the calendar; the first time of a day.
    CalendarRead = "calendar_read",
    /// A credential, which `detail` names, was issued of results.
    CredentialIssued = "credential_issued",
    /// A credential, which `detail` names, was revoked.
    CredentialRevoked = "credential_revoked",
    /// A secret address was made under which results can be seen.
    ResultsShared = "results_shared",
    /// A secret address of results was revoked.
    SharingEnded = "sharing_ended",
    /// Somebody looked at results under a secret address; the first time of a day.
    SharedResultsSeen = "shared_results_seen",
    /// Everything was taken out as a readable file.
    Exported = "exported",
    /// The person became an operator.
    OperatorNamed = "operator_named",
    /// The person is an operator no more.
    OperatorRemoved = "operator_removed",
    /// As an operator, the person decided about a proposed skill, which `detail` names.
    SkillReviewed = "skill_reviewed",
    /// As an operator, the person merged a listed skill, which `detail` names, with another.
    SkillMerged = "skill_merged",
    /// A partner, which `detail` names, may read what the person has chosen.
    PartnerAllowed = "partner_allowed",
    /// The person has changed what a partner, which `detail` names, may read.
    PartnerLimited = "partner_limited",
    /// The person has withdrawn what a partner, which `detail` names, might read.
    PartnerWithdrawn = "partner_withdrawn",
    /// A partner, which `detail` names, read what it may; the first time of a day.
    PartnerRead = "partner_read",
    /// A partner, which `detail` names, was given a credential of the results.
    PartnerCredentialIssued = "partner_credential_issued",
    /// As an operator, the person registered a partner, which `detail` names.
    PartnerRegistered = "partner_registered",
    /// As an operator, the person closed the door of a partner, which `detail` names.
    PartnerClosed = "partner_closed",
    /// As an operator, the person said where a partner, which `detail` names, is told that something has changed.
    WebhookSet = "webhook_set",
    /// As an operator, the person gave the webhook of a partner, which `detail` names, another secret.
    WebhookSecretRotated = "webhook_secret_rotated",
    /// As an operator, the person tried the webhook of a partner, which `detail` names, out.
    WebhookTested = "webhook_tested",
    /// As an operator, the person had messages sent to a partner, which `detail` names, again.
    WebhooksReplayed = "webhooks_replayed",
}

/// What can be asked about one's own account.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiaryQuery;

#[Object]
impl DiaryQuery {
    /// What happened to the caller's account: who came, from which device, and what was changed about how it is opened;
    /// the newest first. Entries are written once and never changed.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity + 1")]
    async fn diary(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many entries, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the entry to go on behind.")] after: Option<String>,
    ) -> Answer<Ready<Diary>> {
        let before = after.as_deref().map(place).transpose()?;
        let first = u64::try_from(first)
            .ok()
            .filter(|count| (1..=LARGEST_PAGE).contains(count));
        let first = first.ok_or_else(|| refused("first", "must be 1 to 100"))?;
        let scope = caller(ctx)?.read().await?;
        let page = audit::page(&scope, first, before)
            .await
            .map_err(Error::from)?;
        let mut diary = Connection::new(before.is_some(), page.has_next);
        diary.edges.extend(page.entries.into_iter().map(|entry| {
            let cursor = format!("diary:{}", entry.sequence);
            Edge::new(cursor, DiaryEntry::of(entry, scope.session()))
        }));
        Ok(Ready(diary))
    }
}

fn place(cursor: &str) -> Result<i32, Error> {
    let number = cursor
        .strip_prefix("diary:")
        .and_then(|number| number.parse().ok());
    number.ok_or_else(|| {
        refused(
            "after",
            "is not a cursor of this list; begin again without it",
        )
    })
}

fn refused(field: &'static str, rule: &str) -> Error {
    let rule = rule.to_owned();
    Error::Setting { field, rule }
}

impl DiaryEntry {
    fn of(entry: audit::Entry, asks: Option<SessionId>) -> Self {
        Self {
            number: entry.sequence,
            event: DiaryEvent::of(&entry.event),
            by: match entry.actor.as_str() {
                "person" => DiaryActor::Person,
                "program" => DiaryActor::Program,
                _ => DiaryActor::Server,
            },
            this_device: asks.is_some() && entry.session_id == asks,
            session: entry.session_id.map(Gid),
            detail: entry.detail,
            occurred_at: entry.occurred_at,
        }
    }
}
