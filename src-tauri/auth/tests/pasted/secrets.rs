//! A client secret counts only if it's certain whose it is, and that it's one.

use crate::{CONFIDENTIAL, CONFIDENTIAL_LIVE, is_asked, is_confidential, is_public, read, sent};

const BARE: &str = "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\n";
const OTHERS: &str = "d1sc0rd-hush-hush";

#[test]
fn a_secret_that_something_stands_in_front_of_is_another_services() {
    for heading in [
        "",
        "# Discord",
        "Discord:",
        "*Discord:*",
        "2. Discord:",
        "File: discord/.env",
        "$ cat discord/.env",
        "SERVICE=discord",
        "DISCORD_GUILD=1",
        "TELEGRAM_TOKEN=1:AA",
        "[10:02] bob: mine",
        "if DISCORD == 1:",
        "---",
        "<service name=\"discord\">",
    ] {
        is_public(&format!("{BARE}{heading}\nCLIENT_SECRET={OTHERS}\n"), None);
        is_public(&format!("{heading}\nCLIENT_SECRET={OTHERS}\n{heading}\n{BARE}"), None);
    }
}

#[test]
fn a_secret_on_a_line_that_is_written_differently_is_another_services() {
    for (own, others) in [
        ("xbox: ", "discord: "),
        ("halo/.env:", "discord/.env:"),
        ("halo-bot-1     | ", "discord-bot-1  | "),
        ("[10:01] me: ", "[10:02] bob: "),
        ("(xbox) ", "(discord) "),
        ("xbox ", "discord "),
        ("| xbox | ", "| discord | "),
        ("export ", "export discord "),
        ("docker run -e ", "docker run --name discord -e "),
        ("", "    "),
        ("", "DISCORD_URL=https://discord.com/api?"),
        ("case 'xbox': ", "case 'discord': "),
        ("case 'xbox': ", "case 'xbox': "),
    ] {
        let ours = format!("{own}CLIENT_ID={{CLIENT}}\n{own}REFRESH_TOKEN={{LIVE}}\n");
        is_public(&format!("{ours}{others}CLIENT_SECRET={OTHERS}\n"), None);
        is_public(&format!("{others}CLIENT_SECRET={OTHERS}\n{ours}"), None);
    }
    for text in [
        "fly secrets set CLIENT_SECRET={s} -a discord\nfly secrets set CLIENT_ID={CLIENT} REFRESH_TOKEN={LIVE} -a halo",
        "env CLIENT_SECRET={s} node d.js\nenv CLIENT_ID={CLIENT} REFRESH_TOKEN={LIVE} python h.py",
        "CLIENT_SECRET={s} node d.js & CLIENT_ID={CLIENT} REFRESH_TOKEN={LIVE} python h.py",
        "discord-bot --client-secret={s}; halo-bot --client-id={CLIENT} --refresh-token={LIVE}",
        "<discord clientSecret=\"{s}\"/><xbox clientId=\"{CLIENT}\" refreshToken=\"{LIVE}\"/>",
        "<c><discord><clientSecret>{s}</clientSecret></discord><xbox><clientId>{CLIENT}</clientId><refreshToken>{LIVE}</refreshToken></xbox></c>",
        "switch (s) {\ncase 'discord': clientSecret = '{s}'; break;\ncase 'xbox': clientId = '{CLIENT}'; refreshToken = '{LIVE}'; break;\n}",
        "if (d) { clientSecret = '{s}'; }\nelse { clientId = '{CLIENT}'; refreshToken = '{LIVE}'; }",
        "[\"CLIENT_SECRET={s} node d.js\", \"CLIENT_ID={CLIENT} REFRESH_TOKEN={LIVE} node h.js\"]",
        "encryptedData:\n  CLIENT_SECRET: {s}\n  CLIENT_ID: {CLIENT}\n  REFRESH_TOKEN: \"{LIVE}\"",
        "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\nCLIENT_SECRET={s}\nCLIENT_ID=123456789012345678",
    ] {
        is_public(&text.replace("{s}", OTHERS), None);
    }
}

