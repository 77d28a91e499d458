//! The runs with the least CPU, beside each other: `DreamTree` and the handlers written by hand, few people in
//! the database and many, the usual connections and more.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    Outcome,
    case::{Case, Server},
    drive::count,
    figures::{Database, Figures, Load, USUAL},
};

/// Where a run belongs: database, case, server, people, connections.
type Place = (Database, Case, Server, usize, usize);

/// The best run of each place.
type Best = BTreeMap<Place, Load>;

/// All tables about servers under load.
pub(super) fn write(figures: &[Figures], text: &mut String) -> Outcome<()> {
    let best = best(figures);
    let (few, many) = people(&best);
    loads(&best, few, text)?;
    ratios(&best, few, text)?;
    sessions(&best, few, text)?;
    if few != many {
        growth(&best, few, many, text)?;
    }
    crowds(&best, text)
}

fn best(figures: &[Figures]) -> Best {
    let mut best = Best::new();
    for figures in figures {
        if let Figures::Run(load) = figures {
            let place = (
                load.database,
                load.case,
                load.server,
                load.people,
                load.connections,
            );
            if best
                .get(&place)
                .is_none_or(|other| load.cpu() < other.cpu())
            {
                best.insert(place, load.clone());
            }
        }
    }
    best
}

/// The fewest and the most people that `PostgreSQL` held.
fn people(best: &Best) -> (usize, usize) {
    let held = || {
        best.keys()
            .filter(|place| place.0 == Database::Postgres)
            .map(|place| place.3)
    };
    (
        held().min().unwrap_or_default(),
        held().max().unwrap_or_default(),
    )
}

/// Whether a run is one of those that tell the cases apart.
fn is_usual(place: &Place, few: usize) -> bool {
    place.4 == USUAL && (place.0 == Database::Sqlite || place.3 == few)
}

fn loads(best: &Best, few: usize, text: &mut String) -> Outcome<()> {
    text.push_str(
        "| database | case | server | requests/s | p50 ms | p99 ms | server CPU µs | database CPU µs | statements | peak MiB |\n\
         |---|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (_, load) in best.iter().filter(|(place, _)| is_usual(place, few)) {
        let database = load
            .database_cpu
            .map_or_else(|| "in the server".to_owned(), |cpu| format!("{cpu:.0}"));
        writeln!(
            text,
            "| {} | {} | {} | {:.0} | {:.1} | {:.1} | {:.0} | {database} | {:.1} | {:.0} |",
            match load.database {
                Database::Postgres => "PostgreSQL",
                Database::Sqlite => "SQLite",
            },
            load.case.title(),
            match load.server {
                Server::Dreamtree => "DreamTree",
                Server::Bare => "by hand",
            },
            load.rate,
            load.p50,
            load.p99,
            load.server_cpu,
            load.statements,
            mebibytes(load),
        )?;
    }
    Ok(())
}

fn ratios(best: &Best, few: usize, text: &mut String) -> Outcome<()> {
    text.push_str(
        "\nDreamTree as a multiple of the handlers written by hand:\n\n\
         | case | server CPU | server and database CPU | p50 |\n|---|--:|--:|--:|\n",
    );
    let mut all = Vec::new();
    for (place, bare) in best.iter().filter(|(place, _)| is_usual(place, few)) {
        if place.1.is_floor() {
            continue;
        }
        let beside = (place.0, place.1, Server::Dreamtree, place.3, place.4);
        let Some(ours) = best.get(&beside).filter(|_| place.2 == Server::Bare) else {
            continue;
        };
        let ratios = [
            ours.server_cpu / bare.server_cpu,
            ours.cpu() / bare.cpu(),
            ours.p50 / bare.p50,
        ];
        row(text, place.1.title(), ratios)?;
        all.push(ratios);
    }
    row(text, "geometric mean", means(&all))
}

/// What it costs to find a session: what a request that needs one costs more than one that does not.
fn sessions(best: &Best, few: usize, text: &mut String) -> Outcome<()> {
    let cpu = |server, case| best.get(&(Database::Postgres, case, server, few, USUAL));
    let session = |server| {
        let (with, without) = (cpu(server, Case::Session)?, cpu(server, Case::Nothing)?);
        Some((
            with.server_cpu - without.server_cpu,
            with.cpu() - without.cpu(),
        ))
    };
    if let (Some(ours), Some(bare)) = (session(Server::Dreamtree), session(Server::Bare)) {
        writeln!(
            text,
            "\nTo find a session takes DreamTree {:.0} µs of the server's CPU and {:.0} µs with the database's, by hand {:.0} µs and {:.0} µs.",
            ours.0, ours.1, bare.0, bare.1,
        )?;
    }
    Ok(())
}

/// What ten times the people cost.
fn growth(best: &Best, few: usize, many: usize, text: &mut String) -> Outcome<()> {
    writeln!(
        text,
        "\nDreamTree on PostgreSQL with {many} people in the database, as a multiple of the same with {few}:\n\n\
         | case | server CPU | server and database CPU | p50 |\n|---|--:|--:|--:|",
    )?;
    let mut all = Vec::new();
    for (place, large) in best {
        let small = (place.0, place.1, place.2, few, place.4);
        let grown = place.3 == many && place.4 == USUAL;
        let Some(small) = best.get(&small).filter(|_| grown) else {
            continue;
        };
        let ratios = [
            large.server_cpu / small.server_cpu,
            large.cpu() / small.cpu(),
            large.p50 / small.p50,
        ];
        row(text, place.1.title(), ratios)?;
        all.push(ratios);
    }
    row(text, "geometric mean", means(&all))
}

/// How much memory more connections take.
fn crowds(best: &Best, text: &mut String) -> Outcome<()> {
    for (place, load) in best.iter().filter(|(place, _)| place.4 != USUAL) {
        writeln!(
            text,
            "\nWith {} connections that all ask for {}, DreamTree holds {:.0} MiB at most and answers {:.0} requests/s.",
            place.4,
            load.case.title(),
            mebibytes(load),
            load.rate,
        )?;
    }
    Ok(())
}

fn row(text: &mut String, title: &str, [server, both, p50]: [f64; 3]) -> Outcome<()> {
    writeln!(text, "| {title} | {server:.2} | {both:.2} | {p50:.2} |")?;
    Ok(())
}

/// Column by column.
fn means(all: &[[f64; 3]]) -> [f64; 3] {
    [0, 1, 2].map(|column| {
        let sum: f64 = all.iter().map(|row| row[column].ln()).sum();
        (sum / count(all.len())).exp()
    })
}

fn mebibytes(load: &Load) -> f64 {
    f64::from(load.peak) / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_geometric() {
        let [one, two, three] = means(&[[1.0, 2.0, 8.0], [4.0, 2.0, 2.0]]);
        for (found, expected) in [(one, 2.0), (two, 2.0), (three, 4.0)] {
            assert!((found - expected).abs() < 1e-9, "{found}");
        }
    }
}
