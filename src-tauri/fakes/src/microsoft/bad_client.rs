//! The errors of a requesting app, as each host words them.

use super::Platform;

/// What is wrong with the requesting app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadClient {
    Unknown,
    NotForConsumers,
    SecretUnasked,
    SecretMissing,
    SecretWrong,
    SecretExpired,
}

impl BadClient {
    /// Returns the OAuth error, the AADSTS number and a sentence, as observed on each host.
    pub fn words(self, platform: Platform) -> (&'static str, u32, &'static str) {
        match (self, platform) {
            (Self::Unknown | Self::NotForConsumers, Platform::Live) => (
                "unauthorized_client",
                700_016,
                "The client does not exist or is not enabled for consumers. If you are the application developer, \
                 configure a new application through the App Registrations in the Azure Portal.",
            ),
            (Self::Unknown, Platform::Consumers) => (
                "unauthorized_client",
                700_016,
                "Application with identifier was not found in the directory 'Microsoft Accounts'. This can happen if \
                 the application has not been installed by the administrator of the tenant or consented to by any \
                 user in the tenant. You may have sent your authentication request to the wrong tenant.",
            ),
            (Self::NotForConsumers, Platform::Consumers) => (
                "invalid_request",
                9_002_332,
                "Application is configured for use by Azure Active Directory users only. Please do not use the \
                 /consumers endpoint to serve this request.",
            ),
            (Self::SecretUnasked, _) => ("invalid_request", 90_023, "Public clients can't send a client secret."),
            (Self::SecretMissing, _) => {
                ("invalid_client", 70_002, "The provided request must include a 'client_secret' input parameter.")
            }
            (Self::SecretWrong | Self::SecretExpired, Platform::Live) => {
                ("invalid_client", 70_002, "The provided value for the 'client_secret' parameter is not valid.")
            }
            (Self::SecretWrong, Platform::Consumers) => (
                "invalid_client",
                7_000_215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret \
                 value, not the client secret ID, for a secret added to app.",
            ),
            (Self::SecretExpired, Platform::Consumers) => (
                "invalid_client",
                7_000_222,
                "The provided client secret keys for app are expired. Visit the Azure portal to create new keys for \
                 your app.",
            ),
        }
    }
}
