//! The pages that a person sees.

use hyper::StatusCode;

use crate::{
    Account,
    answer::{Answer, html},
};

/// Lists the accounts; Return picks `first`.
pub(super) fn choose<'a>(accounts: impl Iterator<Item = &'a Account>, first: usize) -> Answer {
    let body = format!(
        "<h1>Sign in</h1>\n<p>Pick an account.</p>\n<form method=\"post\">\n{}\n</form>",
        buttons(accounts, Some(first))
    );
    html(StatusCode::OK, page("Sign in", &body))
}

/// Asks for the code that a device shows, and lists the accounts.
pub(super) fn enter_code<'a>(accounts: impl Iterator<Item = &'a Account>, code: &str) -> Answer {
    let body = format!(
        "<h1>Enter code</h1>\n<p>Type the code that your device shows, then pick an account.</p>\n\
         <form method=\"post\">\n<input name=\"user_code\" value=\"{}\" aria-label=\"Code\" autofocus required>\n\
         {}\n</form>",
        escaped(code),
        buttons(accounts, None)
    );
    html(StatusCode::OK, page("Enter code", &body))
}

/// Posts a result to a program's URL at once, or when the person presses the button.
pub(super) fn post<'a>(address: &str, result: impl Iterator<Item = (&'a str, &'a str)>) -> Answer {
    let field = |(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escaped(value));
    let fields: String = result.map(field).collect();
    let body = format!(
        "<h1>Signing in</h1>\n<form method=\"post\" action=\"{}\">\n{fields}<button>Continue</button>\n</form>\n\
         <script>document.forms[0].submit()</script>",
        escaped(address)
    );
    html(StatusCode::OK, page("Signing in", &body))
}

/// The error page for an invalid client ID, redirect URI or device code.
pub(super) fn dead_end(problem: &str) -> Answer {
    note(StatusCode::BAD_REQUEST, "We can't sign you in", problem)
}

/// A page that only shows a message.
pub(super) fn note(status: StatusCode, title: &str, text: &str) -> Answer {
    html(status, page(title, &format!("<h1>{title}</h1>\n<p>{}</p>", escaped(text))))
}

fn buttons<'a>(accounts: impl Iterator<Item = &'a Account>, first: Option<usize>) -> String {
    let account = |(index, account): (usize, &Account)| {
        let focus = if Some(index) == first { " autofocus" } else { "" };
        let email = escaped(&account.email);
        format!("<button name=\"account\" value=\"{email}\"{focus}>{email}</button>\n")
    };
    let accounts: String = accounts.enumerate().map(account).collect();
    format!("{accounts}<button name=\"cancel\" value=\"cancel\" class=\"quiet\" formnovalidate>Cancel</button>")
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n\
         <p class=\"note\">This page is a local stand-in for testing. It is not Microsoft.</p>\n\
         </main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#eef1f4, #16191d); }
main { box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem; border-radius: 12px;
  background: light-dark(#fff, #22262b); color: light-dark(#1b1f23, #e8eaed); }
h1 { margin: 0; font-size: 1.5rem; }
form { display: grid; gap: .5rem; margin: 1.25rem 0; }
input { text-transform: uppercase; }
button, input { font: inherit; text-align: left; padding: .75rem 1rem; border: 1px solid light-dark(#c4cad0, #4a5159);
  border-radius: 8px; background: none; color: inherit; }
button:hover { background: light-dark(#f3f5f7, #2c3137); }
button:focus-visible, input:focus-visible { outline: 3px solid light-dark(#0b62c4, #7db7ff); outline-offset: 1px; }
.quiet { border-color: transparent; text-align: center; }
.note { margin: 0; font-size: .875rem; color: light-dark(#565e66, #a3abb3); }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_the_accounts_and_one_has_the_focus() {
        let accounts = [Account::adult("a<b@example.com", "A", "1"), Account::adult("c@example.com", "C", "2")];
        let page = choose(accounts.iter(), 1).into_body();
        assert!(page.contains("<button name=\"account\" value=\"a&lt;b@example.com\">a&lt;b@example.com</button>"));
        assert!(page.contains("<button name=\"account\" value=\"c@example.com\" autofocus>"));
        assert_eq!(page.matches(" autofocus").count(), 1);
        assert!(page.contains("not Microsoft"));
    }
}
