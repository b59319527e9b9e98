//! The connections and requests received so far, and the faults still to come.

use std::collections::{BTreeMap, VecDeque};

use crate::{Endpoint, Fault, Times, site::Site};

/// The connections and requests received so far, and the faults still to come.
#[derive(Default)]
pub(crate) struct Traffic {
    counts: BTreeMap<Endpoint, u32>,
    connections: BTreeMap<Site, u32>,
    requests: BTreeMap<Site, u32>,
    ordered: BTreeMap<Endpoint, VecDeque<(Fault, Times)>>,
}

impl Traffic {
    /// Orders a fault, after the faults that were ordered earlier.
    pub fn order(&mut self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.ordered.entry(endpoint).or_default().push_back((fault, times));
    }

    pub fn heal(&mut self, endpoint: Endpoint) {
        self.ordered.remove(&endpoint);
    }

    pub fn heal_all(&mut self) {
        self.ordered.clear();
    }

    /// Returns the number of requests that each endpoint has received, including zeros.
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        Endpoint::ALL.into_iter().map(|endpoint| (endpoint, self.count(endpoint))).collect()
    }

    pub fn count(&self, endpoint: Endpoint) -> u32 {
        self.counts.get(&endpoint).copied().unwrap_or_default()
    }

    /// Counts a connection.
    pub fn connect(&mut self, site: Site) {
        *self.connections.entry(site).or_default() += 1;
    }

    /// Counts a request of any kind.
    pub fn ask(&mut self, site: Site) {
        *self.requests.entry(site).or_default() += 1;
    }

    /// Returns the number of connections to each host, by its name, including zeros.
    pub fn connections(&self) -> BTreeMap<&'static str, u32> {
        by_name(&self.connections)
    }

    /// Returns the number of requests of any kind to each host, by its name, including zeros.
    pub fn requests(&self) -> BTreeMap<&'static str, u32> {
        by_name(&self.requests)
    }

    /// Counts an endpoint's request and returns its fault, if any.
    pub fn meet(&mut self, endpoint: Endpoint) -> Option<Fault> {
        *self.counts.entry(endpoint).or_default() += 1;
        let queue = self.ordered.get_mut(&endpoint)?;
        let (fault, times) = queue.pop_front()?;
        match times {
            Times::Once | Times::N(0 | 1) => {}
            Times::N(n) => queue.push_front((fault.clone(), Times::N(n - 1))),
            Times::Always => queue.push_front((fault.clone(), Times::Always)),
        }
        Some(fault)
    }
}

fn by_name(counts: &BTreeMap<Site, u32>) -> BTreeMap<&'static str, u32> {
    Site::ALL.into_iter().map(|site| (site.name(), counts.get(&site).copied().unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_as_often_and_in_the_order_they_were_ordered() {
        let mut traffic = Traffic::default();
        traffic.order(Endpoint::Spartan, Fault::Hang, Times::N(2));
        traffic.order(Endpoint::Spartan, Fault::Drop, Times::Once);
        let met: Vec<_> = (0..4).map(|_| traffic.meet(Endpoint::Spartan)).collect();
        assert_eq!(met, [Some(Fault::Hang), Some(Fault::Hang), Some(Fault::Drop), None]);
        assert_eq!(traffic.count(Endpoint::Spartan), 4);
        assert_eq!(traffic.meet(Endpoint::User), None);
    }

    #[test]
    fn a_lasting_fault_ends_when_it_is_healed() {
        let mut traffic = Traffic::default();
        traffic.order(Endpoint::User, Fault::Hang, Times::Always);
        assert_eq!(traffic.meet(Endpoint::User), traffic.meet(Endpoint::User));
        traffic.heal(Endpoint::User);
        assert_eq!(traffic.meet(Endpoint::User), None);
    }
}
