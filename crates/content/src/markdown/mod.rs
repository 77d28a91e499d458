//! The workbook's modules, written in Markdown.

mod attributes;
mod block;
mod front;
mod link;
mod module;
mod scan;
mod variants;

use std::{collections::HashMap, sync::Arc};

use crate::edition::Draft;

pub(crate) use link::number_references;

/// A module's file.
pub(crate) struct ModuleFile {
    /// Seen from the folder of the set.
    pub(crate) file: Arc<str>,
    /// All of it.
    pub(crate) text: String,
}

/// Reads all modules, in the order of part and module. The tools and references must be there already.
pub(crate) fn read_modules(draft: &mut Draft, files: &[ModuleFile]) {
    let tools: HashMap<String, i32> = draft
        .tools
        .iter()
        .map(|tool| (tool.name.clone(), tool.id))
        .collect();
    let mut modules: Vec<_> = files
        .iter()
        .filter_map(|file| front::open(draft, file))
        .collect();
    modules.sort_by_key(|module| (module.part, module.module));
    for pair in modules.windows(2) {
        if (pair[0].part, pair[0].module) == (pair[1].part, pair[1].module) {
            let (part, module) = (pair[1].part, pair[1].module);
            let message = format!("module {part}.{module} is in {} too", pair[0].file);
            draft.fault(&pair[1].at(1), "duplicate-module", message);
        }
    }
    for module in &modules {
        module::read(draft, &tools, module);
    }
    link::locate_connections(draft);
}
