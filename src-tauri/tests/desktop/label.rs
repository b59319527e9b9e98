//! Finding an element by the name that assistive technology reads out.

use fantoccini::{
    Client, Locator,
    elements::{Element, ElementRef},
    wd::WebDriverCompatibleCommand,
};

/// The first visible element among those that the CSS selector `kinds` picks whose accessible name is `name`.
pub async fn find(page: &Client, kinds: &str, name: &str) -> Option<Element> {
    for element in page.find_all(Locator::Css(kinds)).await.ok()? {
        let label = page.issue_cmd(ComputedLabel(element.element_id())).await.ok()?;
        if label == name && element.is_displayed().await.ok()? {
            return Some(element);
        }
    }
    None
}

/// A command of `WebDriver` that fantoccini has no call for.
#[derive(Debug)]
struct ComputedLabel(ElementRef);

impl WebDriverCompatibleCommand for ComputedLabel {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/element/{}/computedlabel", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}
