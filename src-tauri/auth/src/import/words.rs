//! What a few words that a person wrote say: whose something is, or nothing about it.

use super::names;

/// Whose something is, according to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Ours,
    /// Another person's, or another service's: these words say so.
    Others(Vec<String>),
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A heading or a comment: a few words that nobody knows are a name.
    Title,
    /// A sentence.
    Sentence,
    /// Text of a program, or a setting.
    Other,
}

/// Words that a short note may have without naming anybody.
const PLAIN: &str = "the that this these those here is are was it its and or of for from to in into on at by via with as an \
    below above next step note important todo optional required needed see please get got paste put copy copied enter tokens \
    created made generated issued expires expiry expiration valid until since today yesterday tomorrow am pm utc \
    january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat sun days day weeks week months month years year \
    id key keys values value name secret redirect callback uri url refresh access rt registration registered portal tenant common consumers organizations scope scopes \
    directory object display env environment file files dotenv json txt toml yaml yml ini cfg conf py js ts cs sh script \
    program output input line lines log login logging sign signin signed authentication authenticate authorization code \
    setup configuration info information details stuff new old current latest fresh good real own your mine me myself personal path folder \
    local dev development prod production test testing staging bot cat type file run npm node python cd git pip install \
    start stop export set service services first last only both all one two not no yes dont do never share keep safe long ago \
    end fi done pass else then try begin return break fence bash shell console powershell cmd private const var let static \
    string true false none null thanks thank you ok okay hi hello hey waypoint";

/// Words that say that something belongs to others, wherever they are.
const OTHERS: &str = "discord twitch spotify google youtube gmail github gitlab slack telegram reddit steam facebook \
    instagram twitter notion dropbox graph teams outlook hotmail onedrive sharepoint office office365 exchange skype sony \
    playstation psn nintendo amazon aws apple paypal stripe patreon linkedin tiktok bungie friend friends brother brothers \
    sister sisters wife husband dad mom mum roommate roommates colleague colleagues coworker somebody someone else other \
    others theirs belongs belonging";

/// Words whose `'s` names nobody.
const NOBODY: &str = "it that this here there what let he she who how app today yesterday";

/// The most words of a title.
const LONGEST_TITLE: usize = 4;
/// Anything longer is a value.
const LONGEST_WORD: usize = 24;
/// No more of a text is read.
const LONGEST: usize = 200;

/// Returns what a text says.
pub(super) fn said(text: &str, form: Form) -> Said {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let text = text.get(..end).unwrap_or_default();
    let is_value = |word: &str| word.contains("://") || word.len() > LONGEST_WORD;
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_value(word)).flat_map(parts).collect();
    let unknown = || words.iter().copied().enumerate().filter(|(_, word)| !is_plain(word));
    let is_title = form == Form::Title && words.len() <= LONGEST_TITLE;
    let is_others = |(at, word): &(usize, &str)| {
        is_in(OTHERS, word) || is_somebodys(word) || is_title || form != Form::Other && *at > 0 && is_capitalized(word)
    };
    let others: Vec<String> = unknown().filter(is_others).map(|(_, word)| without_s(word).to_lowercase()).collect();
    let is_ours = |word: &&str| {
        let lower = word.to_lowercase();
        ["my", "mine"].contains(&lower.as_str()) || names::tell_ours(&names::words(word)) || names::tell_ours(&[lower])
    };
    match () {
        () if !others.is_empty() => Said::Others(others),
        () if words.iter().any(is_ours) => Said::Ours,
        () => Said::Nothing,
    }
}

/// Returns the words of something between spaces, with their `'s`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let parts = word.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    parts
        .map(|part| part.trim_matches('\''))
        .filter(|part| part.chars().count() > 1 && part.contains(char::is_alphabetic))
}

fn is_plain(word: &str) -> bool {
    let is_known = |word: &str| is_in(PLAIN, word) || names::are_ours(&[word.to_owned()]);
    let name = without_s(word);
    let is_one = |word: &String| word.len() == 1 || is_known(word);
    is_known(&name.to_lowercase()) || names::words(name).iter().all(is_one) || name != word && is_in(NOBODY, name)
}

fn is_somebodys(word: &str) -> bool {
    without_s(word) != word
}

fn without_s(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("'S")).unwrap_or(word)
}

/// Whether it begins with one capital letter, as a name in a sentence does.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

fn is_in(list: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    list.split_ascii_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_others_and_a_plain_word_says_nothing() {
        for (text, form, expected) in [
            ("Bob", Form::Title, &["bob"][..]),
            ("=== Bob Smith ===", Form::Title, &["bob", "smith"]),
            ("Bob's Xbox", Form::Title, &["bob"]),
            ("this one is bob's", Form::Sentence, &["bob"]),
            ("This one was given to me by Bob", Form::Sentence, &["bob"]),
            ("the token of the discord bot", Form::Sentence, &["discord"]),
            ("image: discord", Form::Other, &["discord"]),
        ] {
            assert_eq!(said(text, form), Said::Others(expected.iter().map(ToString::to_string).collect()), "{text}");
        }
        for text in
            ["refresh token", "Get it with login.py", "expires 2027-01-01", "it's new", "https://discord.com/x", ""]
        {
            assert_eq!(said(text, Form::Title), Said::Nothing, "{text}");
        }
        for text in ["My Halo app", "mine", "SPNKr", "Get this from the Azure Portal", "Microsoft's"] {
            assert_eq!(said(text, Form::Title), Said::Ours, "{text}");
        }
    }
}
