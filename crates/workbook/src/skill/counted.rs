//! Skills that count as others since operators have decided about them. What is read shows them as such at once; the
//! rows follow with the person's next change, see [`super::adopt`].

use dreamtree_content::{Library, Skill as Listed, SkillCategory, SkillId, Verdict};

use super::Skill;

/// The listed skill that a kept one counts as by now, if that is another than it is kept as.
pub(crate) fn counts_as<'a>(
    library: &'a Library,
    listed: Option<SkillId>,
    own: Option<(&str, Option<SkillCategory>)>,
) -> Option<&'a Listed> {
    match (listed, own) {
        (Some(id), _) if library.skill(id).is_none() => library.heir(id),
        (None, Some((name, category))) => match library.verdict(name, category)? {
            Verdict::Listed(skill) => Some(skill),
            Verdict::Rejected => None,
        },
        _ => None,
    }
}

/// Makes one of entries for the same listed skill, as adopting them will: the first one stays.
pub(super) fn fold(skills: impl Iterator<Item = Skill>) -> Vec<Skill> {
    let mut folded: Vec<Skill> = Vec::new();
    for skill in skills {
        let twin = |one: &&mut Skill| skill.listed.is_some() && one.listed == skill.listed;
        match folded.iter_mut().find(twin) {
            Some(kept) => kept.absorb(skill),
            None => folded.push(skill),
        }
    }
    folded
}

impl Skill {
    /// Takes the higher mastery, the better rank and, where there is none, the evidence of another entry.
    fn absorb(&mut self, other: Self) {
        self.mastery = self.mastery.max(other.mastery);
        self.rank = [self.rank, other.rank].into_iter().flatten().min();
        self.evidence = self.evidence.take().or(other.evidence);
    }
}
