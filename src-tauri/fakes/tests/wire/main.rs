//! The stand-ins over real sockets: the whole chain works, and each rule of the services, broken, is refused.

mod alone;
mod chain;
mod faults;
mod halo_rules;
mod program;
mod real_names;
mod sign_in_page;
mod steering;
mod token_rules;
mod xbox_rules;
