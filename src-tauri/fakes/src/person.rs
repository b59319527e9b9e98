//! A person at a sign-in page, without a browser.

use hyper::{
    Method, Request,
    body::Bytes,
    header::{CONTENT_TYPE, LOCATION},
};
use url::{Url, form_urlencoded};

use crate::{Endpoint, Pick, place::Place, routes, site::Site, world::World};

/// Returns the URL to which the page redirects; `None` if it posts a form, shows an error or fails on request.
pub(crate) fn sign_in(world: &World, authorize: &str, pick: &Pick) -> Option<String> {
    let path = Url::parse(authorize).ok()?.path().to_owned();
    let place = Site::ALL.into_iter().find_map(|site| Place::find(site, &Method::GET, &path))?;
    if world.traffic().meet(Endpoint::Authorize).is_some() {
        return None;
    }
    let form = match pick {
        Pick::Account(email) => form_urlencoded::Serializer::new(String::new()).append_pair("account", email).finish(),
        Pick::Cancel => "cancel=cancel".into(),
    };
    let call = Request::post(authorize).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = routes::answer(place, world, &call.body(Bytes::from(form)).ok()?);
    Some(answer.headers().get(LOCATION)?.to_str().ok()?.into())
}
