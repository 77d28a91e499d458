//! What could take an account away needs a proof of less than fifteen minutes ago.

use dreamtree_database::{on_both, testing::TestDatabase};
use time::Duration;

use crate::stage::{Guest, Stage, clock};

on_both!(a_proof_counts_for_a_quarter_of_an_hour);

const ACTS: [&str; 4] = [
    "mutation { beginTotp { secret } }",
    "mutation { confirmTotp(input: { code: \"123456\" }) { backupCodes } }",
    "mutation { replaceBackupCodes { backupCodes } }",
    "mutation { removeTotp { removed } }",
];

async fn a_proof_counts_for_a_quarter_of_an_hour(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    stage.ask(&owner, ACTS[0]).await;
    stage.advance(Duration::minutes(15));
    for act in ACTS {
        let refused = stage.refused(&owner, act).await;
        assert_eq!(refused, "FRESH_AUTHENTICATION_REQUIRED", "{act}");
    }
    let wrong =
        "mutation { authenticateAgain(input: { password: \"nine dry cobblestones\" }) { token } }";
    assert_eq!(stage.refused(&owner, wrong).await, "CREDENTIALS_REFUSED");
    assert_eq!(
        stage.refused(&owner, ACTS[0]).await,
        "FRESH_AUTHENTICATION_REQUIRED"
    );

    let again = stage.authenticate(&owner).await;
    assert_eq!(
        stage.refused(&owner, "{ sessions { id } }").await,
        "SESSION_EXPIRED"
    );
    stage.ask(&again, ACTS[0]).await;
    assert_eq!(stage.count("sessions").await, 1, "the same session");

    // Opening the vault is no such proof.
    stage.advance(Duration::minutes(15));
    let open = "mutation { unlockVault(delivery: BEARER, input: { password: \"nine wet cobblestones\" }) { token } }";
    let opened = stage.ask(&again, open).await;
    let opened = again.with(&opened["unlockVault"]["token"]);
    assert_eq!(
        stage.refused(&opened, ACTS[0]).await,
        "FRESH_AUTHENTICATION_REQUIRED"
    );
    assert_eq!(
        stage.refused(&Guest::default(), ACTS[0]).await,
        "UNAUTHENTICATED"
    );
}
