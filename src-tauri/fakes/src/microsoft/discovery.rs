//! What Microsoft's own libraries request before a sign-in: the endpoints, and which hosts are equivalent.

use hyper::StatusCode;
use serde_json::json;

use super::identity::TENANT;
use crate::{
    answer::{self, Answer},
    call::{self, Call},
    world::World,
};

/// Returns the `OpenID` configuration for personal accounts.
pub(crate) fn configuration(world: &World) -> Answer {
    let addresses = &world.addresses;
    let body = json!({
        "issuer": format!("https://login.microsoftonline.com/{TENANT}/v2.0"),
        "authorization_endpoint": addresses.consumers.authorize,
        "token_endpoint": addresses.consumers.token,
        "device_authorization_endpoint": addresses.device_code,
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "response_modes_supported": ["query", "form_post"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "tenant_region_scope": null,
        "cloud_instance_name": "microsoftonline.com",
    });
    answer::json(StatusCode::OK, &body)
}

/// Returns the hosts that belong to Microsoft's sign-in.
pub(crate) fn instances(world: &World, call: &Call) -> Answer {
    let is_whole = |query: call::Params| {
        query.one("authorization_endpoint").is_some() && matches!(query.one("api-version"), Some("1.0" | "1.1"))
    };
    if !call::query(call).is_some_and(is_whole) {
        return answer::json(StatusCode::BAD_REQUEST, &json!({ "error": "invalid_request" }));
    }
    let body = json!({
        "tenant_discovery_endpoint": world.addresses.configuration,
        "api-version": "1.1",
        "metadata": [{
            "preferred_network": "login.microsoftonline.com",
            "preferred_cache": "login.windows.net",
            "aliases": [
                "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net",
            ],
        }],
    });
    answer::json(StatusCode::OK, &body)
}
