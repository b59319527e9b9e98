//! The modules of a crate: what each defines, imports and names.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, ItemMod};

use super::{
    attributes,
    paths::{self, Segments},
};

/// The position of a module in a [`Tree`]; the root is the first.
pub type Id = usize;

/// Every module of a crate, except those of tests.
#[derive(Debug)]
pub struct Tree {
    pub modules: Vec<Module>,
}

/// One module.
#[derive(Debug)]
pub struct Module {
    /// The file that contains it.
    pub file: String,
    /// Its path from the root, whose own is empty.
    pub path: Segments,
    /// The enclosing module; the root has none.
    pub parent: Option<Id>,
    /// The modules in it. Several can have the same name, each for another system.
    pub children: BTreeMap<String, Vec<Id>>,
    /// The names that it defines itself.
    pub items: BTreeSet<String>,
    /// The names that it imports, and the path of each.
    pub imports: Vec<(String, Segments)>,
    /// The paths of which it imports everything.
    pub globs: Vec<Segments>,
    /// Every path that it names, imports included.
    pub paths: BTreeSet<Segments>,
}

/// Where a module's text is.
struct Place {
    file: String,
    /// The folder that a `#[path]` is relative to.
    folder: String,
    /// The folder in which the files of its children are.
    children: String,
}

struct Reader<'read> {
    read: &'read dyn Fn(&str) -> Option<String>,
    modules: Vec<Module>,
}

impl Tree {
    /// Reads a crate from its root on.
    pub fn read(root: &str, read: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let folder = folder_of(root);
        let place = Place { file: root.to_owned(), children: folder.clone(), folder };
        let text = read(root).ok_or_else(|| format!("{root} can't be read."))?;
        let mut reader = Reader { read, modules: Vec::new() };
        reader.module(None, Vec::new(), &place, &parse(root, &text)?)?;
        Ok(Self { modules: reader.modules })
    }
}

impl Reader<'_> {
    fn module(&mut self, parent: Option<Id>, path: Segments, place: &Place, items: &[Item]) -> Result<Id, String> {
        let id = self.modules.len();
        let found = paths::of(items);
        self.modules.push(Module {
            file: place.file.clone(),
            path,
            parent,
            children: BTreeMap::new(),
            items: items.iter().filter_map(name).collect(),
            imports: found.imports,
            globs: found.globs,
            paths: found.paths,
        });
        for item in items {
            if let Item::Mod(module) = item
                && !attributes::is_for_tests(&module.attrs)
            {
                self.child(id, place, module)?;
            }
        }
        Ok(id)
    }

    fn child(&mut self, parent: Id, around: &Place, module: &ItemMod) -> Result<(), String> {
        let name = module.ident.to_string();
        let path = [&self.modules[parent].path[..], std::slice::from_ref(&name)].concat();
        let child = if let Some((_, items)) = &module.content {
            let children = join(&around.children, &name);
            let place = Place { file: around.file.clone(), folder: children.clone(), children };
            self.module(Some(parent), path, &place, items)?
        } else {
            let (place, text) = self.file_of(around, &name, module)?;
            let items = parse(&place.file, &text)?;
            self.module(Some(parent), path, &place, &items)?
        };
        self.modules[parent].children.entry(name).or_default().push(child);
        Ok(())
    }

    fn file_of(&self, around: &Place, name: &str, module: &ItemMod) -> Result<(Place, String), String> {
        let plain = join(&around.children, &format!("{name}.rs"));
        let folder = join(&around.children, name);
        let in_folder = join(&folder, "mod.rs");
        let places = match attributes::path(&module.attrs) {
            Some(path) => {
                let file = join(&around.folder, &path);
                vec![Place { folder: folder_of(&file), children: folder_of(&file), file }]
            }
            None => vec![
                Place { folder: around.children.clone(), children: folder.clone(), file: plain.clone() },
                Place { folder: folder.clone(), children: folder, file: in_folder.clone() },
            ],
        };
        let found = places.into_iter().find_map(|place| (self.read)(&place.file).map(|text| (place, text)));
        found.ok_or_else(|| format!("The module {name} of {} is in neither {plain} nor {in_folder}.", around.file))
    }
}

fn parse(file: &str, text: &str) -> Result<Vec<Item>, String> {
    let parsed = syn::parse_file(text).map_err(|error| format!("{file} can't be read as Rust: {error}."))?;
    Ok(parsed.items)
}

/// Returns the name that an item defines.
fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn folder_of(file: &str) -> String {
    file.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default()
}

/// Joins a folder and a path in it, which may lead out of it again.
fn join(folder: &str, path: &str) -> String {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "." | "" => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}
