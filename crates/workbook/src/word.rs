//! Closed vocabularies: lower-case words in the tables, variants in the program.

/// A word of a closed vocabulary.
pub trait Word: Copy + Eq + Send + Sync + 'static {
    /// Every word there is.
    const ALL: &'static [Self];

    /// The word as it is kept.
    fn as_str(self) -> &'static str;

    /// What a kept word stands for.
    fn parse(word: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|one| one.as_str() == word)
    }
}

/// Declares vocabularies, each variant with its word.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $word)] $variant,)+
        }

        impl $crate::word::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

pub(crate) use words;
