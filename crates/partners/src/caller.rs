//! A partner that asks: an actor of its own kind. Its token opens nothing of a person's but what they let it read, and
//! a person's token is none of a partner's.

use std::fmt;

use dreamtree_crypto::{PartnerPurpose, PartnerToken};
use dreamtree_database::{Database, Lent};
use dreamtree_types::{GrantId, Instant, PartnerId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::{Error, Partner, Scopes};

/// The partner of an access token, unless it is closed, or the consent that the token stands on is gone.
const FIND: &str = "SELECT p.*, t.scopes AS token_scopes, t.grant_id, t.expires_at \
    FROM partner_tokens t JOIN partners p ON p.id = t.partner_id AND p.closed_at IS NULL \
    WHERE t.partner_id = $1 AND t.token_hash = $2 AND t.kind = 'access' \
    AND (t.grant_id IS NULL OR EXISTS (SELECT 1 FROM partner_grants g \
    WHERE g.partner_id = t.partner_id AND g.id = t.grant_id))";

/// A request's partner, if it carries the access token of one; who that is, is looked up when somebody wants to know.
pub struct PartnerCaller {
    database: Database,
    token: Option<String>,
}

/// A partner that was let in, and how far.
#[derive(Debug)]
pub struct Admitted {
    /// The partner.
    pub partner: Partner,
    /// What its token may read.
    pub scopes: Scopes,
    /// The one consent that the token stands on; `None` for the partner's own.
    pub grant: Option<GrantId>,
    /// The snapshot in which the token was found.
    pub(crate) lent: Lent,
}

/// Whether a bearer's token is a partner's: it begins as one, whatever it is worth.
#[must_use]
pub fn is_partners(token: &str) -> bool {
    token.starts_with(PartnerPurpose::Access.prefix())
}

impl PartnerCaller {
    /// Whoever holds this token.
    #[must_use]
    pub const fn new(database: Database, token: Option<String>) -> Self {
        Self { database, token }
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// Lets the partner in; one statement.
    pub async fn enter(&self) -> Result<Admitted, Error> {
        let text = self.token.as_deref().ok_or(Error::NoToken)?;
        let token = PartnerToken::parse(text, PartnerPurpose::Access);
        let token = token.map_err(|_| Error::DeadToken)?;
        let id = PartnerId::from(token.partner());
        let lent = Lent::read(&self.database).await?;
        let backend = lent.connection().get_database_backend();
        let values = [id.into(), token.id_hash().into()];
        let asked = Statement::from_sql_and_values(backend, FIND, values);
        let row = lent.connection().query_one_raw(asked).await?;
        let row = row.ok_or(Error::DeadToken)?;
        let expires_at: Instant = row.try_get("", "expires_at")?;
        if expires_at <= lent.now() {
            return Err(Error::DeadToken);
        }
        let partner = Partner::from_query_result(&row, "")?;
        let scopes: String = row.try_get("", "token_scopes")?;
        Ok(Admitted {
            scopes: Scopes::stored(&scopes).and(&partner.scopes()),
            grant: row.try_get("", "grant_id")?,
            partner,
            lent,
        })
    }
}

impl fmt::Debug for PartnerCaller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PartnerCaller")
            .finish_non_exhaustive()
    }
}
