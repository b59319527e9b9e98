/** The names and descriptions of the sign-in methods. */

/** @type {Rust.SignInMethod[]} */
export const ALL_WAYS = ["window", "browser", "phone", "paste"];

/**
 * The name of each method.
 * @type {Record<string, string>}
 */
export const WAYS = {
  window: "In a window",
  browser: "In my browser",
  phone: "On my phone",
  paste: "Paste the address",
};

/**
 * What each method is for.
 * @type {Record<string, string>}
 */
export const ABOUT_WAYS = {
  window: "Microsoft's page opens in a window of this program.",
  browser: "With your passkeys and saved passwords.",
  phone: "With a code, on any other device.",
  paste: "With any browser; you bring its last address here.",
};

/**
 * For a person whose passkey doesn't work in a window.
 * @type {Record<string, string>}
 */
export const FOR_PASSKEYS = {
  browser: "Passkey? Use my browser",
  phone: "Passkey? Use my phone",
  paste: "Passkey? Use any browser and paste its address",
};
