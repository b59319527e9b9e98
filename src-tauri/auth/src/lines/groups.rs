//! Groups names that belong together: in the same block, with the same words around them.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    names::{self, Field},
    scan::Part,
    shape::{self, Shape},
};
use crate::{azure_app::AzureApp, error::OtherToken};

/// Values that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The words that their names share.
    pub owner: Vec<String>,
    pub id: Option<Id>,
    pub secret: Option<String>,
    pub redirect: Option<String>,
    pub refresh: Option<String>,
    /// A value named as a refresh token that isn't Microsoft's.
    pub other_token: Option<OtherToken>,
    /// Whether the refresh token is in an object or a call.
    pub is_data: bool,
    pub(super) blocks: Blocks,
}

/// In which blocks a group's values are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Blocks {
    id: Option<usize>,
    secret: Option<usize>,
    refresh: Option<usize>,
}

/// A value named as a client ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Id {
    Guid(Uuid),
    /// Another service's ID, or a mistake.
    Other,
}

/// Groups what belongs together, in the order of the text.
pub(super) fn of(parts: Vec<Part>) -> Vec<Group> {
    let parts = unmarked(parts);
    let mut groups: Vec<Group> = Vec::new();
    let mut last: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for part in parts {
        let place = *last.entry(part.owner.clone()).or_insert(groups.len());
        let place = match groups.get(place) {
            Some(group) if !group.contradicts(&part) => place,
            _ => groups.len(),
        };
        if place == groups.len() {
            groups.push(Group { owner: part.owner.clone(), ..Group::default() });
        }
        last.insert(part.owner.clone(), place);
        if let Some(group) = groups.get_mut(place) {
            group.take(part);
        }
    }
    let mut groups = folded(groups);
    groups.iter_mut().for_each(Group::keep_what_is_sure);
    shared(groups)
}

/// Drops what's in lines that begin with a mark that the line of the client ID, or else of the refresh token, does not begin
/// with: in some language it's a comment.
fn unmarked(mut parts: Vec<Part>) -> Vec<Part> {
    let marks = |field| parts.iter().filter(|part| part.field == field).map(|part| part.mark.clone()).collect();
    let ids: BTreeSet<String> = marks(Field::ClientId);
    let mut marks = if ids.is_empty() { marks(Field::RefreshToken) } else { ids };
    if marks.contains("") {
        marks.clear();
    }
    parts.retain(|part| part.mark.is_empty() || marks.contains(&part.mark));
    parts
}

/// Adds a group to the one above it unless it names another app; the last value wins, as in a shell.
fn folded(groups: Vec<Group>) -> Vec<Group> {
    let mut folded: Vec<Group> = Vec::new();
    let mut last: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for group in groups {
        let before = last.get(&group.owner).and_then(|place| folded.get_mut(*place));
        match before {
            Some(before) if group.is_another_persons(before) => {
                let id = group.id.or(before.id);
                last.insert(group.owner.clone(), folded.len());
                folded.push(Group { id, ..group });
            }
            Some(before) if group.id.is_none() || group.id == before.id && before.guid().is_some() => {
                before.overlay(group);
            }
            _ => {
                last.insert(group.owner.clone(), folded.len());
                folded.push(group);
            }
        }
    }
    folded
}

/// Groups of the same app have the same secret and redirect URI.
fn shared(mut groups: Vec<Group>) -> Vec<Group> {
    let mut apps: BTreeMap<Uuid, (Option<String>, Option<String>)> = BTreeMap::new();
    for group in &groups {
        if let Some(id) = group.guid() {
            let (secret, redirect) = apps.entry(id).or_default();
            *secret = secret.take().or_else(|| group.secret.clone());
            *redirect = redirect.take().or_else(|| group.redirect.clone());
        }
    }
    for group in &mut groups {
        if let Some((secret, redirect)) = group.guid().and_then(|id| apps.get(&id)) {
            group.secret = group.secret.take().or_else(|| secret.clone());
            group.redirect = group.redirect.take().or_else(|| redirect.clone());
        }
    }
    groups
}

