//! Writes one picture of each kind into a folder, as SVG and as PNG: to look at them.
#![allow(clippy::expect_used, reason = "an example that cannot go on says why")]

use std::{env, fs, path::PathBuf};

use dreamtree_pictures::{Axis, Bar, Bars, Group, Line, Point, Radar, Trend, png};
use time::{Date, Duration, macros::date};

const NAMES: [&[(&str, u8)]; 3] = [
    &[
        ("Planning and Organizing", 4),
        ("Accountability", 4),
        ("Problem Solving", 3),
        ("Attention to Detail", 5),
        ("Adaptability", 3),
        ("Technical Expertise", 2),
    ],
    &[
        ("Communication", 3),
        ("Collaboration and Teamwork", 4),
        ("Conflict Resolution", 3),
        ("Emotional Intelligence", 2),
        ("Giving and Receiving Feedback", 3),
    ],
    &[
        ("Strategic Thinking", 4),
        ("Innovation", 2),
        ("Leadership", 4),
        ("Decision-Making", 1),
    ],
];
const GROUPS: [&str; 3] = ["Delivery", "Interpersonal", "Strategic"];

fn main() {
    let folder = env::args_os().nth(1).expect("the name of a folder");
    let folder = PathBuf::from(folder);
    for (name, svg) in [
        ("radar", radar().svg()),
        ("bars", bars().svg()),
        ("trend", trend().svg()),
    ] {
        let points = png(&svg).expect("a picture");
        fs::write(folder.join(format!("{name}.svg")), svg).expect("a file");
        fs::write(folder.join(format!("{name}.png")), points).expect("a file");
    }
}

fn radar() -> Radar {
    let axis = |(name, value): &(&str, u8)| Axis {
        name: (*name).to_owned(),
        value: Some(*value),
    };
    let group = |((name, note), axes): ((&str, &str), &[(&str, u8)])| Group {
        name: name.to_owned(),
        note: note.to_owned(),
        axes: axes.iter().map(axis).collect(),
    };
    let notes = ["average 3.5", "average 3", "average 2.75"];
    Radar {
        title: "Competencies".to_owned(),
        subtitle: "Self-assessment of 1 March 2026, from 1 to 5; average 3.13".to_owned(),
        highest: 5,
        groups: GROUPS
            .into_iter()
            .zip(notes)
            .zip(NAMES)
            .map(group)
            .collect(),
    }
}

fn bars() -> Bars {
    let bar = |(name, share, note): (&str, f64, &str)| Bar {
        name: name.to_owned(),
        share,
        note: note.to_owned(),
    };
    let bars = [
        ("Active Listening", 0.41, "weakness"),
        ("Powerful Questions", 0.62, "developing"),
        ("Trust and Safety", 0.93, "strength"),
    ];
    Bars {
        title: "Core I".to_owned(),
        subtitle: "Attempt of 1 March 2026".to_owned(),
        bars: bars.into_iter().map(bar).collect(),
        limits: vec![0.5, 0.7],
    }
}

fn trend() -> Trend {
    let first: Date = date!(2024 - 03 - 01);
    let line = |(name, values): (&str, &[f64])| Line {
        name: name.to_owned(),
        points: (0..)
            .zip(values)
            .map(|(year, value)| Point {
                day: first + Duration::days(182 * year),
                value: *value,
            })
            .collect(),
    };
    let lines: [(&str, &[f64]); 4] = [
        ("Delivery", &[2.5, 2.83, 3.33, 3.5]),
        ("Interpersonal", &[2.2, 2.4, 2.6, 3.0]),
        ("Strategic", &[2.5, 2.75, 3.0, 3.25]),
        ("Overall", &[2.4, 2.67, 3.0, 3.27]),
    ];
    Trend {
        title: "Competencies over time".to_owned(),
        subtitle: "Averages of the self-assessments, from 1 to 5".to_owned(),
        lowest: 1,
        highest: 5,
        lines: lines.into_iter().map(line).collect(),
    }
}
