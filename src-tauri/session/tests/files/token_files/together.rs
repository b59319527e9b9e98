//! Several processes with one token file.

use std::{
    env,
    process::{Child, Command},
};

use keyring_core::api::CredentialStoreApi;
use spartan_session::{format::Format, token_files::TokenFiles};
use spartan_vault::{fs::files::RealFiles, vault::sealed};

use super::{Project, lines, signed_in};
use crate::bed::{Bed, SERVICE, secret};

const OTHERS: &str = "A=1\nB='x\ny'\n";

#[tokio::test]
async fn two_processes_write_whole_files_and_the_newest_tokens_last() {
    let project = Project::new().await;
    project.write(".env", OTHERS);
    project.keep(".env", Format::Dotenv).await.unwrap();
    let mut others = [another(&project.bed), another(&project.bed)];
    for n in 0..40 {
        project.renewed(1, n % 10).await;
        project.refresh().await;
        let text = project.text(".env");
        assert!((0..10).any(|n| text == format!("{OTHERS}{}", lines(n))), "{text}");
    }
    for other in &mut others {
        assert!(other.wait().unwrap().success());
    }
    project.renewed(1, 9).await;
    project.refresh().await;
    assert_eq!(project.text(".env"), format!("{OTHERS}{}", lines(9)));
    assert_eq!(project.names(), [".env"]);
}

const HOME: &str = "KEPT_TEST_HOME";
const KEY: &str = "KEPT_TEST_KEY";

/// Starts this test program again, as another process with the same key in its keyring.
fn another(bed: &Bed) -> Child {
    let key = String::from_utf8(secret(&bed.keyring.entry()).unwrap()).unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "--ignored", "token_files::together::the_other_process"]);
    command.env(HOME, bed.home()).env(KEY, key).spawn().unwrap()
}

#[tokio::test]
#[ignore = "the other process of the test above"]
async fn the_other_process() {
    let Ok(home) = env::var(HOME) else { return };
    let bed = Bed::at(home.into());
    let id = sealed::vault_id(&bed.bytes()).unwrap();
    let entry = bed.keyring.store.build(SERVICE, &format!("vault-{id}"), None).unwrap();
    entry.set_password(&env::var(KEY).unwrap()).unwrap();
    let (kept, vault) = (TokenFiles::of(bed.paths(), std::sync::Arc::new(RealFiles)), bed.vault());
    for n in 0..40 {
        let account = signed_in(1, n % 10);
        vault.change(spartan_vault::keyring::Interaction::Forbidden, move |all| all.put(account)).await.unwrap();
        for (_, came) in kept.refresh(&vault).await.unwrap() {
            came.unwrap();
        }
    }
}
