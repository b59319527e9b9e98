//! Reads names: which part of a sign-in the value is, and which service it belongs to.

/// A part of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    ClientId,
    ClientSecret,
    RedirectUri,
    RefreshToken,
}

const FIELDS: [(&[&str], Field); 10] = [
    (&["client", "id"], Field::ClientId),
    (&["clientid"], Field::ClientId),
    (&["client", "secret"], Field::ClientSecret),
    (&["clientsecret"], Field::ClientSecret),
    (&["redirect", "uri"], Field::RedirectUri),
    (&["redirect", "url"], Field::RedirectUri),
    (&["redirecturi"], Field::RedirectUri),
    (&["redirecturl"], Field::RedirectUri),
    (&["refresh", "token"], Field::RefreshToken),
    (&["refreshtoken"], Field::RefreshToken),
];

/// Words that say where a value is looked up, not which service it belongs to.
const PLACES: [&str; 12] =
    ["process", "env", "environ", "environment", "os", "self", "this", "import", "meta", "value", "command", "args"];

/// Words that don't belong to another service.
const OURS: [&str; 54] = [
    "spnkr",
    "spn",
    "kr",
    "halo",
    "infinite",
    "spartan",
    "grunt",
    "xbox",
    "xbl",
    "live",
    "xboxlive",
    "microsoft",
    "ms",
    "msa",
    "msal",
    "azure",
    "az",
    "ad",
    "aad",
    "entra",
    "oauth",
    "oauth2",
    "auth",
    "auth2",
    "o",
    "app",
    "application",
    "api",
    "client",
    "credentials",
    "token",
    "tokens",
    "user",
    "users",
    "account",
    "player",
    "my",
    "config",
    "settings",
    "data",
    "default",
    "main",
    "public",
    "web",
    "accounts",
    "profile",
    "response",
    "result",
    "body",
    "session",
    "cache",
    "secrets",
    "variables",
    "credential",
];

/// Returns the part of a sign-in that a name stands for, and the other words of the name.
pub(super) fn field(name: &str) -> Option<(Field, Vec<String>)> {
    // JSON has no comments, so people write them as keys.
    if name.starts_with("//") || name.starts_with('#') {
        return None;
    }
    let words = words(name);
    // `YOUR_REFRESH_TOKEN` is where somebody's own belongs.
    if words.iter().any(|word| word == "your") {
        return None;
    }
    let at = |pattern: &[&str]| words.windows(pattern.len()).rposition(|window| window == pattern);
    let (start, pattern, field) = FIELDS.iter().find_map(|(pattern, field)| Some((at(pattern)?, pattern, *field)))?;
    let others = words.iter().enumerate().filter(|(place, _)| !(start..start + pattern.len()).contains(place));
    Some((field, others.map(|(_, word)| word.clone()).collect()))
}

/// Whether nothing is behind the words that say which part it is, as in `SPNKR_REFRESH_TOKEN`.
pub(super) fn ends_with_field(name: &str) -> bool {
    let words = words(name);
    let ends_with =
        |pattern: &[&str]| words.len().checked_sub(pattern.len()).is_some_and(|at| words.iter().skip(at).eq(pattern));
    FIELDS.iter().any(|(pattern, _)| ends_with(pattern))
}

/// Returns what a name has beside its words, and its number: `_refresh_token` isn't `refresh_token`, and `USER_2_REFRESH_TOKEN`
/// is a second person's.
pub(super) fn marks(name: &str) -> Vec<String> {
    let name = name.rsplit(['.', '>', '/', ' ']).next().unwrap_or_default();
    let is_of_language = |letter: char| letter.is_alphanumeric() || "$*@%".contains(letter);
    let before = name.split(is_of_language).next().unwrap_or_default();
    let after = name.rsplit(|letter: char| !"_~-".contains(letter)).next().unwrap_or_default();
    let is_number = |word: &String| word.parse().is_ok_and(|number: u64| number > 1);
    let numbers = words(name).into_iter().filter(is_number);
    [before, after].into_iter().filter(|mark| !mark.is_empty()).map(str::to_owned).chain(numbers).collect()
}

/// Returns the words of a name (`SPNKR_CLIENT_ID` or `spnkrClientId`), without those that only say where it's looked up.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends_acronym = before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        let is_new = letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit() || ends_acronym);
        if is_new || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty() && !PLACES.contains(&word.as_str()));
    words
}

/// Whether no word belongs to another service.
pub(super) fn are_ours(words: &[String]) -> bool {
    words.iter().all(|word| OURS.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a token behind these words, which don't say what it is, may be ours: `TOKEN=`, `Here it is:`.
pub(super) fn are_of_label(words: &[String]) -> bool {
    const PLAIN: [&str; 8] = ["refresh", "rt", "here", "is", "it", "one", "new", "jwt"];
    words.iter().all(|word| PLAIN.contains(&word.as_str()) || are_ours(std::slice::from_ref(word)))
}

/// Whether one of the words is a service's or a program's that has to do with Xbox.
pub(super) fn tell_ours(words: &[String]) -> bool {
    const TELLING: [&str; 14] = [
        "spnkr",
        "halo",
        "infinite",
        "spartan",
        "grunt",
        "xbox",
        "xbl",
        "live",
        "xboxlive",
        "microsoft",
        "ms",
        "msa",
        "azure",
        "waypoint",
    ];
    words.iter().any(|word| TELLING.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_its_value_is_and_whose() {
        let cases: [(&str, Field, &[&str]); 15] = [
            ("SPNKR_CLIENT_ID", Field::ClientId, &["spnkr"]),
            ("CLIENT_ID", Field::ClientId, &[]),
            ("clientId", Field::ClientId, &[]),
            ("clientID", Field::ClientId, &[]),
            ("ClientId", Field::ClientId, &[]),
            ("client-id", Field::ClientId, &[]),
            ("--client-id", Field::ClientId, &[]),
            ("CLIENTID_DISCORD", Field::ClientId, &["discord"]),
            ("process.env.TWITCH_CLIENT_SECRET", Field::ClientSecret, &["twitch"]),
            ("config.discord.clientSecret", Field::ClientSecret, &["config", "discord"]),
            ("CLIENT_SECRET_VALUE", Field::ClientSecret, &[]),
            ("redirectUrl", Field::RedirectUri, &[]),
            ("XBOX_REDIRECT_URI", Field::RedirectUri, &["xbox"]),
            ("RefreshToken", Field::RefreshToken, &[]),
            ("SPNKR_REFRESH_TOKEN_2", Field::RefreshToken, &["spnkr", "2"]),
        ];
        for (name, part, others) in cases {
            assert_eq!(field(name), Some((part, others.iter().map(ToString::to_string).collect())), "{name}");
        }
        for name in [
            "client",
            "ID",
            "token",
            "ACCESS_TOKEN",
            "CLIENT_IDENTITY",
            "//client_id",
            "#client_id",
            "",
            "é",
            "YOUR_CLIENT_ID",
        ] {
            assert_eq!(field(name), None, "{name}");
        }
    }

    #[test]
    fn other_services_words_are_not_ours() {
        for (name, is_ours) in
            [("SPNKR", true), ("azureAd", true), ("", true), ("DISCORD", false), ("XBOX_DISCORD", false), ("2", true)]
        {
            assert_eq!(are_ours(&words(name)), is_ours, "{name}");
        }
    }
}
