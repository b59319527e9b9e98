//! Where the main window is between closed and open, so that no click is lost and no second one opens.

/// A window takes time to open and to close, and a click may come at any moment of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Life {
    #[default]
    Closed,
    /// It is being built.
    Opening,
    Open,
    Closing(Then),
}

/// What comes after a window has closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Nothing,
    /// Somebody wanted to see it while it was closing.
    OpenAgain,
}

/// What to do for somebody who wants to see the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Open,
    Present,
    /// It comes by itself.
    Wait,
}

impl Life {
    /// Somebody wants to see it; whoever is told to open it has to.
    pub(crate) fn wanted(&mut self) -> Step {
        let (life, step) = match *self {
            Life::Closed => (Life::Opening, Step::Open),
            Life::Opening => (Life::Opening, Step::Wait),
            Life::Open => (Life::Open, Step::Present),
            Life::Closing(_) => (Life::Closing(Then::OpenAgain), Step::Wait),
        };
        *self = life;
        step
    }

    /// It has closed, or could not be opened.
    pub(crate) fn gone(&mut self) -> Then {
        match std::mem::take(self) {
            Life::Closing(then) => then,
            Life::Closed | Life::Opening | Life::Open => Then::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clicks_open_one_window() {
        let mut life = Life::default();
        assert_eq!(life.wanted(), Step::Open);
        assert_eq!(life.wanted(), Step::Wait);
        life = Life::Open;
        assert_eq!(life.wanted(), Step::Present);
    }

    #[test]
    fn a_click_while_the_window_closes_is_not_lost() {
        let mut life = Life::Closing(Then::Nothing);
        assert_eq!(life.wanted(), Step::Wait);
        assert_eq!(life.gone(), Then::OpenAgain);
        assert_eq!(life.wanted(), Step::Open);
    }

    #[test]
    fn a_window_that_could_not_be_opened_can_be_wanted_again() {
        let mut life = Life::default();
        life.wanted();
        assert_eq!(life.gone(), Then::Nothing);
        assert_eq!(life.wanted(), Step::Open);
    }
}
