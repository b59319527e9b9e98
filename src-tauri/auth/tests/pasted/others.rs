//! Other inputs of the same kinds: comments, other services, expressions, shapes.

use crate::{CLIENT, is_confidential, is_public};

const OWN: &str = "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n";

#[test]
fn what_is_commented_out_is_not_used_in_any_language() {
    let old = [
        "SPNKR_REFRESH_TOKEN={DEAD}",
        "SPNKR_CLIENT_SECRET=old",
        "SPNKR_CLIENT_ID=00000000-aaaa-4bbb-8ccc-dddddddddddd",
    ];
    for old in old {
        for comment in [
            format!("# {old}"),
            format!("#{old}"),
            format!("   # {old}"),
            format!("// {old}"),
            format!("//{old}"),
            format!("; {old}"),
            format!("-- {old}"),
            format!("--{old}"),
            format!("REM {old}"),
            format!("rem set {old}"),
            format!(":: {old}"),
            format!("/* {old} */"),
            format!("/*\n{old}\n*/"),
            format!("/**\n * {old}\n */"),
            format!("<!-- {old} -->"),
            format!("<!--\n{old}\n-->"),
            format!("<#\n{old}\n#>"),
            format!("\"\"\"\n{old}\n\"\"\""),
            format!("'''{old}'''"),
            format!("X=1 # {old}"),
            format!("X=1 // {old}"),
            format!("X='1' # {old}"),
            format!("X=1 /* {old} */"),
            format!("# it's old: {old}"),
        ] {
            is_public(&format!("{OWN}{comment}\n"), None);
            is_public(&format!("{comment}\n{OWN}"), None);
            is_public(&format!("{OWN}{comment}\n").replace('\n', "\r\n"), None);
        }
    }
}

#[test]
fn a_comment_behind_a_value_is_not_part_of_it() {
    for input in [
        "SPNKR_CLIENT_ID={CLIENT} # mine\nSPNKR_REFRESH_TOKEN={LIVE}\t# of today",
        "SPNKR_CLIENT_ID=\"{CLIENT}\" # \"old\"\nSPNKR_REFRESH_TOKEN='{LIVE}'# old",
        "const clientId = \"{CLIENT}\"; // \"not this\"\nconst refreshToken = \"{LIVE}\"; /* old */",
        "{\n  \"client_id\": \"{CLIENT}\", // mine\n  /* \"client_secret\": \"old\", */\n  \"refresh_token\": \"{LIVE}\"\n}",
    ] {
        is_public(input, None);
    }
    is_confidential(
        "CLIENT_ID={CONFIDENTIAL}\nCLIENT_SECRET={SECRET} # {DEAD}\nREFRESH_TOKEN={CONFIDENTIAL_LIVE} // old",
    );
}

#[test]
fn nothing_of_another_service_is_used() {
    for other in [
        "DISCORD_CLIENT_ID=123456789012345678\nDISCORD_CLIENT_SECRET=d1sc0rd-hush-hush",
        "TWITCH_CLIENT_ID=abcdefghij0123456789abcdefghij\nTWITCH_CLIENT_SECRET=tw1tch-hush-hush\nTWITCH_REFRESH_TOKEN=tw1tchtw1tchtw1tchtw1tch",
        "SPOTIFY_CLIENT_SECRET=sp0tify-hush-hush\nSPOTIFY_REDIRECT_URI=https://example.com/callback",
        "GOOGLE_REFRESH_TOKEN=1//0gabcdefghijklmnopqrstuvwxyz",
        "NOTION_CLIENT_ID=11111111-2222-4333-8444-555555555555\nNOTION_CLIENT_SECRET=n0tion-hush-hush",
        "CLIENT_ID=123456789012345678\nCLIENT_SECRET=d1sc0rd-hush-hush",
        "CLIENT_SECRET=d1sc0rd-hush-hush",
        "REDIRECT_URI=https://example.com/discord",
        "CLIENT_SECRET_DISCORD=d1sc0rd-hush-hush",
        "discordClientSecret: d1sc0rd-hush-hush",
        "Discord client secret: d1sc0rd-hush-hush",
        "discord:\n  client_id: 123456789012345678\n  client_secret: d1sc0rd-hush-hush",
        "[discord]\nclient_id = 123456789012345678\nclient_secret = \"d1sc0rd-hush-hush\"",
        "{\"discord\": {\"client_id\": \"123456789012345678\", \"client_secret\": \"d1sc0rd-hush-hush\"}}",
        "discord = {'client_id': '123456789012345678', 'client_secret': 'd1sc0rd-hush-hush'}",
        "oauth = SpotifyOAuth(client_id=\"0123456789abcdef\", client_secret=\"sp0tify-hush-hush\", redirect_uri=\"https://example.com\")",
        "class Discord:\n    CLIENT_SECRET = \"d1sc0rd-hush-hush\"",
        "config.discord.clientSecret = 'd1sc0rd-hush-hush';",
    ] {
        is_public(&format!("{OWN}{other}\n"), None);
        if !other.starts_with('[') {
            is_public(&format!("{other}\n{OWN}"), None);
        }
    }
}

