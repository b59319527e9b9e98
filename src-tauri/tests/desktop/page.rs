//! What a person does in the main window, by the names that assistive technology reads out.

use fantoccini::{Locator, elements::Element, error::CmdError};

use crate::{label, program::Program, sweep::Place};

/// The beginning of the main window's title.
pub const MAIN: &str = "Spartan Tray";

/// The beginning of the sign-in window's title.
pub const SIGN_IN: &str = "Sign in ·";

/// On the mock services' page, the first account has the focus.
pub const FIRST_ACCOUNT: &[&str] = &["Return"];

/// How the mock services' page marks what has the focus.
pub const FOCUS: &str = "#0B62C4";

/// Returns what's written in the page's fields.
const FIELDS: &str = "return [...document.querySelectorAll('input:not([type=checkbox], [type=radio]), textarea')].map((field) => field.value).join(' ')";

impl Program<'_> {
    /// Waits until the page has drawn a status.
    pub async fn until_drawn(&self) {
        self.desktop.until("the page", async || self.state().await.ok()).await;
    }

    /// Waits until the page is in this state.
    pub async fn until_state(&self, state: &str) {
        let look = async || (self.state().await.ok()? == state).then_some(());
        self.desktop.until(&format!("the state {state}"), look).await;
    }

    /// Waits until these words can be read in the page.
    pub async fn until_shown(&self, words: &str) {
        let look = async || self.read().await.contains(words).then_some(());
        self.desktop.until(&format!("the words {words}"), look).await;
    }

    /// Presses the button with this name as soon as it can be pressed.
    pub async fn press(&self, name: &str) {
        let look = async || self.button(name).await?.click().await.ok();
        self.desktop.until(&format!("the button {name}"), look).await;
    }

    /// Chooses an option, or ticks a box, by its label.
    pub async fn choose(&self, words: &str) {
        let path = format!("//label[starts-with(normalize-space(.), \"{words}\")]");
        let look = async || self.page.find(Locator::XPath(&path)).await.ok()?.click().await.ok();
        self.desktop.until(&format!("the choice {words}"), look).await;
    }

    /// Answers the open question with this button.
    pub async fn answer(&self, name: &str) {
        let look = async || label::find(&self.page, ".question button", name).await?.click().await.ok();
        self.desktop.until(&format!("the answer {name}"), look).await;
    }

    /// Chooses an account in the open list.
    pub async fn choose_account(&self, name: &str) {
        let path = format!("//button[@role='menuitemradio'][contains(normalize-space(.), \"{name}\")]");
        let look = async || self.page.find(Locator::XPath(&path)).await.ok()?.click().await.ok();
        self.desktop.until(&format!("the account {name}"), look).await;
    }

    /// Pastes a text that was copied elsewhere into the field with this name.
    pub async fn paste(&self, name: &str, text: &str) {
        let owner = self.desktop.copy(text);
        let copied = async || self.desktop.clipboard().filter(|copied| copied == text);
        self.desktop.until("the copied text", copied).await;
        let look = async || label::find(&self.page, "input, textarea", name).await?.click().await.ok();
        self.desktop.until(&format!("the field {name}"), look).await;
        self.desktop.press(&self.desktop.window(MAIN).await, &["ctrl+a", "ctrl+v"]);
        let pasted = async || (self.text_of(FIELDS).await == text).then_some(());
        self.desktop.until(&format!("the text in the field {name}"), pasted).await;
        drop(owner);
    }

    /// Goes through the menu to *Quit* and waits until the program has ended.
    pub async fn quit(self) {
        self.press("More").await;
        self.press_last("Quit").await;
        self.ended().await;
    }

    /// Presses a button after which the page is gone, perhaps before it can answer.
    pub async fn press_last(&self, name: &str) {
        let button = self.desktop.until(&format!("the button {name}"), async || self.button(name).await).await;
        let _ = button.click().await;
    }

    /// Presses *Sign in*, and then these keys at Microsoft's page.
    pub async fn sign_in(&self, keys: &[&str]) {
        self.press("Sign in").await;
        let window = self.desktop.window(SIGN_IN).await;
        // Keys that come before the page is there are lost.
        self.desktop.colour(&window, FOCUS).await;
        self.desktop.picture("sign-in-page");
        self.desktop.press(&window, keys);
    }

    /// Whether a button with this name is visible now.
    pub async fn offers(&self, name: &str) -> bool {
        self.button(name).await.is_some()
    }

    /// Returns the page's visible text.
    pub async fn read(&self) -> String {
        self.text_of("return document.body.innerText").await
    }

    /// Returns everything that the page's own scripts could read.
    pub async fn content(&self) -> Vec<Place> {
        let mut paths = Vec::new();
        for (name, script) in [
            ("the page", "return document.documentElement.outerHTML"),
            ("the page's fields", FIELDS),
            ("the page's start", "return JSON.stringify(globalThis.start)"),
            (
                "the page's storage",
                "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])",
            ),
        ] {
            paths.push(Place { name: name.to_owned(), content: self.text_of(script).await });
        }
        paths
    }

    /// Returns the state that the very first paint showed.
    pub async fn first_state(&self) -> String {
        self.text_of("return globalThis.start.status.state").await
    }

    /// Returns the status that the page shows; *signed in* is followed by the state of the renewal.
    async fn state(&self) -> Result<String, CmdError> {
        let script =
            "const { state, renewal } = document.body.dataset; return [state, renewal].filter(Boolean).join(' ')";
        self.page.execute(script, Vec::new()).await.map(|state| state.as_str().unwrap_or_default().to_owned())
    }

    /// Returns a script's result as text.
    pub async fn text_of(&self, script: &str) -> String {
        let value = self.page.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        value.as_str().unwrap_or_default().to_owned()
    }

    async fn button(&self, name: &str) -> Option<Element> {
        label::find(&self.page, "button, [role=menuitem]", name).await
    }
}
