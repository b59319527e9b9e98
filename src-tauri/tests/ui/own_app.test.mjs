import assert from "node:assert/strict";
import test from "node:test";
import { draftOf, EMPTY, read, readChange, REDIRECTS } from "../../../ui/js/own_app.mjs";

const ID = "01234567-89ab-cdef-0123-456789abcdef";
const draft = (part) => ({ ...EMPTY, client_id: ID, ...part });

test("a form with a client id alone is a public app on http://localhost", () => {
  assert.deepEqual(read(draft({})), {
    app: { kind: "own", client_id: ID, redirect_uri: "http://localhost", client_secret: null, platform: "consumers" },
  });
});

test("blanks around what was pasted do not count", () => {
  const { app } = read(draft({ client_id: ` ${ID}\n`, client_secret: " s3cret ", path: " /callback " }));
  assert.equal(app.client_id, ID);
  assert.equal(app.client_secret, "s3cret");
  assert.equal(app.redirect_uri, "http://localhost/callback");
});

test("a redirect URI is the chosen one with its path", () => {
  const table = [
    ["http://localhost", "auth", "http://localhost/auth"],
    ["https://localhost", "/a/b", "https://localhost/a/b"],
    ["msal<client id>://auth", "", `msal${ID}://auth`],
    ["spartan-tray://auth", "/left-over", "spartan-tray://auth"],
  ];
  for (const [redirect, path, uri] of table) assert.equal(read(draft({ redirect, path })).app.redirect_uri, uri);
});

test("http://localhost is offered first", () => {
  assert.equal(REDIRECTS[0], "http://localhost");
});

test("what cannot be right is told at its field", () => {
  const table = [
    [{ client_id: "" }, "client_id"],
    [{ client_id: "my-app" }, "client_id"],
    [{ client_id: `${ID}0` }, "client_id"],
    [{ path: "/a?b" }, "path"],
    [{ path: "a b" }, "path"],
  ];
  for (const [part, field] of table) assert.equal(read(draft(part)).wrong?.field, field);
});

test("the form of a known app shows what it is, and reads back the same", () => {
  const table = [
    ["http://localhost", "http://localhost", ""],
    ["https://localhost/callback", "https://localhost", "/callback"],
    [`msal${ID}://auth`, "msal<client id>://auth", ""],
    ["https://login.live.com/oauth20_desktop.srf", "https://login.live.com/oauth20_desktop.srf", ""],
  ];
  for (const [redirect_uri, redirect, path] of table) {
    const shown = draftOf({ client_id: ID, redirect_uri, platform: "live", has_secret: true, used_by: [] });
    assert.deepEqual([shown.redirect, shown.path], [redirect, path]);
    assert.deepEqual(readChange(shown).change, { client_id: ID, redirect_uri, platform: "live", client_secret: null });
  }
});

test("a secret that is left blank stays, a new one comes, and one can be removed", () => {
  const table = [
    [{}, null],
    [{ client_secret: " new " }, "new"],
    [{ drops_secret: true }, ""],
  ];
  for (const [part, client_secret] of table) assert.equal(readChange(draft(part)).change.client_secret, client_secret);
  assert.equal(readChange(draft({ path: "a b" })).wrong.field, "path");
});
