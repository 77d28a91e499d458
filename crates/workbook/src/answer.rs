//! Answering: one placement or several, all in one transaction.

use std::collections::HashSet;

use dreamtree_content::{Body, Library, Module, Placement, PlacementId, ToolId};
use dreamtree_database::Scope;

use crate::{
    Answered, Error, ModuleProgress, Position, Stale, Value, View, Wanted, answered::Kept,
    instance, prefill, progress, response, tool,
};

/// The most answers that one batch may carry.
const LARGEST_BATCH: usize = 50;

/// An answer to a placement.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where.
    pub placement: PlacementId,
    /// What.
    pub value: Value,
}

/// What a batch of answers changed.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The answered placements, as indexes into the reading order, in the order of the batch.
    pub saved: Vec<usize>,
    /// The block to show next: the one behind the last answer, if it is open.
    pub next: Option<usize>,
    /// The modules that were worked on.
    pub modules: Vec<ModuleProgress>,
    /// Tools that the reader has reached just now.
    pub unlocked: Vec<ToolId>,
    /// What the reader should look at again, since it builds on these answers.
    pub stale: Vec<Stale>,
    /// What the reader sees of the answered blocks and of the next one.
    pub view: View,
}

/// Saves a batch of answers, all or none. An answer may open the way for the next one in the batch. Of the answered
/// blocks and the next one it reads what is wanted.
pub async fn answer(
    scope: &Scope,
    library: &Library,
    entries: &[Entry],
    wanted: Wanted,
) -> Result<Outcome, Error> {
    if entries.is_empty() || entries.len() > LARGEST_BATCH {
        return Err(Error::invalid(
            "",
            format!("needs 1 to {LARGEST_BATCH} answers"),
        ));
    }
    refuse_twins(entries)?;
    let shown = shown(library, entries);
    let wanted = wanted.to_save(&shown);
    let rows = wanted.rows(library, shown.iter().copied());
    let mut answered = Answered::to_write(scope, &rows, wanted.stale).await?;
    let before = Position::of(library, &answered);
    let mut position = before;
    let mut saved = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let placed = save(scope, library, position, &mut answered, entry).await;
        saved.push(placed.map_err(|error| Error::At(index, Box::new(error)))?);
        position = position.advanced(library, &answered);
    }
    let modules = progress::touch(scope, library, &answered, &modules_of(library, &saved)).await?;
    if answered.noted_complete() != (position == Position::Complete) {
        progress::note_completion(scope, position).await?;
    }
    let stale = prefill::caused(scope, library, &answered, position, &saved);
    let mut view = View::of(scope, library, position, answered, &shown, wanted).await?;
    instance::note_answers(scope, library, &view, &saved).await?;
    let next = next(library, position, &saved);
    if wanted.tags {
        let shown = saved.iter().copied().chain(next);
        view.read_tags(scope, library, shown).await?;
    }
    let mut outcome = Outcome {
        next,
        unlocked: progress::unlocked(library, before, position)
            .into_iter()
            .collect(),
        stale,
        saved,
        view,
        modules,
    };
    prefill::take(scope, library, &mut outcome).await?;
    Ok(outcome)
}

/// The placements that the outcome shows: the answered ones and the one behind the last.
fn shown<'a>(library: &'a Library, entries: &[Entry]) -> Vec<&'a Placement> {
    let indexes: Vec<usize> = entries
        .iter()
        .filter_map(|entry| library.index_of(entry.placement))
        .collect();
    let next = indexes.last().map(|last| last + 1);
    let placements = indexes
        .into_iter()
        .chain(next)
        .filter_map(|index| library.placements().get(index));
    placements.collect()
}

fn refuse_twins(entries: &[Entry]) -> Result<(), Error> {
    let mut seen = HashSet::new();
    match entries
        .iter()
        .position(|entry| !seen.insert(entry.placement))
    {
        Some(index) => Err(Error::At(index, Box::new(Error::twice("placement")))),
        None => Ok(()),
    }
}

async fn save(
    scope: &Scope,
    library: &Library,
    position: Position,
    answered: &mut Answered,
    entry: &Entry,
) -> Result<usize, Error> {
    let index = library
        .index_of(entry.placement)
        .ok_or(Error::NoPlacement)?;
    let placement = &library.placements()[index];
    if !placement.takes_input() {
        return Err(Error::NoPlacement);
    }
    if !position.opens(index) {
        return Err(Error::Locked("placement"));
    }
    let row = write(
        scope,
        library,
        placement,
        &entry.value,
        answered.row(placement.id),
    )
    .await?;
    answered.insert(placement.id, row);
    Ok(index)
}

async fn write(
    scope: &Scope,
    library: &Library,
    placement: &Placement,
    value: &Value,
    known: Option<&Kept>,
) -> Result<Kept, Error> {
    match &placement.body {
        Body::Content(_) => Err(Error::NoPlacement),
        Body::Prompt(prompt) => {
            response::check(&prompt.input, value)?;
            response::save(scope, placement, prompt, value, known).await
        }
        Body::Tool(at) => {
            let data = tool::check_kind(at.tool.kind, value)?;
            let instance = instance::at(scope, placement, at.tool.id, known).await?;
            tool::save(
                scope,
                library,
                tool::Site {
                    placement: Some(placement),
                    tool: at,
                    instance,
                },
                data,
            )
            .await?;
            Ok(Kept::again(known, scope, instance.uuid()))
        }
    }
}

fn modules_of<'a>(library: &'a Library, saved: &[usize]) -> Vec<&'a Module> {
    let touched = |module: &&Module| saved.iter().any(|index| module.span.contains(index));
    library.modules().iter().filter(touched).collect()
}

fn next(library: &Library, position: Position, saved: &[usize]) -> Option<usize> {
    let index = saved.last()? + 1;
    (index < library.placements().len() && position.opens(index)).then_some(index)
}
