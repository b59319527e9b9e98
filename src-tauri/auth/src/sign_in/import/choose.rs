//! Chooses one of several groups, or two that belong together.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    Hints, called,
    groups::{Group, Id},
    shape,
};
use crate::error::{Cause, Error, OtherToken, PastedCause, PastedGroup, Step};

/// What was chosen.
#[derive(Debug)]
pub(super) enum Chosen {
    /// An app, with or without a refresh token.
    App(Group),
    /// A refresh token for the app that's already known.
    OfKnown(Group),
}

/// A group that may be chosen.
#[derive(Clone, Debug)]
struct Candidate {
    group: Group,
    kind: Kind,
    listed: PastedGroup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An app and its refresh token.
    Whole,
    /// An app whose refresh token may be elsewhere.
    App,
    /// A refresh token whose app may be elsewhere.
    Token,
}

/// Stands between the names of an app and a refresh token that a person chooses together.
const WITH: &str = " + ";

/// Chooses among what was found in `code`, which is `pasted` without its comments.
pub(super) fn choose(groups: &[Group], pasted: &str, code: &str, hints: &Hints) -> Result<Chosen, Error> {
    let all = candidates(groups, pasted);
    let apps: Vec<_> = of_kind(&all, Kind::App);
    if let Some(name) = hints.group {
        let pair = name.split_once(WITH).map(|(app, token)| (named(&all, app), named(&all, token)));
        return match (pair, named(&all, name)) {
            (Some((Some(app), Some(token))), _) => Ok(Chosen::App(app.group.with_token(&token.group))),
            (_, Some(named)) => of_named(named, &all, (groups, code), hints),
            (_, None) => Err(several(all)),
        };
    }
    let sign_ins = hints.narrowed(&all);
    let (ours, others): (Vec<_>, Vec<_>) = sign_ins.into_iter().partition(Candidate::may_be_ours);
    let meant = if ours.is_empty() { others } else { ours };
    if meant.is_empty() {
        return app_alone(hints.narrowed_apps(apps), groups, code);
    }
    let meant = one(meant)?;
    if meant.is_certain(&apps, hints) {
        return with_app(meant, apps, hints);
    }
    Err(several(apps.into_iter().filter(|app| app.group.is_ours_by_name()).chain([meant]).collect()))
}

/// Returns what a person has chosen, with what certainly belongs to it.
fn of_named(
    named: Candidate,
    all: &[Candidate],
    (groups, code): (&[Group], &str),
    hints: &Hints,
) -> Result<Chosen, Error> {
    let ours =
        || of_kind(all, Kind::Token).into_iter().filter(|token| token.group.is_ours_by_name()).collect::<Vec<_>>();
    match named.kind {
        Kind::Whole => Ok(Chosen::App(named.group)),
        Kind::Token => with_named(named, of_kind(all, Kind::App), groups, hints),
        Kind::App if ours().is_empty() => app_alone(vec![named], &[], code),
        Kind::App => pair(&[named], &ours()),
    }
}

/// Returns a refresh token that a person has chosen with its app. If the text has one client ID, that's the app, and no app
/// that's already known takes the place of one in the text.
fn with_named(token: Candidate, apps: Vec<Candidate>, groups: &[Group], hints: &Hints) -> Result<Chosen, Error> {
    let ids: BTreeSet<Uuid> = groups.iter().filter_map(Group::guid).collect();
    let only = ids.first().copied().filter(|_| ids.len() == 1);
    if let Some(id) = hints.client_id.or(only).filter(|id| ids.contains(id)) {
        return Ok(Chosen::App(app(id, groups).with_token(&token.group)));
    }
    let (fitting, others): (Vec<_>, Vec<_>) =
        apps.into_iter().partition(|app| app.group.may_have(&token.group) || app.group.is_ours_by_name());
    let apps = if fitting.is_empty() { others } else { fitting };
    match (hints.known, hints.client_id) {
        (Some(_), Some(_)) => Ok(Chosen::OfKnown(token.group.of_known())),
        (Some(_), None) if ids.is_empty() && token.group.id.is_none() => Ok(Chosen::OfKnown(token.group.of_known())),
        _ if !apps.is_empty() => pair(&apps, &[token]),
        _ if token.group.id.is_some() => Err(Error::new(Step::App, Cause::NotAGuid)),
        _ => Err(Error::new(Step::App, Cause::NoClientId)),
    }
}

