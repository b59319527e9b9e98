//! The graph of the page's modules.

mod tokens;

use std::collections::BTreeMap;

use super::graph::Graph;
use tokens::{Token, tokens};

/// The text of each module, by its path from the top of the checkout.
pub type Modules = BTreeMap<String, String>;

/// Returns which module imports which. Fails if one imports a file that isn't there.
pub fn graph(modules: &Modules) -> Result<Graph, String> {
    let mut graph = Graph::default();
    let files: BTreeMap<&str, _> = modules.keys().map(|name| (name.as_str(), graph.file(name, &[name]))).collect();
    for (name, text) in modules {
        for Import { from, names } in imports(text) {
            let Some(target) = resolve(name, &from) else { continue };
            let to =
                files.get(target.as_str()).ok_or_else(|| format!("{name} imports {target}, which isn't there."))?;
            for word in names {
                graph.arrow(files[name.as_str()], *to, &word);
            }
        }
    }
    Ok(graph)
}

/// What a module takes from another.
#[derive(Debug, PartialEq, Eq)]
struct Import {
    from: String,
    names: Vec<String>,
}

/// Returns a module's static and dynamic imports, and its exports of what other modules define.
fn imports(text: &str) -> Vec<Import> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let is_member = index > 0 && tokens[index - 1] == Token::Mark('.');
        match token {
            Token::Word(word) if !is_member && (word == "import" || word == "export") => {
                found.extend(import(&tokens[index + 1..], word == "import"));
            }
            _ => {}
        }
    }
    found
}

fn import(after: &[Token], can_stand_alone: bool) -> Option<Import> {
    match after {
        [Token::Text(from), ..] if can_stand_alone => {
            Some(Import { from: from.clone(), names: vec!["import".to_owned()] })
        }
        [Token::Mark('('), Token::Text(from), ..] if can_stand_alone => {
            Some(Import { from: from.clone(), names: vec!["import()".to_owned()] })
        }
        _ => {
            let end = after.iter().position(|token| !is_of_clause(token))?;
            let Token::Text(from) = &after[end] else { return None };
            let (Token::Word(last), clause) = after[..end].split_last()? else { return None };
            (last == "from").then(|| Import { from: from.clone(), names: names(clause) })
        }
    }
}

/// Returns whether a token can be between `import` and the path.
fn is_of_clause(token: &Token) -> bool {
    matches!(token, Token::Word(_) | Token::Mark('{' | '}' | ',' | '*'))
}

/// Returns the names of a clause as the other module has them.
fn names(clause: &[Token]) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_alias = false;
    for token in clause {
        match token {
            Token::Word(word) if word == "as" => is_alias = true,
            Token::Word(word) if !is_alias => names.push(word.clone()),
            Token::Mark('*') => names.push("*".to_owned()),
            _ => is_alias = false,
        }
    }
    names
}

/// Returns the path from the top of the checkout; none for what isn't relative.
fn resolve(importer: &str, path: &str) -> Option<String> {
    if !path.starts_with('.') {
        return None;
    }
    let mut segments: Vec<&str> = importer.split('/').collect();
    segments.pop();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::circle;
    use super::*;

    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        let modules = files.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
        let found = circle::all(&graph(&modules).unwrap());
        found.iter().map(|circle| circle.to_string().lines().next().unwrap().to_owned()).collect()
    }

    #[test]
    fn modules_that_import_each_other_are_a_circle() {
        let imports = [
            "import { b } from \"./b.mjs\";",
            "import b, { other as c } from './b.mjs'",
            "import * as b from \"./b.mjs\";",
            "import \"./b.mjs\";",
            "export { b } from \"./b.mjs\";",
            "export * from \"./b.mjs\";",
            "const b = await import(\"./b.mjs\");",
            "const b = `${await import(\"./b.mjs\")}`;",
        ];
        for import in imports {
            let files = [("js/a.mjs", import), ("js/b.mjs", "import { a } from \"../js/a.mjs\";\n")];
            assert_eq!(circles(&files), ["js/a.mjs -> js/b.mjs -> js/a.mjs"], "{import}");
        }
    }

    #[test]
    fn modules_around_are_a_circle() {
        let files = [
            ("a.mjs", "import { b } from \"./views/b.mjs\";"),
            ("views/b.mjs", "import { c } from \"./c.mjs\";"),
            ("views/c.mjs", "export { a } from \"../a.mjs\";"),
        ];
        assert_eq!(circles(&files), ["a.mjs -> views/b.mjs -> views/c.mjs -> a.mjs"]);
    }

    #[test]
    fn a_module_and_its_folder_are_no_family() {
        let files = [("a.mjs", "import { b } from \"./a/b.mjs\";"), ("a/b.mjs", "import { a } from \"../a.mjs\";")];
        assert_eq!(circles(&files).len(), 1);
    }

    #[test]
    fn comments_texts_and_members_do_not_count() {
        let texts = [
            "/** @typedef {import(\"./a.mjs\").A} A */",
            "// import { a } from \"./a.mjs\";",
            "const text = 'import { a } from \"./a.mjs\"';",
            "const text = `import \"./a.mjs\"`;",
            "const pattern = /import \"/; const other = \"./a.mjs\";",
            "loader.import(\"./a.mjs\");",
            "const url = import.meta.url; const other = \"./a.mjs\";",
            "export const from = \"./a.mjs\";",
            "export function from() { return \"./a.mjs\"; }",
        ];
        for text in texts {
            let files = [("a.mjs", "import { b } from \"./b.mjs\";"), ("b.mjs", text)];
            assert!(circles(&files).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_names_are_those_of_the_other_module() {
        let found = imports("import a, { b as c, d } from \"./e.mjs\"; export * as f from \"./g.mjs\"");
        let [e, g] = &found[..] else { panic!("{found:?}") };
        assert_eq!((e.from.as_str(), e.names.join(" ")), ("./e.mjs", "a b d".to_owned()));
        assert_eq!((g.from.as_str(), g.names.join(" ")), ("./g.mjs", "*".to_owned()));
    }

    #[test]
    fn an_import_of_a_missing_module_is_reported() {
        let modules = Modules::from([("js/a.mjs".to_owned(), "import \"./gone.mjs\"".to_owned())]);
        assert_eq!(graph(&modules).unwrap_err(), "js/a.mjs imports js/gone.mjs, which isn't there.");
    }
}
