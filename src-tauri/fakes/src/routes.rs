//! The handlers of all paths.

use hyper::Method;

use crate::{
    Endpoint,
    answer::Answer,
    call::Call,
    halo::{clearance, profile, spartan},
    microsoft::{authorize, device, discovery, link, token},
    place::Place,
    world::World,
    xbox::{user, xsts},
};

/// Returns the endpoint that a request counts for; submissions of a sign-in page's form count for none.
pub(crate) fn endpoint(place: Place, call: &Call) -> Option<Endpoint> {
    match place {
        Place::Instances => Some(Endpoint::InstanceDiscovery),
        Place::Configuration => Some(Endpoint::OpenidConfiguration),
        Place::Authorize(_) => (call.method() == Method::GET).then_some(Endpoint::Authorize),
        Place::DeviceCode => Some(Endpoint::DeviceCode),
        Place::Link => (call.method() == Method::GET).then_some(Endpoint::Link),
        Place::Token(_) => Some(Endpoint::Token),
        Place::User => Some(Endpoint::User),
        Place::Xsts => Some(xsts::endpoint(call)),
        Place::Spartan => Some(Endpoint::Spartan),
        Place::Clearance => Some(Endpoint::Clearance),
        Place::Profile => Some(Endpoint::Profile),
    }
}

/// Carries out a request and returns the answer.
pub(crate) fn answer(place: Place, world: &World, call: &Call) -> Answer {
    match place {
        Place::Instances => discovery::instances(world, call),
        Place::Configuration => discovery::configuration(world),
        Place::DeviceCode => device::answer(world, call),
        Place::Link => link::answer(world, call),
        Place::Authorize(platform) => authorize::answer(world, platform, call),
        Place::Token(platform) => token::answer(world, platform, call),
        Place::User => user::answer(world, call),
        Place::Xsts => xsts::answer(world, call),
        Place::Spartan => spartan::answer(world, call),
        Place::Clearance => clearance::answer(world, call),
        Place::Profile => profile::answer(world, call),
    }
}
