//! What is said about a source below the exercise that uses it.

use dreamtree_content::{
    Body, ContentKind, Exercise, Library, Placement, Reference, ReferenceId, Source, SourceUsage,
};

/// What is said about one source below the exercise that uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The number of the reference, by first appearance in the workbook.
    pub number: i32,
    /// How the exercise uses it.
    pub usage: SourceUsage,
    /// What to show.
    pub text: String,
    /// The reference.
    pub reference: ReferenceId,
}

impl Citation {
    /// What to show below an exercise such as `1.1.2`, by number. Sources that only inspired it are
    /// left out: they are named in the credits. Nothing for an exercise that there is not.
    #[must_use]
    pub fn of(library: &Library, exercise_id: &str) -> Vec<Self> {
        let sources = library.sources_of(exercise_id);
        let quotation = library
            .exercise(exercise_id)
            .and_then(|exercise| only_quote(library, exercise))
            .filter(|_| is_only_quoted(sources));
        let cite = |source: &Source| {
            let reference = library.reference(source.reference)?;
            Self::new(source.usage, reference, quotation)
        };
        sources.iter().filter_map(cite).collect()
    }

    fn new(usage: SourceUsage, reference: &Reference, quotation: Option<&str>) -> Option<Self> {
        Some(Self {
            number: reference.citation_number,
            usage,
            text: text(usage, reference, quotation)?,
            reference: reference.id,
        })
    }
}

/// The display rule: a quotation has the full citation, a model is adapted from the work, an idea is
/// based on it. `None` where the exercise itself says nothing.
fn text(usage: SourceUsage, reference: &Reference, quotation: Option<&str>) -> Option<String> {
    let (full, short) = (&reference.full_citation, &reference.short_citation);
    match usage {
        SourceUsage::DirectQuote => Some(match quotation {
            Some(words) => format!("{} {full}", in_quotation_marks(words)),
            None => full.clone(),
        }),
        SourceUsage::Framework | SourceUsage::Adaptation => Some(format!("Adapted from {short}")),
        SourceUsage::Concept => Some(format!("Based on work by {short}")),
        SourceUsage::Inspiration => None,
    }
}

fn in_quotation_marks(words: &str) -> String {
    let words = words.trim();
    if words.starts_with(['“', '"']) {
        return words.to_owned();
    }
    format!("“{words}”")
}

/// The words that an exercise quotes, if it has one quote only. With several nobody can tell which
/// of them comes from which source, and nothing is put into an author's mouth by guessing.
fn only_quote<'a>(library: &'a Library, exercise: &Exercise) -> Option<&'a str> {
    let placements = library.placements().get(exercise.span.clone())?;
    let mut quotes = placements.iter().filter_map(quote);
    quotes.next().filter(|_| quotes.next().is_none())
}

fn quote(placement: &Placement) -> Option<&str> {
    match &placement.body {
        Body::Content(block) if block.kind == ContentKind::Quote => Some(&block.text),
        Body::Content(_) | Body::Prompt(_) | Body::Tool(_) => None,
    }
}

fn is_only_quoted(sources: &[Source]) -> bool {
    let quoted = |source: &&Source| source.usage == SourceUsage::DirectQuote;
    sources.iter().filter(quoted).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> Reference {
        Reference {
            id: ReferenceId::new(),
            citation_number: 7,
            author_surname: "Frankl".to_owned(),
            full_citation: "Frankl, Viktor E. A Book. Boston: Press, 1962.".to_owned(),
            short_citation: "Frankl, A Book".to_owned(),
            category: None,
            metadata: None,
        }
    }

    fn shown(usage: SourceUsage, quotation: Option<&str>) -> Option<String> {
        Citation::new(usage, &reference(), quotation).map(|citation| citation.text)
    }

    #[test]
    fn the_usage_decides_what_is_shown() {
        let adapted = Some("Adapted from Frankl, A Book".to_owned());
        let based = Some("Based on work by Frankl, A Book".to_owned());
        assert_eq!(shown(SourceUsage::Framework, None), adapted);
        assert_eq!(shown(SourceUsage::Adaptation, None), adapted);
        assert_eq!(shown(SourceUsage::Concept, None), based);
        assert_eq!(shown(SourceUsage::Inspiration, None), None);
    }

    #[test]
    fn a_quotation_has_the_full_citation() {
        let full = reference().full_citation;
        assert_eq!(shown(SourceUsage::DirectQuote, None), Some(full.clone()));
        let quoted = Some(format!("“Live.” {full}"));
        assert_eq!(shown(SourceUsage::DirectQuote, Some(" Live. ")), quoted);
        assert_eq!(shown(SourceUsage::DirectQuote, Some("“Live.”")), quoted);
    }

    #[test]
    fn with_two_quoted_sources_nobody_knows_whose_words_they_are() {
        let source = |usage| Source {
            exercise_id: "1.1.1".to_owned(),
            reference: ReferenceId::new(),
            usage,
            notes: None,
        };
        let one = [
            source(SourceUsage::DirectQuote),
            source(SourceUsage::Concept),
        ];
        let two = [
            source(SourceUsage::DirectQuote),
            source(SourceUsage::DirectQuote),
        ];
        assert!(is_only_quoted(&one));
        assert!(!is_only_quoted(&two));
    }

    #[test]
    fn an_exercise_that_there_is_not_cites_nothing() {
        assert_eq!(Citation::of(&Library::default(), "9.9.9"), []);
    }
}
