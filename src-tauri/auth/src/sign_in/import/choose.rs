//! Chooses one of several groups, or two that belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Hints,
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

/// Chooses among what was found in `code`.
pub(super) fn choose(groups: &[Group], code: &str, hints: &Hints) -> Result<Chosen, Error> {
    let all = candidates(groups);
    let apps: Vec<_> = of_kind(&all, Kind::App);
    if let Some(name) = hints.group {
        let named = all.iter().find(|candidate| candidate.has_name(name)).cloned();
        return match named {
            Some(named) => of_named(named, &all, code, hints),
            None => Err(several(all)),
        };
    }
    let sign_ins = hints.narrowed(&all);
    let (ours, others): (Vec<_>, Vec<_>) =
        sign_ins.into_iter().partition(|candidate| candidate.group.is_ours_by_name() || candidate.group.is_noted);
    let meant = if ours.is_empty() { others } else { [ours, of_kind(&others, Kind::Whole)].concat() };
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
fn of_named(named: Candidate, all: &[Candidate], code: &str, hints: &Hints) -> Result<Chosen, Error> {
    let ours =
        || of_kind(all, Kind::Token).into_iter().filter(|token| token.group.is_ours_by_name()).collect::<Vec<_>>();
    match named.kind {
        Kind::Whole => Ok(Chosen::App(named.group)),
        Kind::Token => with_app(named, of_kind(all, Kind::App), hints),
        Kind::App if ours().is_empty() => app_alone(vec![named], &[], code),
        Kind::App => Ok(Chosen::App(named.group.with_token(&one(ours())?.group))),
    }
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
    fn has_name(&self, name: &str) -> bool {
        self.listed.name.eq_ignore_ascii_case(name.trim().trim_end_matches('_'))
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

fn candidates(groups: &[Group]) -> Vec<Candidate> {
    let of_wholes: BTreeSet<_> =
        groups.iter().filter(|group| group.guid().is_some()).filter_map(|group| group.refresh.as_ref()).collect();
    let (mut seen, mut names) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
    let mut candidates = Vec::new();
    for group in groups {
        let kind = match (group.guid(), &group.refresh) {
            (Some(_), Some(_)) => Kind::Whole,
            (Some(_), None) if group.other_token.is_none() => Kind::App,
            (None, Some(refresh)) if !of_wholes.contains(refresh) => Kind::Token,
            (Some(_) | None, _) => continue,
        };
        if !seen.insert((group.guid(), &group.refresh, &group.secret)) {
            continue;
        }
        let same = names.entry(group.name()).and_modify(|same| *same += 1).or_insert(1);
        let name = if *same == 1 { group.name() } else { format!("{}-{same}", group.name()) };
        let listed = PastedGroup { name, client_id: group.guid() };
        candidates.push(Candidate { group: group.clone(), kind, listed });
    }
    candidates
}

fn of_kind(candidates: &[Candidate], kind: Kind) -> Vec<Candidate> {
    candidates.iter().filter(|candidate| candidate.kind == kind).cloned().collect()
}

/// Returns the sign-in with its app.
fn with_app(sign_in: Candidate, apps: Vec<Candidate>, hints: &Hints) -> Result<Chosen, Error> {
    let token = match sign_in.kind {
        Kind::Whole | Kind::App => return Ok(Chosen::App(sign_in.group)),
        Kind::Token => sign_in.group,
    };
    // A person who names another service's token means it for the app that's there.
    let is_named = hints.group.is_some();
    let fitting: Vec<_> = apps
        .iter()
        .filter(|app| match hints.client_id {
            Some(_) => hints.is_of(app),
            None => app.group.may_have(&token) || is_named && app.group.is_ours_by_name(),
        })
        .cloned()
        .collect();
    if !fitting.is_empty() {
        return one(fitting).map(|app| Chosen::App(app.group.with_token(&token)));
    }
    match (token.id, hints.client_id, hints.known) {
        (Some(Id::Other), None, _) => Err(Error::new(Step::App, Cause::NotAGuid)),
        (_, _, Some(_)) => Ok(Chosen::OfKnown(token.of_known())),
        (_, _, None) if apps.is_empty() => Err(Error::new(Step::App, Cause::NoClientId)),
        (_, _, None) => Err(several(apps)),
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
