//! Linux keyrings over D-Bus: calls that determine what's locked without a prompt, and the one call that shows the
//! prompt.
//!
//! The store unlocks before every lookup, so automatic work must know in advance whether it would.

use std::collections::HashMap;

use zbus::{
    blocking::{Connection, Proxy, fdo::DBusProxy},
    names::BusName,
    zvariant::{DynamicType, ObjectPath, OwnedObjectPath, OwnedValue, Type, Value},
};

use crate::{
    error::KeyCause,
    keyring::credentials::{Access, EntryName},
};

const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const PROMPT: &str = "org.freedesktop.Secret.Prompt";

/// Returns whether the entry can be read or created in the current state; shows no prompt.
pub(crate) fn access(entry: &EntryName) -> Result<Access, KeyCause> {
    let keyring = Keyring::reach()?;
    let found = keyring.search(entry)?;
    if !found.locked.is_empty() {
        return Ok(Access::Locked);
    }
    if !found.unlocked.is_empty() {
        return Ok(Access::Open);
    }
    // The entry may be hidden: some keyrings find nothing in a locked collection. A new entry requires an unlocked one
    // too.
    match keyring.default_collection()? {
        Some(collection) if !keyring.is_locked(&collection)? => Ok(Access::Open),
        // Creating the first collection prompts for a password, as unlocking does.
        _ => Ok(Access::Locked),
    }
}

/// Unlocks what the entry needs, and creates the default collection if there is none. Shows the keyring's prompt.
pub(crate) fn unlock(entry: &EntryName) -> Result<(), KeyCause> {
    let keyring = Keyring::reach()?;
    let found = keyring.search(entry)?;
    if !found.locked.is_empty() {
        return keyring.unlock(&found.locked);
    }
    match keyring.default_collection()? {
        Some(collection) => keyring.unlock(&[collection]),
        None => keyring.make_default_collection(),
    }
}

struct Keyring {
    bus: Connection,
}

struct Found {
    unlocked: Vec<OwnedObjectPath>,
    locked: Vec<OwnedObjectPath>,
}

impl Keyring {
    fn reach() -> Result<Keyring, KeyCause> {
        let bus = Connection::session().map_err(|_| KeyCause::NoKeyring)?;
        let names = DBusProxy::new(&bus).map_err(|_| KeyCause::NoKeyring)?;
        let name = BusName::try_from(NAME).map_err(|_| KeyCause::Failed)?;
        let runs = names.name_has_owner(name).map_err(|_| KeyCause::Failed)?;
        let starts = || names.list_activatable_names().is_ok_and(|names| names.iter().any(|name| *name == NAME));
        if runs || starts() { Ok(Keyring { bus }) } else { Err(KeyCause::NoKeyring) }
    }

    fn search(&self, entry: &EntryName) -> Result<Found, KeyCause> {
        let attributes = HashMap::from([("service", entry.service.as_str()), ("username", entry.user.as_str())]);
        let (unlocked, locked) = self.call(PATH, SERVICE, "SearchItems", &attributes)?;
        Ok(Found { unlocked, locked })
    }

    fn default_collection(&self) -> Result<Option<OwnedObjectPath>, KeyCause> {
        let path: OwnedObjectPath = self.call(PATH, SERVICE, "ReadAlias", &"default")?;
        Ok(Some(path).filter(is_some_object))
    }

    fn is_locked(&self, collection: &ObjectPath<'_>) -> Result<bool, KeyCause> {
        let property = (COLLECTION, "Locked");
        let value: OwnedValue = self.call(collection.as_str(), "org.freedesktop.DBus.Properties", "Get", &property)?;
        bool::try_from(value).map_err(|_| KeyCause::Failed)
    }

    fn unlock(&self, objects: &[OwnedObjectPath]) -> Result<(), KeyCause> {
        let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = self.call(PATH, SERVICE, "Unlock", &objects)?;
        self.prompt(prompt)
    }

    fn make_default_collection(&self) -> Result<(), KeyCause> {
        let label = HashMap::from([("org.freedesktop.Secret.Collection.Label", Value::from("Default keyring"))]);
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) =
            self.call(PATH, SERVICE, "CreateCollection", &(label, "default"))?;
        self.prompt(prompt)
    }

    fn prompt(&self, prompt: OwnedObjectPath) -> Result<(), KeyCause> {
        if !is_some_object(&prompt) {
            return Ok(());
        }
        let prompt = Proxy::new(&self.bus, NAME, prompt, PROMPT).map_err(|_| KeyCause::Failed)?;
        // Subscribe first: a prompt that can't be shown completes at once.
        let mut ends = prompt.receive_signal("Completed").map_err(|_| KeyCause::Failed)?;
        prompt.call_method("Prompt", &"").map_err(|_| KeyCause::Failed)?;
        let end = ends.next().ok_or(KeyCause::Failed)?;
        let (dismissed, _): (bool, OwnedValue) = end.body().deserialize().map_err(|_| KeyCause::Failed)?;
        if dismissed { Err(KeyCause::Dismissed) } else { Ok(()) }
    }

    fn call<B, R>(&self, path: &str, interface: &str, method: &str, body: &B) -> Result<R, KeyCause>
    where
        B: serde::Serialize + DynamicType,
        R: serde::de::DeserializeOwned + Type,
    {
        let answer =
            self.bus.call_method(Some(NAME), path, Some(interface), method, body).map_err(|error| cause(&error))?;
        answer.body().deserialize().map_err(|_| KeyCause::Failed)
    }
}

/// Whether the path refers to an object. D-Bus has no null, so `/` means none.
fn is_some_object(path: &OwnedObjectPath) -> bool {
    path.as_str() != "/"
}

fn cause(error: &zbus::Error) -> KeyCause {
    match error {
        // The bus knows how to start a keyring, but it didn't start.
        zbus::Error::MethodError(name, _, _) if name.starts_with("org.freedesktop.DBus.Error.Spawn") => {
            KeyCause::NoKeyring
        }
        zbus::Error::MethodError(name, _, _) if name.as_str() == "org.freedesktop.DBus.Error.ServiceUnknown" => {
            KeyCause::NoKeyring
        }
        _ => KeyCause::Failed,
    }
}