/// Returns an app of the text, with its secret and its redirect URI if there's only one of each.
fn app(id: Uuid, groups: &[Group]) -> Group {
    fn only<'a>(values: impl Iterator<Item = Option<&'a String>>) -> Option<String> {
        let values: BTreeSet<_> = values.flatten().collect();
        values.first().filter(|_| values.len() == 1).map(|value| (*value).clone())
    }
    let own = || groups.iter().filter(|group| group.guid() == Some(id));
    Group {
        id: Some(Id::Guid(id)),
        secret: only(own().map(|group| group.secret.as_ref())),
        redirect: only(own().map(|group| group.redirect.as_ref())),
        ..Group::default()
    }
}

/// Returns the only app with the only refresh token, or else asks for one of each.
fn pair(apps: &[Candidate], tokens: &[Candidate]) -> Result<Chosen, Error> {
    if let ([app], [token]) = (apps, tokens) {
        return Ok(Chosen::App(app.group.clone().with_token(&token.group)));
    }
    let named = |app: &Candidate, token: &Candidate| PastedGroup {
        name: [&*app.listed.name, &*token.listed.name].join(WITH),
        client_id: app.listed.client_id,
    };
    let groups = apps.iter().flat_map(|app| tokens.iter().map(move |token| named(app, token))).collect();
    Err(PastedCause::Several { groups }.into())
}

/// Returns what a person has named: by the name that's offered, or by another that only one has.
fn named(all: &[Candidate], name: &str) -> Option<Candidate> {
    let name = name.trim().trim_end_matches('_');
    let is_called = |candidate: &&Candidate| candidate.group.called.is_called(&candidate.group.owner, name);
    let offered = all.iter().find(|candidate| candidate.listed.name.trim_end_matches('_').eq_ignore_ascii_case(name));
    let called = || one(all.iter().filter(is_called).cloned().collect()).ok();
    offered.cloned().or_else(called)
}

impl Hints<'_> {
    /// Returns the sign-ins that the client ID allows, or all of them if it's none of theirs.
    fn narrowed(&self, all: &[Candidate]) -> Vec<Candidate> {
        let is_meant = |candidate: &&Candidate| candidate.kind == Kind::Token || self.is_of(candidate);
        let sign_ins = all.iter().filter(|candidate| candidate.kind != Kind::App);
        let narrows = self.client_id.is_some() && all.iter().any(|candidate| is_meant(&candidate));
        sign_ins.filter(|candidate| !narrows || is_meant(candidate)).cloned().collect()
    }

    fn narrowed_apps(&self, apps: Vec<Candidate>) -> Vec<Candidate> {
        let meant: Vec<_> = apps.iter().filter(|app| self.is_of(app)).cloned().collect();
        if meant.is_empty() { apps } else { meant }
    }

    fn is_of(&self, candidate: &Candidate) -> bool {
        self.client_id.is_some() && self.client_id == candidate.group.guid()
    }
}

impl Candidate {
    /// Whether it may be the user's own sign-in. A refresh token of another service by its name isn't.
    fn may_be_ours(&self) -> bool {
        let Group { is_noted, .. } = self.group;
        self.kind == Kind::Whole || is_noted || self.group.is_ours_by_name() || !self.group.is_of_others()
    }

    /// Whether nobody has to be asked. Another service's sign-in isn't used in place of ours, nor its token with our app.
    fn is_certain(&self, apps: &[Candidate], hints: &Hints) -> bool {
        let is_ours = |app: &&Candidate| app.group.is_ours_by_name() && app.group.guid() != self.group.guid();
        match self.kind {
            _ if self.group.is_ours_by_name() => true,
            Kind::Whole | Kind::App => hints.is_of(self) || !apps.iter().any(|app| is_ours(&app)),
            Kind::Token if apps.iter().any(|app| is_ours(&app)) => false,
            Kind::Token => apps.iter().any(|app| app.group.may_have(&self.group)) || hints.known.is_none(),
        }
    }
}

