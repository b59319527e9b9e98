//! Pasting another program's lines.

use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, Endpoint, Fakes, Setup};

use crate::{
    keyring,
    program::{Look, Program},
    sweep,
};

#[tokio::test(flavor = "multi_thread")]
async fn pasted_lines_with_a_refresh_token_sign_in_without_a_browser() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let refresh = fakes.seed_refresh_token(CONFIDENTIAL_CLIENT_ID, "curtis@example.com").expect("both are known");
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    program.press("I already use SPNKr or my own app").await;
    let lines = format!(
        "SPNKR_CLIENT_ID={CONFIDENTIAL_CLIENT_ID}\nSPNKR_CLIENT_SECRET={CONFIDENTIAL_SECRET}\n\
         SPNKR_REDIRECT_URI=https://localhost\nSPNKR_REFRESH_TOKEN={refresh}\n"
    );
    program.paste("Paste the lines of your .env file, or the line with AzureApp(…)", &lines).await;
    program.press("Use these lines").await;
    program.until_state("signed_in fresh").await;
    program.until_shown("aCurtis X89").await;
    assert_eq!(fakes.count(Endpoint::Authorize), 0, "no page was opened");

    let pasted = [("the refresh token".to_owned(), refresh), ("the secret".to_owned(), CONFIDENTIAL_SECRET.to_owned())];
    assert_eq!(sweep::found(&pasted, &program.content().await), Vec::<String>::new());
}
