//! How a caller can be wrong, and what they are told.

use std::fmt;

/// The documented set of codes. A client decides by the code; the message is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The field needs a session and none was sent.
    Unauthenticated,
    /// The session has ended; sign in again.
    SessionExpired,
    /// No such thing, or not yours: the two look alike.
    NotFound,
    /// A value breaks a rule; `field` names it.
    InvalidInput,
    /// The kind of answer does not fit the placement.
    WrongKind,
    /// The thing was changed since the caller has seen it.
    Conflict,
    /// One request names the same thing twice.
    DuplicateEntry,
    /// The placement lies beyond the reader's position.
    Locked,
    /// A private value cannot be written while the vault is locked.
    VaultLocked,
    /// E-mail and password do not belong together.
    CredentialsRefused,
    /// The challenge is too old, was answered already, or never was.
    ChallengeExpired,
    /// The passkey may have been copied: its counter did not go on.
    PasskeyCopied,
    /// Nothing else would open the vault.
    LastKey,
    /// The account has an address and a password already.
    AlreadyClaimed,
    /// The account has no password yet.
    NotClaimed,
    /// It is too long since the caller has proved who they are.
    FreshAuthenticationRequired,
    /// The code of the second factor is not right.
    CodeRefused,
    /// This was tried too often.
    RateLimited,
    /// The token of a mail does not work, or not any more.
    TokenRefused,
    /// Signing in would leave anonymous work behind.
    AnonymousWork,
    /// The token of a partner does not reach so far.
    InsufficientScope,
    /// Somebody has withdrawn or limited their consent while they were read.
    ConsentWithdrawn,
    /// The body is not a GraphQL request.
    BadRequest,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// The document asks for more than a request may.
    LimitExceeded,
    /// The request comes from a page that may not ask.
    OriginRefused,
    /// Too much is going on; try again in a moment.
    Busy,
    /// The request took too long and was given up; earlier fields of a mutation may have been written.
    Timeout,
    /// The database cannot be reached or cannot write; try again later.
    Unavailable,
    /// A fault of ours. The request id finds it in the log.
    Internal,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 31] = [
        Self::Unauthenticated,
        Self::SessionExpired,
        Self::NotFound,
        Self::InvalidInput,
        Self::WrongKind,
        Self::Conflict,
        Self::DuplicateEntry,
        Self::Locked,
        Self::VaultLocked,
        Self::CredentialsRefused,
        Self::ChallengeExpired,
        Self::PasskeyCopied,
        Self::LastKey,
        Self::AlreadyClaimed,
        Self::NotClaimed,
        Self::FreshAuthenticationRequired,
        Self::CodeRefused,
        Self::RateLimited,
        Self::TokenRefused,
        Self::AnonymousWork,
        Self::InsufficientScope,
        Self::ConsentWithdrawn,
        Self::BadRequest,
        Self::ParseFailed,
        Self::ValidationFailed,
        Self::LimitExceeded,
        Self::OriginRefused,
        Self::Busy,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The code as clients see it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::SessionExpired => "SESSION_EXPIRED",
            Self::NotFound => "NOT_FOUND",
            Self::InvalidInput => "INVALID_INPUT",
            Self::WrongKind => "WRONG_KIND",
            Self::Conflict => "CONFLICT",
            Self::DuplicateEntry => "DUPLICATE_ENTRY",
            Self::Locked => "LOCKED",
            Self::VaultLocked => "VAULT_LOCKED",
            Self::CredentialsRefused => "CREDENTIALS_REFUSED",
            Self::ChallengeExpired => "CHALLENGE_EXPIRED",
            Self::PasskeyCopied => "PASSKEY_COPIED",
            Self::LastKey => "LAST_KEY",
            Self::AlreadyClaimed => "ALREADY_CLAIMED",
            Self::NotClaimed => "NOT_CLAIMED",
            Self::FreshAuthenticationRequired => "FRESH_AUTHENTICATION_REQUIRED",
            Self::CodeRefused => "CODE_REFUSED",
            Self::RateLimited => "RATE_LIMITED",
            Self::TokenRefused => "TOKEN_REFUSED",
            Self::AnonymousWork => "ANONYMOUS_WORK",
            Self::InsufficientScope => "INSUFFICIENT_SCOPE",
            Self::ConsentWithdrawn => "CONSENT_WITHDRAWN",
            Self::BadRequest => "BAD_REQUEST",
            Self::ParseFailed => "PARSE_FAILED",
            Self::ValidationFailed => "VALIDATION_FAILED",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::OriginRefused => "ORIGIN_REFUSED",
            Self::Busy => "BUSY",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a caller is told when a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One of the documented codes.
    pub code: Code,
    /// The input field that is to blame, as a path such as `input.items[3].name`.
    pub field: Option<String>,
    /// One sentence for people; never holds what they wrote.
    pub message: String,
    /// Seconds after which the same may be tried again, where that is known.
    pub retry_after: Option<u64>,
}

impl Fault {
    /// A fault that no single field is to blame for.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            field: None,
            message: message.into(),
            retry_after: None,
        }
    }

    /// A fault of one input field.
    pub fn field(code: Code, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            field: Some(field.into()),
            message: message.into(),
            retry_after: None,
        }
    }

    /// The same fault, with the seconds after which it is worth trying again.
    #[must_use]
    pub const fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The same fault, its field seen from one step further out.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.field = Some(match self.field {
            Some(inner) if inner.is_empty() || inner.starts_with('[') => format!("{outer}{inner}"),
            Some(inner) => format!("{outer}.{inner}"),
            None => outer.to_owned(),
        });
        self
    }
}

/// An error that knows what, if anything, the caller may be told about it.
pub trait ClientError: std::error::Error + Send + Sync + 'static {
    /// What the caller is told; `None` for a fault of ours, whose cause goes to the log only.
    fn fault(&self) -> Option<Fault>;
}