#[test]
fn another_services_block_beside_ours_is_not_used() {
    for input in [
        "{\"xbox\": {\"client_id\": \"{CLIENT}\", \"refresh_token\": \"{LIVE}\"}, \"twitch\": {\"client_secret\": \"tw1tch\", \"refresh_token\": \"tw1tchtw1tchtw1tch\"}}",
        "xbox:\n  client_id: {CLIENT}\n  refresh_token: {LIVE}\ndiscord:\n  client_id: 123\n  client_secret: d1sc0rd-hush-hush\n",
        "discord:\n  oauth:\n    client_secret: d1sc0rd-hush-hush\nxbox:\n  client_id: {CLIENT}\n  oauth:\n    refresh_token: {LIVE}\n",
        "[xbox]\nclient_id={CLIENT}\nrefresh_token={LIVE}\n[discord]\nclient_secret=d1sc0rd-hush-hush\n",
        "services:\n  bot:\n    environment:\n      - DISCORD_CLIENT_SECRET=d1sc0rd-hush-hush\n      - SPNKR_CLIENT_ID={CLIENT}\n      - SPNKR_REFRESH_TOKEN={LIVE}\n",
        "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\nTWITCH_REFRESH_TOKEN=tw1tch-hush-hush-01\nDISCORD_CLIENT_SECRET=d1sc0rd-hush-hush\n",
        "{\"client_id\": \"{CLIENT}\", \"refresh_token\": \"{LIVE}\", \"discord_client_secret\": \"d1sc0rd-hush-hush\"}",
        "client_id=123456789012345678\nclient_secret=d1sc0rd-hush-hush\nclient_id={CLIENT}\nrefresh_token={LIVE}",
    ] {
        is_public(input, None);
    }
}

#[test]
fn one_app_may_be_split_over_prefixes() {
    for input in [
        "AZURE_CLIENT_ID={CONFIDENTIAL}\nAZURE_CLIENT_SECRET={SECRET}\nSPNKR_REFRESH_TOKEN={CONFIDENTIAL_LIVE}",
        "AZURE_CLIENT_ID={CONFIDENTIAL}\nAZURE_CLIENT_SECRET={SECRET}\nDISCORD_CLIENT_SECRET=d1sc0rd-hush-hush\nSPNKR_REFRESH_TOKEN={CONFIDENTIAL_LIVE}",
        "AzureApp(\"{CONFIDENTIAL}\", \"{SECRET}\")\nSPNKR_REFRESH_TOKEN={CONFIDENTIAL_LIVE}",
        "{\"app\": {\"client_id\": \"{CONFIDENTIAL}\", \"client_secret\": \"{SECRET}\"}, \"tokens\": {\"refresh_token\": \"{CONFIDENTIAL_LIVE}\"}}",
        "{\"mybot\": {\"client_id\": \"{CONFIDENTIAL}\", \"client_secret\": \"{SECRET}\", \"login\": {\"refresh_token\": \"{CONFIDENTIAL_LIVE}\"}}}",
        "SPNKR_CLIENT_ID={CONFIDENTIAL}\nSPNKR_CLIENT_SECRET={SECRET}\n\n{CONFIDENTIAL_LIVE}\n",
        "docker run -e CLIENT_ID={CONFIDENTIAL} -e REFRESH_TOKEN='{CONFIDENTIAL_LIVE}' -e CLIENT_SECRET={SECRET} bot",
        "export CLIENT_ID={CONFIDENTIAL} CLIENT_SECRET=\"{SECRET}\" REFRESH_TOKEN='{CONFIDENTIAL_LIVE}'",
        "SPNKR_CLIENT_ID={CONFIDENTIAL}\nSPNKR_REFRESH_TOKEN={CONFIDENTIAL_LIVE}\napp = AzureApp(\"{CONFIDENTIAL}\", \"{SECRET}\")",
    ] {
        is_confidential(input);
    }
}

