//! Selects an account. Does no I/O.

use crate::account::{Account, Person};

/// Why no account is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChosen {
    /// Nobody is signed in.
    Nobody,
    /// No account has this name.
    Unknown {
        /// The requested name.
        wanted: String,
        /// The labels of the accounts.
        known: Vec<Option<String>>,
    },
    /// Several accounts have this name.
    Ambiguous {
        /// The requested name.
        wanted: String,
        /// The labels that distinguish them.
        candidates: Vec<Option<String>>,
    },
}

/// Returns the account with this name, which is the user's own name for it, its gamertag or its XUID; case-insensitive.
/// Without a name, returns the first account.
///
/// ```
/// use spartan_auth::{azure_app::AzureApp, token::Tokens};
/// use spartan_vault::account::{Account, AccountId, Person, choice::choose};
///
/// # fn main() -> Result<(), spartan_auth::error::Error> {
/// let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
/// let person = Person { gamertag: Some("aCurtis X89".into()), xuid: "2533274855333605".into() };
/// let id = AccountId("00000000-0000-0000-0000-000000000001".parse().unwrap());
/// let accounts = [Account { person: Some(person), ..Account::new(id, app, Tokens::default()) }];
/// assert_eq!(choose(&accounts, Some("acurtis x89")).map(|account| account.id), Ok(id));
/// # Ok(())
/// # }
/// ```
pub fn choose<'a>(accounts: &'a [Account], wanted: Option<&str>) -> Result<&'a Account, NotChosen> {
    let first = accounts.first().ok_or(NotChosen::Nobody)?;
    let Some(wanted) = wanted else { return Ok(first) };
    // An XUID identifies one account, whatever name another account has.
    if let Some(account) = accounts.iter().find(|account| xuid(account) == Some(wanted.trim())) {
        return Ok(account);
    }
    let meant: Vec<&Account> = accounts.iter().filter(|account| is_called(account, wanted)).collect();
    match meant.as_slice() {
        [] => Err(NotChosen::Unknown { wanted: wanted.to_owned(), known: accounts.iter().map(label).collect() }),
        [one] => Ok(one),
        several => {
            let candidates = several.iter().map(|account| label(account)).collect();
            Err(NotChosen::Ambiguous { wanted: wanted.to_owned(), candidates })
        }
    }
}

/// Returns an account's unambiguous label: name, gamertag and XUID, as far as they're known.
#[must_use]
pub fn label(account: &Account) -> Option<String> {
    let person = account.person.as_ref();
    Some(match (&account.name, person) {
        (Some(name), Some(Person { gamertag: Some(gamertag), xuid })) => format!("{name} ({gamertag}, {xuid})"),
        (Some(name), Some(Person { gamertag: None, xuid })) => format!("{name} ({xuid})"),
        (Some(name), None) => name.clone(),
        (None, Some(Person { gamertag: Some(gamertag), xuid })) => format!("{gamertag} ({xuid})"),
        (None, Some(Person { gamertag: None, xuid })) => xuid.clone(),
        (None, None) => return None,
    })
}

/// Returns a value for `--account` and `SPARTAN_ACCOUNT` that no other account has, if there is one: the XUID.
#[must_use]
pub(crate) fn xuid(account: &Account) -> Option<&str> {
    account.person.as_ref().map(|person| person.xuid.as_str())
}

/// Returns the name with which a program on the command line selects this account among `accounts`; `None` if it's the
/// only one.
#[must_use]
pub fn name_among(accounts: &[Account], account: &Account) -> Option<String> {
    let means_it = |name: &&str| choose(accounts, Some(name)).is_ok_and(|meant| meant.id == account.id);
    let names = [account.called(), xuid(account)];
    names.into_iter().flatten().find(means_it).filter(|_| accounts.len() > 1).map(str::to_owned)
}

fn is_called(account: &Account, wanted: &str) -> bool {
    let wanted = plain(wanted);
    let names = [account.name.as_deref(), account.gamertag()];
    names.into_iter().flatten().any(|name| plain(name) == wanted)
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountId;
    use spartan_auth::{azure_app::AzureApp, token::Tokens};

    fn account(id: u128, name: Option<&str>, person: Option<(&str, &str)>) -> Account {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        let person = person.map(|(gamertag, xuid)| Person { gamertag: Some(gamertag.into()), xuid: xuid.into() });
        let account = Account::new(AccountId(uuid::Uuid::from_u128(id)), app, Tokens::default());
        Account { name: name.map(str::to_owned), person, ..account }
    }

    fn four() -> [Account; 4] {
        [
            account(1, None, Some(("aCurtis X89", "2533274855333605"))),
            account(2, Some("Bot"), Some(("Six Pounder 07", "2535405290989773"))),
            account(3, Some("ÄRGER"), None),
            account(4, Some("acurtis x89"), Some(("Other", "2533"))),
        ]
    }

    #[test]
    fn an_account_is_meant_by_name_gamertag_or_xuid_and_by_nothing_else() {
        let accounts = four();
        let cases = [
            (None, Some(1)),
            (Some("bot"), Some(2)),
            (Some(" SIX POUNDER 07 "), Some(2)),
            (Some("2535405290989773"), Some(2)),
            (Some("ärger"), Some(3)),
            (Some("2533274855333605"), Some(1)),
            (Some("OTHER"), Some(4)),
            (Some("aCurtis X89"), None),
            (Some("Six Pounder"), None),
            (Some("253540529098977"), None),
            (Some(""), None),
        ];
        for (wanted, expected) in cases {
            let meant = choose(&accounts, wanted).ok().map(|account| account.id.0.as_u128());
            assert_eq!(meant, expected, "{wanted:?}");
        }
    }

    #[test]
    fn who_is_not_meant_is_told_with_all_that_could_be() {
        let accounts = four();
        let ambiguous = NotChosen::Ambiguous {
            wanted: "ACURTIS x89".into(),
            candidates: ["aCurtis X89 (2533274855333605)", "acurtis x89 (Other, 2533)"]
                .map(|label| Some(label.to_owned()))
                .into(),
        };
        assert_eq!(choose(&accounts, Some("ACURTIS x89")).err(), Some(ambiguous));
        let Err(NotChosen::Unknown { wanted, known }) = choose(&accounts, Some("Nobody")) else { panic!("nobody") };
        assert_eq!((wanted.as_str(), known.len()), ("Nobody", 4));
        assert_eq!(choose(&[], Some("Nobody")).err(), Some(NotChosen::Nobody));
    }

    #[test]
    fn an_xuid_means_its_person_even_where_another_account_is_called_that() {
        let [first, mut second, ..] = four();
        second.name = Some("2533274855333605".into());
        let accounts = [second, first];
        assert_eq!(choose(&accounts, Some("2533274855333605")).unwrap().id.0.as_u128(), 1);
    }

    #[test]
    fn whoever_has_no_name_is_the_default_all_the_same() {
        let accounts = [account(1, None, None)];
        assert!(choose(&accounts, None).is_ok());
        assert_eq!(label(&accounts[0]), None);
    }
}
