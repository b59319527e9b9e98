//! Screenshots, for people to look at.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{desktop::Desktop, program::Program};

impl Program<'_> {
    /// Takes a picture of the screen once it shows what the page says: painting comes after the page has changed.
    pub async fn picture(&self, name: &str) {
        let two_frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))";
        self.page.execute_async(two_frames, Vec::new()).await.expect("the page draws");
        let mut before = None;
        // Now and then something moves for its own reasons, such as the bar of a running leg.
        for _ in 0..10 {
            let now = self.desktop.ask(&["import", "-window", "root", "-format", "%#", "info:-"]).ok();
            if now == before {
                break;
            }
            before = now;
        }
        self.desktop.picture(name);
    }
}

impl Desktop {
    /// Takes a picture of the whole screen and returns its path.
    pub fn picture(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let file = folder.join(format!("{name}.png"));
        if let Err(words) = self.ask(&["import", "-window", "root", &file.to_string_lossy()]) {
            println!("no picture: {words}");
        }
        file
    }

    /// Takes a picture named after the running test.
    pub fn picture_of_failure(&self) -> PathBuf {
        // Each test has its own thread, named after its path.
        let thread = std::thread::current();
        let test = thread.name().and_then(|path| path.rsplit(':').next()).unwrap_or_default();
        self.picture(&format!("failed-{test}"))
    }
}
