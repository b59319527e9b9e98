//! Two programs write one vault, in every order: neither hides what the other did.

use std::fs;

use jiff::SignedDuration;
use secrecy::ExposeSecret;
use spartan_auth::{leg::Leg, token::Validity};
use spartan_session::session::{Secret, Through};
use spartan_vault::account::{Account, AccountId, Contents};
use uuid::Uuid;

use crate::{
    accounts::another,
    issuer::six_pounder,
    stage::{Stage, a_while, app, is_renewing, is_signing_in, one_more},
};

/// The shown account.
const ONE: AccountId = AccountId(Uuid::from_u128(1));
const TWO: AccountId = AccountId(Uuid::from_u128(2));
/// The account that signs in with the other program.
const THREE: AccountId = AccountId(Uuid::from_u128(3));
/// The account that signs in with the session, under its own ID.
const NEW: AccountId = AccountId(Uuid::from_u128(4));

/// What the other program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theirs {
    Adds,
    Renames(AccountId),
    Moves,
    Renews(AccountId),
    SignsOut(AccountId),
    Purges,
    StartsAfresh,
}

const ALL_THEIRS: [Theirs; 10] = [
    Theirs::Adds,
    Theirs::Renames(ONE),
    Theirs::Renames(TWO),
    Theirs::Moves,
    Theirs::Renews(ONE),
    Theirs::Renews(TWO),
    Theirs::SignsOut(ONE),
    Theirs::SignsOut(TWO),
    Theirs::Purges,
    Theirs::StartsAfresh,
];

/// What the session does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ours {
    Nothing,
    Rename,
    Renew,
    Move,
    SignIn,
    SignInAgain,
    Cancel,
    AddOther,
    SignOut,
    SignOutAll,
    Edit,
    Copy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Before,
    /// While the chain of a renewal or a sign-in runs.
    During,
    After,
}

