//! Requests to the mock services' control address.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::stand_ins::{self, StandIns};

/// It's on this machine, and answers at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// Returns a refresh token of an account for an app.
pub fn seed(stand_ins: &StandIns, client_id: &str, account: &str) -> Result<String, String> {
    let body = format!(r#"{{"client_id":"{client_id}","account":"{account}"}}"#);
    let answer = ask(stand_ins, "POST", "/seed", &body)?;
    stand_ins::text(&answer, "refresh_token").map(str::to_owned).ok_or("The stand-ins gave no refresh token.".into())
}

/// Approves a device code for an account.
pub fn approve(stand_ins: &StandIns, user_code: &str, account: &str) -> Result<(), String> {
    let body = format!(r#"{{"user_code":"{user_code}","account":"{account}"}}"#);
    ask(stand_ins, "POST", "/approve", &body).map(drop)
}

/// Returns the number of requests to each endpoint, as JSON.
pub fn counts(stand_ins: &StandIns) -> Result<String, String> {
    ask(stand_ins, "GET", "/counts", "")
}

fn ask(stand_ins: &StandIns, method: &str, path: &str, body: &str) -> Result<String, String> {
    let control = stand_ins::text(stand_ins.line(), "control").and_then(|control| control.strip_prefix("http://"));
    let host = control.ok_or("The stand-ins do not say where they are steered.")?;
    let failed = |error: io::Error| format!("The stand-ins do not answer at {host}{path}: {error}.");
    let answer = exchange(host, &request(host, method, path, body)).map_err(failed)?;
    body_of(&answer).map(str::to_owned).ok_or(format!("The stand-ins refuse {path} with {body}:\n{answer}"))
}

fn exchange(host: &str, request: &str) -> io::Result<String> {
    let mut line = TcpStream::connect(host)?;
    line.set_read_timeout(Some(PATIENCE))?;
    line.write_all(request.as_bytes())?;
    let mut answer = String::new();
    line.read_to_string(&mut answer)?;
    Ok(answer)
}

fn request(host: &str, method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Returns the body of a successful answer.
fn body_of(answer: &str) -> Option<&str> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.split(' ').nth(1)?.starts_with('2').then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_has_a_body_to_read() {
        assert_eq!(body_of("HTTP/1.1 200 OK\r\na: b\r\n\r\n{}"), Some("{}"));
        assert_eq!(body_of("HTTP/1.1 204 No Content\r\n\r\n"), Some(""));
        assert_eq!(body_of("HTTP/1.1 400 Bad Request\r\n\r\n{}"), None);
        assert_eq!(body_of(""), None);
    }
}
