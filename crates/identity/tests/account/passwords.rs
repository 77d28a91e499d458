//! Passwords that are changed, forgotten and found again, and what they open.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{Error, earlier, replace_recovery_code, reset_password};

use crate::stage::{EMAIL, OTHER, Owner, PASSWORD, Stage, clock, opens, seal};

on_both!(
    a_changed_password_opens_what_was_sealed_before,
    a_reset_locks_and_the_old_password_opens,
    a_reset_locks_and_the_old_recovery_code_opens,
    what_was_unlocked_is_locked_by_another_reset_and_opens_with_its_opener,
    of_many_resets_with_one_link_one_wins,
    a_reset_confirms_the_address,
    a_recovery_code_ends_when_it_is_replaced,
    passwords_may_hold_anything_up_to_a_kilobyte,
);

/// A reset of the account of this address; the new recovery code.
async fn reset(stage: &Stage<'_>, email: &str, password: &str) -> String {
    stage.ask_for_reset(email).await;
    let link = stage.token("reset_password").await;
    let (database, identity) = (&stage.test.database, &stage.identity);
    let code = reset_password(database, identity, &link, password.to_owned()).await;
    code.expect("a reset").reveal()
}

async fn unlock_with_password(stage: &Stage<'_>, token: &str, password: &str) -> Result<(), Error> {
    let formers = earlier::formers(&stage.write(token).await?).await?;
    let begin = async || stage.write(token).await;
    earlier::unlock_with_password(&stage.identity, formers, password.to_owned(), begin).await
}

async fn unlock_with_code(stage: &Stage<'_>, token: &str, code: &str) -> Result<(), Error> {
    earlier::unlock_with_recovery_code(stage.write(token).await?, code).await
}

async fn a_changed_password_opens_what_was_sealed_before(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let elsewhere = stage.sign_in(EMAIL, PASSWORD).await.expect("a sign-in");
    stage.ask_for_reset(EMAIL).await;
    let link = stage.token("reset_password").await;
    let wrong = stage
        .change_password(&owner, OTHER, "another long one")
        .await;
    assert!(matches!(
        wrong,
        Err(Error::WrongPassword {
            field: "input.current"
        })
    ));
    let alike = stage
        .change_password(&owner, PASSWORD, "Someone@example.org")
        .await;
    assert!(matches!(alike, Err(Error::PasswordIsAddress)));
    let token = stage
        .change_password(&owner, PASSWORD, OTHER)
        .await
        .expect("changed");
    for ended in [&owner.token, &elsewhere] {
        assert!(stage.vault(ended).await.is_none(), "other sessions end");
    }
    let vault = stage.vault(&token).await.expect("this one goes on");
    assert!(opens(&vault, owner.user, &owner.sealed));
    assert_eq!(stage.letter().await.0, "password_changed");
    let late = reset_password(
        &test.database,
        &stage.identity,
        &link,
        "yet another".to_owned(),
    )
    .await;
    assert!(matches!(late, Err(Error::Token)), "earlier links end");
    let old = stage.sign_in(EMAIL, PASSWORD).await;
    assert!(matches!(old, Err(Error::Credentials)));
    let new = stage.sign_in(EMAIL, OTHER).await.expect("the new one");
    let vault = stage.vault(&new).await.expect("a session");
    assert!(opens(&vault, owner.user, &owner.sealed));
}

async fn a_reset_locks_and_the_old_password_opens(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    reset(&stage, EMAIL, OTHER).await;
    assert!(stage.vault(&owner.token).await.is_none(), "sessions end");
    assert!(stage.sign_in(EMAIL, PASSWORD).await.is_err());
    let token = stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
    let vault = stage.vault(&token).await.expect("a session");
    assert_eq!(vault.shut().expect("open"), [1]);
    assert!(!opens(&vault, owner.user, &owner.sealed), "locked");
    let newer = seal(&vault, owner.user);
    for wrong in [OTHER, "short", "not the one from before"] {
        let refused = unlock_with_password(&stage, &token, wrong).await;
        assert!(matches!(refused, Err(Error::WrongPassword { .. })));
    }
    let elsewhere = stage.sign_in(EMAIL, OTHER).await.expect("another device");
    unlock_with_password(&stage, &token, PASSWORD)
        .await
        .expect("unlocked");
    for token in [&token, &elsewhere] {
        let vault = stage.vault(token).await.expect("a session");
        assert!(opens(&vault, owner.user, &owner.sealed) && opens(&vault, owner.user, &newer));
        assert!(vault.shut().expect("open").is_empty());
    }
    let again = unlock_with_password(&stage, &token, PASSWORD).await;
    assert!(matches!(again, Err(Error::NothingLocked)));
    let ways = "SELECT count(*) FROM user_keys WHERE generation = 1";
    assert_eq!(stage.count(ways).await, 0, "the old ways end");
    assert_eq!(
        stage
            .count("SELECT count(*) FROM user_former_passwords")
            .await,
        0
    );
    // From now on a change of the password takes both along.
    let both = Owner { token, ..owner };
    let token = stage
        .change_password(&both, OTHER, PASSWORD)
        .await
        .expect("changed");
    let vault = stage.vault(&token).await.expect("a session");
    assert!(opens(&vault, both.user, &both.sealed) && opens(&vault, both.user, &newer));
}