/// The expected accounts and names at the end.
type Expected = Vec<(AccountId, Option<&'static str>)>;

impl Theirs {
    fn change(self, all: &mut Contents, account: &Account, now: jiff::Timestamp) {
        match self {
            Theirs::Adds => all.put(another(account, 3)),
            Theirs::Renames(id) => of(all, id).for_each(|account| account.name = Some("Theirs".into())),
            Theirs::Moves => drop(all.move_behind(TWO, &[])),
            Theirs::Renews(id) => of(all, id).for_each(|account| renew(account, now)),
            Theirs::SignsOut(id) => all.remove(id),
            Theirs::Purges => all.accounts.clear(),
            Theirs::StartsAfresh => all.accounts = vec![another(account, 3)],
        }
    }

    fn expect(self, all: &mut Expected) {
        match self {
            Theirs::Adds => all.push((THREE, None)),
            Theirs::Renames(id) => all.iter_mut().filter(|one| one.0 == id).for_each(|one| one.1 = Some("Theirs")),
            Theirs::Moves => all.sort_by_key(|one| one.0 != TWO),
            Theirs::Renews(_) => {}
            Theirs::SignsOut(id) => all.retain(|one| one.0 != id),
            Theirs::Purges => all.clear(),
            Theirs::StartsAfresh => *all = vec![(THREE, None)],
        }
    }
}

impl Ours {
    fn expect(self, when: When, all: &mut Expected) {
        let is_there = |id| all.iter().any(|one| one.0 == id);
        match self {
            Ours::Nothing | Ours::Copy | Ours::Cancel | Ours::Renew | Ours::Edit => {}
            Ours::Rename => all.iter_mut().filter(|one| one.0 == ONE).for_each(|one| one.1 = Some("Ours")),
            Ours::Move if is_there(ONE) && is_there(TWO) => {
                let one = all.remove(all.iter().position(|one| one.0 == ONE).unwrap());
                all.insert(all.iter().position(|one| one.0 == TWO).unwrap() + 1, one);
            }
            Ours::Move => {}
            Ours::SignInAgain if is_there(ONE) => {}
            Ours::SignInAgain if when == When::During => all.push((ONE, None)),
            Ours::SignIn if is_there(NEW) => {}
            Ours::SignIn | Ours::SignInAgain | Ours::AddOther => all.push((NEW, None)),
            Ours::SignOut => all.retain(|one| one.0 != ONE),
            // An account that nobody has seen yet isn't signed out.
            Ours::SignOutAll => all.retain(|one| one.0 == THREE),
        }
    }
}

fn of(all: &mut Contents, id: AccountId) -> impl Iterator<Item = &mut Account> {
    all.accounts.iter_mut().filter(move |account| account.id == id)
}

fn renew(account: &mut Account, now: jiff::Timestamp) {
    let spartan = account.tokens.spartan.as_mut().unwrap();
    let issued_at = now + SignedDuration::from_secs(1);
    spartan.life = Validity { issued_at, expires_at: issued_at + SignedDuration::from_hours(4) };
    spartan.token = "theirs".into();
    account.revision += 1;
}

fn text(account: &Account) -> String {
    account.tokens.spartan.as_ref().unwrap().token.expose_secret().to_owned()
}

impl Stage {
    async fn theirs(&self, theirs: Theirs, account: &Account) {
        if theirs == Theirs::StartsAfresh && self.vault_file().exists() {
            fs::rename(self.vault_file(), self.vault_file().with_extension("aside")).unwrap();
        }
        let (account, now) = (account.clone(), self.clock.real());
        self.elsewhere(move |all| theirs.change(all, &account, now)).await;
    }

    async fn lead_up_to(&self, ours: Ours) {
        match ours {
            Ours::Cancel => drop(self.page_for(one_more()).await),
            Ours::AddOther => {
                self.issuer.comes(six_pounder());
                let page = self.page_for(Through::Known).await;
                self.come_back(&page).await;
                self.until(|status| status.problem().is_some()).await;
            }
            _ => {}
        }
        self.settled().await;
    }

    /// Does it, if its account still exists.
    async fn ours(&self, ours: Ours) {
        let is_done = match ours {
            Ours::Nothing => return self.clock.pass(SignedDuration::from_secs(15)).await,
            Ours::Renew => self.session.renew().await.is_ok(),
            Ours::SignIn | Ours::SignInAgain => return self.sign_in(ours).await,
            Ours::Cancel => return self.session.cancel().await,
            Ours::Rename => self.session.rename(ONE, "Ours".into()).await.is_ok(),
            Ours::Move => self.session.move_to(ONE, 1).await.is_ok(),
            Ours::AddOther => self.session.add_other().await.is_ok(),
            Ours::SignOut => self.session.sign_out().await.is_ok(),
            Ours::SignOutAll => self.session.sign_out_all().await.is_ok(),
            Ours::Edit => self.session.edit_app(app(), Secret::New("hush".into())).await.is_ok(),
            Ours::Copy => self.copied().await.is_ok(),
        };
        let needs_one = matches!(ours, Ours::Renew | Ours::Rename | Ours::Move | Ours::Copy);
        assert_eq!(is_done, !needs_one || self.token_files().await.account(ONE).is_some());
    }

    async fn sign_in(&self, ours: Ours) {
        if ours == Ours::SignIn {
            self.issuer.comes(six_pounder());
        }
        let page = self.page_for(if ours == Ours::SignIn { one_more() } else { Through::Known.into() }).await;
        self.come_back(&page).await;
    }

    /// Waits until the request is done.
    async fn settled(&self) {
        self.session.apps().await.unwrap();
        self.clock.quiet().await;
    }

    /// Checks that the session shows and copies what the vault has.
    async fn shows(&self, expected: &Expected) {
        let kept = self.token_files().await.accounts;
        let lines = self.session.snapshot().borrow().accounts.clone();
        let shown: Vec<_> = lines.iter().map(|line| (line.id, line.name.clone(), line.expires_at)).collect();
        let sealed: Vec<_> = kept
            .iter()
            .map(|account| {
                (account.id, account.name.clone(), account.tokens.spartan.as_ref().map(|it| it.life.expires_at))
            })
            .collect();
        assert_eq!(shown, sealed, "the session is behind");
        let known = |id| if [ONE, TWO, THREE].contains(&id) { id } else { NEW };
        let got: Vec<_> = kept.iter().map(|account| (known(account.id), account.name.as_deref())).collect();
        assert_eq!(got, *expected, "one's doing is lost");
        assert_eq!(lines.iter().filter(|line| line.is_shown).count(), usize::from(!kept.is_empty()));
        for account in kept {
            self.session.show(account.id).await;
            assert_eq!(self.copied().await.unwrap(), text(&account));
        }
    }
}

async fn plays(template: &Account, ours: Ours, theirs: Theirs, when: When) {
    println!("{ours:?}, {when:?} {theirs:?}");
    let one = Account { id: ONE, ..template.clone() };
    let stage = Stage::with(vec![one.clone(), another(&one, 2)]).await;
    stage.clock.pass(SignedDuration::from_hours(1)).await;
    let mut expected: Expected = vec![(ONE, None), (TWO, None)];
    stage.lead_up_to(ours).await;
    match when {
        When::Before => {
            stage.theirs(theirs, &one).await;
            theirs.expect(&mut expected);
            stage.ours(ours).await;
        }
        When::During => {
            let answer = stage.issuer.hold(Leg::Spartan);
            stage.ours(ours).await;
            stage.until(|status| is_renewing(status) || is_signing_in(status)).await;
            a_while().await;
            stage.theirs(theirs, &one).await;
            // Its first tokens are there already.
            if ours == Ours::SignIn {
                ours.expect(when, &mut expected);
            }
            theirs.expect(&mut expected);
            answer.let_go();
        }
        When::After => stage.ours(ours).await,
    }
    stage.settled().await;
    ours.expect(when, &mut expected);
    if when == When::After {
        theirs.expect(&mut expected);
        stage.theirs(theirs, &one).await;
        stage.clock.pass(SignedDuration::from_secs(15)).await;
    }
    let is_shown = stage.session.snapshot().borrow().accounts.iter().any(|line| line.id == ONE && line.is_shown);
    let another_is = matches!(ours, Ours::SignIn | Ours::AddOther);
    assert_eq!(is_shown, !another_is && expected.iter().any(|one| one.0 == ONE), "who is shown stays shown");
    stage.shows(&expected).await;
    if ours == Ours::Edit && when == When::Before {
        let kept = stage.token_files().await.accounts;
        assert!(kept.iter().all(|account| account.next_app().secret.is_some()), "an app is edited for all who use it");
    }
    if let Theirs::Renews(id) = theirs
        && let Some(account) = stage.token_files().await.account(id)
        && !(ours == Ours::SignInAgain && id == ONE)
    {
        assert_eq!(text(account), "theirs");
    }
}

/// Everything that another program can do, in each order.
async fn with_each(ours: Ours, orders: &[When]) {
    let stage = Stage::signed_in().await;
    let template = stage.token_files().await.accounts.remove(0);
    for when in orders {
        // A renewal waits for the other's.
        let may_be = |theirs: &Theirs| (ours, *when, *theirs) != (Ours::Renew, When::During, Theirs::Renews(ONE));
        for theirs in ALL_THEIRS.into_iter().filter(may_be) {
            plays(&template, ours, theirs, *when).await;
        }
    }
}

const AT_ONCE: [When; 2] = [When::Before, When::After];
const LONG: [When; 3] = [When::Before, When::During, When::After];

#[tokio::test]
async fn a_look_alone() {
    with_each(Ours::Nothing, &[When::Before]).await;
}

#[tokio::test]
async fn renaming() {
    with_each(Ours::Rename, &AT_ONCE).await;
}

#[tokio::test]
async fn renewing() {
    with_each(Ours::Renew, &LONG).await;
}

#[tokio::test]
async fn moving() {
    with_each(Ours::Move, &AT_ONCE).await;
}

#[tokio::test]
async fn signing_somebody_else_in() {
    with_each(Ours::SignIn, &LONG).await;
}

#[tokio::test]
async fn signing_in_again() {
    with_each(Ours::SignInAgain, &LONG).await;
}

#[tokio::test]
async fn cancelling() {
    with_each(Ours::Cancel, &AT_ONCE).await;
}

#[tokio::test]
async fn adding_who_came_instead() {
    with_each(Ours::AddOther, &AT_ONCE).await;
}

#[tokio::test]
async fn signing_out() {
    with_each(Ours::SignOut, &AT_ONCE).await;
}

#[tokio::test]
async fn signing_all_out() {
    with_each(Ours::SignOutAll, &AT_ONCE).await;
}

#[tokio::test]
async fn editing_an_app() {
    with_each(Ours::Edit, &AT_ONCE).await;
}

#[tokio::test]
async fn copying() {
    with_each(Ours::Copy, &AT_ONCE).await;
}
