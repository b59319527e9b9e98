/** *Streaming*: what the page shows while others may be watching, without a gamertag or an XUID. Pure. */

/** @typedef {import("./contract.mjs").Account} Account */
/** @typedef {import("./contract.mjs").Renewal} Renewal */
/** @typedef {import("./contract.mjs").Settings} Settings */
/** @typedef {import("./contract.mjs").SignInEnd} SignInEnd */
/** @typedef {import("./contract.mjs").Status} Status */
/** @typedef {import("./contract.mjs").Problem} Problem */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * The parts of the page that may contain a gamertag or an XUID, and whether to hide it.
 * @typedef {{settings: Settings, accounts: Account[], status: Status, place: Place, refused: {problem: Problem} | null}} Shown
 */

/** @typedef {(words: string) => string} Hide */

/**
 * Returns the page to draw. The names that the person gave accounts stay, because the person chose them.
 * @template {Shown} P
 * @param {P} page
 * @returns {P}
 */
export function veiled(page) {
  if (!page.settings.streaming) return page;
  const hide = hiding(page);
  return {
    ...page,
    status: veiledStatus(page, page.status),
    accounts: page.accounts.map((account, at) => veiledAccount(account, at, hide)),
    place: veiledPlace(page),
    refused: page.refused && { ...page.refused, problem: veiledProblem(page.refused.problem, hide) },
  };
}

/**
 * Returns the status to show or announce.
 * @param {Pick<Shown, "settings" | "accounts" | "status">} page
 * @param {Status} status
 * @returns {Status}
 */
export function veiledStatus(page, status) {
  if (!page.settings.streaming) return status;
  const hide = hiding({ ...page, status });
  switch (status.state) {
    case "opening":
    case "unlocking":
      return status;
    case "shut":
      return { ...status, problem: veiledProblem(status.problem, hide) };
    case "signed_out":
      return status.why.kind === "failed" ? { ...status, why: { ...status.why, problem: veiledProblem(status.why.problem, hide) } } : status;
    case "signing_in":
      return { ...status, again: status.again && veiledName(page.accounts, status.again) };
    case "signed_in": {
      const at = page.accounts.findIndex(({ id }) => id === status.account);
      const { sign_in_problem: failed, keep_problem: unkept } = status;
      return {
        ...status,
        name: status.name ?? standIn(at),
        gamertag: null,
        xuid: null,
        renewal: veiledRenewal(status.renewal, hide),
        ...(failed ? { sign_in_problem: veiledProblem(failed, hide) } : {}),
        ...(unkept ? { keep_problem: veiledProblem(unkept, hide) } : {}),
      };
    }
  }
}

/**
 * Returns the end of a sign-in to announce.
 * @param {Pick<Shown, "settings" | "accounts" | "status">} page
 * @param {SignInEnd} end
 * @returns {SignInEnd}
 */
export function veiledEnd(page, end) {
  if (!page.settings.streaming) return end;
  switch (end.kind) {
    case "cancelled":
      return end;
    case "failed":
      return { ...end, problem: veiledProblem(end.problem, hiding(page)) };
    case "signed_in": {
      const account = veiledStatus(page, { state: "signed_in", ...end.account });
      return account.state === "signed_in" ? { ...end, account } : end;
    }
  }
}

/** @param {Account} account @param {number} at @param {Hide} hide @returns {Account} */
const veiledAccount = (account, at, hide) => ({
  ...account,
  name: account.name ?? standIn(at),
  gamertag: null,
  xuid: null,
  renewal: veiledRenewal(account.renewal, hide),
});

/** The substitute for the name of the account at this position of the list. @param {number} at */
const standIn = (at) => (at < 0 ? "Your account" : `Account ${at + 1}`);

/** A name that may be a gamertag. @param {Account[]} accounts @param {string} name */
function veiledName(accounts, name) {
  const at = accounts.findIndex((account) => account.name === name || (account.name === null && account.gamertag === name));
  return accounts[at]?.name ?? standIn(at);
}

/** @param {Pick<Shown, "place" | "accounts">} page @returns {Place} */
function veiledPlace({ place, accounts }) {
  if (place.kind !== "apps" || place.known === null) return place;
  const known = place.known.map((app) => ({ ...app, used_by: app.used_by.map((name) => veiledName(accounts, name)) }));
  return { ...place, known };
}

/** @param {Renewal} renewal @param {Hide} hide @returns {Renewal} */
const veiledRenewal = (renewal, hide) =>
  "problem" in renewal ? { ...renewal, problem: veiledProblem(renewal.problem, hide) } : renewal;

/** @param {Problem} problem @param {Hide} hide @returns {Problem} */
function veiledProblem({ code, message, help, action, details }, hide) {
  const other = action?.remedy.kind === "add_other" ? action.label.replace(/^Add /, "") : null;
  const hideBoth = (/** @type {string} */ words, by = THE_OTHER) => hide(other === null ? words : replaced(words, other, by));
  return {
    code,
    message: hideBoth(message, "another account"),
    help: hideBoth(help),
    action: action && { ...action, label: other === null ? hide(action.label) : `Add ${THE_OTHER}` },
    details: hideBoth(details),
  };
}

/** The substitute for the account that came instead of the expected one, once the message has mentioned it. */
const THE_OTHER = "that account";

/**
 * Returns a function that removes every known gamertag and XUID from a sentence.
 * @param {Pick<Shown, "accounts" | "status">} page
 * @returns {Hide}
 */
function hiding({ accounts, status }) {
  const listed = accounts.map((account, at) => ({ ...account, by: account.name ?? standIn(at) }));
  const shown = status.state === "signed_in" ? [{ ...status, by: "your account" }] : [];
  const secrets = [...listed, ...shown].flatMap(({ gamertag, xuid, by }) => [gamertag, xuid].map((secret) => ({ secret: secret ?? "", by })));
  // One may be the beginning of another.
  const longestFirst = secrets.filter(({ secret }) => secret !== "").sort((one, other) => other.secret.length - one.secret.length);
  return (words) => longestFirst.reduce((rest, { secret, by }) => replaced(rest, secret, by), words);
}

/**
 * Replaces whole words only: a gamertag may be part of other words.
 * @param {string} words @param {string} secret @param {string} by
 */
function replaced(words, secret, by) {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return words.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "gu"), by);
}
