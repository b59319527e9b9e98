//! Every example in the help, the README files and the documents is run: none destroys a file when nobody is signed in,
//! leaves a token where others can read it, or shows one in a process list.

mod collect;
mod watched;

use self::{
    collect::{Example, examples},
    watched::{Bed, Standing},
};

#[tokio::test(flavor = "multi_thread")]
async fn no_example_destroys_a_file_or_shows_a_token() {
    let bed = Bed::new().await;
    let examples = examples(&bed.machine);
    let of = |part: &str| examples.iter().filter(|example| example.from.contains(part)).count();
    assert!(of("README.md") >= 3 && of("servers.md") >= 3 && of("--help") >= 40, "{} are found", examples.len());
    let faults: Vec<String> = examples.iter().flat_map(|example| faults(&bed, example)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Examples that used to be in the help or the README, and similar ones.
const BAD: [(&str, &str); 11] = [
    ("spartan env > .env", "destroyed"),
    ("spartan env > new.env", "can be read by others"),
    ("spartan token --format python > halo.py", "destroyed"),
    ("spartan token --format python-with-token >> halo.py", "can be read by others"),
    ("spartan xsts --relying-party http://xboxlive.com | tee header.txt", "can be read by others"),
    ("curl -H \"x-343-authorization-spartan: $(spartan token)\" https://…", "process list"),
    ("spartan exec -- sh -c 'curl -H \"x-343-authorization-spartan: $HALO_SPARTAN_TOKEN\" https://…'", "process list"),
    ("TOKEN=$(spartan token)\npython3 stats.py --token \"$TOKEN\"", "process list"),
    ("docker run -e HALO_SPARTAN_TOKEN=$(spartan token) my-image", "process list"),
    ("set -x\nTOKEN=$(spartan token)", "standard error"),
    ("spartan tokens", "not understood"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_example_is_found_and_a_good_one_of_its_kind_is_not() {
    let bed = Bed::new().await;
    for (line, kind) in BAD {
        let found = faults(&bed, &Example::of("a bad one", line));
        assert!(found.iter().any(|fault| fault.contains(kind)), "{line}: {found:?}");
    }
    for line in [
        "spartan token --format header | curl --header @- https://…",
        "export HALO_SPARTAN_TOKEN=$(spartan token)\ndocker run -e HALO_SPARTAN_TOKEN my-image",
        "spartan env --output .env",
        "spartan exec -- sh -c 'echo \"x-343-authorization-spartan: $HALO_SPARTAN_TOKEN\" | curl -H @- …'",
        "spartan completions bash > completions",
    ] {
        assert_eq!(faults(&bed, &Example::of("a good one", line)), [] as [String; 0], "{line}");
    }
}

/// Returns what's wrong with an example, in each situation in which a person may try it.
fn faults(bed: &Bed, example: &Example) -> Vec<String> {
    let found = Standing::ALL.into_iter().flat_map(|standing| bed.run(&example.text, standing));
    found.map(|fault| format!("{}: {fault}:\n    {}", example.from, example.text.replace('\n', "\n    "))).collect()
}
