/**
 * A drawing is a plain tree, so that views are functions of the state and can be tested without a browser. `patch.mjs`
 * applies it to the page.
 */

/**
 * @typedef {{tag: string, props: Record<string, any>, children: Drawn[]}} DrawnElement
 * @typedef {DrawnElement | string | null} Drawn  `null` keeps the position of something that is hidden.
 */

/**
 * Draws an element; the prefix `svg:` makes it an SVG element. In the properties, `on…` are handlers, `vars` are custom
 * CSS properties, `value` is an initial value, `focus` takes the focus on the first drawing, and a different `key`
 * means a different element.
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...(Drawn | Drawn[] | false | undefined)} children
 * @returns {DrawnElement}
 */
export function h(tag, props, ...children) {
  const drawn = children.flat().map((child) => (child === false || child === undefined ? null : child));
  return { tag, props: props ?? {}, children: drawn };
}

/**
 * Returns all text of a drawing, in order.
 * @param {Drawn} drawn
 * @returns {string}
 */
export function text(drawn) {
  if (drawn === null) return "";
  if (typeof drawn === "string") return drawn;
  return drawn.children.map(text).filter(Boolean).join(" ");
}

/**
 * Returns the elements of a drawing for which `passes` returns true.
 * @param {Drawn} drawn
 * @param {(element: DrawnElement) => boolean} passes
 * @returns {DrawnElement[]}
 */
export function findAll(drawn, passes) {
  if (drawn === null || typeof drawn === "string") return [];
  const below = drawn.children.flatMap((child) => findAll(child, passes));
  return passes(drawn) ? [drawn, ...below] : below;
}
