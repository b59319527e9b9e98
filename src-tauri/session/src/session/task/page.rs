//! Microsoft's page: what is opened for a person, and how their answer comes back.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use spartan_auth::{
    azure_app::AzureApp,
    chain::Start,
    clock::Clock,
    error::{self as auth, Cause as AuthCause},
    issuer::Issuer,
    loopback::{Arrival, Loopback},
    oauth::AuthorizationRequest,
    redirect::Redirect,
    sign_in_method::SignInMethod,
    token::Tokens,
};
use url::Url;

use super::Task;
use crate::{
    error::{Cause, Error, Step},
    session::{
        request::{
            InWindow, Link, PageEvent,
            reply::{Reply, answer, told},
            sign_in_request::{NextStep, SignInPage},
        },
        sign_in::{AtPage, SignIn, Stage, prepare},
        work::{JobOutcome, Ready},
    },
    status::SignedOut,
};

/// After this time without a redirect, the page may be showing an error of Microsoft's, which never redirects.
const LONG: Duration = Duration::from_secs(120);

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Opens what was prepared.
    pub(super) fn open_way(&mut self, ready: Ready, reply: Reply<NextStep>) {
        let Some(sign_in) = self.sign_in_mut() else { return };
        if sign_in.method == SignInMethod::Phone {
            self.ask_for_code();
            return answer(reply, Ok(NextStep::Nothing));
        }
        let pending = AuthorizationRequest::random();
        let (method, app) = (sign_in.method, there(&sign_in.app, ready.port.as_ref()));
        let url = self.parts.issuer.authorize_url(&app, &pending);
        let page = SignInPage { url: url.clone(), redirect_uri: app.redirect_uri, state: pending.state };
        let job = ready.port.map(|port| {
            let mut waiting = port.wait(page.redirect_uri.clone(), page.state.clone(), self.parts.browser_page);
            self.jobs.begin(async move |_| JobOutcome::Arrived(waiting.arrival().await))
        });
        let since = self.parts.clock.elapsed();
        let Some(sign_in) = self.sign_in_mut() else { return };
        let at = AtPage { page: page.clone(), verifier: pending.verifier, since, problem: None };
        (sign_in.job, sign_in.stage) = (job, Stage::AtPage(Box::new(at)));
        answer(reply, Ok(if method == SignInMethod::Window { NextStep::Window(page) } else { NextStep::Browser(url) }));
    }

    /// Handles an event of Microsoft's page.
    pub(super) fn at_page(&mut self, event: PageEvent) {
        let now = self.parts.clock.elapsed();
        let Some(at) = self.page_mut() else { return };
        match event {
            // Another method was chosen meanwhile, or another sign-in has begun.
            PageEvent::Window(page, _) if page.url != at.page.url => {}
            PageEvent::Window(_, InWindow::NotLoaded) => {
                at.problem = Some(Box::new(told_of(Cause::PageNotLoaded)));
            }
            PageEvent::Window(_, InWindow::Navigated) => {
                (at.problem, at.since) = (None, now);
                self.keep_open();
            }
            PageEvent::Window(_, InWindow::Redirected(said)) => self.redirected(said),
            PageEvent::Window(_, InWindow::Closed) => self.cancel(SignedOut::Cancelled),
            PageEvent::Link(Link(link), counts) => {
                let said = at.page.read(&link);
                let is_ours = match &said {
                    // Anybody can open a link; without the `state` it changes nothing.
                    Redirect::NotOurs | Redirect::Ended(auth::Error { cause: AuthCause::ForeignState, .. }) => false,
                    Redirect::Code(_) | Redirect::Ended(_) => true,
                };
                // Whoever asked may have gone.
                let _ = counts.send(is_ours);
                if is_ours {
                    self.redirected(said);
                }
            }
        }
    }

    /// Handles a browser that came back to the port.
    pub(super) fn arrived(&mut self, arrival: Option<Arrival>) {
        let Some(arrival) = arrival else { return };
        let said = arrival.said.clone();
        let Some(sign_in) = self.sign_in_mut() else { return };
        (sign_in.job, sign_in.arrival) = (None, Some(arrival));
        self.redirected(said);
    }

    pub(super) fn paste(&mut self, text: &SecretString, reply: Reply<()>) {
        let Some(at) = self.page_mut() else { return answer(reply, Err(not_the_page())) };
        let Some(address) = at.page.address(text.expose_secret()) else { return answer(reply, Err(not_the_page())) };
        match at.page.read(&address) {
            Redirect::NotOurs => answer(reply, Err(not_the_page())),
            Redirect::Ended(error) if error.cause == AuthCause::ForeignState => answer(reply, Err(told(error))),
            said @ (Redirect::Code(_) | Redirect::Ended(_)) => {
                answer(reply, Ok(()));
                self.redirected(said);
            }
        }
    }

    pub(super) fn link(&mut self, reply: Reply<Url>) {
        let url = self.page_mut().map(|at| at.page.url.clone());
        answer(reply, url.ok_or_else(|| told(Error::new(Step::Page, Cause::NotSignedIn))));
    }

    /// Reports a page that hasn't redirected for long.
    pub(super) fn look_at_page(&mut self) {
        let now = self.parts.clock.elapsed();
        if let Some(at) = self.page_mut()
            && at.problem.is_none()
            && now.saturating_sub(at.since) >= LONG
        {
            at.problem = Some(Box::new(told_of(Cause::PageSilent)));
        }
    }

    fn redirected(&mut self, said: Redirect) {
        let Some(sign_in) = self.sign_in_mut() else { return };
        let Stage::AtPage(at) = &sign_in.stage else { return };
        match said {
            Redirect::NotOurs => {}
            Redirect::Code(code) => {
                let start = Start::Code { code, verifier: at.verifier.clone() };
                let there = AzureApp { redirect_uri: at.page.redirect_uri.clone(), ..sign_in.app.clone() };
                prepare::keep_open_beyond(&self.parts, there.platform);
                self.run_chain(start, Some(there), Tokens::default(), Duration::ZERO);
            }
            Redirect::Ended(error) if error.is_cancel() => self.cancel(SignedOut::Cancelled),
            Redirect::Ended(error) => self.cancel(SignedOut::Failed { problem: told(Error::from(error).of_sign_in()) }),
        }
    }

    fn keep_open(&self) {
        if let Some(sign_in) = self.state.open().and_then(|open| open.sign_in.as_deref()) {
            prepare::keep_open(&self.parts, sign_in.app.platform);
        }
    }

    fn page_mut(&mut self) -> Option<&mut AtPage> {
        match self.sign_in_mut() {
            Some(SignIn { stage: Stage::AtPage(at), .. }) => Some(at),
            _ => None,
        }
    }
}

/// Returns the app as it signs in with that port.
fn there(app: &AzureApp, port: Option<&Loopback>) -> AzureApp {
    let with_port = port.and_then(|port| app.redirect_uri.with_port(port.port()));
    AzureApp { redirect_uri: with_port.unwrap_or_else(|| app.redirect_uri.clone()), ..app.clone() }
}

fn told_of(cause: Cause) -> Error {
    told(Error::new(Step::Page, cause))
}

fn not_the_page() -> Error {
    told(Error::new(Step::Page, Cause::NotThePage))
}
