//! From the process's start to the first paint, and to its end.

use std::{
    error::Error,
    sync::{Arc, Mutex, atomic::AtomicU32},
    time::Duration,
};

use spartan_auth::{
    check::Checked,
    clock::SystemClock,
    files::{Files, RealFiles},
    key_place::KeyPlace,
    keyring::Keyring,
    lock::Lock,
    places::Places,
    redact::Private,
    session::{Parts, Session},
    status::Status,
    vault::Vault,
    world::World,
};
use spartan_messages::Problem;
use tauri::{AppHandle, Manager, RunEvent, async_runtime};
use tokio::sync::watch;
use url::Url;

use crate::{
    HIDDEN, Launch, Surroundings,
    clipboard::Clipboard,
    commands, leaving,
    log::{self, Log},
    main_window::{self, Life},
    notice,
    page_request::PageRequests,
    recent::Recent,
    refusals::Refusal,
    removal::Removal,
    settings::Live,
    tray::{self, Tray},
    window_state::WindowState,
};

/// What commands and windows share.
pub(crate) struct Shell {
    pub(crate) session: Session,
    pub(crate) clipboard: Clipboard,
    /// The page's present subscription.
    pub(crate) subscription: Mutex<Option<async_runtime::JoinHandle<()>>>,
    /// Where the program's files are.
    pub(crate) places: Places,
    /// Where the vault's key is.
    pub(crate) keys: KeyPlace,
    /// A label stays taken while its window dies: each sign-in window has its own number.
    pub(crate) sign_ins: AtomicU32,
    /// How it stands with the main window.
    pub(crate) window: Mutex<Life>,
    pub(crate) page_requests: PageRequests,
    pub(crate) window_state: WindowState,
    pub(crate) tray: Tray,
    pub(crate) settings: Live,
    pub(crate) log: Log,
    /// Whom this build talks to.
    pub(crate) world: World,
    pub(crate) surroundings: Surroundings,
    /// Microsoft's last answer about an app, by its client ID.
    pub(crate) checked: Recent<String, Result<Checked, spartan_auth::error::Error>>,
    /// The last report.
    pub(crate) diagnosed: Recent<(), String>,
    /// The state of removing everything.
    pub(crate) removal: watch::Sender<Removal>,
    /// Tells other programs that this one runs, for as long as it does.
    _running: Option<Lock>,
}

/// The scheme of links to this program.
pub(crate) const SCHEME: &str = if cfg!(feature = "demo") { "spartan-tray-demo" } else { "spartan-tray" };

/// A slow keyring does not hold the first paint up for longer.
const FIRST_PAINT: Duration = Duration::from_millis(150);

/// Others only look whether the lock is held.
const LOOKED_AT: Duration = Duration::from_millis(200);

/// How long a person may take to read why the program does not start.
const READING: Duration = Duration::from_secs(15);

/// Starts and runs until the person quits.
pub(crate) fn start(launch: Launch) -> Result<(), Box<dyn Error>> {
    let world = world(&launch)?;
    let places = Places::of(world.identifier, launch.home.clone())?;
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = world.identifier.into();
    if cfg!(feature = "demo") {
        // The demo can never take a link that is meant for the real program.
        let own = serde_json::json!({ "desktop": { "schemes": [SCHEME] } });
        context.config_mut().plugins.0.insert("deep-link".into(), own);
    }
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| {
            // A start at login that comes second is nobody's click, and an answer shows the window only where it counts.
            if !arguments.iter().any(|argument| argument == HIDDEN || is_answer(argument)) {
                main_window::show(app);
            }
        }))
        .plugin(tauri_plugin_deep_link::init())
        // Its script would run in Microsoft's page, too, and keep links there from opening.
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .invoke_handler(tauri::generate_handler![
            commands::subscribe,
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
            begin(app.handle(), world, places, &launch).map_err(|error| {
                // Tauri panics on what setup returns, and a panic tells nobody anything.
                eprintln!("Spartan Tray could not start: {error}");
                std::process::exit(1)
            })
        })
        .build(context)
        .inspect_err(|_| say(&Refusal::NoWebview.problem()))?;
    app.run(happened);
    Ok(())
}

#[cfg(not(feature = "demo"))]
fn world(_: &Launch) -> Result<World, Box<dyn Error>> {
    Ok(World::real()?)
}

/// A demo build can never touch a real sign-in.
#[cfg(feature = "demo")]
fn world(launch: &Launch) -> Result<World, Box<dyn Error>> {
    World::of_stand_ins(launch.stand_ins.as_deref()).map_err(|error| error as Box<dyn Error>)
}

fn happened(app: &AppHandle, event: RunEvent) {
    match event {
        // The last window has closed: whether that is the end is decided where it closes.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::ExitRequested { code: Some(_), .. } => main_window::remember(app),
        RunEvent::Exit => leaving::tidy(&app.state::<Shell>()),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => main_window::show(app),
        _ => {}
    }
}

