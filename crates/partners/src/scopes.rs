//! What a partner may read, by the names that OAuth has for it. What is sealed has no such name.

use std::{collections::BTreeSet, fmt};

use thiserror::Error;

/// Something that a partner may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessScope {
    /// The competencies and their levels, which everybody may read.
    FrameworkRead,
    /// The result of the self-assessment.
    CompetencyRead,
    /// Credentials of the results.
    CredentialReadonly,
    /// The display name.
    ProfileBasic,
}

impl AccessScope {
    /// All of them, in the order of the consent page.
    pub const ALL: [Self; 4] = [
        Self::FrameworkRead,
        Self::CompetencyRead,
        Self::CredentialReadonly,
        Self::ProfileBasic,
    ];

    /// The name, stored and told; never to be changed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FrameworkRead => "framework.read",
            Self::CompetencyRead => "competency.read",
            Self::CredentialReadonly => "credential.readonly",
            Self::ProfileBasic => "profile.basic",
        }
    }

    /// What a person reads on the consent page.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::FrameworkRead => {
                "The list of competencies and what their levels mean. It is the same for everybody and says nothing about you."
            }
            Self::CompetencyRead => {
                "How you have rated yourself in each competency, when, and what follows from it: averages, strengths, what to work on."
            }
            Self::CredentialReadonly => {
                "Credentials that say how you have rated yourself, to be shown to others."
            }
            Self::ProfileBasic => "The name that you want to be called by.",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|scope| scope.as_str() == name || scope.standard() == Some(name))
    }

    /// What Open Badges 3.0 calls it, where it does: another name of the same.
    #[must_use]
    pub const fn standard(self) -> Option<&'static str> {
        match self {
            Self::CredentialReadonly => {
                Some("https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly")
            }
            Self::ProfileBasic => {
                Some("https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly")
            }
            Self::FrameworkRead | Self::CompetencyRead => None,
        }
    }
}

/// A scope that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no such scope")]
pub struct UnknownScope;

/// Several scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<AccessScope>);

impl Scopes {
    /// True when any of them is about people.
    #[must_use]
    pub fn about_people(&self) -> bool {
        self.0
            .iter()
            .any(|scope| *scope != AccessScope::FrameworkRead)
    }

    /// Reads names divided by blanks (RFC 6749, 3.3).
    pub fn parse(text: &str) -> Result<Self, UnknownScope> {
        let names = text.split(' ').filter(|name| !name.is_empty());
        names
            .map(|name| AccessScope::parse(name).ok_or(UnknownScope))
            .collect()
    }

    /// Reads what was stored. A name that this version does not know lets nobody read anything.
    pub(crate) fn stored(text: &str) -> Self {
        text.split(' ').filter_map(AccessScope::parse).collect()
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn has(&self, scope: AccessScope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of these are among the others.
    #[must_use]
    pub fn within(&self, others: &Self) -> bool {
        self.0.is_subset(&others.0)
    }

    /// Those that the others have as well.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        Self(self.0.intersection(&others.0).copied().collect())
    }

    /// Those that the others do not have.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        Self(self.0.difference(&others.0).copied().collect())
    }

    /// These and the others.
    #[must_use]
    pub fn or(&self, others: &Self) -> Self {
        Self(self.0.union(&others.0).copied().collect())
    }

    /// Every name of each of them, divided by blanks: ours, and that of Open Badges behind it. What a program is told that
    /// may know one of the two only.
    #[must_use]
    pub fn told(&self) -> String {
        let both = |scope: AccessScope| [Some(scope.as_str()), scope.standard()];
        let names: Vec<_> = self.iter().flat_map(both).flatten().collect();
        names.join(" ")
    }

    /// Each of them, in the order of the consent page.
    pub fn iter(&self) -> impl Iterator<Item = AccessScope> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<AccessScope> for Scopes {
    fn from_iter<I: IntoIterator<Item = AccessScope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(AccessScope::as_str).collect();
        formatter.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        let scopes = Scopes::parse("profile.basic  competency.read").unwrap();
        assert_eq!(scopes.to_string(), "competency.read profile.basic");
        assert_eq!(Scopes::stored(&scopes.to_string()), scopes);
        for scope in AccessScope::ALL {
            let other = scope.standard().unwrap_or(scope.as_str());
            assert_eq!(Scopes::parse(other).unwrap().to_string(), scope.as_str());
        }
        let told = Scopes::parse("competency.read profile.basic")
            .unwrap()
            .told();
        let profile = "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly";
        assert_eq!(told, format!("competency.read profile.basic {profile}"));
        assert_eq!(
            Scopes::parse(&told).unwrap().to_string(),
            "competency.read profile.basic"
        );
        assert_eq!(Scopes::parse("").unwrap(), Scopes::default());
        for wrong in [
            "openid",
            "Competency.read",
            "competency.read\tx",
            "user_budget",
        ] {
            assert_eq!(Scopes::parse(wrong), Err(UnknownScope), "{wrong}");
        }
    }

    #[test]
    fn what_is_stored_and_not_known_any_more_opens_nothing() {
        let scopes = Scopes::stored("competency.read everything");
        assert_eq!(scopes.to_string(), "competency.read");
    }
}
