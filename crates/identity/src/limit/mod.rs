//! How often somebody may try: enough for people, little for those who guess, and never a lock on the owner's door.
//!
//! Tries are counted by account and by network, in one table for all servers. A device that the person has signed in
//! with before is counted by itself, so that strangers who try the same account do not slow its owner
//! (`docs/decisions/0016-tries-are-counted-apart.md`). Neither addresses nor networks are kept, only keyed hashes.

mod bucket;
mod network;

pub(crate) use bucket::forget;
pub use network::Network;

use dreamtree_crypto::{EmailAddress, limit_bucket};
use dreamtree_database::Database;
use dreamtree_types::{GrantId, PartnerId, SessionId, UserId};

use crate::{Client, Error, Identity};
use bucket::Rate;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A password for an address.
    SignIn,
    /// An account for an address.
    SignUp,
    /// A first visit.
    Visit,
    /// A password or a recovery code inside a session.
    Password,
    /// A code of the second factor.
    SecondFactor,
    /// A forgotten password.
    Reset,
    /// A mail to somebody.
    Mail,
    /// A request of a partner's program for tokens, or about one.
    Token,
    /// Everything that is kept of a person.
    Export,
    /// A credential of a person's, issued or revoked.
    Credential,
    /// What a partner reads of one person by an interface of its own.
    PartnerRead,
}

/// Whose account it is about.
#[derive(Clone, Copy, Debug)]
pub enum Account<'a> {
    /// Nobody's yet.
    Nobody,
    /// Whoever has this address, and who that is, where it is known: their devices are told from strangers'. An address
    /// that nobody has is counted alike.
    Address(&'a EmailAddress, Option<UserId>),
    /// This person's.
    Person(UserId),
    /// Whoever has this session; tries in one do not slow another.
    Session(SessionId),
    /// A partner that has proved who it is.
    Partner(PartnerId),
    /// The person and the partner of this consent; what one partner reads does not slow another.
    Grant(GrantId),
}

/// Counts a try; an error when there were too many. Two statements of their own, or one for a device that is known:
/// call it before a transaction begins, and before what costs much.
pub async fn check(
    database: &Database,
    identity: &Identity,
    act: Act,
    account: Account<'_>,
    client: &Client,
) -> Result<(), Error> {
    let named = |kind: &str, who: &[u8]| {
        let parts = [act.name().as_bytes(), kind.as_bytes(), who];
        limit_bucket(&identity.keys, &parts)
    };
    let rates = act.rates();
    let known = account
        .person()
        .zip(client.token())
        .filter(|(user, token)| token.is_of(&identity.keys, user.uuid()));
    if let Some((_, token)) = known {
        return bucket::take(database, named("device", token.name()), rates.device).await;
    }
    if let (Some(network), Some(rate)) = (client.network(), rates.network) {
        bucket::take(database, named("network", network.bytes()), rate).await?;
    }
    let name = match account {
        Account::Nobody => return Ok(()),
        Account::Address(email, _) => named("address", &email.index(&identity.keys)),
        Account::Person(user) => named("person", user.uuid().as_bytes()),
        Account::Session(session) => named("session", session.uuid().as_bytes()),
        Account::Partner(partner) => named("partner", partner.uuid().as_bytes()),
        Account::Grant(grant) => named("grant", grant.uuid().as_bytes()),
    };
    bucket::take(database, name, rates.account).await
}

struct Rates {
    network: Option<Rate>,
    account: Rate,
    device: Rate,
}

impl Act {
    /// The word that names of counters begin with; never to be changed for another act.
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignUp => "sign_up",
            Self::Visit => "visit",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
            Self::Reset => "reset",
            Self::Mail => "mail",
            Self::Token => "token",
            Self::Export => "export",
            Self::Credential => "credential",
            Self::PartnerRead => "partner_read",
        }
    }

    /// How many at once, and then one in how many seconds. `docs/sessions.md` has the same table.
    const fn rates(self) -> Rates {
        let people = Rate::new(10, 60);
        let (network, account) = match self {
            Self::SignIn => (Some(Rate::new(30, 10)), people),
            Self::SignUp => (Some(Rate::new(30, 60)), Rate::new(5, 60)),
            Self::Visit => (Some(Rate::new(120, 5)), people),
            Self::Password | Self::Credential => (None, people),
            Self::SecondFactor => (Some(Rate::new(30, 10)), Rate::new(10, 300)),
            Self::Reset => (Some(Rate::new(10, 60)), Rate::new(3, 600)),
            Self::Mail => (Some(Rate::new(20, 60)), Rate::new(5, 600)),
            Self::Token => (Some(Rate::new(120, 1)), Rate::new(1_200, 1)),
            Self::Export => (None, Rate::new(5, 600)),
            Self::PartnerRead => (None, Rate::new(30, 10)),
        };
        Rates {
            network,
            account,
            device: people,
        }
    }
}

impl Account<'_> {
    const fn person(&self) -> Option<UserId> {
        match self {
            Self::Address(_, user) => *user,
            Self::Person(user) => Some(*user),
            Self::Nobody | Self::Session(_) | Self::Partner(_) | Self::Grant(_) => None,
        }
    }
}