#[test]
fn an_expression_is_no_value() {
    for expression in [
        "os.environ[\"X\"]",
        "os.environ.get(\"X\")",
        "os.environ.get('X', '')",
        "os.getenv(\"X\")",
        "getenv('X')",
        "process.env.X",
        "process.env.X!",
        "process.env.X || ''",
        "process.env[\"X\"]",
        "import.meta.env.VITE_X",
        "${X}",
        "\"${X}\"",
        "$X",
        "\"$X\"",
        "%X%",
        "$(pass show x)",
        "`pass show x`",
        "{{ secrets.X }}",
        "${{ secrets.X }}",
        "\"{{ x }}\"",
        "<your client secret>",
        "\"<client secret>\"",
        "config.X",
        "config[\"x\"]",
        "f\"{x}\"",
        "f'{x}-{y}'",
        "input(\"Client secret: \")",
        "getpass()",
        "load(\"secret.txt\").strip()",
        "None",
        "null",
        "CLIENT_SECRET",
        "Config::SECRET",
        "$this->secret",
        "$env:X",
        "Environment.GetEnvironmentVariable(\"X\")",
        "env!(\"X\")",
        "\"a\" + b",
        "\"a\" if x else \"b\"",
        "!secret spnkr",
        "@Microsoft.KeyVault(SecretUri=https://a.example/b)",
        "ref+vault://a/b",
        "your_client_secret_here",
        "\"your-client-secret\"",
        "secrets.X",
        "System.getenv(\"X\")",
    ] {
        for (name, mark) in [("CLIENT_SECRET", " = "), ("SPNKR_CLIENT_SECRET", "="), ("client_secret", ": ")] {
            let own = "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n";
            is_public(&format!("{own}{name}{mark}{expression}\n"), None);
            is_public(&format!("SPNKR_{name}{mark}{expression}\n{own}"), None);
            is_public(
                &format!("{own}app = AzureApp(client_id=CLIENT_ID, client_secret={expression}, redirect_uri=x)\n"),
                None,
            );
        }
        let token = format!(
            "{OWN}SPNKR_REFRESH_TOKEN = {expression}\nSPNKR_CLIENT_ID = {expression}\nREDIRECT_URI={expression}\n"
        );
        is_public(&token, None);
    }
}

