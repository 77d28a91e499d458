//! What happened to the status of a company, a contact or a job; the note is sealed.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::{CompanyId, ContactId, JobId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_status_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company_id: Option<CompanyId>,
    pub contact_id: Option<ContactId>,
    pub job_id: Option<JobId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub old_status: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub new_status: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    pub key_generation: Option<i32>,
    pub changed_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
