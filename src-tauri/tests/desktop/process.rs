//! A program that the test starts and ends.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A running program; it's killed, by its own ID, when this is dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts the command; what it prints goes into `log`.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let file = File::options().create(true).append(true).open(log).expect("a log file can be made");
        let errors = file.try_clone().expect("a log file can be shared");
        let child = command.stdout(file).stderr(errors).spawn();
        Self { child: child.unwrap_or_else(|error| panic!("{command:?}: {error}")), log: log.to_owned() }
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has printed so far.
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// Whether it ended, and if so whether it ended well.
    pub fn ended(&mut self) -> Option<bool> {
        self.child.try_wait().ok().flatten().map(|status| status.success())
    }

    /// Asks it to end, as the system does at logout.
    pub fn terminate(&self) {
        ask(Command::new("kill").args(["-TERM", &self.pid().to_string()])).unwrap_or_else(|words| panic!("{words}"));
    }

    /// Writes to the program's standard input, and then closes it.
    pub fn feed(&mut self, text: &str) {
        use std::io::Write;
        let mut input = self.child.stdin.take().expect("its input was to be piped");
        input.write_all(text.as_bytes()).expect("it reads its input");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a tool that should end at once, with a limit of ten seconds. Returns its output, or its error output.
pub fn ask(command: &mut Command) -> Result<String, String> {
    let mut limited = Command::new("timeout");
    limited.arg("10").arg(command.get_program()).args(command.get_args()).stdin(Stdio::null()).env_clear();
    for (name, value) in command.get_envs() {
        limited.env(name, value.unwrap_or_default());
    }
    let output = limited.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)))
    }
}
