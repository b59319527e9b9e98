/// What a person does at a sign-in page.
#[derive(Clone, Debug)]
pub enum Pick {
    /// Picks the account with this e-mail address.
    Account(String),
    /// Presses **Cancel**.
    Cancel,
}
