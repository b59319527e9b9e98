/** The confirmation before a sign-out on this computer. */

import { spartanLife } from "../time.mjs";
import { accountName, timeOfDay } from "../words.mjs";
import { person } from "./person.mjs";
import { question } from "./question.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */

/** @param {Page.SignedIn} status @param {Actions} actions @param {number | null} now */
export function signOutQuestion(status, actions, now) {
  const left = now === null ? null : spartanLife(status.legs, now);
  const copied = left?.kind === "good" ? ` A token that you copied works until ${timeOfDay(left.until)}.` : "";
  return question({
    title: "Sign out of this computer?",
    what: ["This deletes the sign-in of ", person(accountName(status)), ` and all its tokens from this computer.${copied}`],
    yes: "Sign out",
    no: "Stay signed in",
    onYes: actions.signOut,
    onNo: () => actions.ask(null),
  });
}

/** @param {number} count @param {Actions} actions */
export const signOutOfAllQuestion = (count, actions) =>
  question({
    title: count === 2 ? "Sign out of both accounts?" : `Sign out of all ${count} accounts?`,
    what: ["This deletes every sign-in and all tokens from this computer. Tokens that you copied work until they expire."],
    yes: "Sign out of all",
    no: "Stay signed in",
    onYes: () => actions.run("sign_out_all"),
    onNo: () => actions.ask(null),
  });
