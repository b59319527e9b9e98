/** Applies a drawing to the page and changes only what differs, so that the focus and the selection remain. */

/** @typedef {import("./tree.mjs").Drawn} Drawn */
/** @typedef {import("./tree.mjs").DrawnElement} DrawnElement */

/**
 * What each element was last drawn from.
 * @type {WeakMap<Node, DrawnElement>}
 */
const drawnFrom = new WeakMap();

/**
 * Replaces the children of an element with those of the drawing.
 * @param {Element} parent
 * @param {Drawn[]} children
 */
export function patch(parent, children) {
  children.forEach((drawn, at) => {
    const node = parent.childNodes[at];
    if (!node) attach(drawn, (made) => parent.append(made));
    else if (isSame(node, drawn)) update(node, drawn);
    else attach(drawn, (made) => node.replaceWith(made));
  });
  while (parent.childNodes.length > children.length) parent.lastChild?.remove();
}

/** @param {Drawn} drawn @param {(made: Node) => void} put */
function attach(drawn, put) {
  const made = make(drawn);
  put(made);
  focusIfAsked(made);
}

/** @param {Drawn} drawn @returns {Node} */
function make(drawn) {
  if (drawn === null) return document.createComment("");
  if (typeof drawn === "string") return document.createTextNode(drawn);
  const element = drawn.tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", drawn.tag.slice(4))
    : document.createElement(drawn.tag);
  for (const child of drawn.children) element.append(make(child));
  changeProps(element, {}, drawn.props);
  // After the children, because a select has no options to choose from before.
  if (drawn.props.value !== undefined) /** @type {any} */ (element).value = drawn.props.value;
  drawnFrom.set(element, drawn);
  return element;
}

/** @param {Node} node @param {Drawn} drawn */
function update(node, drawn) {
  if (drawn === null) return;
  if (typeof drawn === "string") {
    if (node.nodeValue !== drawn) node.nodeValue = drawn;
    return;
  }
  const element = /** @type {Element} */ (node);
  changeProps(element, drawnFrom.get(element)?.props ?? {}, drawn.props);
  patch(element, drawn.children);
  drawnFrom.set(element, drawn);
}

/** @param {Node} node @param {Drawn} drawn */
function isSame(node, drawn) {
  if (drawn === null) return node.nodeType === Node.COMMENT_NODE;
  if (typeof drawn === "string") return node.nodeType === Node.TEXT_NODE;
  const before = drawnFrom.get(node);
  return before !== undefined && before.tag === drawn.tag && before.props.key === drawn.props.key;
}

/** @param {Element} element @param {Record<string, any>} before @param {Record<string, any>} after */
function changeProps(element, before, after) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (["key", "focus", "value"].includes(name)) continue;
    // A click changes `checked` without a drawing, so it's set even if the drawing hasn't changed.
    if (name === "checked") /** @type {HTMLInputElement} */ (element).checked = after.checked === true;
    if (name === "vars") changeVars(element, before.vars ?? {}, after.vars ?? {});
    else if (name.startsWith("on")) /** @type {any} */ (element)[name] = after[name] ?? null;
    else if (before[name] !== after[name]) changeAttribute(element, name, after[name]);
  }
}

/** @param {Element} element @param {string} name @param {string | number | boolean | null | undefined} value */
function changeAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** @param {Element} element @param {Record<string, string>} before @param {Record<string, string>} after */
function changeVars(element, before, after) {
  const { style } = /** @type {HTMLElement} */ (element);
  for (const [name, value] of Object.entries(after)) {
    if (before[name] !== value) style.setProperty(name, value);
  }
}

/** @param {Node} made */
function focusIfAsked(made) {
  if (!(made instanceof HTMLElement)) return;
  const asked = [made, ...made.querySelectorAll("*")].find((element) => drawnFrom.get(element)?.props.focus);
  if (!(asked instanceof HTMLElement)) return;
  asked.focus({ preventScroll: true });
  // Moves no more than it takes, unlike focusing.
  asked.scrollIntoView({ block: "nearest" });
}
