//! Tokens and client IDs that somebody made up or hid, or that a program fills in: nothing is sent.

use crate::read;

/// Nothing is sent: there's no refresh token, or a person is asked.
fn nothing_is_sent(text: &str) {
    if let Ok(brought) = read(text, None) {
        assert!(brought.refresh.is_none(), "{text}");
    }
}

#[test]
fn a_token_that_somebody_made_up_is_none() {
    for token in [
        "M.C5*****",
        "M.C5-short",
        "M.C535_BL2.0.U.-Cabcdefgh…",
        "M.C535_BL2.0.U.-Cabcdefgh...",
        "M.C535_BL2.0.U.-Cabcdefgh..",
        "M.C535_BL2.0.U.your-token",
        "M.R3_BAY.xxxxxxxxxxxx",
        "M.C123_EXAMPLE_TOKEN_VALUE",
        "M.R3_BAY.****************",
        "M.R3_BAY.[REDACTED]",
        "M.R3_BAY.-Cqwe-REDACTED",
        "AQABk3jZ9mQv0xWc7Yh2LbNpTfRsGdEuKaOiXyVz1234567890",
    ] {
        nothing_is_sent(&format!("CLIENT_ID={{CLIENT}}\nREFRESH_TOKEN={token}\n"));
        nothing_is_sent(&format!("{{\"client_id\": \"{{CLIENT}}\", \"refresh_token\": \"{token}\"}}"));
        nothing_is_sent(&format!("CLIENT_ID={{CLIENT}}\n\n{token}\n"));
    }
}

#[test]
fn a_token_beside_an_operator_is_part_of_an_expression() {
    for expression in [
        "\"{LIVE}\" if me else \"{DEAD}\"",
        "os.getenv(\"X\") or \"{LIVE}\"",
        "os.getenv(\"X\", \"{LIVE}\")",
        "process.env.X ?? \"{LIVE}\"",
        "process.env.X || \"{LIVE}\"",
        "me ? \"{LIVE}\" : \"{DEAD}\"",
        "${X:-{LIVE}}",
        "\"{LIVE}\" + tail",
    ] {
        nothing_is_sent(&format!("CLIENT_ID=\"{{CLIENT}}\"\nREFRESH_TOKEN = {expression}\n"));
    }
    nothing_is_sent("CLIENT_ID=\"{CLIENT}\"\np.add_argument(\"--refresh-token\", default=\"{LIVE}\")\n");
    nothing_is_sent("CLIENT_ID=\"{CLIENT}\"\nif refresh_token == \"{LIVE}\": ban()\n");
    nothing_is_sent("CLIENT_ID={CLIENT}\nYOUR_REFRESH_TOKEN={LIVE}\n");
}

#[test]
fn the_zero_guid_is_no_client_id() {
    nothing_is_sent("CLIENT_ID=00000000-0000-0000-0000-000000000000\nREFRESH_TOKEN={LIVE}\n");
}
