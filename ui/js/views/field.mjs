/** A field with its label, its hint, and the error in its value. */

import { h } from "../tree.mjs";

/** @typedef {import("../own_app.mjs").Draft} Draft */
/** @typedef {import("../own_app.mjs").Wrong} Wrong */
/** @typedef {import("../tree.mjs").Drawn} Drawn */

/**
 * @param {{id: string, label: string, hint: string | null, wrong: Wrong | null}} about
 * @param {(described: Record<string, any>) => Drawn} control
 */
export function field({ id, label, hint, wrong }, control) {
  const isWrong = wrong?.field === id;
  const described = {
    id,
    name: id,
    "aria-invalid": isWrong ? "true" : null,
    "aria-describedby": isWrong ? `${id}-wrong` : hint && `${id}-hint`,
  };
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    control(described),
    h("p", { id: `${id}-wrong`, class: "wrong", role: "alert" }, isWrong && wrong.what),
    !isWrong && hint !== null && h("p", { id: `${id}-hint`, class: "hint" }, hint),
  );
}

/** @param {Pick<Draft, "client_id">} draft @param {Wrong | null} wrong @param {(part: {client_id: string}) => void} fillIn */
export const clientIdField = ({ client_id }, wrong, fillIn) =>
  field({ id: "client_id", label: "Client ID", hint: "The Application (client) ID on the app's overview page.", wrong }, (described) =>
    h("input", {
      ...described,
      class: "mono",
      value: client_id,
      spellcheck: "false",
      placeholder: "00000000-0000-0000-0000-000000000000",
      oninput: entered((typed) => fillIn({ client_id: typed })),
    }),
  );

/** @param {(value: string) => void} take */
export const entered = (take) => (/** @type {Event} */ event) =>
  take(/** @type {HTMLInputElement} */ (event.currentTarget).value);
