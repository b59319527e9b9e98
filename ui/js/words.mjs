/** Times and names in words. Pure; the locale decides only how a time of day is written. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time, as "3 h 58 min".
 * @param {number} ms
 */
export function duration(ms) {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return pair(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MINUTE), "min");
  const days = Math.floor(ms / DAY);
  if (days > 1) return `${days} days`;
  return pair(1, "day", Math.floor((ms % DAY) / HOUR), "h");
}

/**
 * A length of time to be read aloud, as "3 hours 58 minutes".
 * @param {number} ms
 */
export function spokenDuration(ms) {
  if (ms < MINUTE) return "less than a minute";
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return [hours && counted(hours, "hour"), minutes && counted(minutes, "minute")].filter(Boolean).join(" ");
}

/**
 * The big countdown: hours and minutes, in the last ten minutes minutes and seconds.
 * @param {number} ms
 * @returns {{figure: string, unit: string}}
 */
export function countdown(ms) {
  if (ms >= 10 * MINUTE) {
    const unit = ms >= HOUR ? "hours left" : "minutes left";
    const figure = ms >= HOUR ? `${Math.floor(ms / HOUR)}:${two(Math.floor((ms % HOUR) / MINUTE))}` : `${Math.floor(ms / MINUTE)}`;
    return { figure, unit };
  }
  return { figure: `${Math.floor(ms / MINUTE)}:${two(Math.floor((ms % MINUTE) / SECOND))}`, unit: "minutes left" };
}

/**
 * Where the key is that a sign-in is sealed with; of a file, what that means.
 * @param {string} what  What is sealed, and the verb.
 * @param {import("./contract.mjs").About} about
 */
export const sealedWords = (what, { keyring, key_file }) =>
  key_file === undefined
    ? `${what} sealed with a key in ${keyring}.`
    : `${what} sealed with a key in the file ${key_file}. Whoever can read that file can open it.`;

/**
 * How long a leg took, as "0.4 s".
 * @param {number | null} ms  `null` where nobody measured.
 */
export const took = (ms) => (ms === null ? "done" : `${(Math.max(ms, 50) / SECOND).toFixed(1)} s`);

/**
 * A time of day as people here write it.
 * @param {number} at
 * @param {string} [locale]
 */
export const timeOfDay = (at, locale) =>
  new Date(at).toLocaleTimeString(locale ?? [], { hour: "numeric", minute: "2-digit" });

/**
 * What was copied, for how long it is good, and when the clipboard is cleared. A program that asks holds nothing that ends.
 * @param {import("./contract.mjs").Copied} copied
 * @param {import("./contract.mjs").Section[]} formats
 * @param {number} now  The services' time, which tokens go by.
 * @param {number} local  This computer's time, which the clipboard goes by.
 */
export function copiedWords({ format, expires_at, clears_at }, formats, now, local) {
  const { group, label } = about(format, formats);
  if (group === "asking") return ASKS_EACH_TIME;
  const copied = `${group === "holding" ? "Program" : label} copied`;
  if (expires_at === null) return copied;
  const good = `${copied} · good for ${duration(expires_at - now)}`;
  if (clears_at === null) return `${good} · stays in the clipboard until you copy something else`;
  const seconds = Math.ceil((clears_at - local) / SECOND);
  return `${good} · ${seconds > 0 ? `clipboard clears in ${seconds} s` : "clearing the clipboard…"}`;
}

/** Whether what is said of a copy is a sentence. @param {import("./contract.mjs").Copied} copied @param {import("./contract.mjs").Section[]} formats */
export const asksEachTime = ({ format }, formats) => about(format, formats).group === "asking";

/** A format's group and its own words. @param {string} format @param {import("./contract.mjs").Section[]} formats */
function about(format, formats) {
  const all = formats.flatMap(({ group, formats: lines }) => lines.map((line) => ({ group, ...line })));
  return all.find(({ name }) => name === format) ?? { group: "values", label: format };
}

const ASKS_EACH_TIME = "Program copied. It asks Spartan Tray for a token each time it runs, with the command spartan.";

/** What is said while the keyring may ask its question. */
export const KEYRING_ASKS = "Your keyring may be asking for its password in a window of its own. Look for it behind this one.";

/** What a person is told when the clipboard did not let itself be cleared. */
export const CLEAR_IT_YOURSELF = "The clipboard could not be cleared. Clear it yourself.";

/**
 * Whose account it is: a person's own name for it comes first, and a problem may come before the gamertag.
 * @param {{name: string | null, gamertag: string | null}} account
 */
export const accountName = ({ name, gamertag }) => name ?? gamertag ?? "Xbox account";

/**
 * One or two letters that stand for a name.
 * @param {string} name
 */
export function initials(name) {
  const words = name.replace(UNSEEN, "").trim().split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map(firstLetter).join("").toUpperCase();
}

/** What a person takes for one letter, such as a whole emoji. @param {string} word */
const firstLetter = (word) => [...letters.segment(word)][0].segment;

/** Control characters, and those that only turn the direction. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const letters = new Intl.Segmenter();

/** @param {number} much @param {string} unit @param {number} rest @param {string} small */
const pair = (much, unit, rest, small) => (rest ? `${much} ${unit} ${rest} ${small}` : `${much} ${unit}`);

/** @param {number} count @param {string} word */
const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0");
