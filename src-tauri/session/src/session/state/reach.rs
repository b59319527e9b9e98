//! Whether the services can be reached. A network that returns is noticed long before the next renewal: if a host was
//! lost, connections to it are tried, without a request.

use spartan_auth::{error::Cause as AuthCause, leg::Leg};

use crate::error::{Cause, Error, Step, Unreachable};

/// Whether the host at which a renewal failed can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// As far as is known, it can.
    Fine,
    /// It didn't answer: the network may be gone, or the service slow.
    Doubtful(Leg),
    /// It can't.
    Lost(Leg),
}

impl Reach {
    /// Returns what an error says about it.
    pub(crate) const fn after(error: Option<&Error>) -> Reach {
        match error {
            Some(Error { step: Step::Leg(leg), cause: Cause::Auth(AuthCause::Unreachable { why, .. }), .. }) => {
                match why {
                    Unreachable::Connect | Unreachable::Tls => Reach::Lost(*leg),
                    Unreachable::TimedOut => Reach::Doubtful(*leg),
                    Unreachable::Broken => Reach::Fine,
                }
            }
            _ => Reach::Fine,
        }
    }

    /// Returns the reach after another failed renewal: a host that was lost and doesn't answer is still lost.
    pub(crate) const fn after_trying_again(self, before: Reach) -> Reach {
        match (self, before) {
            (Reach::Doubtful(leg), Reach::Lost(_)) => Reach::Lost(leg),
            (reach, _) => reach,
        }
    }

    /// Returns the leg whose host may be out of reach.
    pub(crate) const fn leg(self) -> Option<Leg> {
        match self {
            Reach::Fine => None,
            Reach::Doubtful(leg) | Reach::Lost(leg) => Some(leg),
        }
    }

    /// Returns the reach after a connection was tried. A host that was never lost is only slow, which the next renewal
    /// finds out.
    pub(crate) const fn tried(self, connected: bool) -> (Reach, Returned) {
        match (self, connected) {
            (Reach::Lost(_), true) => (Reach::Fine, Returned::Now),
            (Reach::Doubtful(_), true) | (Reach::Fine, _) => (Reach::Fine, Returned::No),
            (Reach::Doubtful(leg) | Reach::Lost(leg), false) => (Reach::Lost(leg), Returned::No),
        }
    }
}

/// Whether a lost network has returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Returned {
    Now,
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(why: Unreachable) -> Reach {
        let cause = Cause::Auth(AuthCause::Unreachable { host: "xsts.auth.xboxlive.com".into(), why });
        Reach::after(Some(&Error::new(Step::Leg(Leg::XstsHalo), cause)))
    }

    #[test]
    fn a_host_is_lost_where_no_connection_was_made_and_in_doubt_where_no_answer_came() {
        assert_eq!(after(Unreachable::Connect), Reach::Lost(Leg::XstsHalo));
        assert_eq!(after(Unreachable::Tls), Reach::Lost(Leg::XstsHalo));
        assert_eq!(after(Unreachable::TimedOut), Reach::Doubtful(Leg::XstsHalo));
        assert_eq!(after(Unreachable::Broken), Reach::Fine);
        let refused =
            Error::new(Step::Leg(Leg::XstsHalo), Cause::Auth(AuthCause::Passing { status: 503, retry_after: None }));
        assert_eq!(Reach::after(Some(&refused)), Reach::Fine);
        assert_eq!(Reach::after(None), Reach::Fine);
    }

    #[test]
    fn only_what_was_lost_returns() {
        assert_eq!(after(Unreachable::Connect).tried(true), (Reach::Fine, Returned::Now));
        assert_eq!(after(Unreachable::Connect).tried(false), (Reach::Lost(Leg::XstsHalo), Returned::No));
        assert_eq!(after(Unreachable::TimedOut).tried(true), (Reach::Fine, Returned::No));
        let (lost, _) = after(Unreachable::TimedOut).tried(false);
        assert_eq!(lost.tried(true), (Reach::Fine, Returned::Now));
    }
}
