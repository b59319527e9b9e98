//! The main window's state between closed and open, so that no click is lost and no second window opens.

/// The state of a window. Opening and closing takes time, and a click may come at any moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Life {
    #[default]
    Closed,
    /// The window is being built.
    Opening,
    Open,
    Closing(Then),
}

/// What happens after a window has closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Nothing,
    /// A click asked for the window while it was closing.
    OpenAgain,
}

/// What to do when a click asks for the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Open,
    Present,
    /// The window opens without further action.
    Wait,
}

impl Life {
    /// Returns what to do when a click asks for the window. After [`Step::Open`], the caller must open it.
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

    /// Returns what to do after the window has closed, or couldn't be opened.
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