impl Group {
    pub(super) const fn guid(&self) -> Option<Uuid> {
        match self.id {
            Some(Id::Guid(id)) => Some(id),
            Some(Id::Other) | None => None,
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.guid().is_some() && self.refresh.is_some()
    }

    /// Whether it's an app whose refresh token may be elsewhere.
    pub(super) fn is_app(&self) -> bool {
        self.guid().is_some() && self.refresh.is_none() && self.other_token.is_none()
    }

    pub(super) fn is_token(&self) -> bool {
        self.guid().is_none() && self.refresh.is_some()
    }

    pub(super) fn is_ours_by_name(&self) -> bool {
        names::are_ours(&self.owner)
    }

    /// Whether the refresh token of `token` may be this app's.
    pub(super) fn may_have(&self, token: &Group) -> bool {
        self.is_ours_by_name() || !self.owner.is_empty() && token.owner.starts_with(&self.owner)
    }

    /// Returns the app with another group's refresh token. What belongs to another service's client ID stays there.
    pub(super) fn with_token(self, token: &Group) -> Group {
        let token = if token.id.is_some() { token.without_app() } else { token.clone() };
        Group {
            secret: self.secret.or(token.secret),
            redirect: self.redirect.or(token.redirect),
            refresh: token.refresh,
            is_data: token.is_data,
            ..self
        }
    }

    /// Returns the refresh token alone.
    pub(super) fn without_app(&self) -> Group {
        Group { id: None, secret: None, redirect: None, ..self.clone() }
    }

    /// Whether it has another refresh token for the same app, in another block: that's another person's.
    fn is_another_persons(&self, before: &Group) -> bool {
        let is_same_app = self.id.is_none() || self.id == before.id;
        let has_another = self.refresh.is_some() && before.refresh.is_some() && self.refresh != before.refresh;
        is_same_app && has_another && self.blocks.refresh != before.blocks.refresh
    }

    /// Drops a secret that may be another service's: it doesn't look like Microsoft's, its name doesn't say that it's ours, and
    /// it isn't in the same block as the client ID or the refresh token.
    fn keep_what_is_sure(&mut self) {
        let is_named = self.is_ours_by_name() && names::tell_ours(&self.owner);
        let Blocks { id, secret: block, refresh } = self.blocks;
        let is_beside = block.is_some() && (block == id || id.is_none() && block == refresh);
        self.secret = self.secret.take().filter(|secret| is_named || is_beside || shape::is_secret(secret));
    }

    /// Returns the name that a person knows it by.
    pub(super) fn name(&self) -> String {
        const LONGEST: usize = 32;
        let name = self.owner.join("_").to_ascii_uppercase();
        let is_short = !name.is_empty() && name.len() <= LONGEST && name.is_ascii();
        match (is_short, self.guid()) {
            (true, _) => name,
            (false, Some(_)) => "CLIENT_ID".into(),
            (false, None) => "REFRESH_TOKEN".into(),
        }
    }

    fn contradicts(&self, part: &Part) -> bool {
        match part.field {
            Field::ClientId => self.id.is_some_and(|id| id != id_of(&part.value)),
            Field::ClientSecret => self.secret.as_ref().is_some_and(|secret| *secret != part.value),
            Field::RedirectUri => self.redirect.as_ref().is_some_and(|redirect| *redirect != part.value),
            Field::RefreshToken => self.refresh.as_ref().is_some_and(|refresh| *refresh != part.value),
        }
    }

    fn take(&mut self, part: Part) {
        match part.field {
            Field::ClientId => (self.id, self.blocks.id) = (Some(id_of(&part.value)), Some(part.block)),
            Field::ClientSecret => (self.secret, self.blocks.secret) = (Some(part.value), Some(part.block)),
            Field::RedirectUri => self.redirect = Some(part.value),
            Field::RefreshToken => match shape::of(&part.value) {
                Shape::Refresh => {
                    (self.refresh, self.is_data) = (Some(part.value), part.is_data);
                    self.blocks.refresh = Some(part.block);
                }
                Shape::Other(other) => self.other_token = Some(other),
                Shape::Unknown => self.other_token = Some(OtherToken::Foreign),
            },
        }
    }

    fn overlay(&mut self, over: Group) {
        if over.secret.is_some() {
            (self.secret, self.blocks.secret) = (over.secret, over.blocks.secret);
        }
        self.redirect = over.redirect.or(self.redirect.take());
        self.other_token = self.other_token.take().or(over.other_token);
        if over.refresh.is_some() {
            (self.refresh, self.is_data) = (over.refresh, over.is_data);
            self.blocks.refresh = over.blocks.refresh;
        }
    }
}

fn id_of(value: &str) -> Id {
    // Only an ID that `AzureApp` accepts counts.
    AzureApp::parse(value, "http://localhost").map_or(Id::Other, |app| Id::Guid(app.client_id))
}
