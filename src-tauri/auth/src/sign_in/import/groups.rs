//! Groups names that belong together: those with the same words around them. A secret counts only if it's certain whose it is.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    called::Called,
    names::{self, Field},
    part::Part,
    places::{self, Place},
    scan::{Alone, Scan},
    secret,
    shape::{self, Shape},
    words,
};
use crate::{error::OtherToken, model::azure_app::AzureApp};

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
    /// Whether only what's noted beside it says that it isn't ours.
    pub is_noted: bool,
    /// Whether it's behind another name and its value, such as in an address: it's nobody's sign-in.
    pub is_aside: bool,
    /// What it's called in the text.
    pub called: Called,
}

/// A value named as a client ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Id {
    Guid(Uuid),
    /// Another service's ID, or a mistake.
    Other,
}

/// Groups what belongs together, in the order of the text.
pub(super) fn of(found: Scan, code: &str) -> Vec<Group> {
    let parts = certain(noted(unmarked(found.parts)), code);
    let mut groups = completed(merged(parts));
    share(&mut groups);
    let alone = found.alone.into_iter();
    groups.extend(alone.map(Group::alone));
    groups
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

/// Adds to a value's words what's noted beside it. A client ID is nobody's secret.
fn noted(mut parts: Vec<Part>) -> Vec<Part> {
    for part in parts.iter_mut().filter(|part| part.field != Field::ClientId) {
        part.owner.splice(..0, part.note.clone());
    }
    parts
}

/// Puts parts that stand beside each other together, without the secrets that may be another service's: their names don't say
/// that they are ours, and they don't stand beside one client ID or, without one, a refresh token.
fn certain(parts: Vec<Part>, code: &str) -> Vec<Vec<Part>> {
    let is_only = is_only_app(&parts, code);
    let mut order = Vec::new();
    let mut beside: BTreeMap<(Vec<String>, Place), Vec<Part>> = BTreeMap::new();
    for (place, part) in places::of(&parts).into_iter().zip(parts) {
        let key = (part.owner.clone(), place);
        if !beside.contains_key(&key) {
            order.push(key.clone());
        }
        beside.entry(key).or_default().push(part);
    }
    let mut together: Vec<_> = order.iter().filter_map(|key| beside.remove(key)).collect();
    for parts in &mut together {
        let ids: BTreeSet<Id> = parts.iter().filter_map(Part::id).collect();
        let has_one = match ids.first() {
            Some(Id::Guid(_)) => ids.len() == 1,
            Some(Id::Other) => false,
            None => parts.iter().any(|part| part.shape() == Some(Shape::Refresh)),
        };
        let is_certain = |part: &Part| {
            has_one
                || names::tell_ours(&part.owner)
                || is_only && part.spot.bracket.is_none() && secret::has_shape(&part.value)
        };
        parts.retain(|part| part.field != Field::ClientSecret || is_certain(part));
    }
    together
}

/// Whether a text has one client ID and one secret, and no GUID that may be another app's.
fn is_only_app(parts: &[Part], code: &str) -> bool {
    const OF_OTHER_THINGS: [&str; 6] = ["tenant", "object", "directory", "secret id", "secret_id", "match"];
    let ours = || parts.iter().filter(|part| names::are_ours(&part.owner));
    let is_secret = |part: &&Part| part.field == Field::ClientSecret;
    let of_others = parts.iter().filter(|part| !names::are_ours(&part.owner) && secret::has_shape(&part.value));
    let secrets: BTreeSet<_> = ours().chain(of_others).filter(is_secret).map(|part| &part.value).collect();
    let ids: BTreeSet<_> = ours().filter_map(Part::id).collect();
    let is_of_app = |line: &&str| !OF_OTHER_THINGS.iter().any(|word| line.to_ascii_lowercase().contains(word));
    let lines = code.lines().filter(is_of_app);
    let words = lines.flat_map(|line| line.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-'));
    let guids: BTreeSet<Uuid> = words.filter(|word| word.len() == 36).filter_map(|word| word.parse().ok()).collect();
    secrets.len() == 1 && ids.len() == 1 && guids.len() == 1
}

/// Adds what stands together to the group with the same words, unless it contradicts it.
fn merged(together: Vec<Vec<Part>>) -> Vec<Group> {
    let mut ids: BTreeMap<Vec<String>, BTreeSet<Id>> = BTreeMap::new();
    for part in together.iter().flatten() {
        ids.entry(part.owner.clone()).or_default().extend(part.id());
    }
    let mut groups: Vec<Group> = Vec::new();
    for group in together.into_iter().flat_map(split) {
        let is_one_app = ids.get(&group.owner).is_none_or(|ids| ids.len() <= 1);
        match groups.iter_mut().find(|other| other.owner == group.owner && other.agrees(&group, is_one_app)) {
            Some(other) => other.absorb(group),
            None => groups.push(group),
        }
    }
    groups
}

/// Makes groups of parts that stand together; a second value for the same begins another one.
fn split(parts: Vec<Part>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for part in parts {
        let part = Group::of(part);
        match groups.last_mut().filter(|group| group.agrees(&part, true)) {
            Some(group) => group.absorb(part),
            None => groups.push(part),
        }
    }
    groups
}

/// Sets the client ID in every group of one app. A second secret also gets the refresh token that it may be for, so that a
/// person has to choose.
fn completed(mut groups: Vec<Group>) -> Vec<Group> {
    let mut owners: BTreeMap<Vec<String>, (BTreeSet<Id>, BTreeSet<String>)> = BTreeMap::new();
    for group in &groups {
        let (ids, tokens) = owners.entry(group.owner.clone()).or_default();
        ids.extend(group.id);
        tokens.extend(group.refresh.clone());
    }
    for group in &mut groups {
        let Some((ids, tokens)) = owners.get(&group.owner).filter(|(ids, _)| ids.len() == 1) else { continue };
        group.id = group.id.or(ids.first().copied());
        if group.refresh.is_none() && group.secret.is_some() && tokens.len() == 1 {
            group.refresh = tokens.first().cloned();
        }
    }
    groups
}

/// Copies to groups of the same app the same secret and redirect URI, if there is only one.
fn share(groups: &mut [Group]) {
    let mut apps: BTreeMap<Uuid, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for group in groups.iter() {
        if let Some(id) = group.guid() {
            let (secrets, redirects) = apps.entry(id).or_default();
            secrets.extend(group.secret.clone());
            redirects.extend(group.redirect.clone());
        }
    }
    let only = |values: &BTreeSet<String>| values.first().filter(|_| values.len() == 1).cloned();
    for group in groups {
        if let Some((secrets, redirects)) = group.guid().and_then(|id| apps.get(&id)) {
            group.secret = group.secret.take().or_else(|| only(secrets));
            group.redirect = group.redirect.take().or_else(|| only(redirects));
        }
    }
}

impl Part {
    fn id(&self) -> Option<Id> {
        // Only an ID that `AzureApp` accepts counts.
        let id = || AzureApp::parse(&self.value, "http://localhost").map_or(Id::Other, |app| Id::Guid(app.client_id));
        (self.field == Field::ClientId).then(id)
    }

    fn shape(&self) -> Option<Shape> {
        (self.field == Field::RefreshToken).then(|| shape::of(&self.value))
    }
}

impl Group {
    fn of(part: Part) -> Group {
        let (id, shape) = (part.id(), part.shape());
        let Part { owner, note, field, name, value, is_data, spot, .. } = part;
        let is_aside = !note.is_empty() && spot.before.contains('=');
        let is_noted = !note.is_empty() && !is_aside && owner.get(note.len()..).is_some_and(names::are_ours);
        let called = Called::new(field, &name, note, value.clone());
        let group = Group { owner, id, is_noted, is_aside, called, ..Group::default() };
        match (field, shape) {
            (Field::ClientId, _) => group,
            (Field::ClientSecret, _) => Group { secret: Some(value), ..group },
            (Field::RedirectUri, _) => Group { redirect: Some(value), ..group },
            (Field::RefreshToken, Some(Shape::Refresh)) => Group { refresh: Some(value), is_data, ..group },
            (Field::RefreshToken, Some(Shape::Other(other))) => Group { other_token: Some(other), ..group },
            (Field::RefreshToken, Some(Shape::Unknown) | None) => {
                Group { other_token: Some(OtherToken::Foreign), ..group }
            }
        }
    }

    fn alone(Alone { owner, note, name, value, .. }: Alone) -> Group {
        let is_noted = !note.is_empty() && names::are_ours(&owner);
        let called = Called::new(Field::RefreshToken, &name, note.clone(), value.clone());
        Group { owner: [note, owner].concat(), refresh: Some(value), is_noted, called, ..Group::default() }
    }

    pub(super) const fn guid(&self) -> Option<Uuid> {
        match self.id {
            Some(Id::Guid(id)) => Some(id),
            Some(Id::Other) | None => None,
        }
    }

    pub(super) fn is_ours_by_name(&self) -> bool {
        !self.is_noted && names::are_ours(&self.owner)
    }

    /// Whether another service's name or another setting says that it's nobody's sign-in here.
    pub(super) fn is_of_others(&self) -> bool {
        self.is_aside || words::name_service(&self.owner)
    }

    /// Whether the refresh token of `token` may be this app's.
    pub(super) fn may_have(&self, token: &Group) -> bool {
        // The blocks that both are in say nothing about either.
        let shared = self.owner.iter().zip(&token.owner).take_while(|(one, other)| one == other).count();
        let [own, tokens] = [self, token].map(|group| group.owner.get(shared..).unwrap_or_default());
        names::are_ours(own) && !token.is_noted && (names::are_ours(tokens) || own.is_empty() && shared > 0)
    }

    /// Returns the app with another group's refresh token. What belongs to another service's client ID stays there.
    pub(super) fn with_token(self, token: &Group) -> Group {
        let Group { secret, redirect, refresh, is_data, .. } = token.of_known();
        Group { secret: self.secret.or(secret), redirect: self.redirect.or(redirect), refresh, is_data, ..self }
    }

    /// Returns the refresh token, and what's certain to belong to it.
    pub(super) fn of_known(&self) -> Group {
        let is_certain = self.id.is_none() && self.is_ours_by_name();
        let secret = self.secret.clone().filter(|_| is_certain);
        let redirect = self.redirect.clone().filter(|_| is_certain);
        Group { id: None, secret, redirect, ..self.clone() }
    }

    /// Whether no value of one contradicts the other's; what has no client ID belongs to the only app.
    fn agrees(&self, other: &Group, is_one_app: bool) -> bool {
        fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let has_same_app = if is_one_app { agree(self.id.as_ref(), other.id.as_ref()) } else { self.id == other.id };
        has_same_app
            && agree(self.secret.as_ref(), other.secret.as_ref())
            && agree(self.refresh.as_ref(), other.refresh.as_ref())
            && agree(self.redirect.as_ref(), other.redirect.as_ref())
    }

    fn absorb(&mut self, other: Group) {
        self.is_noted |= other.is_noted;
        self.is_aside |= other.is_aside;
        self.called = std::mem::take(&mut self.called).or(other.called);
        self.id = self.id.or(other.id);
        self.secret = self.secret.take().or(other.secret);
        self.redirect = self.redirect.take().or(other.redirect);
        self.other_token = self.other_token.take().or(other.other_token);
        if self.refresh.is_none() {
            (self.refresh, self.is_data) = (other.refresh, other.is_data);
        }
    }
}
