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
const PLAIN: &str = "\
    above access added again ago all allow allowlist also am and apr are as at aug authenticate authentication \
    authorization auto automatic automatically backup base bash be been begin below best blank bot both break \
    browser by callback can cant careful cat caution cd cfg change changed changes cheers cmd code commit committed \
    common computer conf confidential configuration connection console const consumers container copied copy core \
    created cs current daily database day days db debug dec december deck desktop details dev development device \
    directory disable display do docker doesnt done dont dotenv each edit edited else empty end endpoint endpoints \
    enter env environment eslint every expiration expired expires expiry export extra false feb february fence \
    fetch fetched fi file files fill fine first folder for fresh fri from general generated get git gitleaks global \
    good got had has have hello here hey hi home host how http https id if ignore important in info information ini \
    input insomnia install into is isnt issued it its january js json jul july jun keep key keys laptop last \
    lasting lasts latest leave let line lines linux lived load loaded local log logging login long lose lost mac macos made \
    main manual manually mar march me mine misc mon month monthly months must myself name nas needed never new next \
    no node none noqa nosec not note nov november npm null number object obtain obtained oct october of ok okay old \
    on once one only optional or organizations output own pass paste path pc permanent personal phone pip please \
    pls plz pm port portal postman powershell pragma primary private prod production program push put py pylint \
    python raspberry read readme reads real receive received redirect refresh refreshed regards registered \
    registration registrations remove renewed replace required rest retrieve retrieved return returned rolled rolling rotate \
    rotated rt run safe sat save saved scope scopes scraper script secondary secret see sensitive sep september \
    server service services set setup sh share shell should sign signed signin since spare staging start static \
    statistics stats step stop store stored string stuff sun temp temporary tenant term test tested testing thank \
    thanks that the then these this those thu tmp to today todo toml tomorrow too tracker true trufflehog try ts \
    tue two txt type until updated uri url use used uses using utc v1 v2 valid value values var version via warning was \
    waypoint wed week weekly weeks when where why wiki windows with wont work working works write written wrote \
    yaml year yearly years yes yesterday yml you your";

/// Plain words that name a purpose. A secret below them may be another app's. They're too common beside a refresh token to
/// ask about it.
const PURPOSES: &str = "backup bot dev development home laptop nas old personal prod production scraper script secondary \
    spare staging test testing tracker work";

/// Other services, whose tokens are never ours.
const SERVICES: &str = "discord twitch spotify google youtube gmail github gitlab slack telegram reddit steam facebook \
    instagram twitter notion dropbox graph teams outlook hotmail onedrive sharepoint office office365 exchange skype sony \
    playstation psn nintendo amazon aws apple paypal stripe patreon linkedin tiktok bungie";

/// Words that say that something belongs to another person.
const PERSONS: &str = "friend friends buddy mate teammate guest brother brothers sister sisters wife husband girlfriend \
    boyfriend partner dad father mom mum mother son daughter kid kids child children cousin uncle aunt family parents \
    roommate roommates colleague colleagues coworker somebody someone else other others theirs belongs belonging";

/// Words that make one of several of what follows: `test user`, `old one`.
const OF_SEVERAL: &str = "old previous former expired revoked unused second 2nd third 3rd test spare";
/// What a person may have several of.
const SEVERAL: &str = "one user account player profile token";

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
    let is_title = form == Form::Title && words.len() <= LONGEST_TITLE;
    let is_others = |(at, word): &(usize, &str)| {
        is_in(SERVICES, word)
            || is_in(PERSONS, word)
            || is_somebodys(word)
            || is_title
            || form != Form::Other && *at > 0 && is_capitalized(word)
    };
    // Most words are in no short list, and the long one is read for the others alone.
    let is_plain = |word: &str| is_plain(word) && !is_purpose(word);
    let others = words.iter().copied().enumerate().filter(is_others).filter(|(_, word)| !is_plain(word));
    let others: Vec<String> = others.map(|(_, word)| without_s(word).to_lowercase()).collect();
    let is_ours = |word: &&str| {
        let lower = word.to_lowercase();
        ["my", "mine"].contains(&lower.as_str()) || names::tell_ours(&names::words(word)) || names::tell_ours(&[lower])
    };
    match () {
        () if is_title && others.iter().all(|word| is_purpose(word)) && is_one_of_several(text) => {
            Said::Others(vec![text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()])
        }
        () if !others.is_empty() => Said::Others(others),
        () if words.iter().any(is_ours) => Said::Ours,
        () => Said::Nothing,
    }
}

/// Whether a title is about one of several: `Player 2`, `old one`, `2nd`.
pub(super) fn is_one_of_several(title: &str) -> bool {
    let words: Vec<&str> =
        title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_next = |word: &str| word.parse().is_ok_and(|number: u64| (2..100).contains(&number));
    let is_pair = |pair: &[&str]| match pair {
        [first, second] => {
            is_in(OF_SEVERAL, first) && is_in(SEVERAL, second) || is_in(SEVERAL, first) && is_next(second)
        }
        _ => false,
    };
    words.windows(2).any(is_pair) || matches!(*words, [word] if is_in(OF_SEVERAL, word) && !is_purpose(word))
}

/// Returns the words of something between spaces, with their `'s`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let parts = word.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    parts
        .map(|part| part.trim_matches('\''))
        .filter(|part| part.chars().count() > 1 && part.contains(char::is_alphabetic))
}

/// Whether none of the words names anybody.
pub(super) fn are_plain(words: &[String]) -> bool {
    words.iter().all(|word| is_plain(word))
}

/// Whether a word names a purpose, and nobody.
pub(super) fn is_purpose(word: &str) -> bool {
    is_in(PURPOSES, word)
}

/// Whether one of the words is another service.
pub(super) fn name_service(words: &[String]) -> bool {
    words.iter().any(|word| is_in(SERVICES, word))
}

fn is_plain(word: &str) -> bool {
    let is_known = |word: &str| is_in(PLAIN, word) || names::are_ours(&[word.to_owned()]);
    let name = without_s(word);
    // `don't`, `can't`
    if is_known(&word.replace('\'', "").to_lowercase()) {
        return true;
    }
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
    list.contains(&word) && list.split_ascii_whitespace().any(|one| one == word)
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
