//! What each error code means, for people who read the schema.

use async_graphql::SimpleObject;
use dreamtree_types::Code;

/// One of the codes that stand in an error's `extensions.code`.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct ErrorCode {
    /// The code, such as `NOT_FOUND`.
    pub code: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl From<Code> for ErrorCode {
    fn from(code: Code) -> Self {
        Self {
            code: code.as_str(),
            meaning: meaning(code),
        }
    }
}

const fn meaning(code: Code) -> &'static str {
    match code {
        Code::Unauthenticated => "The field needs a session and none was sent.",
        Code::SessionExpired => "The session has ended; sign in again.",
        Code::NotFound => "There is no such thing, or it is not yours.",
        Code::InvalidInput => "A value breaks a rule; extensions.field names it.",
        Code::WrongKind => "The kind of answer does not fit the placement.",
        Code::Conflict => "The thing was changed since you have seen it; nothing was saved.",
        Code::DuplicateEntry => "One request names the same thing twice.",
        Code::Locked => "The placement lies beyond the reader's position.",
        Code::VaultLocked => "A private value cannot be written while the vault is locked.",
        Code::CredentialsRefused => "E-mail and password do not belong together.",
        Code::ChallengeExpired => {
            "The challenge is too old, was answered already, or never was; begin anew."
        }
        Code::PasskeyCopied => "The passkey's counter did not go on: it may have been copied.",
        Code::LastKey => "Nothing else would open the vault.",
        Code::AlreadyClaimed => "The account has an address and a password already.",
        Code::NotClaimed => "The account has no address and no password yet; claim it first.",
        Code::FreshAuthenticationRequired => {
            "It is too long since you have proved who you are: authenticateAgain, then repeat."
        }
        Code::CodeRefused => "The code is not right, or was used already.",
        Code::RateLimited => {
            "This was tried too often; extensions.retryAfterSeconds says when to try again."
        }
        Code::TokenRefused => {
            "The token of a mail is used, has ended, is another's or none; ask for a new mail."
        }
        Code::AnonymousWork => "Signing in would leave anonymous work behind.",
        Code::InsufficientScope => "The token of a partner does not reach so far.",
        Code::ConsentWithdrawn => {
            "Somebody has withdrawn or limited their consent while they were read; read the page again."
        }
        Code::BadRequest => "The HTTP request does not carry a GraphQL request.",
        Code::ParseFailed => "The document is not GraphQL.",
        Code::ValidationFailed => "The document does not fit the schema.",
        Code::LimitExceeded => "The request asks for more than one request may.",
        Code::OriginRefused => "The request comes from a page that may not ask.",
        Code::Busy => "Too much is going on; try again in a moment.",
        Code::Timeout => {
            "The request took too long and was given up; earlier fields of a mutation may have been written."
        }
        Code::Unavailable => "The database cannot be reached or cannot write; try again later.",
        Code::Internal => "A fault of ours; extensions.requestId finds it in the log.",
    }
}
