//! Rows on their way to the database, table by table.

use dreamtree_assessments::entity as assessments;
use dreamtree_identity::entity as identity;
use dreamtree_workbook::entity as workbook;

use crate::{Error, sink::Sink};

/// Declares [`Rows`]; parents before children.
macro_rules! tables {
    ($($domain:ident::$table:ident),+ $(,)?) => {
        /// Rows of several people.
        #[derive(Default)]
        pub(crate) struct Rows {
            $(pub(crate) $table: Vec<$domain::$table::Model>,)+
        }

        impl Rows {
            /// How many there are.
            pub(crate) fn count(&self) -> usize {
                [$(self.$table.len()),+].into_iter().sum()
            }

            /// Writes all of them.
            pub(crate) async fn write(self, sink: &mut Sink) -> Result<(), Error> {
                $(sink.put::<$domain::$table::Entity>(self.$table).await?;)+
                Ok(())
            }
        }
    };
}

tables! {
    identity::users,
    identity::user_settings,
    identity::sessions,
    identity::user_keys,
    workbook::user_modules,
    workbook::user_tool_instances,
    workbook::user_responses,
    workbook::user_checklists,
    workbook::user_lists,
    workbook::user_list_items,
    workbook::user_profile,
    workbook::user_values,
    workbook::user_custom_skills,
    workbook::user_skills,
    workbook::user_skill_tags,
    workbook::user_experiences,
    workbook::user_experience_skills,
    workbook::user_stories,
    workbook::user_career_options,
    workbook::user_milestones,
    workbook::user_flow_logs,
    assessments::user_competency_scores,
    assessments::user_competency_history,
}
