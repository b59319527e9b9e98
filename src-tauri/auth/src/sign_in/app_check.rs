//! Checks an Azure app's registration by requesting a device code, which isn't used afterwards.

use serde::Serialize;

use crate::{
    error::{AppMisconfiguration, Cause, Error},
    model::azure_app::AzureApp,
    services::{device::DeviceCode, issuer::Issuer},
};

/// What Microsoft's response shows about an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    /// It's known, supports personal accounts, and allows public flows.
    Good,
    /// It's unknown, or isn't an app for personal accounts; Microsoft doesn't distinguish the two.
    Unknown,
    /// It's for work and school accounts only.
    NotPersonal,
    /// It's known and supports personal accounts, but public flows are off.
    NotPublic,
    /// The response shows none of these.
    Unclear,
}

/// Checks the app with this client ID. Whether a redirect URI is registered can only be found out by signing in.
///
/// Fails if the client ID is invalid, or if there's no response or it says nothing about an app.
///
/// ```
/// # use rustls::pki_types::{CertificateDer, pem::PemObject};
/// use spartan_auth::{app_check::{self, Checked}, endpoints::Endpoints, http::{Http, Timeouts}, services::Services};
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let services = Services::new(Endpoints::services(), Http::new("my-bot/1.0", Timeouts::default(), Vec::new()));
/// # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
/// # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
/// # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
/// # let services = Services::new(endpoints, Http::new("my-bot/1.0", Timeouts::default(), vec![authority]));
/// let checked = app_check::check(&services, "12345678-1234-1234-1234-123456789abc").await?;
/// assert_eq!(checked, Checked::Unknown);
/// # Ok(())
/// # }
/// ```
pub async fn check(issuer: &impl Issuer, client_id: &str) -> Result<Checked, Error> {
    // The redirect URI isn't part of the request.
    let app = AzureApp::parse(client_id, "http://localhost")?;
    read(issuer.device_code(&app).await)
}

/// Returns what the response to a device code request shows about the app.
pub fn read(answer: Result<DeviceCode, Error>) -> Result<Checked, Error> {
    let Err(error) = answer else { return Ok(Checked::Good) };
    let Cause::Setup { error: code, mistake } = &error.cause else { return Err(error) };
    Ok(match (mistake, code.as_str()) {
        (Some(AppMisconfiguration::UnknownApp), _) => Checked::Unknown,
        (Some(AppMisconfiguration::NotPersonal), _) => Checked::NotPersonal,
        (Some(AppMisconfiguration::PublicFlowsOff), _) => Checked::NotPublic,
        (Some(_), _) => Checked::Unclear,
        (None, "unauthorized_client") => Checked::Unknown,
        (None, "invalid_client") => Checked::NotPublic,
        (None, _) => Checked::Unclear,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::{Step, Unreachable},
        model::leg::Leg,
    };

    fn refused(error: &str, mistake: Option<AppMisconfiguration>) -> Result<Checked, Error> {
        let cause = Cause::Setup { error: error.into(), mistake };
        read(Err(Error::new(Step::Leg(Leg::Microsoft), cause)))
    }

    #[test]
    fn the_error_decides_where_no_hint_is_known() {
        assert_eq!(refused("unauthorized_client", None), Ok(Checked::Unknown));
        assert_eq!(refused("invalid_client", None), Ok(Checked::NotPublic));
        assert_eq!(refused("invalid_scope", None), Ok(Checked::Unclear));
        assert_eq!(refused("invalid_client", Some(AppMisconfiguration::SecretWrong)), Ok(Checked::Unclear));
    }

    #[test]
    fn what_says_nothing_about_the_app_stays_an_error() {
        let cause = Cause::Unreachable { host: "login.microsoftonline.com".into(), why: Unreachable::Connect };
        let error = Error::new(Step::Leg(Leg::Microsoft), cause);
        assert_eq!(read(Err(error.clone())), Err(error));
    }
}
