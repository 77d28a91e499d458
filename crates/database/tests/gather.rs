//! Questions that are asked at the same time, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(unreachable_pub, reason = "what an entity is made of is public")]

use dreamtree_database::{Scope, counted, on_both, testing::TestDatabase};
use dreamtree_types::{Clock, Id, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select,
};
use uuid::Uuid;

mod users {
    use sea_orm::entity::prelude::*;
    use time::OffsetDateTime;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub is_anonymous: bool,
        pub workbook_complete: bool,
        pub created_at: OffsetDateTime,
        pub updated_at: OffsetDateTime,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod entries {
    use sea_orm::entity::prelude::*;
    use time::{Date, OffsetDateTime};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "user_flow_logs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub instance_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub activity: String,
        pub energy: i32,
        pub focus: i32,
        pub logged_date: Date,
        #[sea_orm(column_type = "Text", nullable)]
        pub notes: Option<String>,
        pub revision: i32,
        pub created_at: OffsetDateTime,
        pub updated_at: OffsetDateTime,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

fn clock() -> Clock {
    Clock::System
}

on_both!(
    one_statement_brings_what_is_asked_at_once,
    a_fault_reaches_all_who_asked,
    who_gives_up_leaves_the_others_their_answers,
);

/// A person with three entries.
async fn person(test: &TestDatabase) -> (UserId, users::Model, Vec<entries::Model>) {
    let user = UserId::new();
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    let now = scope.now();
    let person = users::Model {
        id: user.uuid(),
        is_anonymous: true,
        workbook_complete: false,
        created_at: now,
        updated_at: now,
    };
    let mut entries = Vec::new();
    let row = person.clone().into_active_model().reset_all();
    row.insert(scope.connection()).await.expect("a person");
    for (energy, notes) in [(2, None), (-1, Some("rain".to_owned())), (1, None)] {
        let entry = entries::Model {
            user_id: user.uuid(),
            id: Uuid::now_v7(),
            instance_id: None,
            activity: format!("energy {energy}"),
            energy,
            focus: 3,
            logged_date: now.date(),
            notes,
            revision: 1,
            created_at: now,
            updated_at: now,
        };
        let row = entry.clone().into_active_model().reset_all();
        row.insert(scope.connection()).await.expect("an entry");
        entries.push(entry);
    }
    scope.commit().await.expect("committed");
    entries.sort_by_key(|entry| entry.energy);
    (user, person, entries)
}

fn by_energy(user: UserId) -> Select<entries::Entity> {
    entries::Entity::find()
        .filter(entries::Column::UserId.eq(user.uuid()))
        .order_by_asc(entries::Column::Energy)
}

async fn one_statement_brings_what_is_asked_at_once(test: &TestDatabase) {
    let (user, person, entries) = person(test).await;
    let scope = Scope::read(&test.database, user).await.expect("a scope");
    let ids: Vec<Id<Entry>> = entries[..2].iter().map(|entry| entry.id.into()).collect();
    let among = by_energy(user).filter(scope.among(entries::Column::Id, &ids));
    let none = by_energy(user).filter(scope.among_numbers(entries::Column::Focus, &[1, 5]));
    let all = async {
        tokio::try_join!(
            scope.gather(by_energy(user)),
            scope.gather_one(users::Entity::find_by_id(user.uuid())),
            scope.gather(among),
            scope.gather(none),
        )
    };
    let (found, statements) = counted(all).await;
    let (every, who, some, none) = found.expect("rows");
    assert_eq!(statements, 1);
    assert_eq!((every, who), (entries.clone(), Some(person)));
    assert_eq!((some, none), (entries[..2].to_vec(), Vec::new()));
    let (alone, statements) = counted(scope.gather(by_energy(user))).await;
    assert_eq!((alone.expect("rows"), statements), (entries, 1));
}

async fn a_fault_reaches_all_who_asked(test: &TestDatabase) {
    let (user, ..) = person(test).await;
    let scope = Scope::read(&test.database, user).await.expect("a scope");
    let wrong = by_energy(user).filter(sea_orm::sea_query::Expr::cust("no_such_column = 1"));
    let (one, other) = tokio::join!(scope.gather(by_energy(user)), scope.gather(wrong));
    assert!(one.is_err() && other.is_err());
}

async fn who_gives_up_leaves_the_others_their_answers(test: &TestDatabase) {
    let (user, _, entries) = person(test).await;
    let scope = Scope::read(&test.database, user).await.expect("a scope");
    {
        let impatient = scope.gather(by_energy(user));
        tokio::select! {
            biased;
            _ = impatient => panic!("it asks only after the others could"),
            () = std::future::ready(()) => {}
        }
    }
    assert_eq!(scope.gather(by_energy(user)).await.expect("rows"), entries);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry;

impl dreamtree_types::Kind for Entry {
    const NAME: &'static str = "entry";
}