/// Opens the vault and the window. A second start has ended by now: it opens neither, and writes no log.
fn begin(app: &AppHandle, world: World, places: Places, launch: &Launch) -> Result<(), Box<dyn Error>> {
    // Before the webview makes them with a mode of its own.
    RealFiles.make_folder(places.data())?;
    let settings = Live::begin(app, &places);
    let private = Private::new(app.path().home_dir().ok().as_deref(), []);
    let log = Log::begin(&places, settings.choices().log.into(), private);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), hidden = launch.hidden, "started");
    let running = async_runtime::block_on(Lock::take(places.program_lock(), LOOKED_AT));
    let running = running.inspect_err(|error| tracing::info!(%error, "another program runs on the same files")).ok();
    let keys = KeyPlace::chosen(&places, launch.key_file.clone(), Keyring::of_system(places.identifier()));
    let session = async_runtime::block_on(async { open(world.services(), &places, keys.clone()) });
    app.manage(Shell {
        session: session.clone(),
        clipboard: Clipboard::start(launch.wayland)?,
        subscription: Mutex::default(),
        window_state: WindowState::of(&places),
        places,
        keys,
        sign_ins: AtomicU32::default(),
        window: Mutex::default(),
        page_requests: PageRequests::default(),
        tray: Tray::new(tray::look()),
        settings,
        log,
        world,
        surroundings: launch.surroundings.clone(),
        checked: Recent::default(),
        diagnosed: Recent::default(),
        removal: watch::Sender::default(),
        _running: running,
    });
    if launch.hidden {
        main_window::open_none(app);
    } else {
        let status = async_runtime::block_on(first_status(&session));
        main_window::open_first(app, &status).inspect_err(|error| no_window(&**error))?;
    }
    take_links(app);
    async_runtime::spawn(log::keep(app.clone()));
    async_runtime::spawn(tray::keep(app.clone()));
    async_runtime::spawn(tray::stay_in_sight(app.clone()));
    async_runtime::spawn(notice::keep(app.clone()));
    async_runtime::spawn(leaving::quit_on_signal(app.clone()));
    Ok(())
}

/// No dialog is shown where no window is: a person hears of it elsewhere.
fn no_window(error: &dyn Error) {
    let problem = Refusal::NoWebview.with(&error);
    say(&problem);
    async_runtime::block_on(async {
        // Some desktops take a notification away with the program that sent it.
        let _ = tokio::time::timeout(READING, notice::alert(&problem)).await;
    });
}

fn say(problem: &Problem) {
    eprintln!("{problem}");
}

fn open(services: spartan_auth::services::Services, places: &Places, keys: KeyPlace) -> Session {
    let vault = Vault::new(places.clone(), keys, Arc::new(RealFiles));
    Session::start(Parts { issuer: services, clock: SystemClock::default(), vault, places: places.clone() })
}

async fn first_status(session: &Session) -> Status {
    let mut status = session.status();
    // Where the keyring is slow the first paint says so, and the next status follows it.
    let _ = tokio::time::timeout(FIRST_PAINT, status.wait_for(|status| *status != Status::Opening)).await;
    status.borrow().clone()
}

/// A link is anybody's: `spartan-tray://auth` counts, and shows the window, only with the `state` of a sign-in that is
/// pending; every other link shows it.
fn take_links(app: &AppHandle) {
    use tauri_plugin_deep_link::DeepLinkExt;
    let opened = app.clone();
    app.deep_link().on_open_url(move |event| {
        let (app, links) = (opened.clone(), event.urls());
        async_runtime::spawn(async move {
            for link in links {
                if shows_the_window(&app, &link).await {
                    main_window::show_now(&app);
                }
            }
        });
    });
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

async fn shows_the_window(app: &AppHandle, link: &Url) -> bool {
    match redirect_of(link) {
        Some(redirect) => app.state::<Shell>().session.link_opened(redirect).await,
        None => true,
    }
}

fn is_answer(argument: &str) -> bool {
    Url::parse(argument).is_ok_and(|link| redirect_of(&link).is_some())
}

/// The answer that a link brings to a sign-in, where it may be one. The demo has a scheme of its own, and its apps have the
/// program's redirect all the same.
fn redirect_of(link: &Url) -> Option<Url> {
    let rest = link.as_str().strip_prefix(SCHEME)?.strip_prefix("://auth")?;
    let is_whole = rest.chars().next().is_none_or(|next| "/?#".contains(next));
    is_whole.then(|| Url::parse(&format!("spartan-tray://auth{rest}")).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_auth_is_an_answer_and_any_other_argument_is_not() {
        for rest in ["auth", "auth/", "auth?code=c&state=s"] {
            assert!(is_answer(&format!("{SCHEME}://{rest}")), "{rest}");
            let link = Url::parse(&format!("{SCHEME}://{rest}")).unwrap();
            assert!(redirect_of(&link).is_some_and(|to| to.as_str() == format!("spartan-tray://{rest}")), "{rest}");
        }
        for other in ["open", "author", "auth.example/"] {
            assert!(!is_answer(&format!("{SCHEME}://{other}")), "{other}");
        }
        for other in ["https://auth/", HIDDEN, "/usr/bin/spartan-tray"] {
            assert!(!is_answer(other), "{other}");
        }
    }
}
