//! The page's types, written from the real ones to `tests/contract/rust.d.ts`, which `tsc` checks the page against.

use std::{
    any::TypeId,
    collections::{BTreeMap, BTreeSet},
    fs,
};

use spartan_messages::{CheckedApp, Problem};
use spartan_session::session::SignInEnd;
use tauri::{AppHandle, State, WebviewWindow};
use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    about::Start,
    commands::{self, Answer, accounts, apps, diagnostics, settings, signing, tokens},
    page_request::PageRequest,
    shell::{Shell, removal_state::Removal},
};

const HEAD: &str = "// Written by a test from the types in Rust. Times are milliseconds since 1970 UTC.\n";
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/tests/contract/rust.d.ts");

#[test]
fn the_page_is_checked_against_the_real_types() {
    let written = page_types().text();
    if fs::read_to_string(FILE).is_ok_and(|committed| committed == written) {
        return;
    }
    fs::write(FILE, written).unwrap();
    panic!("{FILE} was outdated, and is written anew: commit it");
}

#[test]
fn exactly_the_commands_that_the_page_may_call_have_types() {
    let allowed = include_str!("../permissions/commands.toml");
    let allowed = allowed.split('"').filter(|name| !name.contains([' ', '=', '\n']) && *name != "page");
    let allowed: BTreeSet<_> = allowed.map(str::to_owned).collect();
    let mut typed: BTreeSet<_> = page_types().commands.into_keys().collect();
    // It sends through channels instead of answering.
    typed.insert("subscribe".to_owned());
    assert_eq!(typed, allowed);
}

/// A command's arguments and answer, as its function has them. `Parameters` only tells the implementations apart.
trait Command<Parameters> {
    type Arguments: TS + 'static;
    type Answer: TS + 'static;
}

/// Declarations by name, with everything that they refer to.
struct Types {
    config: Config,
    seen: Vec<TypeId>,
    declared: BTreeMap<String, String>,
    commands: BTreeMap<String, String>,
}

macro_rules! command {
    ($($given:ty),*) => { command!($($given),*;); };
    ($($given:ty),*; $($arguments:ident)?) => {
        impl<F, Fut, R, $($arguments)?> Command<($($given,)* $($arguments,)?)> for F
        where
            F: Fn($($given,)* $($arguments,)?) -> Fut,
            Fut: Future<Output = Answer<R>>,
            R: TS + 'static,
            $($arguments: TS + 'static,)?
        {
            #[allow(unused_parens, reason = "without arguments, they're the type")]
            type Arguments = ($($arguments)?);
            type Answer = R;
        }
    };
}

command!(AppHandle);
command!(AppHandle, State<'static, Shell>);
command!(AppHandle, State<'static, Shell>; A);
command!(State<'static, Shell>);
command!(State<'static, Shell>; A);
command!(WebviewWindow, State<'static, Shell>);

macro_rules! commands {
    ($types:ident: $($command:path),* $(,)?) => { $($types.command(stringify!($command), $command);)* };
}

fn page_types() -> Types {
    let mut types = Types {
        config: Config::new().with_large_int("number"),
        seen: Vec::new(),
        declared: BTreeMap::new(),
        commands: BTreeMap::new(),
    };
    types.visit::<Start>();
    types.visit::<PageRequest>();
    types.visit::<Problem>();
    types.visit::<Removal>();
    types.visit::<SignInEnd>();
    types.visit::<CheckedApp>();
    commands!(types:
        accounts::add_other, accounts::move_account, accounts::rename_account, accounts::show_account,
        accounts::sign_out, accounts::sign_out_all, apps::apps, apps::check_app, apps::copy_text, apps::edit_app,
        apps::forget_app, commands::close, commands::copy_details, commands::open_link, commands::quit, commands::retry,
        commands::start_afresh, commands::unlock, diagnostics::copy_diagnostics, diagnostics::diagnose,
        diagnostics::save_diagnostics, settings::change_settings, settings::leave_the_rest, settings::remove_everything,
        signing::another_way, signing::cancel, signing::copy_code, signing::copy_sign_in_link, signing::import_lines,
        signing::open_sign_in_link, signing::paste_address, signing::phone_qr, signing::sign_in,
        tokens::clipboard_ended, tokens::copy_as, tokens::renew,
    );
    types
}

impl Types {
    fn command<P, C: Command<P>>(&mut self, path: &str, _: C) {
        let name = path.rsplit("::").next().unwrap_or(path).trim();
        self.visit::<C::Arguments>();
        self.visit::<C::Answer>();
        let (arguments, answer) = (C::Arguments::name(&self.config), C::Answer::name(&self.config));
        self.commands.insert(name.to_owned(), format!("    {name}: {{ args: {arguments}, answer: {answer} }};\n"));
    }

    fn text(&self) -> String {
        let declared: String = self.declared.values().map(String::as_str).collect();
        let commands: String = self.commands.values().map(String::as_str).collect();
        format!("{HEAD}declare namespace Rust {{\n{declared}  interface Commands {{\n{commands}  }}\n}}\n")
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        // Only types of ours are declared.
        if T::output_path().is_some() {
            let declaration = T::decl(&self.config).replace("/**\n * ", "    /** ").replace("\n */\n", " */\n    ");
            let declaration = declaration.replace(", \n", ",\n").replace("{ \n", "{\n");
            self.declared.insert(T::ident(&self.config), format!("  {declaration}\n"));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
