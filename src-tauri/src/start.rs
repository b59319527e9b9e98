//! Starting the program: wires its parts together, up to the first paint.

use std::{
    error::Error,
    sync::{Arc, Mutex, atomic::AtomicU32},
    time::Duration,
};

use spartan_auth::{clock::SystemClock, services::Services};
use spartan_messages::{Problem, browser_page};
use spartan_session::{
    environment::Environment,
    redact::Private,
    session::{Parts, Session},
    status::{Snapshot, Status},
};
use spartan_vault::{
    fs::{
        files::{Files, RealFiles},
        lock::Lock,
        paths::Paths,
    },
    key::key_place::KeyPlace,
    keyring::Keyring,
    vault::Vault,
};
use tauri::{AppHandle, Manager, RunEvent, async_runtime};
use tokio::sync::watch;

use crate::{
    clipboard::Clipboard,
    commands,
    launch::{HIDDEN, Launch},
    leaving, links,
    log::{self, Log},
    main_window, needs_action, notice,
    page_request::PageRequests,
    recent::Recent,
    refusals::Refusal,
    shell::{Shell, live_settings::LiveSettings, tray_state::TrayState},
    tray,
    window_state::WindowState,
};

/// The longest time that a slow keyring delays the first paint.
const FIRST_PAINT: Duration = Duration::from_millis(150);

/// The longest wait for the program's lock. Other programs hold it only for a moment, to see whether it's held.
const LOOKED_AT: Duration = Duration::from_millis(200);

/// How long a program that can't start waits before it ends, so that the person can read why.
const READING: Duration = Duration::from_secs(15);

/// Starts the program and runs it until the person quits.
pub(crate) fn start(launch: Launch) -> Result<(), Box<dyn Error>> {
    let environment = environment(&launch)?;
    let paths = Paths::of(environment.identifier, launch.home.clone())?;
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = environment.identifier.into();
    if cfg!(feature = "demo") {
        // The demo never takes a link that is meant for the real program.
        let own = serde_json::json!({ "desktop": { "schemes": [links::SCHEME] } });
        context.config_mut().plugins.0.insert("deep-link".into(), own);
    }
    let (begun, has_begun) = watch::channel(false);
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(move |app, arguments, _folder| {
            // Nobody clicked a start at login, and an answer to a sign-in shows the window only if it counts.
            if !arguments.iter().any(|argument| argument == HIDDEN || links::is_answer(argument)) {
                async_runtime::spawn(show_once_begun(app.clone(), has_begun.clone()));
            }
        }))
        .plugin(tauri_plugin_deep_link::init())
        // Its script would run in Microsoft's page too, and stop links there from opening.
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .invoke_handler(tauri::generate_handler![
            commands::subscribe::subscribe,
            commands::signing::sign_in,
            commands::signing::another_way,
            commands::signing::paste_address,
            commands::signing::copy_sign_in_link,
            commands::signing::open_sign_in_link,
            commands::signing::copy_code,
            commands::signing::phone_qr,
            commands::signing::import_lines,
            commands::signing::cancel,
            commands::accounts::show_account,
            commands::accounts::rename_account,
            commands::accounts::move_account,
            commands::accounts::sign_out,
            commands::accounts::sign_out_all,
            commands::accounts::add_other,
            commands::apps::apps,
            commands::apps::edit_app,
            commands::apps::forget_app,
            commands::apps::check_app,
            commands::apps::copy_text,
            commands::settings::change_settings,
            commands::settings::remove_everything,
            commands::settings::leave_the_rest,
            commands::diagnostics::diagnose,
            commands::diagnostics::save_diagnostics,
            commands::diagnostics::copy_diagnostics,
            commands::tokens::renew,
            commands::tokens::copy_as,
            commands::tokens::clipboard_ended,
            commands::copy_details,
            commands::retry,
            commands::unlock,
            commands::start_afresh,
            commands::open_link,
            commands::close,
            commands::quit,
        ])
        .on_menu_event(|app, event| tray::menu_event(app, &event))
        .on_tray_icon_event(|app, event| tray::icon_event(app, &event))
        .setup(move |app| {
            begin(app.handle(), environment, paths, &launch).unwrap_or_else(|error| {
                // Tauri panics on an error here, and a panic explains nothing.
                eprintln!("Spartan Tray could not start: {error}");
                std::process::exit(1)
            });
            begun.send_replace(true);
            Ok(())
        })
        .build(context)
        .inspect_err(|error| {
            if !matches!(error, tauri::Error::PluginInitialization(..)) {
                say(&Refusal::NoWebview.problem());
            }
        })?;
    app.run(happened);
    Ok(())
}

