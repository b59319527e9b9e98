//! From the process's start to the first paint, and to its end.

use std::{
    error::Error,
    sync::{Arc, Mutex, atomic::AtomicU32},
    time::Duration,
};

use spartan_auth::{
    azure_app::AzureApp,
    clock::SystemClock,
    files::{Files, RealFiles},
    keyring::Keyring,
    places::Places,
    session::{Parts, Session},
    settings::Settings,
    status::Status,
    vault::Vault,
};
use tauri::{AppHandle, Manager, RunEvent, async_runtime};

use crate::{Launch, about::About, clipboard::Clipboard, commands, log, main_window, world::World};

/// What commands and windows share.
pub(crate) struct Shell {
    pub(crate) session: Session,
    pub(crate) clipboard: Clipboard,
    pub(crate) about: About,
    /// The app that this build carries.
    pub(crate) built_in: Option<AzureApp>,
    /// The page's present subscription.
    pub(crate) subscription: Mutex<Option<async_runtime::JoinHandle<()>>>,
    /// Where the program's files are.
    pub(crate) places: Places,
    /// A label stays taken while its window dies: each sign-in window has its own number.
    pub(crate) sign_ins: AtomicU32,
}

/// A slow keyring does not hold the first paint up for longer.
const FIRST_PAINT: Duration = Duration::from_millis(150);

/// Starts and runs until the person quits.
pub(crate) fn start(launch: Launch) -> Result<(), Box<dyn Error>> {
    let world = World::of(&launch)?;
    let places = Places::of(world.identifier, launch.home)?;
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = world.identifier.into();
    if cfg!(feature = "demo") {
        // The demo can never take a link that is meant for the real program.
        let own = serde_json::json!({ "desktop": { "schemes": ["spartan-tray-demo"] } });
        context.config_mut().plugins.0.insert("deep-link".into(), own);
    }
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| main_window::show(app)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(tauri::generate_handler![
            commands::subscribe,
            commands::sign_in,
            commands::import_lines,
            commands::cancel,
            commands::renew,
            commands::copy_spartan_token,
            commands::clipboard_ended,
            commands::copy_details,
            commands::sign_out,
            commands::retry,
            commands::unlock,
            commands::start_afresh,
            commands::open_link,
            commands::quit,
        ])
        .setup(move |app| {
            begin(app.handle(), world, places, launch.wayland).map_err(|error| {
                // Tauri panics on what setup returns, and a panic tells nobody anything.
                eprintln!("Spartan Tray could not start: {error}");
                std::process::exit(1)
            })
        })
        .build(context)?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            // Tauri never drops what it manages.
            app.state::<Shell>().clipboard.quit();
        }
    });
    Ok(())
}

/// Opens the vault and the window. A second start has ended by now: it opens neither, and writes no log.
fn begin(app: &AppHandle, world: World, places: Places, wayland: bool) -> Result<(), Box<dyn Error>> {
    // Before the webview makes them with a mode of its own.
    RealFiles.make_folder(places.data())?;
    if let Err(error) = log::begin(&places) {
        eprintln!("going on without a log: {error}");
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    let session = async_runtime::block_on(async { open(world.services, &places) });
    let status = async_runtime::block_on(first_status(&session));
    // What is wrong with the settings is the session's to say.
    let used_before = Settings::read(&places).is_ok_and(|settings| settings.app.is_some());
    app.manage(Shell {
        session,
        clipboard: Clipboard::start(wayland)?,
        about: About::new(world.built_in.is_some() || used_before),
        built_in: world.built_in,
        subscription: Mutex::default(),
        places,
        sign_ins: AtomicU32::default(),
    });
    main_window::open(app, &status)?;
    take_links(app);
    async_runtime::spawn(quit_on_signal(app.clone()));
    Ok(())
}

fn open(services: spartan_auth::services::Services, places: &Places) -> Session {
    let keyring = Keyring::of_system(places.identifier());
    let vault = Vault::new(places.clone(), keyring, Arc::new(RealFiles));
    Session::start(Parts { issuer: services, clock: SystemClock, vault, places: places.clone() })
}

async fn first_status(session: &Session) -> Status {
    let mut status = session.status();
    // Where the keyring is slow the first paint says so, and the next status follows it.
    let _ = tokio::time::timeout(FIRST_PAINT, status.wait_for(|status| *status != Status::Opening)).await;
    status.borrow().clone()
}

/// `spartan-tray://open` shows the window and does nothing else: a link is anybody's.
fn take_links(app: &AppHandle) {
    use tauri_plugin_deep_link::DeepLinkExt;
    let shown = app.clone();
    app.deep_link().on_open_url(move |_| main_window::show(&shown));
    #[cfg(all(any(target_os = "linux", windows), not(feature = "demo")))]
    {
        let app = app.clone();
        async_runtime::spawn_blocking(move || {
            if let Err(error) = app.deep_link().register_all() {
                tracing::warn!(%error, "links to this program are not registered");
            }
        });
    }
}

#[cfg(unix)]
async fn quit_on_signal(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::terminate()).and_then(|end| Ok((end, signal(SignalKind::interrupt())?)));
    match signals {
        Ok((mut terminate, mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            app.exit(0);
        }
        Err(error) => tracing::warn!(%error, "a signal will end the program without clearing the clipboard"),
    }
}

#[cfg(not(unix))]
async fn quit_on_signal(app: AppHandle) {
    if tokio::signal::ctrl_c().await.is_ok() {
        app.exit(0);
    }
}
