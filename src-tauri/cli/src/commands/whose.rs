//! `--account`, before a command or behind it.

use clap::Args;

use crate::{exit::Exit, failure::Failure};

/// Which account a command is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct Whose {
    /// The account: your name for it, its gamertag or its XUID [default: `SPARTAN_ACCOUNT`, or else the first account]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
}

impl Whose {
    /// Returns the account that's given before or after the command; `behind` is `None` if the command isn't about an
    /// account.
    pub fn or_behind(self, behind: Option<&Whose>) -> Result<Option<String>, Failure> {
        let refused = |what| Err(Failure::new(Exit::Usage, what, "Nothing was done."));
        match (self.account, behind.map(|behind| &behind.account)) {
            (None, behind) => Ok(behind.cloned().flatten()),
            (Some(_), None) => refused("This command isn't about an account, so it doesn't take --account."),
            (Some(_), Some(Some(_))) => refused("--account is given twice."),
            (Some(before), Some(None)) => Ok(Some(before)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Whose {
        Whose { account: Some(name.into()) }
    }

    #[test]
    fn an_account_is_named_before_or_behind_a_command_that_is_about_one_and_once() {
        let nobody = Whose::default();
        assert_eq!(named("A").or_behind(Some(&nobody)), Ok(Some("A".into())));
        assert_eq!(nobody.clone().or_behind(Some(&named("B"))), Ok(Some("B".into())));
        assert_eq!(nobody.clone().or_behind(Some(&nobody)), Ok(None));
        assert_eq!(nobody.clone().or_behind(None), Ok(None));
        for refused in [named("A").or_behind(None), named("A").or_behind(Some(&named("A")))] {
            assert_eq!(refused.map_err(|failure| failure.exit), Err(Exit::Usage));
        }
    }
}