async fn a_reset_locks_and_the_old_recovery_code_opens(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let fresh = reset(&stage, EMAIL, OTHER).await;
    assert_ne!(fresh, owner.code);
    let token = stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
    let slip = unlock_with_code(&stage, &token, &owner.code[1..]).await;
    assert!(matches!(slip, Err(Error::RecoveryCode { .. })));
    let wrong = unlock_with_code(&stage, &token, &fresh).await;
    assert!(matches!(wrong, Err(Error::WrongRecoveryCode)));
    let typed = owner.code.to_lowercase().replace('-', " ");
    unlock_with_code(&stage, &token, &typed)
        .await
        .expect("unlocked");
    let vault = stage.vault(&token).await.expect("a session");
    assert!(opens(&vault, owner.user, &owner.sealed));
    let again = unlock_with_code(&stage, &token, &owner.code).await;
    assert!(matches!(again, Err(Error::NothingLocked)));
    // The next reset locks both; the code of the reset before opens both.
    reset(&stage, EMAIL, PASSWORD).await;
    let token = stage.sign_in(EMAIL, PASSWORD).await.expect("a sign-in");
    let spent = unlock_with_code(&stage, &token, &owner.code).await;
    assert!(matches!(spent, Err(Error::WrongRecoveryCode)));
    unlock_with_code(&stage, &token, &fresh)
        .await
        .expect("unlocked");
    let vault = stage.vault(&token).await.expect("a session");
    assert!(opens(&vault, owner.user, &owner.sealed));
}

async fn what_was_unlocked_is_locked_by_another_reset_and_opens_with_its_opener(
    test: &TestDatabase,
) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    reset(&stage, EMAIL, OTHER).await;
    let token = stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
    let second = seal(&stage.vault(&token).await.expect("a session"), owner.user);
    unlock_with_password(&stage, &token, PASSWORD)
        .await
        .expect("the first");
    let third = "the third of them all";
    reset(&stage, EMAIL, third).await;
    let token = stage.sign_in(EMAIL, third).await.expect("a sign-in");
    let vault = stage.vault(&token).await.expect("a session");
    assert_eq!(vault.shut().expect("open"), [1, 2]);
    unlock_with_password(&stage, &token, OTHER)
        .await
        .expect("the second");
    let vault = stage.vault(&token).await.expect("a session");
    assert!(opens(&vault, owner.user, &second) && opens(&vault, owner.user, &owner.sealed));
}

async fn of_many_resets_with_one_link_one_wins(test: &TestDatabase) {
    let stage = Stage::new(test);
    Owner::new(&stage, EMAIL).await;
    stage.ask_for_reset(EMAIL).await;
    let link = stage.token("reset_password").await;
    let passwords = [
        "the first of four",
        "the second of four",
        "the third of four",
    ];
    let [a, b, c] = passwords.map(|password| {
        reset_password(&test.database, &stage.identity, &link, password.to_owned())
    });
    let (a, b, c) = tokio::join!(a, b, c);
    let won = [a.is_ok(), b.is_ok(), c.is_ok()];
    assert_eq!(won.iter().filter(|one| **one).count(), 1);
    for (password, won) in passwords.into_iter().zip(won) {
        assert_eq!(stage.sign_in(EMAIL, password).await.is_ok(), won);
    }
}

async fn a_reset_confirms_the_address(test: &TestDatabase) {
    let stage = Stage::new(test);
    Owner::unconfirmed(&stage, EMAIL).await;
    reset(&stage, EMAIL, OTHER).await;
    assert_eq!(stage.count("SELECT count(*) FROM login_directory").await, 1);
    stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
}

async fn a_recovery_code_ends_when_it_is_replaced(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let begin = async || stage.write(&owner.token).await;
    let (database, identity) = (&test.database, &stage.identity);
    let replaced =
        replace_recovery_code(database, identity, owner.user, PASSWORD.to_owned(), begin).await;
    let replaced = replaced.expect("replaced").reveal();
    let begin = async || stage.write(&owner.token).await;
    let wrong =
        replace_recovery_code(database, identity, owner.user, OTHER.to_owned(), begin).await;
    assert!(matches!(wrong, Err(Error::WrongPassword { .. })));
    reset(&stage, EMAIL, OTHER).await;
    let token = stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
    let old = unlock_with_code(&stage, &token, &owner.code).await;
    assert!(matches!(old, Err(Error::WrongRecoveryCode)));
    unlock_with_code(&stage, &token, &replaced)
        .await
        .expect("unlocked");
}

async fn passwords_may_hold_anything_up_to_a_kilobyte(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    for refused in ["x".repeat(4096), "🌲".repeat(257), "kurz".to_owned()] {
        let refused = stage.change_password(&owner, PASSWORD, &refused).await;
        assert!(matches!(refused, Err(Error::Password(_))));
        let attempt = stage
            .change_password(&owner, &"x".repeat(4096), OTHER)
            .await;
        assert!(matches!(attempt, Err(Error::WrongPassword { .. })));
    }
    let long = "🌲\u{0}\u{202e} e\u{301} ".repeat(64);
    assert!(long.len() <= 1024 && long.len() > 800, "{}", long.len());
    let token = stage
        .change_password(&owner, PASSWORD, &long)
        .await
        .expect("changed");
    stage.sign_in(EMAIL, &long).await.expect("byte by byte");
    let composed = long.replace("e\u{301}", "é");
    assert!(stage.sign_in(EMAIL, &composed).await.is_err());
    assert!(stage.vault(&token).await.is_some());
}
