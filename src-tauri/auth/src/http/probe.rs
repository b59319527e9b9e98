//! Checks whether a host responds and what its time is, for diagnosis.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::{
    error::Error,
    http::{Http, Repeat},
    model::leg::Leg,
};

impl Http {
    /// Sends `HEAD /` to a leg's host. Returns how far this computer's clock is ahead of the host's, to the second;
    /// `None` if the response has no time. Any response counts, including a refusal.
    pub async fn probe(&self, leg: Leg, to: &Url) -> Result<Option<SignedDuration>, Error> {
        let mut root = to.clone();
        root.set_path("/");
        root.set_query(None);
        let answer = self.send(leg, Repeat::Unanswered, &root, |client| client.head(root.clone())).await?;
        Ok(answer.date().map(|date| Timestamp::now().duration_since(date)))
    }
}
