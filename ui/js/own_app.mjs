/** Parses the form for your own Azure app into what Rust receives. Pure. */

/**
 * `drops_secret`: the app's stored secret is deleted.
 * @typedef {{client_id: string, redirect: string, path: string, client_secret: string, drops_secret: boolean, platform: Rust.Platform}} Draft
 */
/** @typedef {{field: "client_id" | "path", what: string}} Wrong */

/** The redirect URIs that a sign-in can use, the usual one first. */
export const REDIRECTS = [
  "http://localhost",
  "https://localhost",
  "https://login.microsoftonline.com/common/oauth2/nativeclient",
  "https://login.live.com/oauth20_desktop.srf",
  "msal<client id>://auth",
  "spartan-tray://auth",
];

/** @type {Draft} */
export const EMPTY = {
  client_id: "",
  redirect: REDIRECTS[0],
  path: "",
  client_secret: "",
  drops_secret: false,
  platform: "consumers",
};

const CLIENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PATH = /^\/?[\w.~/-]*$/;

/**
 * Whether a path may follow this redirect URI.
 * @param {string} redirect
 */
export const takesPath = (redirect) => /^https?:\/\/localhost$/.test(redirect);

/**
 * Returns the app that the form describes, or the field to correct.
 * @param {Draft} draft
 * @returns {{app: Extract<Rust.App, {kind: "own"}>} | {wrong: Wrong}}
 */
export function read(draft) {
  const client_id = draft.client_id.trim();
  if (!client_id) return wrong("client_id", "Paste the Application (client) ID of your app here.");
  if (!CLIENT_ID.test(client_id)) {
    return wrong("client_id", "A client ID has 32 digits and letters a to f, as in 01234567-89ab-cdef-0123-456789abcdef.");
  }
  if (takesPath(draft.redirect) && !PATH.test(draft.path.trim())) {
    return wrong("path", "A path has letters, digits and slashes only, as in /callback.");
  }
  const { platform } = draft;
  const client_secret = draft.client_secret.trim() || null;
  return { app: { kind: "own", client_id, redirect_uri: redirectUri(draft, client_id), client_secret, platform } };
}

/**
 * Returns the change to a known app, or the field to correct; a blank secret leaves the stored one unchanged.
 * @param {Draft} draft
 * @returns {{change: Rust.EditApp} | {wrong: Wrong}}
 */
export function readChange(draft) {
  const answer = read(draft);
  if ("wrong" in answer) return answer;
  const { client_id, redirect_uri, client_secret, platform } = answer.app;
  return { change: { client_id, redirect_uri, platform, client_secret: draft.drops_secret ? "" : client_secret } };
}

/**
 * Returns the form filled in with what is known of an app, except its secret.
 * @param {Rust.AppLine} app
 * @returns {Draft}
 */
export function draftOf({ client_id, redirect_uri, platform }) {
  const known = { ...EMPTY, client_id, platform };
  const local = REDIRECTS.find((redirect) => takesPath(redirect) && redirect_uri.startsWith(redirect));
  if (local) return { ...known, redirect: local, path: redirect_uri.slice(local.length) };
  return { ...known, redirect: redirect_uri.replace(client_id, "<client id>") };
}

/** @param {Draft} draft @param {string} clientId */
function redirectUri({ redirect, path }, clientId) {
  if (!takesPath(redirect)) return redirect.replace("<client id>", clientId);
  const trimmed = path.trim();
  if (!trimmed || trimmed.startsWith("/")) return redirect + trimmed;
  return `${redirect}/${trimmed}`;
}

/** @param {Wrong["field"]} field @param {string} what */
const wrong = (field, what) => ({ wrong: { field, what } });
