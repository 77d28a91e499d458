//! Fresh authentication: what could take an account away from its owner needs a proof of less than fifteen minutes ago,
//! so that a device left unlocked is not enough for it.
//!
//! In the place of `caller.write()` such a mutation says `fresh::write(caller)`.

use dreamtree_api::{Answer, Caller};
use dreamtree_database::Scope;
use dreamtree_types::{Actor, Instant};
use time::Duration;

use crate::Error;

/// So long a proof of who somebody is counts.
pub const FRESH: Duration = Duration::minutes(15);

/// A transaction to write in, for a session whose person has proved who they are of late; else
/// [`Error::Stale`], which is `FRESH_AUTHENTICATION_REQUIRED`.
pub async fn write(caller: &Caller) -> Answer<Scope> {
    let (actor, scope) = caller.write_in_session().await?;
    require(actor, scope.now())?;
    Ok(scope)
}

/// The same without a transaction: for what takes its time before it writes. Call [`write`] for the writing all the
/// same.
pub async fn check(caller: &Caller) -> Answer<()> {
    let actor = caller.session().await?;
    Ok(require(actor, caller.database().clock().now())?)
}

/// The rule. A visitor, who has nothing to prove it with, is who they are; their session is all there is.
pub fn require(actor: Actor, now: Instant) -> Result<(), Error> {
    match actor {
        Actor::User {
            authenticated_at: Some(at),
            ..
        } if now >= at + FRESH => Err(Error::Stale),
        Actor::User { .. } => Ok(()),
        Actor::Visitor | Actor::Expired => Err(Error::Gone),
    }
}

#[cfg(test)]
mod tests {
    use dreamtree_types::{SessionId, UserId};
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_proof_counts_for_fifteen_minutes() {
        let proved = datetime!(2026-03-01 12:00 UTC);
        let asks = |authenticated_at, after| {
            let actor = Actor::User {
                user: UserId::new(),
                session: SessionId::new(),
                expires_at: proved + Duration::days(1),
                authenticated_at,
            };
            require(actor, proved + after)
        };
        assert!(asks(Some(proved), FRESH - Duration::MICROSECOND).is_ok());
        assert!(matches!(asks(Some(proved), FRESH), Err(Error::Stale)));
        assert!(asks(None, Duration::hours(3)).is_ok(), "a visitor");
        assert!(require(Actor::Expired, proved).is_err());
    }
}
