//! What a program takes of the machine, itself and the processes that it started, as the kernel counts it.

use std::{collections::HashMap, fs, io, path::PathBuf};

/// Memory in MB of 1,000,000 bytes, what is shared divided by those who share it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memory {
    /// Of all processes (PSS).
    pub all: f64,
    /// Of that, the program's own process.
    pub own: f64,
    /// Of its own process, what is no file (`Pss_Anon`).
    pub own_anonymous: f64,
}

/// What a program did since it started.
pub struct Work {
    /// Processor time of all its processes, in seconds.
    processor: f64,
    /// How often each thread waited and was woken, by its folder.
    wakes: HashMap<PathBuf, u64>,
}

/// The kernel counts processor time in hundredths of a second here, on every machine that runs these programs.
const TICK: f64 = 0.01;

impl Memory {
    /// At this moment.
    pub fn of(pid: u32) -> io::Result<Memory> {
        let mut memory = Memory::default();
        for process in family(pid) {
            let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
            let megabytes = |name| number(&rollup, name).map_or(0.0, |kilobytes| kilobytes * 1.024 / 1000.0);
            memory.all += megabytes("Pss:");
            if process == pid {
                memory.own = megabytes("Pss:");
                memory.own_anonymous = megabytes("Pss_Anon:");
            }
        }
        Ok(memory)
    }
}

impl Work {
    /// Up to this moment.
    pub fn of(pid: u32) -> io::Result<Work> {
        let mut work = Work { processor: 0.0, wakes: HashMap::new() };
        for process in family(pid) {
            work.processor += processor(&fs::read_to_string(format!("/proc/{process}/stat"))?);
            for thread in fs::read_dir(format!("/proc/{process}/task"))?.flatten() {
                // A thread that has ended meanwhile tells nothing any more.
                let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
                let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
                let count = count.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
                work.wakes.insert(thread.path(), count);
            }
        }
        Ok(work)
    }

    /// Seconds of processor time, and wake-ups, since `before`.
    #[expect(clippy::cast_precision_loss, reason = "a count of wake-ups is far below what a float holds exactly")]
    pub fn since(&self, before: &Work) -> (f64, f64) {
        let wakes = self.wakes.iter().map(|(thread, count)| {
            let before = before.wakes.get(thread).copied().unwrap_or(0);
            count.saturating_sub(before)
        });
        (self.processor - before.processor, wakes.sum::<u64>() as f64)
    }
}

/// Whether the program has a process that holds a page.
pub fn has_page(pid: u32) -> bool {
    let name = |process: u32| fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
    // The system cuts names off after fifteen letters.
    family(pid).into_iter().any(|process| name(process).trim_end() == "WebKitWebProces")
}

/// The process and all below it.
fn family(pid: u32) -> Vec<u32> {
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        next += 1;
        let threads = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
        for thread in threads {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            family.extend(children.split_whitespace().filter_map(|child| child.parse::<u32>().ok()));
        }
    }
    family
}

/// The value of a line as `Pss:   937 kB`.
fn number(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// Seconds, from `/proc/<pid>/stat`: the name in parentheses may hold anything, what follows are numbers.
fn processor(stat: &str) -> f64 {
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = rest.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() * TICK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_counted_with_those_it_started() {
        let mut child = std::process::Command::new("sleep").arg("30").spawn().unwrap();
        let family = family(std::process::id());
        child.kill().and_then(|()| child.wait()).unwrap();
        assert!(family.contains(&child.id()), "{family:?}");
    }

    #[test]
    fn processor_time_is_told_for_any_name_of_a_process() {
        assert!((processor("7 (a) b) c) S 1 7 7 0 -1 0 0 0 0 0 150 50 9 9 20 0") - 2.0).abs() < 1e-9);
    }

    #[test]
    fn memory_is_read_by_the_whole_name_of_its_line() {
        let rollup = "Pss:    2000 kB\nPss_Anon:  1000 kB\n";
        assert_eq!((number(rollup, "Pss:"), number(rollup, "Pss_Anon:")), (Some(2000.0), Some(1000.0)));
    }
}