#[cfg(not(feature = "demo"))]
fn environment(_: &Launch) -> Result<Environment, Box<dyn Error>> {
    Ok(Environment::real()?)
}

/// Returns the mock services: a demo build never touches a real sign-in.
#[cfg(feature = "demo")]
fn environment(launch: &Launch) -> Result<Environment, Box<dyn Error>> {
    Environment::of_stand_ins(launch.stand_ins.as_deref()).map_err(|error| error as Box<dyn Error>)
}

/// Shows the window for a second start, which may come before this program has begun.
async fn show_once_begun(app: AppHandle, mut has_begun: watch::Receiver<bool>) {
    if has_begun.wait_for(|has_begun| *has_begun).await.is_ok() {
        main_window::show_now(&app);
    }
}

fn happened(app: &AppHandle, event: RunEvent) {
    match event {
        // The last window has closed. `main_window` decides whether that ends the program.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::ExitRequested { code: Some(_), .. } => main_window::remember(app),
        RunEvent::Exit => leaving::tidy(app),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => main_window::show(app),
        _ => {}
    }
}

/// Opens the vault and the window. A second instance has ended by now, so it opens neither and writes no log.
fn begin(app: &AppHandle, environment: Environment, paths: Paths, launch: &Launch) -> Result<(), Box<dyn Error>> {
    // Before the webview creates them, with other permissions.
    RealFiles.make_folder(paths.data())?;
    let settings = LiveSettings::begin(app, &paths);
    let private = Private::new(app.path().home_dir().ok().as_deref(), []);
    let log = Log::begin(&paths, settings.choices().log.into(), private);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), hidden = launch.hidden, "started");
    let running = async_runtime::block_on(Lock::take(paths.program_lock(), LOOKED_AT));
    let running = running.inspect_err(|error| tracing::info!(%error, "another program runs on the same files")).ok();
    let keys = KeyPlace::chosen(&paths, launch.key_file.clone(), Keyring::of_system(paths.identifier()));
    let session = async_runtime::block_on(async { open(environment.services(), &paths, keys.clone()) });
    app.manage(Shell {
        session: session.clone(),
        clipboard: Clipboard::start(launch.wayland)?,
        subscription: Mutex::default(),
        window_state: WindowState::of(&paths),
        paths,
        keys,
        sign_ins: AtomicU32::default(),
        window: Mutex::default(),
        page_requests: PageRequests::default(),
        tray: TrayState::new(tray::look()),
        settings,
        log,
        environment,
        surroundings: launch.surroundings.clone(),
        checked: Recent::default(),
        diagnosed: Recent::default(),
        removal: watch::Sender::default(),
        _running: running,
    });
    if launch.hidden {
        main_window::open_none(app);
    } else {
        let snapshot = async_runtime::block_on(first_snapshot(&session));
        main_window::open_first(app, snapshot).inspect_err(|error| no_window(&**error))?;
    }
    links::listen(app);
    let log = app.state::<Shell>().log.clone();
    async_runtime::spawn(log::hide_names(log, session.snapshot(), app.path().home_dir().ok()));
    async_runtime::spawn(tray::keep(app.clone()));
    async_runtime::spawn(tray::stay_in_sight(app.clone()));
    async_runtime::spawn(needs_action::watch(app.clone()));
    async_runtime::spawn(leaving::quit_on_signal(app.clone()));
    Ok(())
}

/// Reports that there's no window: on standard error, and with a notification instead of a dialog.
fn no_window(error: &dyn Error) {
    let problem = Refusal::NoWebview.with(&error);
    say(&problem);
    async_runtime::block_on(async {
        // Some desktops remove a notification when the program that sent it ends.
        let _ = tokio::time::timeout(READING, notice::alert(&problem)).await;
    });
}

fn say(problem: &Problem) {
    eprintln!("{problem}");
}

fn open(services: Services, paths: &Paths, keys: KeyPlace) -> Session {
    let vault = Vault::new(paths.clone(), keys, Arc::new(RealFiles));
    Session::start(Parts { issuer: services, clock: SystemClock::default(), vault, paths: paths.clone(), browser_page })
}

async fn first_snapshot(session: &Session) -> Snapshot {
    let mut snapshot = session.snapshot();
    // If the keyring is slow, the first paint shows that, and the next status follows.
    let _ = tokio::time::timeout(FIRST_PAINT, snapshot.wait_for(|snapshot| snapshot.shown != Status::Opening)).await;
    snapshot.borrow().clone()
}
