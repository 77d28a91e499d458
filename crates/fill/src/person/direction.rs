//! Where somebody wants to go: options, milestones, forty days of the flow log; and how they rate themselves.

use dreamtree_assessments::entity::{user_competency_history, user_competency_scores};
use dreamtree_workbook::entity::{user_career_options, user_flow_logs, user_milestones};
use time::{Duration, macros::date};

use super::Person;
use crate::words;

const OPTIONS: i32 = 3;
const MILESTONES: i32 = 2;
const FLOW_LOGS: i64 = 40;

impl Person<'_> {
    /// Three options with two milestones each, and the flow log.
    pub(super) fn direction(&mut self) {
        for rank in 1..=OPTIONS {
            let id = self.dice.id();
            let at = self.dice.now();
            let row = user_career_options::Model {
                user_id: self.user,
                id,
                title: words::craft(&mut self.dice),
                description: Some(self.text(200)),
                rank: Some(rank),
                coherence_score: Some(self.dice.between(1, 5)),
                work_needs_score: Some(self.dice.between(1, 5)),
                life_needs_score: Some(self.dice.between(1, 5)),
                unknowns_score: Some(self.dice.between(1, 5)),
                notes: Some(self.text(100)),
                revision: 1,
                created_at: at,
                updated_at: at,
            };
            self.rows.user_career_options.push(row);
            for number in 1..=MILESTONES {
                let row = user_milestones::Model {
                    user_id: self.user,
                    id: self.dice.id(),
                    career_option_id: Some(id),
                    year: 2026 + number,
                    quarter: Some(self.dice.between(1, 4)),
                    title: words::craft(&mut self.dice),
                    category: Some(self.dice.pick(&["work", "education", "skill"]).to_owned()),
                    description: None,
                    revision: 1,
                    created_at: at,
                    updated_at: at,
                };
                self.rows.user_milestones.push(row);
            }
        }
        for day in 0..FLOW_LOGS {
            self.flow_log(day);
        }
    }

    fn flow_log(&mut self, day: i64) {
        let id = self.dice.id();
        let at = self.dice.now();
        let notes = (day % 3 == 0).then(|| self.text(90));
        let row = user_flow_logs::Model {
            user_id: self.user,
            id,
            instance_id: None,
            activity: words::craft(&mut self.dice),
            energy: self.dice.between(-2, 2),
            focus: self.dice.between(1, 5),
            logged_date: date!(2025 - 11 - 26) + Duration::days(day),
            notes,
            revision: 1,
            created_at: at,
            updated_at: at,
        };
        self.rows.user_flow_logs.push(row);
    }

    /// A score in each competency.
    pub(super) fn assess(&mut self) {
        let assessed_at = self.dice.now();
        for competency in self.library.competencies() {
            let (competency_id, score) = (competency.id, self.dice.between(1, 5));
            let row = user_competency_scores::Model {
                user_id: self.user,
                id: self.dice.id(),
                competency_id,
                score,
                assessed_at,
            };
            self.rows.user_competency_scores.push(row);
            let row = user_competency_history::Model {
                user_id: self.user,
                id: self.dice.id(),
                competency_id,
                score,
                assessed_at,
            };
            self.rows.user_competency_history.push(row);
        }
    }
}
