//! The session: one task owns every account. Requests go in, one status comes out.
//!
//! A program that stays signed in, here with a code on a phone at its first start:
//! ```
//! # use rustls::pki_types::{CertificateDer, pem::PemObject};
//! use std::sync::Arc;
//!
//! use spartan_auth::{
//!     azure_app::AzureApp,
//!     clock::SystemClock,
//!     endpoints::Endpoints,
//!     http::{Http, Timeouts},
//!     secrecy::ExposeSecret,
//!     services::Services,
//!     sign_in_method::SignInMethod,
//! };
//! use spartan_messages::browser_page;
//! use spartan_session::{
//!     format::Format,
//!     session::{Parts, Session, SignInRequest, Through},
//!     status::{SigningIn, Status},
//! };
//! use spartan_vault::{
//!     fs::{files::RealFiles, paths::Paths},
//!     keyring::Keyring,
//!     vault::Vault,
//! };
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let services = Services::new(Endpoints::services(), Http::new("my-bot/1.0", Timeouts::default(), Vec::new()));
//! // A name of your own, or `app.spartantray` to share the sign-ins of Spartan Tray.
//! # let folder = tempfile::tempdir()?;
//! let paths = Paths::of("com.example.my-stats", None)?;
//! # let paths = Paths::of("com.example.my-stats", Some(folder.path().to_owned()))?;
//! let key = Keyring::of_system(paths.identifier());
//! # let key = spartan_vault::key::key_file::KeyFile::at(folder.path().join("key"));
//! # key.make(&spartan_vault::key::Key::from_text(&"A".repeat(43)).map_err(spartan_vault::error::Error::from)?)?;
//! # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
//! # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
//! # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
//! # let services = Services::new(endpoints, Http::new("my-bot/1.0", Timeouts::default(), vec![authority]));
//! let vault = Vault::new(paths.clone(), key, Arc::new(RealFiles));
//! let session = Session::start(Parts { issuer: services, clock: SystemClock::default(), vault, paths, browser_page });
//!
//! let mut snapshot = session.snapshot();
//! let known = snapshot.wait_for(|snapshot| snapshot.shown != Status::Opening).await?.clone();
//! if let Status::SignedOut { .. } = known.shown {
//!     let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
//!     # let app = AzureApp { client_id: spartan_fakes::PUBLIC_CLIENT_ID.parse()?, ..app };
//!     session.sign_in(SignInRequest { method: Some(SignInMethod::Phone), ..Through::App(app).into() }).await?;
//! }
//! // Everything to show, from the first code to a renewal next week, is in the status.
//! loop {
//!     match &snapshot.borrow_and_update().shown {
//!         Status::SigningIn { stage: SigningIn::Code { user_code, page, .. }, .. } => {
//!             println!("Open {page} on any device and enter {user_code}.");
//!             # fakes.approve(user_code, &spartan_fakes::Pick::Account("curtis@example.com".into()));
//!         }
//!         Status::SignedIn(person) => {
//!             println!("{:?} is signed in.", person.gamertag);
//!             break;
//!         }
//!         Status::SignedOut { why } => println!("Nobody is signed in: {why:?}"),
//!         Status::Shut { problem } => return Err(problem.clone().into()),
//!         Status::Opening | Status::Unlocking | Status::SigningIn { .. } => {}
//!     }
//!     snapshot.changed().await?;
//! }
//!
//! // Whenever it is needed: renewed first where little is left of it.
//! let token = session.hand_out(Format::Token).await?;
//! println!("{} letters, good until {:?}", token.text.expose_secret().len(), token.expires_at);
//! # assert!(token.text.expose_secret().starts_with("v4="));
//! # Ok(())
//! # }
//! ```

mod changes;
mod handle;
mod pace;
mod publish;
mod request;
mod sign_in;
mod state;
mod task;
mod work;
mod writing;

pub use self::{
    handle::Session,
    request::{
        Secret,
        answers::{HandedOut, Imported, KnownApp},
        sign_in_request::{NextStep, SignInPage, SignInRequest, Through, Wanted},
    },
    sign_in::end::SignInEnd,
};
pub use crate::parts::Parts;
