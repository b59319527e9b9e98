/** A few options side by side, of which one is selected. */

import { h } from "../tree.mjs";

/**
 * @template T
 * @param {{name: string, legend: string, isLegendSeen?: boolean, columns: number, options: {value: T, label: string}[], chosen: T | undefined,
 *   onChoose: (value: T) => void}} about  `chosen` may be none of the options.
 */
export const segments = ({ name, legend, isLegendSeen = true, columns, options, chosen, onChoose }) =>
  h(
    "div",
    // WebKitGTK draws a fieldset too high if its legend wraps.
    { class: "field", role: "radiogroup", "aria-label": legend },
    isLegendSeen && h("p", { class: "label", "aria-hidden": "true" }, legend),
    h(
      "div",
      { class: `segments columns-${columns}` },
      ...options.map(({ value, label }) =>
        h(
          "label",
          { class: "segment" },
          h("input", { type: "radio", name, checked: value === chosen, onchange: () => onChoose(value) }),
          h("span", null, label),
        ),
      ),
    ),
  );

/**
 * A checkbox with its explanation below.
 * @param {{label: string, hint: string | null, checked: boolean, onChange: (checked: boolean) => void, id: string}} about
 */
export const tickBox = ({ label, hint, checked, onChange, id }) =>
  h(
    "div",
    { class: "tick-box" },
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked,
        "aria-describedby": hint && `${id}-hint`,
        onchange: (/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.currentTarget).checked),
      }),
      h("span", null, label),
    ),
    hint !== null && h("p", { id: `${id}-hint`, class: "hint" }, hint),
  );
