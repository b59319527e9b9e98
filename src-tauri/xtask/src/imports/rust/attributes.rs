//! What attributes say about an item.

use syn::{Attribute, Expr, Lit, Meta, Token, punctuated::Punctuated};

/// Returns whether an item is compiled only for tests.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args().is_ok_and(|condition: Meta| needs_tests(&condition))
    })
}

/// Returns the path that a `#[path = "…"]` gives a module's file.
pub fn path(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find(|attribute| attribute.path().is_ident("path")).and_then(|attribute| text(&attribute.meta))
}

/// Returns the paths that serde's attributes hold as text: `#[serde(deserialize_with = "lenient::text")]`. What `with`
/// names is a module, of which serde calls a function.
pub fn paths_for_serde(attribute: &Attribute) -> Vec<syn::Path> {
    if !attribute.path().is_ident("serde") {
        return Vec::new();
    }
    let named = list(&attribute.meta);
    let named = named.iter().filter(|meta| !meta.path().is_ident("rename") && !meta.path().is_ident("tag"));
    let path = |meta: &Meta| {
        let function = if meta.path().is_ident("with") { "::serialize" } else { "" };
        syn::parse_str(&format!("{}{function}", text(meta)?)).ok()
    };
    named.filter_map(path).collect()
}

/// Returns whether a condition holds only in tests.
fn needs_tests(condition: &Meta) -> bool {
    let path = condition.path();
    if path.is_ident("all") {
        list(condition).iter().any(needs_tests)
    } else if path.is_ident("any") {
        list(condition).iter().all(needs_tests)
    } else {
        path.is_ident("test")
    }
}

fn list(meta: &Meta) -> Punctuated<Meta, Token![,]> {
    let list = meta.require_list().and_then(|list| list.parse_args_with(Punctuated::parse_terminated));
    list.unwrap_or_default()
}

fn text(meta: &Meta) -> Option<String> {
    match &meta.require_name_value().ok()?.value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_only_for_tests_is_recognized() {
        let for_tests = |condition: &str| needs_tests(&syn::parse_str(condition).unwrap());
        assert!(for_tests("test") && for_tests("all(unix, test)") && for_tests("any(test, all(test, windows))"));
        assert!(!for_tests("not(test)") && !for_tests("any(test, unix)") && !for_tests("feature = \"test\""));
    }
}
