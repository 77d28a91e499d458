//! What is written down of an account, and who did it.

use dreamtree_types::SessionId;
use uuid::Uuid;

/// Something that happens to an account. What people write in the workbook is no event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The work got an owner; the session that it gave.
    Claimed(SessionId),
    /// Somebody signed in; the session that it gave.
    SignedIn(SessionId),
    /// The device signed out.
    SignedOut,
    /// Another device was signed out.
    SessionEnded(SessionId),
    /// All other devices were signed out.
    SessionsEnded,
    /// The key of private values was brought to this device.
    VaultOpened,
    /// The key of private values was taken from this device.
    VaultLocked,
    /// The password was changed by somebody who knew the old one.
    PasswordChanged,
    /// The password was set anew by somebody who did not know the old one.
    PasswordReset,
    /// Another address is to sign in with.
    EmailChanged,
    /// The address was proved to be the person's.
    EmailConfirmed,
    /// A recovery code took the place of the one before.
    RecoveryCodeReplaced,
    /// The recovery code opened the private values.
    RecoveryCodeUsed,
    /// A second factor is asked for from now on.
    SecondFactorAdded,
    /// A second factor is asked for no more.
    SecondFactorRemoved,
    /// New backup codes took the place of those that there were.
    BackupCodesReplaced,
    /// A passkey signs in from now on.
    PasskeyAdded,
    /// A passkey signs in no more.
    PasskeyRemoved,
    /// A passkey that had come to open nothing opens the private values again.
    PasskeyRenewed,
    /// A new data key, of this generation, took the place of the one before.
    DataKeyReplaced(i32),
    /// The terms of this version were accepted.
    TermsAccepted(i32),
    /// A consent of this kind was given, to this version of its text.
    ConsentGiven(String, i32),
    /// A consent of this kind, to this version of its text, was withdrawn, or declined when it was asked for.
    ConsentWithdrawn(String, i32),
    /// An address was made under which a calendar can be read.
    CalendarOpened,
    /// Such an address was revoked.
    CalendarClosed,
    /// A calendar program read the calendar; the first time of a day.
    CalendarRead,
    /// A credential of this id was issued.
    CredentialIssued(Uuid),
    /// A credential of this id was revoked.
    CredentialRevoked(Uuid),
    /// An address was made under which results can be seen.
    ResultsShared,
    /// Such an address was revoked.
    SharingEnded,
    /// Somebody looked at results under such an address; the first time of a day.
    SharedResultsSeen,
    /// Everything was taken out as a readable file.
    Exported,
    /// The person who runs the server made the person an operator.
    OperatorNamed,
    /// The person who runs the server took that role away.
    OperatorRemoved,
    /// As an operator, the person decided about a proposed skill.
    SkillReviewed(Uuid),
    /// As an operator, the person made this listed skill count as another.
    SkillMerged(Uuid),
    /// The person lets this partner read.
    PartnerAllowed(Uuid),
    /// The person has changed what this partner may read.
    PartnerLimited(Uuid),
    /// The person has withdrawn what this partner might read.
    PartnerWithdrawn(Uuid),
    /// This partner read what the person lets it read; the first time of a day.
    PartnerRead(Uuid),
    /// This partner was given a credential of the person's results, which the person lets it read.
    PartnerCredentialIssued(Uuid),
    /// As an operator, the person registered this partner.
    PartnerRegistered(Uuid),
    /// As an operator, the person closed this partner's door.
    PartnerClosed(Uuid),
    /// As an operator, the person said where this partner is told that something has changed.
    WebhookSet(Uuid),
    /// As an operator, the person gave the webhook of this partner another secret.
    WebhookSecretRotated(Uuid),
    /// As an operator, the person tried the webhook of this partner out.
    WebhookTested(Uuid),
    /// As an operator, the person had messages sent to this partner again.
    WebhooksReplayed(Uuid),
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person, from one of their devices.
    Person,
    /// A program that has a secret address, or a partner's that the person lets read.
    Program,
    /// The person who runs the server.
    Server,
}

impl By {
    /// The code that is stored; never to be changed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Program => "program",
            Self::Server => "server",
        }
    }
}

