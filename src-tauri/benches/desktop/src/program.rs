//! The two programs on their stage: started, seen, clicked, closed and ended.

use std::{
    error::Error,
    path::PathBuf,
    time::{Duration, Instant},
};

use spartan_fakes::{Endpoint, Fakes};
use tokio::time::{sleep, timeout};

use crate::{
    desktop::Desktop,
    process::Process,
    screen::{Paint, Screen},
    tray::Host,
    usage,
    wait::LIMIT,
};

/// Which program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Spartan Tray.
    Ours,
    /// A Tauri program with the same plugins and nothing else.
    Bare,
}

/// What both programs run in.
pub struct Stage<'desktop> {
    pub desktop: &'desktop Desktop,
    pub fakes: &'desktop Fakes,
    pub host: &'desktop Host<'desktop>,
    pub screen: Screen,
    pub ours: PathBuf,
    pub bare: PathBuf,
}

/// When a window came that was waited for.
pub struct Seen {
    /// The window itself, in seconds after the wait began.
    pub visible: f64,
    /// Its page.
    pub drawn: f64,
    /// Whether the first paint of all was that page already.
    pub at_once: bool,
}

/// How the title of the sign-in window begins, and a colour that is there when its page is.
const SIGN_IN: (&str, &str) = ("Sign in ·", "#0B62C4");

/// Who signs in: the stand-ins' first account.
const GAMERTAG: &str = "aCurtis X89";

/// How exactly the display is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// How long a window may take to react to being closed; ours asks back the first time.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often the menu is clicked until it does something: a click just when it is drawn anew is lost.
const CLICKS: usize = 3;

impl Kind {
    /// How the report calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Ours => "Spartan Tray",
            Kind::Bare => "bare",
        }
    }

    /// How its window's title begins.
    const fn title(self) -> &'static str {
        match self {
            Kind::Ours => "Spartan Tray",
            Kind::Bare => "Bare",
        }
    }
}

impl Stage<'_> {
    /// Starts a program.
    pub fn start(&self, kind: Kind, arguments: &[&str]) -> Result<Process, Box<dyn Error>> {
        let binary = match kind {
            Kind::Ours => &self.ours,
            Kind::Bare => &self.bare,
        };
        let mut command = self.desktop.command(&binary.to_string_lossy());
        command.env("SPARTAN_TRAY_STAND_INS", serde_json::to_string(self.fakes.addresses())?);
        Ok(self.desktop.run(kind.name(), command.args(arguments).env("GTK_THEME", "Adwaita")))
    }

    /// Waits until the icon is there, of ours with the account: then it has read its vault.
    pub async fn settled(&self, kind: Kind) {
        match kind {
            Kind::Ours => self.host.until_told(GAMERTAG).await,
            Kind::Bare => self.host.icon().await,
        }
    }

    /// Signs in, and learns what closing the window means, so that neither is measured.
    pub async fn sign_in(&self) -> Result<(), Box<dyn Error>> {
        let program = self.start(Kind::Ours, &[])?;
        self.seen(Kind::Ours, Instant::now()).await?;
        self.host.choose("Sign in…").await;
        let page = self.desktop.window(SIGN_IN.0).await;
        self.desktop.colour(&page, SIGN_IN.1).await;
        self.desktop.press(&page, &["Return"]);
        self.settled(Kind::Ours).await;
        self.close(Kind::Ours, &program).await?;
        self.end(program).await;
        Ok(())
    }

    /// Waits until the program's window and its page can be seen.
    pub async fn seen(&self, kind: Kind, start: Instant) -> Result<Seen, Box<dyn Error>> {
        let (mut visible, mut found, mut at_once) = (0.0, None, true);
        while start.elapsed() < LIMIT {
            if found.is_none() {
                found = self.screen.window(kind.title())?;
                visible = start.elapsed().as_secs_f64();
            }
            if let Some(window) = found {
                match self.screen.paint(window)? {
                    Paint::Nothing => {}
                    Paint::Other => at_once = false,
                    Paint::Page => return Ok(Seen { visible, drawn: start.elapsed().as_secs_f64(), at_once }),
                }
            }
            sleep(LOOK).await;
        }
        Err(format!("The window of {} did not show its page.", kind.name()).into())
    }

    /// Closes the window, where there is one, and waits until the process of its page has ended.
    pub async fn close(&self, kind: Kind, program: &Process) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        while let Some(window) = self.screen.window(kind.title())? {
            if start.elapsed() > LIMIT {
                return Err(format!("The window of {} does not close.", kind.name()).into());
            }
            self.screen.close(window)?;
            let asked = Instant::now();
            while self.screen.window(kind.title())?.is_some() && asked.elapsed() < PATIENCE {
                sleep(LOOK).await;
            }
        }
        let ended = async || (!usage::has_page(program.pid())).then_some(());
        self.desktop.until("the end of the page's process", ended).await;
        Ok(())
    }

    /// Clicks the icon and waits for the window.
    pub async fn click(&self, kind: Kind) -> Result<Seen, Box<dyn Error>> {
        let start = Instant::now();
        self.host.click().await;
        self.seen(kind, start).await
    }

    /// Clicks *Renew now* and waits for the next Spartan token.
    pub async fn renew(&self) {
        let before = self.fakes.count(Endpoint::Spartan);
        let renewed = async || (self.fakes.count(Endpoint::Spartan) > before).then_some(());
        for _ in 0..CLICKS {
            self.host.choose("Renew now").await;
            if timeout(PATIENCE, self.desktop.until("a renewal", renewed)).await.is_ok() {
                return;
            }
        }
        self.desktop.until("a renewal", renewed).await;
    }

    /// Ends the program as a logout does.
    pub async fn end(&self, mut program: Process) {
        // The bare one has nothing to do before it ends.
        program.terminate();
        self.desktop.until("the end of the program", async || program.ended()).await;
    }
}
