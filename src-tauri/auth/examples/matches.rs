//! Somebody's last matches: a refresh token becomes a Spartan token, and that a request to Halo.
//!
//! `cargo run -p spartan-auth --example matches -- refresh-token < .env`, where `.env` has SPNKr's lines. The file that is named
//! keeps the refresh token that comes back, and is read the next time.

use std::{env, error::Error, fs, io, path::Path};

use spartan_auth::{
    chain::{Chain, Start},
    endpoints::Endpoints,
    http::{Http, Timeouts},
    import,
    secrecy::{ExposeSecret, SecretString},
    services::Services,
    token::Tokens,
    url::Url,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args_os().nth(1).ok_or("Name a file that keeps the refresh token.")?;
    let brought = import::read(&io::read_to_string(io::stdin())?)?;
    let kept = fs::read_to_string(&file).ok().map(SecretString::from);

    // Microsoft gives a new refresh token each time: it is kept before anything relies on it.
    let keep = |tokens: &Tokens| match &tokens.refresh {
        Some(refresh) => write(file.as_ref(), refresh.expose_secret()),
        None => Ok(()),
    };
    let services = Services::new(Endpoints::services(), Http::new("my-bot/1.0", Timeouts::default(), Vec::new()));
    let mut tokens = Tokens { refresh: kept.or(brought.refresh), ..Tokens::default() };
    Chain::new(&services, &keep, &brought.app).run(Start::Refresh, &mut tokens).await?;
    let player = tokens.player().ok_or("Xbox did not tell who that is.")?;
    eprintln!("{} is signed in until {}.", player.gamertag, player.expires_at());

    // Any client will do; this one wants to be told whose cryptography it uses.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "There is a provider already.")?;
    let matches = format!("https://halostats.svc.halowaypoint.com/hi/players/{}/matches?count=5", player.id());
    let address = Url::parse(&matches)?;
    let request = reqwest::Client::new().get(address.clone()).headers(player.headers(&address));
    println!("{}", request.send().await?.error_for_status()?.text().await?);
    Ok(())
}

/// Whoever reads this file can sign in as the player.
fn write(file: &Path, refresh: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(file)?, refresh.as_bytes())
}
