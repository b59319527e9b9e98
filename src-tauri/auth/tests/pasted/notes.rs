//! Headings, comments and labels that say whose a value is, and those that say nothing about it.

use crate::{CLIENT, is_asked, is_confidential, is_public, read, sent};

const APP: &str = "CLIENT_ID={CLIENT}\n";
const TOKEN: &str = "REFRESH_TOKEN={LIVE}\n";

#[test]
fn a_token_under_the_heading_of_a_person_or_a_service_is_asked_about() {
    for heading in [
        "Bob:",
        "# Bob",
        "// Bob",
        "/* Bob */",
        "<!-- Bob -->",
        "## Discord",
        "[discord]",
        "=== Bob ===",
        "--- Bob ---",
        "**Bob**",
        "*Bob:*",
        "Bob",
        "Bob\n",
        "# Bob\n# get it with login.py\n",
        "# Bob\n\n# the refresh token",
        "# Bob\n# CLIENT_ID=old",
        "# Outlook account",
        "# this one is bob's",
        "this one is bob's",
        "# the last time that I got this one was from Bob",
        "# used by the discord bot to post the stats of matches",
        "# belongs to somebody",
        "File: bob/.env",
        "$ cat bob/.env",
        "bob — Today at 10:03",
        "[10:03 AM] Bob",
        "from Bob",
        "<@123> bob",
        "bob#1234",
        "2nd",
        "old one",
        "test user",
        "Player 2",
        "# account 2",
        "for the kids",
    ] {
        is_asked(&format!("{APP}{heading}\n{TOKEN}"), None);
        is_asked(&format!("SPNKR_{APP}\n{heading}\nSPNKR_{TOKEN}"), None);
        is_asked(&format!("{heading}\n{TOKEN}"), Some(CLIENT));
        is_asked(&format!("{APP}{heading}\n{{LIVE}}\n"), None);
    }
    is_asked("const clientId = \"{CLIENT}\";\n/* Outlook */\nconst refreshToken = \"{LIVE}\";\n", None);
    is_asked("{\n  \"client_id\": \"{CLIENT}\",\n  // Bob\n  \"refresh_token\": \"{LIVE}\"\n}", None);
    is_asked("CLIENT_ID={CLIENT}\n# Discord\nDISCORD_CLIENT_ID=123456789012345678\nREFRESH_TOKEN={LIVE}\n", None);
    is_asked("CLIENT_ID={CLIENT}\nBob's token:\n{LIVE}\n", None);
}

#[test]
fn a_heading_that_names_nobody_or_that_the_client_id_has_too_changes_nothing() {
    for heading in [
        "# refresh token",
        "# Tokens",
        "# My Halo account",
        "# get this with scripts/login.py",
        "# get this from the Azure Portal, under App registrations",
        "# see https://github.com/acurtis166/SPNKr",
        "# path C:\\",
        "# the old one, from the laptop\n# REFRESH_TOKEN={DEAD}",
        "# 2026-12-01 10:02",
        "## Step 3: get the refresh token",
        "Your refresh token is:",
        "# it's new",
        "token_type: bearer",
        "sleep 5",
        "GOOGLE_CLIENT_SECRET:   GOCSPX-hush-hush-hush-hush-01",
        "scope: XboxLive.signin XboxLive.offline_access",
    ] {
        is_public(&format!("{APP}{heading}\n{TOKEN}"), None);
    }
    for heading in ["Bob:", "# Bob", "=== Bob ===", "[discord]", "bob — Today at 10:03", "import asyncio"] {
        is_public(&format!("{heading}\n{APP}{TOKEN}"), None);
        is_public(&format!("{heading}\n{APP}\n# Halo\n{TOKEN}"), None);
    }
    is_public("# Discord\nDISCORD_TOKEN=a\n\n# Xbox\nCLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\n", None);
    is_public("[10:02 AM] Andi\nCLIENT_ID={CLIENT}\n[10:03 AM] Andi\nREFRESH_TOKEN={LIVE}\n", None);
    is_public("_client_id: {CLIENT}\n_refresh_token: {LIVE}\n", None);
}

#[test]
fn a_remark_behind_a_value_that_names_somebody_is_heard() {
    for remark in
        [" # discord", " // twitch", "  # Bob", " # bob's", " /* bob */", " <!-- Bob -->", " # for the teams bot"]
    {
        for secret in ["d1sc0rd-hush-hush-01", "{SECRET}"] {
            is_public(&format!("{APP}CLIENT_SECRET={secret}{remark}\n{TOKEN}"), None);
        }
        is_asked(&format!("{APP}REFRESH_TOKEN={{LIVE}}{remark}\n"), None);
    }
    for remark in [" (bob)", " <- bob's", " — Bob", " - bob"] {
        is_asked(&format!("{APP}REFRESH_TOKEN={{LIVE}}{remark}\n"), None);
    }
    is_confidential(
        "CLIENT_ID={CONFIDENTIAL} # azure\nCLIENT_SECRET={SECRET} # expires 2027-01-01\nREFRESH_TOKEN={CONFIDENTIAL_LIVE} # from SPNKr, old",
    );
}

