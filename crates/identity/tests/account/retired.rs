//! The end of the older keys: those who never came back are told, and have a way back.

use dreamtree_crypto::{System, TotpSecret};
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_identity::{
    Error, earlier,
    exchange::{self, Census},
    reset_password,
};
use sea_orm::{ConnectionTrait, Statement};

use crate::{
    exchange::{both, server, turn},
    stage::{EMAIL, OTHER, Owner, PASSWORD, Stage, clock, opens},
};

on_both!(
    who_never_came_back_is_told_and_comes_back_by_mail,
    a_password_from_before_a_reset_ends_and_the_recovery_code_does_not,
    the_second_factor_goes_along,
);

async fn census(stage: &Stage<'_>) -> Census {
    let keys = stage.identity.keys();
    let counted = exchange::census(&stage.test.database, &keys).await;
    counted.expect("counted")
}

async fn who_never_came_back_is_told_and_comes_back_by_mail(test: &TestDatabase) {
    let before = Stage::new(test);
    before.settle().await;
    let away = Owner::new(&before, EMAIL).await;
    let here = Owner::new(&before, "here@example.org").await;
    let stage = server(test, both());
    turn(&stage, &[&stage]).await;
    let keys = stage.identity.keys();
    exchange::carry(&test.database, &keys)
        .await
        .expect("carried");
    stage
        .sign_in("here@example.org", PASSWORD)
        .await
        .expect("here");
    assert_eq!(census(&stage).await.holders, [away.user]);

    let spend = async |person: &Owner| {
        let done = exchange::spend(&test.database, &keys, person.user).await;
        done.expect("done")
    };
    assert!(
        !spend(&here).await,
        "nothing of theirs hangs on the older keys"
    );
    assert!(spend(&away).await);
    let (kind, to, _) = stage.letter().await;
    assert_eq!((kind.as_str(), to.as_str()), ("keys_replaced", EMAIL));
    assert!(
        !spend(&away).await,
        "again changes nothing, and nobody is written to twice"
    );
    assert_eq!(census(&stage).await, Census::default());

    // From now on with the newer keys alone.
    let after = server(test, keys.without_older().expect("the newer ones"));
    after
        .sign_in("here@example.org", PASSWORD)
        .await
        .expect("here");
    let refused = after.sign_in(EMAIL, PASSWORD).await;
    assert!(matches!(refused, Err(Error::Credentials)));
    let vault = after.vault(&away.token).await.expect("the session goes on");
    assert!(opens(&vault, away.user, &away.sealed));
    after.forgive().await;
    after.ask_for_reset(EMAIL).await;
    let link = after.token("reset_password").await;
    let password = OTHER.to_owned();
    reset_password(&test.database, &after.identity, &link, password)
        .await
        .expect("another password");
    let token = after.sign_in(EMAIL, OTHER).await.expect("back");
    let scope = after.write(&token).await.expect("a session");
    earlier::unlock_with_recovery_code(scope, &away.code)
        .await
        .expect("the code hangs on no key of the server");
    let vault = after.vault(&token).await.expect("a session");
    assert!(opens(&vault, away.user, &away.sealed));
}

async fn a_password_from_before_a_reset_ends_and_the_recovery_code_does_not(test: &TestDatabase) {
    let before = Stage::new(test);
    before.settle().await;
    let owner = Owner::new(&before, EMAIL).await;
    before.ask_for_reset(EMAIL).await;
    let link = before.token("reset_password").await;
    let password = OTHER.to_owned();
    let reset = reset_password(&test.database, &before.identity, &link, password).await;
    reset.expect("another password");
    let stage = server(test, both());
    turn(&stage, &[&stage]).await;
    let keys = stage.identity.keys();
    let carried = exchange::carry(&test.database, &keys).await;
    carried.expect("carried");
    let token = stage.sign_in(EMAIL, OTHER).await.expect("the new password");
    let counted = census(&stage).await;
    assert_eq!((counted.passwords, counted.former), (0, 1));
    let spent = exchange::spend(&test.database, &keys, owner.user).await;
    assert!(spent.expect("done"));
    assert_eq!(census(&stage).await, Census::default());
    let scope = stage.write(&token).await.expect("a session");
    let formers = earlier::formers(&scope).await;
    assert!(
        matches!(formers, Err(Error::NothingLocked)),
        "none is left to try"
    );
    earlier::unlock_with_recovery_code(scope, &owner.code)
        .await
        .expect("the code of that time");
    let vault = stage.vault(&token).await.expect("a session");
    assert!(opens(&vault, owner.user, &owner.sealed));
}

async fn the_second_factor_goes_along(test: &TestDatabase) {
    let before = Stage::new(test);
    before.settle().await;
    let keys = before.identity.keys();
    let owner = Owner::new(&before, EMAIL).await;
    let user = owner.user.uuid();
    let secret = TotpSecret::generate(&mut System).expect("a secret");
    let code = dreamtree_crypto::BackupCode::generate(&mut System).expect("a code");
    let now = test.database.clock().now();
    let rows = [
        (
            "INSERT INTO user_totp (user_id, secret, last_step, confirmed_at) VALUES ($1, $2, 0, $3)",
            secret.seal(&keys, user, &mut System).expect("sealed"),
        ),
        (
            "INSERT INTO user_backup_codes (user_id, id, code_hash, created_at) VALUES ($1, $1, $2, $3)",
            code.hash(&keys, user),
        ),
    ];
    let backend = test.owner.get_database_backend();
    for (sql, value) in rows {
        let values = [owner.user.into(), value.into(), now.into()];
        let insert = Statement::from_sql_and_values(backend, sql, values);
        test.owner.execute_raw(insert).await.expect("a row");
    }
    let stage = server(test, both());
    turn(&stage, &[&stage]).await;
    let keys = stage.identity.keys();
    let counted = census(&stage).await;
    assert_eq!((counted.phones, counted.codes), (1, 1));
    exchange::carry(&test.database, &keys)
        .await
        .expect("carried");
    let counted = census(&stage).await;
    assert_eq!(
        (counted.phones, counted.codes),
        (0, 1),
        "a hash says nothing of the code"
    );
    let newer = keys.without_older().expect("the newer ones");
    let scope = Scope::read(&test.database, owner.user)
        .await
        .expect("a scope");
    let sql = "SELECT secret FROM user_totp";
    let row = scope
        .connection()
        .query_one_raw(Statement::from_string(backend, sql))
        .await;
    let sealed: String = row
        .expect("an answer")
        .expect("a row")
        .try_get_by_index(0)
        .expect("a text");
    drop(scope);
    let opened = TotpSecret::open(&newer, user, &sealed).expect("it opens");
    assert_eq!(opened.to_base32(), secret.to_base32());
    exchange::spend(&test.database, &keys, owner.user)
        .await
        .expect("done");
    let left = "SELECT count(*) FROM user_backup_codes";
    assert_eq!(stage.count(left).await, 0);
    assert_eq!(census(&stage).await, Census::default());
}
