//! Walking all chains to the first break.

use std::{collections::BTreeSet, fmt};

use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    LogHead, chain,
    checkpoint::KIND,
    entity::{audit_events, audit_heads, audit_log},
};

/// Rows that are read at once.
const STRETCH: u64 = 1_000;

/// Nothing is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Chains of persons.
    pub chains: usize,
    /// Their events.
    pub events: usize,
    /// Where the log stands, to be kept elsewhere.
    pub log: LogHead,
}

/// The first place where something does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// An event of this account, by its number: it was changed, or the one before it is missing.
    Event(UserId, i32),
    /// The chain of this account ends before or behind its head.
    Head(UserId),
    /// An entry of the log, by its number: it was changed, or the one before it is missing.
    Entry(i32),
    /// The log no longer has this entry as it was kept elsewhere, by its number.
    Kept(i32),
    /// This checkpoint, by its number, covers chains that are not there any more as they were.
    Checkpoint(i32),
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(user, number) => write!(
                f,
                "event {number} of account {user} does not fit the one before"
            ),
            Self::Head(user) => write!(
                f,
                "the events of account {user} do not end where they should"
            ),
            Self::Entry(number) => {
                write!(f, "entry {number} of the log does not fit the one before")
            }
            Self::Kept(number) => {
                write!(f, "entry {number} of the log is not the one that was kept")
            }
            Self::Checkpoint(number) => {
                write!(
                    f,
                    "checkpoint {number} covers events that are not there any more"
                )
            }
        }
    }
}

/// Walks the log, then every chain, then holds all of them against the newest checkpoint. `kept` is where the log stood
/// some time ago. Each person's chain is read in a frame of its own; servers go on meanwhile.
pub async fn verify(
    database: &Database,
    kept: Option<&LogHead>,
) -> Result<Result<Verified, Break>, DbErr> {
    loop {
        let log = match walk_log(database, kept).await? {
            Ok(log) => log,
            Err(broken) => return Ok(Err(broken)),
        };
        let walked = match walk_all(database, log.newest()).await? {
            Ok(walked) => walked,
            Err(broken) => return Ok(Err(broken)),
        };
        // Accounts may have gone meanwhile, and left their heads in the log.
        let now = match walk_log(database, kept).await? {
            Ok(now) => now,
            Err(broken) => return Ok(Err(broken)),
        };
        if now.newest() != log.newest() {
            continue;
        }
        if walked.seen > now.newest() {
            return Ok(Err(Break::Checkpoint(walked.seen)));
        }
        if let Some((number, digest)) = &now.checkpoint {
            let mut covered = walked.covered;
            covered.extend(now.gone);
            if chain::of_leaves(covered.iter().map(String::as_str)) != *digest {
                return Ok(Err(Break::Checkpoint(*number)));
            }
        }
        return Ok(Ok(Verified {
            chains: walked.chains,
            events: walked.events,
            log: now.head,
        }));
    }
}

struct Log {
    head: LogHead,
    /// The newest checkpoint, and the digest of what it covers.
    checkpoint: Option<(i32, String)>,
    /// What it covers of accounts that went afterwards.
    gone: Vec<String>,
}

impl Log {
    fn newest(&self) -> i32 {
        self.checkpoint.as_ref().map_or(0, |(number, _)| *number)
    }
}

async fn walk_log(
    database: &Database,
    kept: Option<&LogHead>,
) -> Result<Result<Log, Break>, DbErr> {
    let mut log = Log {
        head: LogHead {
            sequence: 0,
            hash: chain::BEGINNING.to_owned(),
        },
        checkpoint: None,
        gone: Vec::new(),
    };
    loop {
        let rows = audit_log::Entity::find()
            .filter(audit_log::Column::Sequence.gt(log.head.sequence))
            .order_by_asc(audit_log::Column::Sequence)
            .limit(STRETCH)
            .all(database.shared())
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let fits = row.sequence == log.head.sequence + 1
                && row.hash == chain::of_entry(&log.head.hash, &row);
            if !fits {
                return Ok(Err(Break::Entry(row.sequence)));
            }
            if kept.is_some_and(|kept| kept.sequence == row.sequence && kept.hash != row.hash) {
                return Ok(Err(Break::Kept(row.sequence)));
            }
            log.head = LogHead {
                sequence: row.sequence,
                hash: row.hash,
            };
            match row.digest {
                Some(digest) if row.kind == KIND => {
                    log.checkpoint = Some((row.sequence, digest));
                    log.gone.clear();
                }
                Some(head) => log.gone.push(head),
                None => {}
            }
        }
    }
    match kept {
        Some(kept) if kept.sequence > log.head.sequence => Ok(Err(Break::Kept(kept.sequence))),
        _ => Ok(Ok(log)),
    }
}

#[derive(Default)]
struct Walked {
    chains: usize,
    events: usize,
    /// The newest checkpoint that an event names.
    seen: i32,
    /// The leaves that the newest checkpoint covers.
    covered: BTreeSet<String>,
}

async fn walk_all(database: &Database, newest: i32) -> Result<Result<Walked, Break>, DbErr> {
    let mut walked = Walked::default();
    let mut last = None;
    loop {
        let after = last.map(|last: UserId| audit_heads::Column::UserId.gt(last));
        let heads = audit_heads::Entity::find()
            .filter(Condition::all().add_option(after))
            .order_by_asc(audit_heads::Column::UserId)
            .limit(STRETCH)
            .all(database.shared())
            .await?;
        let Some(end) = heads.last() else {
            return Ok(Ok(walked));
        };
        last = Some(end.user_id);
        for head in heads {
            if let Err(broken) = walk(database, head.user_id, newest, &mut walked).await? {
                return Ok(Err(broken));
            }
        }
    }
}

/// Walks one chain as of one moment.
async fn walk(
    database: &Database,
    user: UserId,
    newest: i32,
    walked: &mut Walked,
) -> Result<Result<(), Break>, DbErr> {
    let scope = Scope::read(database, user).await?;
    let connection = scope.connection();
    let head = audit_heads::Entity::find_by_id(user)
        .one(connection)
        .await?;
    let mut stand = LogHead {
        sequence: 0,
        hash: chain::BEGINNING.to_owned(),
    };
    let mut covered = None;
    loop {
        let rows = audit_events::Entity::find()
            .filter(audit_events::Column::UserId.eq(user))
            .filter(audit_events::Column::Sequence.gt(stand.sequence))
            .order_by_asc(audit_events::Column::Sequence)
            .limit(STRETCH)
            .all(connection)
            .await?;
        if rows.is_empty() {
            break;
        }
        walked.events += rows.len();
        for row in rows {
            let fits = row.sequence == stand.sequence + 1
                && row.hash == chain::of_event(&stand.hash, &row);
            if !fits {
                return Ok(Err(Break::Event(user, row.sequence)));
            }
            walked.seen = walked.seen.max(row.checkpoint);
            if row.checkpoint < newest {
                covered = Some(chain::leaf(&row.hash));
            }
            stand = LogHead {
                sequence: row.sequence,
                hash: row.hash,
            };
        }
    }
    match head {
        Some(head) if head.sequence == stand.sequence && head.hash == stand.hash => {
            walked.chains += 1;
            walked.covered.extend(covered);
            Ok(Ok(()))
        }
        // The account went since the list was read.
        None if stand.sequence == 0 => Ok(Ok(())),
        _ => Ok(Err(Break::Head(user))),
    }
}
