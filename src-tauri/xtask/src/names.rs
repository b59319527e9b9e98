//! Makes sure that names that were replaced don't come back.

use proc_macro2::{TokenStream, TokenTree};

use crate::sources;

/// Names of types, each with the one that replaced it: one idea has one name.
const REPLACED: [(&str, &str); 24] = [
    ("Asked", "Interaction"),
    ("Brought", "ImportedCredentials"),
    ("Desk", "Worker"),
    ("Dress", "appearance"),
    ("Errand", "PageRequest"),
    ("Kept", "Storage or TokenFile"),
    ("KeptCause", "TokenFileCause"),
    ("KeptFile", "TokenFile"),
    ("KeptFiles", "TokenFiles"),
    ("Mistake", "AppMisconfiguration"),
    ("NeedsSignIn", "NeedsAction"),
    ("Opens", "NextStep"),
    ("Places", "Paths"),
    ("veil", "streaming"),
    ("Spare", "Preconnected"),
    ("Trouble", "Error or Problem"),
    ("Veil", "Streaming"),
    ("Way", "SignInMethod"),
    ("way", "method"),
    ("ways", "methods"),
    ("Wish", "SignInRequest"),
    ("World", "Environment"),
    ("world", "environment"),
    ("Pending", "AuthorizationRequest"),
];
/// The product's code. The mock services have their own vocabulary.
const PRODUCT: [&str; 6] = [
    "src-tauri/auth/src",
    "src-tauri/vault/src",
    "src-tauri/session/src",
    "src-tauri/messages/src",
    "src-tauri/cli/src",
    "src-tauri/src",
];
/// A poll for tokens can be pending: that's the protocol's own word.
const ALLOWED: [(&str, &str); 2] = [("device.rs", "Pending"), ("sign_in/phone.rs", "Pending")];

/// Fails with each replaced name in the product's code, and the file that it's in.
pub fn check() -> Result<(), String> {
    let mut problems = Vec::new();
    for folder in PRODUCT {
        for (file, text) in sources::below(folder, "rs").map_err(|error| format!("{folder}: {error}."))? {
            let is_allowed = |name: &str| ALLOWED.iter().any(|(end, allowed)| file.ends_with(end) && *allowed == name);
            let found = replaced(&text).map_err(|error| format!("{file}: {error}."))?;
            let found = found.into_iter().filter(|(name, _)| !is_allowed(name));
            problems.extend(found.map(|(name, now)| format!("{file}: {name} is called {now} now.")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Returns the replaced names among a file's identifiers, each once. Comments and strings aren't identifiers.
fn replaced(text: &str) -> Result<Vec<(&'static str, &'static str)>, String> {
    let tokens: TokenStream = text.parse().map_err(|error| format!("it can't be read: {error}"))?;
    let mut identifiers = Vec::new();
    collect(tokens, &mut identifiers);
    Ok(REPLACED.into_iter().filter(|(name, _)| identifiers.iter().any(|known| known == name)).collect())
}

fn collect(tokens: TokenStream, identifiers: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => identifiers.push(name.to_string()),
            TokenTree::Group(group) => collect(group.stream(), identifiers),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_has_none() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn an_old_name_is_found_in_code_and_not_in_prose() {
        for (text, expected) in [
            ("pub struct Trouble;", 1),
            ("fn f(x: &[Option<crate::a::Kept>]) {}", 1),
            ("m! { World::new() }", 1),
            ("// Trouble\n/// [`Kept`]\nconst A: &str = \"World\";", 0),
            ("struct Keptness; fn troubled() {}", 0),
        ] {
            assert_eq!(replaced(text).unwrap_or_default().len(), expected, "{text}");
        }
    }
}