impl Event {
    /// The code that is stored; never to be changed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Claimed(_) => "claimed",
            Self::SignedIn(_) => "signed_in",
            Self::SignedOut => "signed_out",
            Self::SessionEnded(_) => "session_ended",
            Self::SessionsEnded => "sessions_ended",
            Self::VaultOpened => "vault_opened",
            Self::VaultLocked => "vault_locked",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::EmailChanged => "email_changed",
            Self::EmailConfirmed => "email_confirmed",
            Self::RecoveryCodeReplaced => "recovery_code_replaced",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::SecondFactorAdded => "second_factor_added",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::BackupCodesReplaced => "backup_codes_replaced",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::PasskeyRenewed => "passkey_renewed",
            Self::DataKeyReplaced(_) => "data_key_replaced",
            Self::TermsAccepted(_) => "terms_accepted",
            Self::ConsentGiven(..) => "consent_given",
            Self::ConsentWithdrawn(..) => "consent_withdrawn",
            Self::CalendarOpened => "calendar_opened",
            Self::CalendarClosed => "calendar_closed",
            Self::CalendarRead => "calendar_read",
            Self::CredentialIssued(_) => "credential_issued",
            Self::CredentialRevoked(_) => "credential_revoked",
            Self::ResultsShared => "results_shared",
            Self::SharingEnded => "sharing_ended",
            Self::SharedResultsSeen => "shared_results_seen",
            Self::Exported => "exported",
            Self::OperatorNamed => "operator_named",
            Self::OperatorRemoved => "operator_removed",
            Self::SkillReviewed(_) => "skill_reviewed",
            Self::SkillMerged(_) => "skill_merged",
            Self::PartnerAllowed(_) => "partner_allowed",
            Self::PartnerLimited(_) => "partner_limited",
            Self::PartnerWithdrawn(_) => "partner_withdrawn",
            Self::PartnerRead(_) => "partner_read",
            Self::PartnerCredentialIssued(_) => "partner_credential_issued",
            Self::PartnerRegistered(_) => "partner_registered",
            Self::PartnerClosed(_) => "partner_closed",
            Self::WebhookSet(_) => "webhook_set",
            Self::WebhookSecretRotated(_) => "webhook_secret_rotated",
            Self::WebhookTested(_) => "webhook_tested",
            Self::WebhooksReplayed(_) => "webhooks_replayed",
        }
    }

    /// Who does such a thing.
    #[must_use]
    pub const fn by(&self) -> By {
        match self {
            Self::OperatorNamed | Self::OperatorRemoved => By::Server,
            Self::CalendarRead
            | Self::PartnerRead(_)
            | Self::PartnerCredentialIssued(_)
            | Self::SharedResultsSeen => By::Program,
            _ => By::Person,
        }
    }

    /// The session that it began, which is the device from then on.
    pub(crate) const fn began(&self) -> Option<SessionId> {
        match self {
            Self::Claimed(session) | Self::SignedIn(session) => Some(*session),
            _ => None,
        }
    }

    /// What it was done to.
    pub(crate) fn detail(&self) -> Option<String> {
        match self {
            Self::SessionEnded(session) => Some(session.to_string()),
            Self::DataKeyReplaced(number) | Self::TermsAccepted(number) => Some(number.to_string()),
            Self::ConsentGiven(kind, version) | Self::ConsentWithdrawn(kind, version) => {
                Some(format!("{kind} {version}"))
            }
            Self::SkillReviewed(id)
            | Self::SkillMerged(id)
            | Self::PartnerAllowed(id)
            | Self::PartnerLimited(id)
            | Self::PartnerWithdrawn(id)
            | Self::PartnerRead(id)
            | Self::PartnerCredentialIssued(id)
            | Self::PartnerRegistered(id)
            | Self::PartnerClosed(id)
            | Self::WebhookSet(id)
            | Self::WebhookSecretRotated(id)
            | Self::WebhookTested(id)
            | Self::WebhooksReplayed(id)
            | Self::CredentialIssued(id)
            | Self::CredentialRevoked(id) => Some(id.to_string()),
            _ => None,
        }
    }
}