fn candidates(groups: &[Group], pasted: &str) -> Vec<Candidate> {
    let of_wholes: BTreeSet<_> =
        groups.iter().filter(|group| group.guid().is_some()).filter_map(|group| group.refresh.as_ref()).collect();
    let (mut seen, mut kinds) = (BTreeSet::new(), Vec::new());
    for group in groups {
        let kind = match (group.guid(), &group.refresh) {
            (Some(_), Some(_)) => Kind::Whole,
            (Some(_), None) if group.other_token.is_none() => Kind::App,
            (None, Some(refresh)) if !of_wholes.contains(refresh) => Kind::Token,
            (Some(_) | None, _) => continue,
        };
        if seen.insert((group.guid(), &group.refresh, &group.secret)) {
            kinds.push((group, kind));
        }
    }
    let mut secrets = BTreeMap::<_, usize>::new();
    for (group, _) in &kinds {
        *secrets.entry((group.guid(), &group.refresh)).or_default() += 1;
    }
    let has_two = |group: &Group| secrets.get(&(group.guid(), &group.refresh)).is_some_and(|count| *count > 1);
    let called = |group: &Group| if has_two(group) { group.called.by_secret() } else { &group.called }.clone();
    let called: Vec<_> = kinds.iter().map(|(group, _)| (called(group), &*group.owner)).collect();
    let candidate = |(name, (group, kind)): (String, (&Group, Kind))| Candidate {
        group: group.clone(),
        kind,
        listed: PastedGroup { name, client_id: group.guid() },
    };
    called::names(&called, pasted).into_iter().zip(kinds).map(candidate).collect()
}

fn of_kind(candidates: &[Candidate], kind: Kind) -> Vec<Candidate> {
    candidates.iter().filter(|candidate| candidate.kind == kind).cloned().collect()
}

/// Returns the sign-in with its app.
fn with_app(sign_in: Candidate, apps: Vec<Candidate>, hints: &Hints) -> Result<Chosen, Error> {
    if sign_in.kind != Kind::Token {
        return Ok(Chosen::App(sign_in.group));
    }
    let token = &sign_in.group;
    let fitting: Vec<_> = apps
        .iter()
        .filter(|app| match hints.client_id {
            Some(_) => hints.is_of(app),
            None => app.group.may_have(token),
        })
        .cloned()
        .collect();
    if !fitting.is_empty() {
        return one(fitting).map(|app| Chosen::App(app.group.with_token(token)));
    }
    match (token.id, hints.client_id, hints.known) {
        (Some(Id::Other), None, _) => Err(Error::new(Step::App, Cause::NotAGuid)),
        (_, _, Some(_)) => Ok(Chosen::OfKnown(token.of_known())),
        (_, _, None) if apps.is_empty() => Err(Error::new(Step::App, Cause::NoClientId)),
        // A person who chooses the app gets only our own token with it.
        (_, _, None) if token.is_ours_by_name() => Err(several(apps)),
        (_, _, None) => Err(several(apps.into_iter().chain([sign_in]).collect())),
    }
}

fn app_alone(apps: Vec<Candidate>, groups: &[Group], code: &str) -> Result<Chosen, Error> {
    let is_of_ours = |group: &&Group| group.is_ours_by_name();
    let other = groups.iter().filter(is_of_ours).find_map(|group| group.other_token);
    if let Some(other) = other.filter(|other| *other != OtherToken::Foreign) {
        return Err(PastedCause::NotARefreshToken(other).into());
    }
    let ours: Vec<_> = apps.iter().filter(|app| app.group.is_ours_by_name()).cloned().collect();
    let apps = if ours.is_empty() { apps } else { ours };
    if !apps.is_empty() {
        return one(apps).map(|app| Chosen::App(app.group));
    }
    if let Some(other) = shape::other_in(code).or(other) {
        return Err(PastedCause::NotARefreshToken(other).into());
    }
    let has_other_id = groups.iter().filter(is_of_ours).any(|group| group.id == Some(Id::Other));
    Err(Error::new(Step::App, if has_other_id { Cause::NotAGuid } else { Cause::NothingFound }))
}

fn one(mut candidates: Vec<Candidate>) -> Result<Candidate, Error> {
    match (candidates.pop(), candidates.is_empty()) {
        (Some(candidate), true) => Ok(candidate),
        (last, _) => Err(several(candidates.into_iter().chain(last).collect())),
    }
}

fn several(candidates: Vec<Candidate>) -> Error {
    PastedCause::Several { groups: candidates.into_iter().map(|candidate| candidate.listed).collect() }.into()
}
