//! The credits: every work that the workbook stands on, and where it is used.

use dreamtree_content::{Exercise, Library, Reference, ReferenceId, Source, SourceUsage};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One use of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The exercise, such as `1.1.2`.
    pub exercise_id: String,
    /// The exercise's heading.
    pub exercise_title: String,
    /// How the exercise uses the reference.
    pub usage: SourceUsage,
}

/// All references by the first author's surname, without regard to case and accents; those of one
/// surname by their full citation.
#[must_use]
pub fn credits(library: &Library) -> Vec<&Reference> {
    sorted(library.references())
}

/// Where a reference is used, in the order of reading.
#[must_use]
pub fn uses_of(library: &Library, reference: ReferenceId) -> Vec<Use> {
    let uses = library
        .exercises()
        .iter()
        .flat_map(|exercise| uses_in(exercise, library.sources_of(&exercise.id), reference));
    uses.collect()
}

fn uses_in(
    exercise: &Exercise,
    sources: &[Source],
    reference: ReferenceId,
) -> impl Iterator<Item = Use> {
    sources
        .iter()
        .filter(move |source| source.reference == reference)
        .map(|source| Use {
            exercise_id: exercise.id.clone(),
            exercise_title: exercise.title.clone(),
            usage: source.usage,
        })
}

fn sorted(references: &[Reference]) -> Vec<&Reference> {
    let mut sorted: Vec<&Reference> = references.iter().collect();
    sorted.sort_by_cached_key(|one| (folded(&one.author_surname), folded(&one.full_citation)));
    sorted
}

/// The text in lower case, its letters without their marks.
fn folded(text: &str) -> String {
    text.nfd()
        .filter(|&letter| !is_combining_mark(letter))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use dreamtree_content::Location;

    use super::*;

    fn reference(surname: &str, full: &str) -> Reference {
        Reference {
            id: ReferenceId::new(),
            citation_number: 1,
            author_surname: surname.to_owned(),
            full_citation: full.to_owned(),
            short_citation: String::new(),
            category: None,
            metadata: None,
        }
    }

    #[test]
    fn neither_case_nor_accents_count_in_the_order() {
        let references = [
            reference("Étienne", "b"),
            reference("zimbardo", "a"),
            reference("Ezra", "a"),
            reference("Müller", "b"),
            reference("MULLER", "a"),
            reference("de Waal", "a"),
        ];
        let order: Vec<_> = sorted(&references)
            .into_iter()
            .map(|one| one.author_surname.as_str())
            .collect();
        assert_eq!(
            order,
            ["de Waal", "Étienne", "Ezra", "MULLER", "Müller", "zimbardo"]
        );
    }

    #[test]
    fn each_way_of_using_a_reference_is_listed() {
        let exercise = Exercise {
            id: "1.1.2".to_owned(),
            location: Location {
                part: 1,
                module: 1,
                exercise: 2,
                activity: 0,
            },
            title: "Three good days".to_owned(),
            span: 0..0,
        };
        let mine = ReferenceId::new();
        let source = |reference, usage| Source {
            exercise_id: exercise.id.clone(),
            reference,
            usage,
            notes: None,
        };
        let sources = [
            source(mine, SourceUsage::Concept),
            source(ReferenceId::new(), SourceUsage::Framework),
            source(mine, SourceUsage::Inspiration),
        ];
        let uses: Vec<Use> = uses_in(&exercise, &sources, mine).collect();
        let usages: Vec<_> = uses.iter().map(|one| one.usage).collect();
        assert_eq!(usages, [SourceUsage::Concept, SourceUsage::Inspiration]);
        assert_eq!(uses[0].exercise_title, "Three good days");
    }

    #[test]
    fn without_content_there_are_no_credits() {
        let library = Library::default();
        assert!(credits(&library).is_empty());
        assert!(uses_of(&library, ReferenceId::new()).is_empty());
    }
}
