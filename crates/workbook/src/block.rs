//! A stretch of the workbook as its reader meets it: blocks up to where they stand, with their answers.

mod stretch;

use std::{collections::HashMap, ops::Range};

use dreamtree_content::{Library, Placement, PlacementId};
use dreamtree_database::Scope;
use dreamtree_types::UserId;
use sea_orm::DbErr;

pub use stretch::{Bookmark, Side, Stretch};
use tokio::try_join;

use crate::{
    Answered, Error, Position, Stored,
    prefill::{self, Carry},
    stored, tag,
    tool::{self, skills::Tag},
};

/// Which parts of a page are wanted; what is not costs no statement.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each part is wanted or not, whatever the others are"
)]
pub struct Wanted {
    /// The reader's answers.
    pub answers: bool,
    /// What earlier answers offer.
    pub prefill: bool,
    /// Whether the reader should look at something again.
    pub stale: bool,
    /// The skills tagged on the reader's answers.
    pub tags: bool,
}

/// What a reader sees of some placements: their state, and what is kept about them.
#[derive(Clone, Debug)]
pub struct View {
    /// Who reads.
    pub reader: UserId,
    /// Where the reader stands.
    pub position: Position,
    /// What they have answered.
    pub answered: Answered,
    /// Their answers at these placements, and at those that the placements build on.
    pub stored: HashMap<PlacementId, Stored>,
    /// What else the placements build on.
    pub(crate) carry: Carry,
    /// The skills tagged on their answers, as far as [`View::read_tags`] has read them.
    pub tags: HashMap<PlacementId, Vec<Tag>>,
}

/// A stretch of open blocks.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where they stand in the reading order.
    pub span: Range<usize>,
    /// What the reader sees of them.
    pub view: View,
}

impl Page {
    /// True when open blocks follow.
    #[must_use]
    pub fn has_next(&self, library: &Library) -> bool {
        self.span.end < self.view.position.open_count(library)
    }
}

/// A stretch of the open blocks. How far the way is open is known once the answers are read; where that makes
/// other blocks of it, the answers are read once more.
pub async fn page(
    scope: &Scope,
    library: &Library,
    stretch: Stretch,
    wanted: Wanted,
) -> Result<Page, Error> {
    let all = library.placements();
    let guess = stretch.of(library, all.len())?;
    let mut answered = wanted.answered(scope, library, &all[guess.clone()]).await?;
    let position = Position::of(library, &answered);
    let span = stretch.of(library, position.open_count(library))?;
    let shown = &all[span.clone()];
    if !span.is_empty() && (span.start < guess.start || guess.end < span.end) {
        answered = wanted.answered(scope, library, shown).await?;
    }
    let shown: Vec<&Placement> = shown.iter().collect();
    let mut view = View::of(scope, library, position, answered, &shown, wanted).await?;
    if wanted.tags {
        view.read_tags(scope, library, span.clone()).await?;
    }
    Ok(Page { span, view })
}

impl Wanted {
    /// All there is.
    pub const EVERYTHING: Self = Self {
        answers: true,
        prefill: true,
        stale: true,
        tags: true,
    };

    /// The same where these are saved: what is kept of their connections has to be read, too.
    pub(crate) fn to_save(self, placements: &[&Placement]) -> Self {
        let mut connections = placements.iter().filter_map(|one| one.connection.as_ref());
        Self {
            answers: true,
            prefill: self.prefill || connections.any(prefill::keeps),
            ..self
        }
    }

    /// What the reader has answered, with the rows that these placements need.
    async fn answered(
        self,
        scope: &Scope,
        library: &Library,
        placements: &[Placement],
    ) -> Result<Answered, DbErr> {
        let rows = self.rows(library, placements);
        Answered::with_rows(scope, &rows, self.stale).await
    }

    /// The placements whose rows are needed to show these, in their order: those of the answers, and those that tell
    /// which things a connection takes.
    pub(crate) fn rows<'a>(
        self,
        library: &Library,
        placements: impl IntoIterator<Item = &'a Placement> + Clone,
    ) -> Vec<PlacementId> {
        let mut ids = self.of(placements.clone());
        ids.extend(tool::arranged(library, &ids));
        let connections = placements
            .into_iter()
            .filter_map(|one| one.connection.as_ref());
        let places = connections.filter_map(|one| one.places.as_ref());
        ids.extend(places.filter(|_| self.prefill).flatten());
        ids.sort_unstable();
        ids
    }

    /// The placements whose answers are needed to show these.
    fn of<'a>(self, placements: impl IntoIterator<Item = &'a Placement>) -> Vec<PlacementId> {
        let mut ids = Vec::new();
        for placement in placements {
            if self.answers && placement.takes_input() {
                ids.push(placement.id);
            }
            if let Some(connection) = placement.connection.as_ref().filter(|_| self.prefill) {
                ids.extend(prefill::sources(connection));
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl View {
    /// What the reader sees of these placements; `answered` holds the rows that they need.
    pub(crate) async fn of(
        scope: &Scope,
        library: &Library,
        position: Position,
        answered: Answered,
        placements: &[&Placement],
        wanted: Wanted,
    ) -> Result<Self, Error> {
        let ids = wanted.of(placements.iter().copied());
        let targets = if wanted.prefill { placements } else { &[] };
        let (stored, carry) = try_join!(
            stored::load(scope, library, &answered, &ids),
            Carry::load(scope, library, &answered, targets, wanted.stale),
        )?;
        Ok(Self {
            reader: scope.user(),
            position,
            answered,
            stored,
            carry,
            tags: HashMap::new(),
        })
    }

    /// What the reader sees of the placement at this index.
    pub async fn at(scope: &Scope, library: &Library, index: usize) -> Result<Self, Error> {
        let placements = &library.placements()[index..=index];
        let wanted = Wanted::EVERYTHING;
        let answered = wanted.answered(scope, library, placements).await?;
        let position = Position::of(library, &answered);
        let placements: Vec<&Placement> = placements.iter().collect();
        Self::of(scope, library, position, answered, &placements, wanted).await
    }

    /// Reads the skills tagged on the answers at these places of the reading order; the statements of the skill tagger.
    pub async fn read_tags(
        &mut self,
        scope: &Scope,
        library: &Library,
        places: impl IntoIterator<Item = usize>,
    ) -> Result<(), Error> {
        let placement = |index: usize| library.placements().get(index);
        let placements = places.into_iter().filter_map(placement);
        self.tags = tag::at(scope, library, &self.answered, placements).await?;
        Ok(())
    }
}
