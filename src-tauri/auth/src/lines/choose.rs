//! Chooses one of several groups, or two that belong together.

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
    listed: PastedGroup,
}

/// Chooses among what was found in `code`.
pub(super) fn choose(groups: &[Group], alone: &[String], code: &str, hints: &Hints) -> Result<Chosen, Error> {
    let all = candidates(groups, alone);
    if hints.group.is_some() && !all.iter().any(|candidate| hints.is_group(candidate)) {
        return Err(several(all));
    }
    let of = |fits: fn(&Group) -> bool| all.iter().filter(|candidate| fits(&candidate.group)).cloned().collect();
    let (whole, apps, tokens): (Vec<_>, Vec<_>, Vec<_>) = (of(Group::is_whole), of(Group::is_app), of(Group::is_token));
    let is_of_others = !whole.iter().any(|candidate| hints.is_meant(candidate));
    let others_are_meant = apps.iter().any(|candidate| hints.is_meant(candidate)) || !tokens.is_empty();
    let whole = if hints.are_given() && is_of_others && others_are_meant { Vec::new() } else { hints.narrowed(whole) };
    if !whole.is_empty() {
        return one(whole).map(|candidate| Chosen::App(candidate.group));
    }
    if tokens.is_empty() {
        return app_alone(hints.narrowed(apps), groups, code);
    }
    of_token(apps, one(hints.narrowed(tokens))?.group, hints)
}

impl Hints<'_> {
    fn are_given(&self) -> bool {
        self.group.is_some() || self.client_id.is_some()
    }

    fn is_group(&self, candidate: &Candidate) -> bool {
        self.group.is_some_and(|name| candidate.listed.name.eq_ignore_ascii_case(name.trim().trim_end_matches('_')))
    }

    fn is_meant(&self, candidate: &Candidate) -> bool {
        self.is_group(candidate) || self.client_id.is_some() && self.client_id == candidate.group.guid()
    }

    /// Returns the groups that the hints name, or all of them if none is named.
    fn narrowed(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        let meant: Vec<_> = candidates.iter().filter(|candidate| self.is_meant(candidate)).cloned().collect();
        if meant.is_empty() { candidates } else { meant }
    }
}

fn candidates(groups: &[Group], alone: &[String]) -> Vec<Candidate> {
    let mut all: Vec<_> =
        groups.iter().filter(|group| group.is_whole() || group.is_app() || group.is_token()).collect();
    let alone: Vec<_> = alone.iter().map(|token| Group { refresh: Some(token.clone()), ..Group::default() }).collect();
    if all.iter().all(|group| group.is_app()) {
        all.extend(&alone);
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    for group in all {
        let is_same = |other: &Candidate| other.group.guid() == group.guid() && other.group.refresh == group.refresh;
        if candidates.iter().any(is_same) {
            continue;
        }
        let same = candidates.iter().filter(|other| other.group.name() == group.name()).count();
        let name = if same == 0 { group.name() } else { format!("{}-{}", group.name(), same + 1) };
        candidates.push(Candidate { group: group.clone(), listed: PastedGroup { name, client_id: group.guid() } });
    }
    candidates
}

fn of_token(apps: Vec<Candidate>, token: Group, hints: &Hints) -> Result<Chosen, Error> {
    let meant: Vec<_> = apps.iter().filter(|app| hints.is_meant(app)).cloned().collect();
    let fitting = match hints.client_id {
        _ if !meant.is_empty() => meant,
        Some(_) => Vec::new(),
        None => apps.iter().filter(|app| app.group.may_have(&token)).cloned().collect(),
    };
    if !fitting.is_empty() {
        return one(fitting).map(|app| Chosen::App(app.group.with_token(&token)));
    }
    match (token.id, hints.client_id, hints.known) {
        (Some(Id::Other), None, _) => Err(Error::new(Step::App, Cause::NotAGuid)),
        (Some(_), _, Some(_)) => Ok(Chosen::OfKnown(token.without_app())),
        (None, _, Some(_)) => Ok(Chosen::OfKnown(token)),
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