#[test]
fn values_are_found_wherever_a_language_has_them() {
    for input in [
        "export SPNKR_CLIENT_ID={CLIENT} SPNKR_REFRESH_TOKEN='{LIVE}'",
        "SPNKR_CLIENT_ID={CLIENT} SPNKR_REFRESH_TOKEN='{LIVE}' python bot.py",
        "set SPNKR_CLIENT_ID={CLIENT}&& set SPNKR_REFRESH_TOKEN={LIVE}",
        "set \"SPNKR_CLIENT_ID={CLIENT}\"\r\nset \"SPNKR_REFRESH_TOKEN={LIVE}\"\r\n",
        "setx SPNKR_CLIENT_ID {CLIENT}\nsetx SPNKR_REFRESH_TOKEN \"{LIVE}\"",
        "$env:SPNKR_CLIENT_ID = '{CLIENT}'; $env:SPNKR_REFRESH_TOKEN = '{LIVE}'",
        "set -x SPNKR_CLIENT_ID {CLIENT}\nset -x SPNKR_REFRESH_TOKEN '{LIVE}'",
        "docker run -e SPNKR_CLIENT_ID={CLIENT} -e 'SPNKR_REFRESH_TOKEN={LIVE}' bot",
        "ENV SPNKR_CLIENT_ID={CLIENT}\nENV SPNKR_REFRESH_TOKEN {LIVE}",
        "Environment=SPNKR_CLIENT_ID={CLIENT}\nEnvironment=\"SPNKR_REFRESH_TOKEN={LIVE}\"",
        "environment:\n  - SPNKR_CLIENT_ID={CLIENT}\n  - SPNKR_REFRESH_TOKEN={LIVE}",
        "env:\n  - name: SPNKR_CLIENT_ID\n    value: {CLIENT}\n  - name: SPNKR_REFRESH_TOKEN\n    value: \"{LIVE}\"",
        "[{\"name\": \"SPNKR_CLIENT_ID\", \"value\": \"{CLIENT}\"}, {\"name\": \"SPNKR_REFRESH_TOKEN\", \"value\": \"{LIVE}\"}]",
        "os.environ[\"SPNKR_CLIENT_ID\"] = \"{CLIENT}\"\nos.environ[\"SPNKR_REFRESH_TOKEN\"] = \"{LIVE}\"",
        "process.env.SPNKR_CLIENT_ID = '{CLIENT}';\nprocess.env.SPNKR_REFRESH_TOKEN = `{LIVE}`;",
        "CLIENT_ID: str = \"{CLIENT}\"\nREFRESH_TOKEN: Final[str] = \"{LIVE}\"",
        "let client_id: &'static str = \"{CLIENT}\";\nlet refresh_token: &str = \"{LIVE}\";",
        "clientID := \"{CLIENT}\"\nrefreshToken := \"{LIVE}\"",
        "'client_id' => '{CLIENT}',\n'refresh_token' => '{LIVE}',",
        "const config = { clientId: '{CLIENT}', refreshToken: '{LIVE}' };",
        "private const string ClientId = \"{CLIENT}\";\nvar RefreshToken = @\"{LIVE}\";",
        "<ClientId>{CLIENT}</ClientId>\n<RefreshToken>{LIVE}</RefreshToken>",
        "<add key=\"ClientId\" value=\"{CLIENT}\" />\n<add key=\"RefreshToken\" value=\"{LIVE}\" />",
        "client_id={CLIENT}&refresh_token={LIVE}&grant_type=refresh_token",
        "curl -d client_id={CLIENT} --data 'refresh_token={LIVE}&grant_type=refresh_token' https://login.live.com/oauth20_token.srf",
        "Application (client) ID: {CLIENT}\nRefresh token: {LIVE}",
        "Client ID: {CLIENT}\nYour refresh token is:\n{LIVE}\n",
        "```\nSPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n```",
        "\u{feff}SPNKR_CLIENT_ID={CLIENT}\r\nSPNKR_REFRESH_TOKEN={LIVE}\r\n",
        "requests.post(url, data={\"client_id\": \"{CLIENT}\", \"refresh_token\": \"{LIVE}\", \"grant_type\": \"refresh_token\"})",
        "**Client ID:** {CLIENT}\n**Refresh token:** `{LIVE}`",
        "| Client ID | {CLIENT} |\n| Refresh token | {LIVE} |",
        "login --client-id {CLIENT} --refresh-token {LIVE}",
        "I don't know what's wrong (help me :(\nSPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}",
        "TOKENS='{\"client_id\": \"{CLIENT}\", \"refresh_token\": \"{LIVE}\"}'",
    ] {
        is_public(input, None);
    }
}

#[test]
fn a_token_of_the_named_app_is_found_in_other_programs_files() {
    for input in [
        "{LIVE}",
        " '{LIVE}' ",
        "refresh_token: {LIVE}",
        "Refresh token = {LIVE}",
        "Here it is: {LIVE}, thanks",
        "{\"refresh_token\":\"{LIVE}\"}",
        "{'refresh_token': '{LIVE}', 'access_token': 'EwAold'}",
        "{\"data\": {\"tokens\": [{\"refresh_token\": \"{LIVE}\"}]}}",
        "CLIENT_ID=<your client id>\nREFRESH_TOKEN={LIVE}",
        "CLIENT_ID=123456789012345678\nCLIENT_SECRET=d1sc0rd-hush-hush\nREFRESH_TOKEN={LIVE}",
        "NOTION_CLIENT_ID=11111111-2222-4333-8444-555555555555\nNOTION_CLIENT_SECRET=n0tion-hush-hush\nREFRESH_TOKEN={LIVE}",
        "SPNKR_REFRESH_TOKEN={LIVE}\nHALO_SPARTAN_TOKEN=v4=eyJhbGciOi",
    ] {
        is_public(input, Some(CLIENT));
    }
}