#[test]
fn a_secret_beside_its_app_is_used_however_the_lines_begin() {
    for lines in [
        "CLIENT_ID={i}\nCLIENT_SECRET={s}\nREFRESH_TOKEN={t}",
        "CLIENT_SECRET={s}\nCLIENT_ID={i}\n\nREFRESH_TOKEN={t}",
        "CLIENT_ID={i} # mine\nCLIENT_SECRET={s} # of today\nREFRESH_TOKEN={t}",
        "export CLIENT_ID={i}\nexport CLIENT_SECRET={s}\nexport REFRESH_TOKEN='{t}'",
        "export CLIENT_ID={i}; export CLIENT_SECRET={s}; export REFRESH_TOKEN='{t}'",
        "export CLIENT_ID={i} && export CLIENT_SECRET={s} && export REFRESH_TOKEN='{t}'",
        "set \"CLIENT_ID={i}\"\r\nset \"CLIENT_SECRET={s}\"\r\nset \"REFRESH_TOKEN={t}\"",
        "docker run -e CLIENT_ID={i} -e CLIENT_SECRET={s} -e 'REFRESH_TOKEN={t}' bot",
        "curl login.live.com \\\n  -d client_id={i} \\\n  -d client_secret={s} \\\n  -d refresh_token={t}",
        "client_id={i}&scope=XboxLive.signin&client_secret={s}&refresh_token={t}",
        "os.environ[\"CLIENT_ID\"] = \"{i}\"\nos.environ[\"CLIENT_SECRET\"] = \"{s}\"\nos.environ[\"REFRESH_TOKEN\"] = \"{t}\"",
        "const clientId = \"{i}\";\nconst clientSecret = \"{s}\";\nconst refreshToken = \"{t}\";",
        "environment:\n  CLIENT_ID: {i}\n  CLIENT_SECRET: {s}\n  REFRESH_TOKEN: \"{t}\"",
        "environment:\n  - CLIENT_ID={i}\n  - CLIENT_SECRET={s}\n  - REFRESH_TOKEN={t}",
        "apps:\n  - client_id: {i}\n    client_secret: {s}\n    refresh_token: {t}",
        "env:\n  - name: CLIENT_ID\n    value: {i}\n  - name: CLIENT_SECRET\n    value: {s}\n  - name: REFRESH_TOKEN\n    value: {t}",
        "[{\"name\": \"CLIENT_ID\", \"value\": \"{i}\"}, {\"name\": \"CLIENT_SECRET\", \"value\": \"{s}\"}, {\"name\": \"REFRESH_TOKEN\", \"value\": \"{t}\"}]",
        "{\"Env\": [\"CLIENT_ID={i}\", \"CLIENT_SECRET={s}\", \"REFRESH_TOKEN={t}\"]}",
        "  <clientId>{i}</clientId>\n  <clientSecret>{s}</clientSecret>\n  <refreshToken>{t}</refreshToken>",
        "<add key=\"ClientId\" value=\"{i}\" />\n<add key=\"ClientSecret\" value=\"{s}\" />\n<add key=\"RefreshToken\" value=\"{t}\" />",
        "| Client ID | {i} |\n| Client secret | {s} |\n| Refresh token | {t} |",
        "Client ID: {i}\nClient secret: {s}\nRefresh token: {t}",
        "{\n  \"client_id\": \"{i}\",\n\n  \"scope\": \"x\",\n  \"client_secret\": \"{s}\"\n}\n{\"refresh_token\": \"{t}\"}",
    ] {
        let own = "hush-hush-hush-01";
        let text = lines.replace("{i}", "{CONFIDENTIAL}").replace("{s}", own).replace("{t}", "{CONFIDENTIAL_LIVE}");
        let brought = read(&text, None).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(sent(&brought), (CONFIDENTIAL.into(), Some(own), Some(CONFIDENTIAL_LIVE)), "{text}");
    }
}

#[test]
fn a_secret_in_microsofts_shape_is_used_if_it_can_only_be_the_one_apps() {
    let own = "CLIENT_ID={CONFIDENTIAL}\nREFRESH_TOKEN={CONFIDENTIAL_LIVE}\n";
    is_confidential(&format!("{own}\nCLIENT_SECRET={{SECRET}}\n"));
    for other in [
        "CLIENT_SECRET={SECRET}\nCLIENT_SECRET=zzz8Q~0therApp.Secret-Value_0123456789abc",
        "APP_ID=11111111-2222-4333-8444-555555555555\nCLIENT_SECRET={SECRET}",
        "CLIENT_ID=11111111-2222-4333-8444-555555555555\nCLIENT_SECRET={SECRET}",
        "CLIENT_ID=bot\nCLIENT_SECRET={SECRET}",
    ] {
        is_public(&format!("{BARE}\n{other}\n"), None);
    }
}

#[test]
fn an_uncertain_secret_never_replaces_a_certain_one() {
    let own = "CLIENT_ID={CONFIDENTIAL}\nCLIENT_SECRET={SECRET}\nREFRESH_TOKEN={CONFIDENTIAL_LIVE}\n";
    for other in [OTHERS, "zzz8Q~0therApp.Secret-Value_0123456789abc"] {
        is_confidential(&format!("{own}\n# Teams\nCLIENT_SECRET={other}\n"));
        is_confidential(&format!("CLIENT_SECRET={other}\n\n{own}"));
    }
    is_asked(&format!("{own}CLIENT_SECRET={OTHERS}\n"), None);
    is_asked(
        &format!(
            "SPNKR_CLIENT_SECRET={OTHERS}\n{}",
            own.replace("CLIENT", "SPNKR_CLIENT").replace("REFRESH", "SPNKR_REFRESH")
        ),
        None,
    );
}

#[test]
fn what_somebody_made_up_is_no_secret() {
    for value in [
        "hush1",
        "not-needed",
        "unused",
        "abc123",
        "ADD_YOUR_SECRET",
        "YourAzureClientSecret",
        "client_secret_here",
        "SECRET_GOES_HERE",
        "this-is-a-secret-1",
        "from-the-azure-portal",
        "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX",
        "00000000-0000-0000-0000-000000000000",
        "xyz8Q~****************************",
        "abcdefgh12345678****",
        "%%HUSH_HUSH_HUSH_01%%",
        "base64:aHVzaGh1c2hodXNo",
        "a1b2c3d4e5f6g7h8||b",
        "a1b2c3d4e5f6g7h8 || b",
        "\"a1b2c3d4e5f6g7h8\" ?? b",
        "\"a1b2c3d4e5f6g7h8\"?y:z",
        "a1b2c3d4e5f6g7h8 | b",
        "\"a1b2c3d4e5f6g7h8\" + b",
    ] {
        for mark in ["=", " = "] {
            is_public(
                &format!(
                    "SPNKR_CLIENT_ID={{CLIENT}}\nSPNKR_REFRESH_TOKEN={{LIVE}}\nSPNKR_CLIENT_SECRET{mark}{value}\n"
                ),
                None,
            );
        }
    }
}
