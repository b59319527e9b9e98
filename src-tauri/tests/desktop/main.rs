//! The program in a real desktop, as a person uses it: real windows, real keys, a real clipboard and a real keyring.
//! `cargo xtask test` installs what's needed. Screenshots go to `tmp/screenshots` beside the builds.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "if the desktop can't start, the test ends with the reason")]

mod accounts;
mod at_login;
mod cancelled;
mod chromium;
mod clipboard;
mod closing;
mod copy_key;
mod copying_as;
mod desktop;
mod elsewhere;
mod from_the_menu;
mod hidden;
mod hostile_page;
mod in_browser;
mod in_panel;
mod keyring;
mod keyrings;
mod keys;
mod label;
mod leaving;
mod links;
mod notice;
mod notices;
mod one_window;
mod page;
mod panel;
mod pasted_lines;
mod pictures;
mod process;
mod program;
mod prompter;
mod refusals;
mod settings;
mod sweep;
mod tray;
mod tray_menu;
mod wait;
mod whole_way;
mod witness;
