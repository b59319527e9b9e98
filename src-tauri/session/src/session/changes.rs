//! Changes that are saved beside the loop, in the order in which they were requested if they concern the same thing.

pub(super) mod change;

use spartan_vault::account::AccountId;
use uuid::Uuid;

/// What a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Account(AccountId),
    /// The order of the accounts.
    Order,
    /// The app with that client ID, in the settings.
    App(Uuid),
    Everything,
}

/// Identifies a change that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// The changes that have begun or wait for earlier ones.
pub(super) struct Queue<T> {
    entries: Vec<Entry<T>>,
    added: u64,
}

struct Entry<T> {
    ticket: Ticket,
    subjects: Vec<Subject>,
    turn: Turn<T>,
}

enum Turn<T> {
    Waiting(T),
    Begun,
}

impl<T> Default for Queue<T> {
    fn default() -> Queue<T> {
        Queue { entries: Vec::new(), added: 0 }
    }
}

impl<T> Queue<T> {
    /// Adds a change.
    pub(super) fn add(&mut self, subjects: Vec<Subject>, change: T) {
        self.added += 1;
        self.entries.push(Entry { ticket: Ticket(self.added), subjects, turn: Turn::Waiting(change) });
    }

    /// Returns the next change whose turn has come, and counts it as begun.
    pub(super) fn next(&mut self) -> Option<(Ticket, T)> {
        let is_next = |at: &usize| {
            let (before, from) = self.entries.split_at(*at);
            let is_free = |entry: &Entry<T>| before.iter().all(|earlier| !earlier.concerns_the_same(entry));
            from.first().is_some_and(|entry| matches!(entry.turn, Turn::Waiting(_)) && is_free(entry))
        };
        let at = (0..self.entries.len()).find(is_next)?;
        let entry = &mut self.entries[at];
        match std::mem::replace(&mut entry.turn, Turn::Begun) {
            Turn::Waiting(change) => Some((entry.ticket, change)),
            Turn::Begun => None,
        }
    }

    /// Removes a change once it's saved or has failed.
    pub(super) fn done(&mut self, ticket: Ticket) {
        self.entries.retain(|entry| entry.ticket != ticket);
    }

    /// Whether no change is pending.
    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<T> Entry<T> {
    fn concerns_the_same(&self, other: &Entry<T>) -> bool {
        self.subjects.iter().any(|one| other.subjects.iter().any(|other| one.meets(*other)))
    }
}

impl Subject {
    fn meets(self, other: Subject) -> bool {
        self == other || self == Subject::Everything || other == Subject::Everything
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Subject = Subject::Account(AccountId(Uuid::from_u128(1)));
    const B: Subject = Subject::Account(AccountId(Uuid::from_u128(2)));

    fn queue(changes: &[(&'static str, &[Subject])]) -> Queue<&'static str> {
        let mut queue = Queue::default();
        for (name, subjects) in changes {
            queue.add(subjects.to_vec(), *name);
        }
        queue
    }

    fn begun(queue: &mut Queue<&'static str>) -> Vec<(Ticket, &'static str)> {
        std::iter::from_fn(|| queue.next()).collect()
    }

    fn names(begun: &[(Ticket, &'static str)]) -> Vec<&'static str> {
        begun.iter().map(|(_, name)| *name).collect()
    }

    #[test]
    fn changes_to_one_account_begin_one_after_the_other_and_those_to_another_at_once() {
        let mut queue = queue(&[("rename a", &[A]), ("sign a out", &[A]), ("rename b", &[B])]);
        let first = begun(&mut queue);
        assert_eq!(names(&first), ["rename a", "rename b"]);
        queue.done(first[1].0);
        assert_eq!(begun(&mut queue), []);
        queue.done(first[0].0);
        let second = begun(&mut queue);
        assert_eq!(names(&second), ["sign a out"]);
        queue.done(second[0].0);
        assert!(queue.is_empty());
    }

    #[test]
    fn a_change_does_not_overtake_a_waiting_one_that_concerns_the_same() {
        let mut queue = queue(&[("a", &[A]), ("a and b", &[A, B]), ("b", &[B])]);
        let first = begun(&mut queue);
        assert_eq!(names(&first), ["a"]);
        queue.done(first[0].0);
        assert_eq!(names(&begun(&mut queue)), ["a and b"]);
    }

    #[test]
    fn what_concerns_everything_begins_alone() {
        let mut queue = queue(&[("order", &[Subject::Order]), ("all", &[Subject::Everything]), ("b", &[B])]);
        let first = begun(&mut queue);
        assert_eq!(names(&first), ["order"]);
        queue.done(first[0].0);
        let second = begun(&mut queue);
        assert_eq!(names(&second), ["all"]);
        queue.done(second[0].0);
        assert_eq!(names(&begun(&mut queue)), ["b"]);
    }
}
