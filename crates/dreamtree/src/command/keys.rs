//! `keys`: the servers' own keys, exchanged while servers run. `docs/run-book.md` tells the order.

use std::process::ExitCode;

use dreamtree_crypto::{ServerKeys, System};
use dreamtree_database::Database;
use dreamtree_identity::exchange::{self, Census, Fault};
use dreamtree_partners::webhook;

use crate::{
    cli::Keys,
    config::Config,
    failure::Failure,
    keys::{self, Absent},
    storage::connect,
};

/// Does one step of the exchange, or tells how far it is.
pub(crate) async fn keys(config: &Config, what: Keys) -> Result<ExitCode, Failure> {
    let keys = keys::read(&config.keys, Absent::Refuse)?;
    if matches!(what, Keys::Rotate) {
        rotate(config, &keys)?;
        return Ok(ExitCode::SUCCESS);
    }
    let database = connect(&config.database).await?;
    match what {
        Keys::Carry => carry(&database, &keys).await?,
        Keys::Retire { locking } => retire(config, &database, &keys, locking).await?,
        Keys::Rotate | Keys::Status => status(&database, &keys).await?,
    }
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn rotate(config: &Config, keys: &ServerKeys) -> Result<(), Failure> {
    let Some(both) = keys.with_next(&mut System)? else {
        return Err(Failure::new(format!(
            "there are keys of generation {} already: go on with `dreamtree keys carry`",
            keys.newest()
        )));
    };
    keys::replace(&config.keys, &both)?;
    eprintln!(
        "Keys of generation {} stand beside those of generation {} now. Keep a copy; give every server the new key file \
         and start it again; then run `dreamtree keys carry`.",
        both.newest(),
        both.oldest()
    );
    Ok(())
}

async fn carry(database: &Database, keys: &ServerKeys) -> Result<(), Failure> {
    exchange::turn(database, keys).await?;
    let done = exchange::carry(database, keys).await?;
    let webhooks = webhook::reseal(database, keys).await?;
    println!(
        "Keys of generation {} are in use. Carried over: {} people, {} letters, {webhooks} secrets of webhooks.",
        keys.newest(),
        done.people,
        done.letters
    );
    tell(&counted(database, keys).await?);
    Ok(())
}

async fn status(database: &Database, keys: &ServerKeys) -> Result<(), Failure> {
    match keys.oldest() {
        older if older == keys.newest() => println!("In the key file: generation {older}."),
        older => println!(
            "In the key file: generations {older} and {}.",
            keys.newest()
        ),
    }
    match exchange::in_use(database).await? {
        Some(generation) => println!("In use: generation {generation}."),
        None => println!("In use: none yet."),
    }
    for one in exchange::seen(database).await? {
        println!(
            "Server {}: knows generation {}, writes with generation {}.",
            one.id, one.newest_keys, one.keys_in_use
        );
    }
    tell(&counted(database, keys).await?);
    Ok(())
}

async fn retire(
    config: &Config,
    database: &Database,
    keys: &ServerKeys,
    locking: Option<usize>,
) -> Result<(), Failure> {
    exchange::turned(database, keys).await?;
    let left = counted(database, keys).await?;
    if left.people.has_to_be_carried() || left.webhooks > 0 {
        tell(&left);
        return Err(Failure::new(
            "something is still sealed with the old keys: run `dreamtree keys carry`",
        ));
    }
    let people = left.people.holders.len();
    if people > 0 && locking != Some(people) {
        tell(&left);
        return Err(Failure::new(format!(
            "{people} people would be locked out. Wait until they have signed in; or say --locking {people}, and each of \
             them is told by mail"
        )));
    }
    for user in left.people.holders {
        exchange::spend(database, keys, user).await?;
    }
    let Some(newer) = keys.without_older() else {
        return Err(Fault::Alone.into());
    };
    // Somebody may have done something with the old keys meanwhile: a server that was away, or an operator.
    let left = counted(database, keys).await?;
    if left != Left::default() {
        tell(&left);
        return Err(Failure::new("not everything is carried over; try again"));
    }
    keys::replace(&config.keys, &newer)?;
    eprintln!(
        "Keys of generation {} are out of the key file. Give every server the new key file and start it again. Copies of \
         the database from before need the old keys: keep those as long as the copies, and elsewhere.",
        keys.oldest()
    );
    Ok(())
}

/// What does not hang on the newest keys.
#[derive(Default, PartialEq, Eq)]
struct Left {
    people: Census,
    /// Secrets of webhooks, which are nobody's.
    webhooks: u64,
}

async fn counted(database: &Database, keys: &ServerKeys) -> Result<Left, Failure> {
    keys.turn_to(keys.newest());
    Ok(Left {
        people: exchange::census(database, keys).await?,
        webhooks: webhook::sealed_before(database, keys).await?,
    })
}

fn tell(left: &Left) {
    let Left {
        people: left,
        webhooks,
    } = left;
    println!(
        "Still on older keys, to be carried over: {} addresses, {} phones, {} letters, {webhooks} secrets of webhooks.",
        left.addresses, left.phones, left.letters
    );
    println!(
        "Still on older keys, of {} people: {} passwords, {} passwords from before a reset, {} unused backup codes.",
        left.holders.len(),
        left.passwords,
        left.former,
        left.codes
    );
}
