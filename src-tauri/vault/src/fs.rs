//! Files: where they are, how they're written, who may use them, and the locks between processes.

pub mod files;
pub mod lock;
pub mod owner;
pub mod paths;
pub mod permissions;
