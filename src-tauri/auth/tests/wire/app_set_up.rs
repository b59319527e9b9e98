//! Errors in an app's registration: each is named, and the check finds those that it can.

use spartan_auth::{
    app_check::{self, Checked},
    azure_app::{AzureApp, Platform},
    chain::Start,
    device::Polled,
    error::{AppMisconfiguration, Cause, Remedy},
    issuer::Issuer,
};
use spartan_fakes::{
    CLOSED_CLIENT_ID, CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET_ID, DIRECTORY_CLIENT_ID, EXPIRED_SECRET, Endpoint,
    PUBLIC_CLIENT_ID, Pick, Setup, Times, WORK_CLIENT_ID,
};

use crate::{
    run::Run,
    wire::{CURTIS, Wire, confidential, public, status},
};

const NOBODYS: &str = "00000000-0000-0000-0000-000000000000";

async fn mistake(app: AzureApp, sound: AzureApp) -> Option<AppMisconfiguration> {
    let wire = Wire::new().await;
    let start = wire.code(&sound, CURTIS);
    let error = Run { app, ..wire.run() }.go(start).await.error();
    assert_eq!(error.remedy(), Remedy::FixApp);
    match error.cause {
        Cause::Setup { mistake, .. } => mistake,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_mistake_with_a_secret_is_named_on_both_hosts() {
    for platform in [Platform::Consumers, Platform::Live] {
        let with = |secret: Option<&str>| AzureApp { secret: secret.map(Into::into), ..confidential(platform) };
        let cases = [
            (with(None), AppMisconfiguration::SecretMissing),
            (with(Some("stA8Q~another")), AppMisconfiguration::SecretWrong),
            (with(Some(CONFIDENTIAL_SECRET_ID)), AppMisconfiguration::SecretId),
        ];
        for (app, expected) in cases {
            assert_eq!(mistake(app, confidential(platform)).await, Some(expected), "{platform:?}");
        }
        let unasked = AzureApp { secret: Some("hush".into()), ..public(platform) };
        assert_eq!(mistake(unasked, public(platform)).await, Some(AppMisconfiguration::SecretUnasked), "{platform:?}");
    }
}

#[tokio::test]
async fn an_expired_secret_is_told_apart_where_the_host_does() {
    let with = |platform| AzureApp { secret: Some(EXPIRED_SECRET.into()), ..confidential(platform) };
    for (platform, expected) in
        [(Platform::Consumers, AppMisconfiguration::SecretExpired), (Platform::Live, AppMisconfiguration::SecretWrong)]
    {
        assert_eq!(mistake(with(platform), confidential(platform)).await, Some(expected), "{platform:?}");
    }
}

#[tokio::test]
async fn an_app_that_is_not_for_persons_is_named_at_the_token_endpoint() {
    let cases = [
        (WORK_CLIENT_ID, Platform::Consumers, AppMisconfiguration::NotPersonal),
        (WORK_CLIENT_ID, Platform::Live, AppMisconfiguration::UnknownApp),
        (DIRECTORY_CLIENT_ID, Platform::Consumers, AppMisconfiguration::UnknownApp),
        (NOBODYS, Platform::Consumers, AppMisconfiguration::UnknownApp),
        (NOBODYS, Platform::Live, AppMisconfiguration::UnknownApp),
    ];
    for (id, platform, expected) in cases {
        let app = AzureApp { client_id: id.parse().unwrap(), ..public(platform) };
        assert_eq!(mistake(app, public(platform)).await, Some(expected), "{id} {platform:?}");
    }
}

#[tokio::test]
async fn a_redirect_uri_that_is_not_the_registered_one_is_named() {
    let wire = Wire::new().await;
    let body = r#"{"error":"invalid_client","error_description":"AADSTS500112: The reply address does not match.","error_codes":[500112]}"#;
    wire.once(Endpoint::Token, status(401, body));
    let start = wire.code(&public(Platform::Consumers), CURTIS);
    let error = wire.run().go(start).await.error();
    let Cause::Setup { mistake, .. } = error.cause else { panic!("{error:?}") };
    assert_eq!(mistake, Some(AppMisconfiguration::RedirectMismatch));
}

#[tokio::test]
async fn a_device_code_that_web_apps_get_no_token_for_is_told_as_public_flows_that_are_off() {
    let wire = Wire::with(Setup { poll_interval: std::time::Duration::ZERO, ..Setup::default() }).await;
    let app = public(Platform::Consumers);
    let code = wire.services().device_code(&app).await.unwrap();
    let body = r#"{"error":"invalid_client","error_description":"AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.","error_codes":[7000218]}"#;
    wire.once(Endpoint::Token, status(401, body));
    assert!(wire.fakes.approve(&code.user_code, &Pick::Account(CURTIS.into())));
    let error = wire.services().poll(&app, &code).await.unwrap_err();
    let Cause::Setup { mistake, .. } = &error.cause else { panic!("{error:?}") };
    assert_eq!((*mistake, error.remedy()), (Some(AppMisconfiguration::PublicFlowsOff), Remedy::FixApp));
    assert!(matches!(wire.services().poll(&app, &code).await, Ok(Polled::Granted(_))));
}

#[tokio::test]
async fn the_check_tells_what_microsoft_knows_of_an_app() {
    let cases = [
        (PUBLIC_CLIENT_ID, Checked::Good),
        (NOBODYS, Checked::Unknown),
        (DIRECTORY_CLIENT_ID, Checked::Unknown),
        (WORK_CLIENT_ID, Checked::NotPersonal),
        (CLOSED_CLIENT_ID, Checked::NotPublic),
        (CONFIDENTIAL_CLIENT_ID, Checked::NotPublic),
    ];
    let wire = Wire::new().await;
    for (id, expected) in cases {
        assert_eq!(app_check::check(&wire.services(), id).await, Ok(expected), "{id}");
    }
    assert_eq!(wire.counts(), [0; 6], "nothing but a code is asked for");
}

#[tokio::test]
async fn a_check_without_an_answer_about_the_app_is_an_error() {
    let wire = Wire::new().await;
    assert_eq!(app_check::check(&wire.services(), "SPNKr").await.unwrap_err().cause, Cause::NotAGuid);
    wire.fakes.fail(Endpoint::DeviceCode, status(503, ""), Times::Once);
    assert!(app_check::check(&wire.services(), PUBLIC_CLIENT_ID).await.unwrap_err().passes());
    wire.fakes.close();
    let error = app_check::check(&wire.services(), PUBLIC_CLIENT_ID).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn an_app_that_passes_the_check_signs_in() {
    let wire = Wire::new().await;
    let app = public(Platform::Consumers);
    assert_eq!(app_check::check(&wire.services(), &app.client_id.to_string()).await, Ok(Checked::Good));
    let start: Start = wire.code(&app, CURTIS);
    assert_eq!(wire.run().go(start).await.error, None);
}
