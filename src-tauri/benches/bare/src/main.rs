//! As little as a Tauri program with the same plugins can do: a tray icon, and a window that comes and goes.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::{error::Error, sync::Arc};

use rustls_platform_verifier::BuilderVerifierExt;
use tauri::{
    AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder, generate_context, generate_handler,
    image::Image,
    include_image,
    menu::{Menu, MenuItem},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

const WINDOW: &str = "main";
const ICON: Image<'_> = include_image!("../../../icons/tray/fresh.png");

fn main() -> Result<(), Box<dyn Error>> {
    let hidden = std::env::args().any(|argument| argument == "--hidden");
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| show(app)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(generate_handler![fetch])
        .on_menu_event(|app, _| show(app))
        .on_tray_icon_event(|app, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                show(app);
            }
        })
        .setup(move |app| {
            let menu = Menu::with_items(app, &[&MenuItem::with_id(app, "open", "Open", true, None::<&str>)?])?;
            TrayIconBuilder::new().icon(ICON).tooltip("Bare").menu(&menu).show_menu_on_left_click(false).build(app)?;
            if hidden { Ok(()) } else { open(app.handle()).map_err(Into::into) }
        })
        .build(generate_context!())?;
    app.run(|_, event| {
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
}

fn show(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if app.get_webview_window(WINDOW).is_none()
            && let Err(error) = open(&app)
        {
            eprintln!("no window: {error}");
        }
    });
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::App("index.html".into()));
    window.title("Bare").inner_size(440.0, 676.0).center().build().map(drop)
}

/// Never called: it is here so that the program carries keyring and HTTP as ours does.
#[tauri::command]
async fn fetch(address: String) -> Result<String, String> {
    let password = keyring::Entry::new("bare", &address).and_then(|entry| entry.get_password());
    let body = client().map_err(|error| error.to_string())?.get(address).bearer_auth(password.unwrap_or_default());
    let answer = body.send().await.map_err(|error| error.to_string())?;
    answer.text().await.map_err(|error| error.to_string())
}

fn client() -> Result<reqwest::Client, Box<dyn Error>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(reqwest::Client::builder().tls_backend_preconfigured(tls).build()?)
}
