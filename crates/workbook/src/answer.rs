//! Answering: one placement or several, all in one transaction.

use std::collections::HashSet;

use dreamtree_content::{Body, Library, Module, Placement, PlacementId, ToolId};
use dreamtree_database::Scope;
use uuid::Uuid;

use crate::{Answered, Error, ModuleProgress, Position, Value, instance, progress, response, tool};

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
    /// Where the reader stands now.
    pub position: Position,
    /// The modules that were worked on.
    pub modules: Vec<ModuleProgress>,
    /// Tools that the reader has reached just now.
    pub unlocked: Vec<ToolId>,
    /// Everything that is answered now.
    pub answered: Answered,
}

/// Saves a batch of answers, all or none. An answer may open the way for the next one in the batch.
pub async fn answer(scope: &Scope, library: &Library, entries: &[Entry]) -> Result<Outcome, Error> {
    if entries.is_empty() || entries.len() > LARGEST_BATCH {
        return Err(Error::invalid(
            "",
            format!("needs 1 to {LARGEST_BATCH} answers"),
        ));
    }
    refuse_twins(entries)?;
    let mut answered = Answered::find(scope).await?;
    let before = Position::of(library, &answered);
    let mut saved = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let placed = save(scope, library, &mut answered, entry).await;
        saved.push(placed.map_err(|error| Error::At(index, Box::new(error)))?);
    }
    let position = Position::of(library, &answered);
    let modules = progress::touch(scope, library, &answered, &modules_of(library, &saved)).await?;
    progress::note_completion(scope, position).await?;
    Ok(Outcome {
        next: next(library, position, &saved),
        unlocked: progress::unlocked(library, before, position)
            .into_iter()
            .collect(),
        saved,
        position,
        modules,
        answered,
    })
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
    if !Position::of(library, answered).opens(index) {
        return Err(Error::Locked);
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
    known: Option<Uuid>,
) -> Result<Uuid, Error> {
    match &placement.body {
        Body::Content(_) => Err(Error::NoPlacement),
        Body::Prompt(prompt) => {
            response::check(&prompt.input, value)?;
            response::save(scope, placement, prompt, value, known).await
        }
        Body::Tool(at) => {
            let data = tool::check_kind(at.tool.kind, value)?;
            let instance = instance::save(scope, placement, at, known).await?;
            tool::save(
                scope,
                library,
                tool::Site {
                    placement,
                    tool: at,
                    instance,
                },
                data,
            )
            .await?;
            Ok(instance.uuid())
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
