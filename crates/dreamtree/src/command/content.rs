//! `content check`: what is wrong with the files, where their authors can find it.

use std::{path::Path, process::ExitCode};

use dreamtree_content::read_folder;

use crate::failure::content_line;

/// Checks a folder; prints the counts of what it holds, or a line for each fault.
pub(crate) fn check(folder: &Path) -> ExitCode {
    match read_folder(folder) {
        Ok(edition) => {
            for (what, count) in edition.counts() {
                println!("{count:>6} {what}");
            }
            ExitCode::SUCCESS
        }
        Err(faults) => {
            for fault in &faults {
                println!("{}", content_line(fault));
            }
            ExitCode::FAILURE
        }
    }
}