#[test]
fn a_name_that_is_not_quite_ours_is_asked_about() {
    for name in [
        "_refresh_token",
        "__refresh_token",
        "x_refresh_token",
        "-refresh_token",
        "!refresh_token",
        "~refresh_token",
        "refresh_token_",
        "refresh_token_2",
        "user_2_refresh_token",
        "alt_refresh_token",
        "old_refresh_token",
        "refresh_token_disabled",
    ] {
        is_asked(&format!("{{\"client_id\": \"{{CLIENT}}\", \"{name}\": \"{{LIVE}}\"}}"), None);
        is_asked(&format!("{{\"{name}\": \"{{LIVE}}\"}}"), Some(CLIENT));
        // A line that begins with these is one that a diff removes, or a comment.
        if !name.starts_with(['-', '!', '~']) {
            // A diff removes lines that begin with a dash.
            if !name.starts_with('-') {
                is_asked(&format!("{APP}{}={{LIVE}}\n", name.to_uppercase()), None);
            }
        }
    }
    for prefix in ["XBOX", "SPNKR", "AZURE", "MS", "USER"] {
        is_public(&format!("AZURE_CLIENT_ID={{CLIENT}}\n{prefix}_REFRESH_TOKEN={{LIVE}}\n"), None);
    }
}

#[test]
fn a_key_that_is_a_comment_has_no_value() {
    for name in ["//refresh_token", "#refresh_token"] {
        let brought = read(&format!("{{\"client_id\": \"{{CLIENT}}\", \"{name}\": \"{{LIVE}}\"}}"), None).unwrap();
        assert_eq!(sent(&brought).2, None, "{name}");
    }
}

#[test]
fn tokens_behind_names_in_a_list_are_two_peoples() {
    for text in [
        "{\"client_id\": \"{CLIENT}\", \"tokens\": [\"alice\", \"{LIVE}\", \"bob\", \"{DEAD}\"]}",
        "1) \"alice\"\n2) \"{LIVE}\"\n3) \"bob\"\n4) \"{DEAD}\"\nclient_id={CLIENT}\n",
        "client_id={CLIENT}\n\"alice\" -> \"{LIVE}\"\n\"bob\" -> \"{DEAD}\"\n",
    ] {
        is_asked(text, None);
    }
}

#[test]
fn a_purpose_names_nobody_and_goes_with_the_app_that_has_it_too() {
    for heading in ["# work", "# backup script", "# staging", "# My old test app"] {
        is_confidential(&format!(
            "{heading}\nCLIENT_ID={{CONFIDENTIAL}}\nCLIENT_SECRET={{SECRET}}\nREFRESH_TOKEN={{CONFIDENTIAL_LIVE}}\n"
        ));
        is_public(&format!("{APP}{heading}\n{TOKEN}"), None);
    }
    is_confidential(
        "CLIENT_ID={CONFIDENTIAL}\n# the secret, from the portal\nCLIENT_SECRET={SECRET}\n# token\nREFRESH_TOKEN={CONFIDENTIAL_LIVE}",
    );
    is_asked(&format!("{APP}# Discord\n# old\nREFRESH_TOKEN={{LIVE}}\n"), None);
}

#[test]
fn a_secret_of_another_azure_app_is_not_used() {
    for other in [
        "GRAPH_CLIENT_SECRET={SECRET}",
        "TEAMS_BOT_SECRET={SECRET}",
        "# Graph\nCLIENT_SECRET={SECRET}",
        "[graph]\nCLIENT_SECRET={SECRET}",
        "bob: CLIENT_SECRET={SECRET}",
        "# for the Teams bot\nCLIENT_SECRET={SECRET}",
        "# for the backup script\nCLIENT_SECRET={SECRET}",
        "# work\nCLIENT_SECRET={SECRET}",
        "_CLIENT_SECRET={SECRET}",
        "CLIENT_SECRET_2={SECRET}",
    ] {
        let text = format!("{APP}{TOKEN}\n{other}\n");
        let brought = read(&text, None).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(sent(&brought).1, None, "{text}");
    }
}

#[test]
fn a_backslash_continues_a_comment_of_c_and_no_other() {
    is_public(&format!("{APP}{TOKEN}// old \\\nREFRESH_TOKEN={{DEAD}}\n"), None);
    is_public(&format!("{APP}{TOKEN}// old \\\n  older \\\nREFRESH_TOKEN={{DEAD}}\n"), None);
    is_public(&format!("{APP}// old \\\r\nREFRESH_TOKEN={{DEAD}}\r\n{TOKEN}"), None);
    is_public(&format!("{APP}# path C:\\\n{TOKEN}"), None);
}
