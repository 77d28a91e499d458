//! A list of skills that is long enough: a folder of content gets more of them, made up of two words each.

use std::{fmt::Write, fs, path::Path};

use crate::Outcome;

const VERBS: [&str; 40] = [
    "airing",
    "baiting",
    "bending",
    "bundling",
    "caulking",
    "coiling",
    "combing",
    "crating",
    "damming",
    "draining",
    "edging",
    "fencing",
    "felting",
    "fluting",
    "gauging",
    "glueing",
    "grading",
    "hoisting",
    "hooping",
    "inlaying",
    "jointing",
    "kneading",
    "lacing",
    "levelling",
    "milling",
    "netting",
    "paving",
    "pickling",
    "plaiting",
    "quilting",
    "raking",
    "riveting",
    "scything",
    "shearing",
    "sieving",
    "splicing",
    "stacking",
    "thatching",
    "tiling",
    "waxing",
];
const THINGS: [&str; 45] = [
    "anchors",
    "arbours",
    "barrels",
    "basins",
    "beams",
    "bellows",
    "bobbins",
    "buoys",
    "candles",
    "canvas",
    "cellars",
    "chains",
    "cisterns",
    "cobbles",
    "crates",
    "dykes",
    "eaves",
    "flagstones",
    "flutes",
    "gables",
    "gardens",
    "granaries",
    "gutters",
    "hammocks",
    "harnesses",
    "hedges",
    "hives",
    "hulls",
    "kilns",
    "lanterns",
    "lattices",
    "masts",
    "nets",
    "oars",
    "orchards",
    "parasols",
    "pulleys",
    "rafters",
    "saddles",
    "sails",
    "sluices",
    "terraces",
    "trellises",
    "vats",
    "wharves",
];

/// Adds skills until the file has so many; there are words for 1,800 more than the workbook's own.
pub(crate) fn lengthen(file: &Path, total: usize) -> Outcome<()> {
    let mut text = fs::read_to_string(file)?;
    let known = text.lines().skip(1).filter(|line| !line.is_empty()).count();
    let pairs = VERBS
        .iter()
        .flat_map(|verb| THINGS.iter().map(move |thing| (verb, thing)));
    let wanted = total.saturating_sub(known);
    if wanted > VERBS.len() * THINGS.len() {
        return Err("there are not enough words for so many skills".into());
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for (verb, thing) in pairs.take(wanted) {
        writeln!(text, "bench-{verb}-{thing},{verb} of {thing},knowledge")?;
    }
    Ok(fs::write(file, text)?)
}
