//! Whether a host answers, and what time it has: for a diagnosis.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::{
    error::Error,
    http::{Http, Repeat},
    leg::Leg,
};

impl Http {
    /// Asks the host of a leg for nothing (`HEAD /`) and says how far this computer's clock is ahead of the host's, to the
    /// second; `None` where it tells no time. Any answer will do, a refusal too.
    pub async fn probe(&self, leg: Leg, to: &Url) -> Result<Option<SignedDuration>, Error> {
        let mut root = to.clone();
        root.set_path("/");
        root.set_query(None);
        let answer = self.send(leg, Repeat::Unanswered, &root, |client| client.head(root.clone())).await?;
        Ok(answer.date().map(|date| Timestamp::now().duration_since(date)))
    }
}
