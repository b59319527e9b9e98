/** Parts of the types in `rust.d.ts` for which the page has a name. */
declare namespace Page {
  type Shut = Extract<Rust.Status, { state: "shut" }>;
  type SignedOut = Extract<Rust.Status, { state: "signed_out" }>;
  type SigningIn = Extract<Rust.Status, { state: "signing_in" }>;
  type SignedIn = Extract<Rust.Status, { state: "signed_in" }>;
  type Opening = Extract<Rust.Status, { state: "opening" | "unlocking" }>;
  type Command = { [Name in keyof Rust.Commands]: Rust.Commands[Name] extends { args: null; answer: null } ? Name : never }[keyof Rust.Commands];
  type FoundApp = Extract<Rust.Found, { kind: "app" }>;
  type FoundSeveral = Extract<Rust.Found, { kind: "several" }>;
}
