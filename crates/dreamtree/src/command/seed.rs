//! `seed`: content from files into the database.

use std::{path::Path, process::ExitCode};

use crate::{config::Config, failure::Failure, storage::load_content};

/// Loads a folder of content; running servers pick it up by themselves.
pub(crate) async fn seed(config: &Config, from: Option<&Path>) -> Result<ExitCode, Failure> {
    let folder = from.unwrap_or(&config.content.folder);
    let loaded = load_content(folder, config.database.owner()?).await?;
    for (what, count) in &loaded.counts {
        println!("{count:>6} {what}");
    }
    let version = loaded.version;
    if loaded.changed {
        println!("The content is loaded, edition {version}.");
    } else {
        println!("The database holds this content already, edition {version}.");
    }
    Ok(ExitCode::SUCCESS)
}
