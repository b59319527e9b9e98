//! A disk that a test can make slow.

use std::{
    io,
    path::Path,
    sync::{
        Mutex,
        mpsc::{self, Receiver, Sender},
    },
};

use spartan_vault::fs::files::{Files, RealFiles, Stamp};

#[derive(Default)]
pub struct Disk {
    read: Mutex<Option<Gate>>,
    stamp: Mutex<Option<Gate>>,
}

struct Gate {
    reached: Sender<()>,
    opened: Receiver<()>,
}

/// An operation that's held up until it's let go.
pub struct HeldUp {
    reached: Receiver<()>,
    open: Sender<()>,
}

impl Disk {
    /// Holds the next read up once it has the bytes.
    pub fn hold_read(&self) -> HeldUp {
        hold(&self.read)
    }

    /// Holds up the next look at a file's stamp.
    pub fn hold_stamp(&self) -> HeldUp {
        hold(&self.stamp)
    }
}

impl HeldUp {
    /// Whether the operation waits by now.
    pub fn is_reached(&self) -> bool {
        self.reached.try_recv().is_ok()
    }

    pub fn let_go(self) {
        drop(self.open);
    }
}

fn hold(place: &Mutex<Option<Gate>>) -> HeldUp {
    let (reach, reached) = mpsc::channel();
    let (open, opened) = mpsc::channel();
    *place.lock().unwrap() = Some(Gate { reached: reach, opened });
    HeldUp { reached, open }
}

fn pass(place: &Mutex<Option<Gate>>) {
    let gate = place.lock().unwrap().take();
    if let Some(gate) = gate {
        gate.reached.send(()).unwrap();
        // It's open once the other end is dropped.
        let _ = gate.opened.recv();
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
        let read = RealFiles.read(path);
        pass(&self.read);
        read
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        pass(&self.stamp);
        RealFiles.stamp(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        RealFiles.make_folder(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        RealFiles.write_new(path, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        RealFiles.sync(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFiles.rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealFiles.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealFiles.remove(path)
    }
}
