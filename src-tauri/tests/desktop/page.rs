//! What a person does in the main window, by the names that assistive technology reads out.

use fantoccini::{Locator, elements::Element, error::CmdError};

use crate::{label, program::Program, sweep::Place};

/// How the title of the main window begins.
pub const MAIN: &str = "Spartan Tray";

/// How the title of the sign-in window begins.
pub const SIGN_IN: &str = "Sign in ·";

/// On the stand-ins' page the first account has the focus.
pub const FIRST_ACCOUNT: &[&str] = &["Return"];

/// How the stand-ins' page marks what has the focus.
pub const FOCUS: &str = "#0B62C4";

/// What is written in the fields of the page.
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

    /// Chooses one of a few, or ticks a box, by the words beside it.
    pub async fn choose(&self, words: &str) {
        let path = format!("//label[starts-with(normalize-space(.), \"{words}\")]");
        let look = async || self.page.find(Locator::XPath(&path)).await.ok()?.click().await.ok();
        self.desktop.until(&format!("the choice {words}"), look).await;
    }

    /// Answers the question that is asked, with this button.
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

    /// Whether a button with this name can be seen now.
    pub async fn offers(&self, name: &str) -> bool {
        self.button(name).await.is_some()
    }

    /// The words that can be read in the page.
    pub async fn read(&self) -> String {
        self.text_of("return document.body.innerText").await
    }

    /// Everything that the page's own scripts could read.
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

    /// The state in which the very first paint showed the page.
    pub async fn first_state(&self) -> String {
        self.text_of("return globalThis.start.status.state").await
    }

    /// The status that the page shows; after *signed in* with the state of the renewal.
    async fn state(&self) -> Result<String, CmdError> {
        let script =
            "const { state, renewal } = document.body.dataset; return [state, renewal].filter(Boolean).join(' ')";
        self.page.execute(script, Vec::new()).await.map(|state| state.as_str().unwrap_or_default().to_owned())
    }

    /// What a script gives, as text.
    pub async fn text_of(&self, script: &str) -> String {
        let value = self.page.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        value.as_str().unwrap_or_default().to_owned()
    }

    async fn button(&self, name: &str) -> Option<Element> {
        label::find(&self.page, "button, [role=menuitem]", name).await
    }
}
