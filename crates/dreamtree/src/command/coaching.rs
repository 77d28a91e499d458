//! `coaching import`: rows of CSV files become entries of the authors' files.

use std::{path::Path, process::ExitCode};

use dreamtree_content::{AnswersFrom, Import, import as read};

use crate::{
    cli,
    failure::{Failure, content_line},
};

/// Prints each bad row, or what is added to which file; writes unless it is a dry run.
pub(crate) fn import(folder: &Path, wanted: &cli::Import) -> Result<ExitCode, Failure> {
    let from = match wanted.answers_from {
        Some(0) => AnswersFrom::Zero,
        _ => AnswersFrom::One,
    };
    let questions = wanted.questions.clone().map(|path| (path, from));
    let sources = Import {
        questions,
        tags: wanted.tags.clone(),
        resources: wanted.resources.clone(),
    };
    let imported = match read(folder, &sources) {
        Ok(imported) => imported,
        Err(faults) => {
            for fault in &faults {
                println!("{}", content_line(fault));
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    for (path, _) in &imported.files {
        println!("{}", path.display());
    }
    let (added, known) = (imported.added, imported.known);
    if wanted.dry_run {
        println!("{added} would be added, {known} are there already; nothing was written.");
    } else {
        imported.write()?;
        println!("{added} added, {known} were there already. Now run content check.");
    }
    Ok(ExitCode::SUCCESS)
}
