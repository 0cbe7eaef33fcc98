//! Many savefiles as one source, in the order of time, with few of them open.
//!
//! Files are sorted by the time of their first packet, for which each is opened and closed once. A file is opened for
//! reading when the merge reaches that time, and closed when it ends: of rotated captures one or two are open. Among
//! packets of the same time the file named first comes first. Packets that lie out of order within a file stay in
//! the order of the file, as Wireshark shows them.
//!
//! A broken file yields what came before the break, and a [`CaptureFault`].

use super::savefile::{Savefile, Unopened};
use super::{Batch, CaptureError, CaptureFault, Filled, Filter, Input, LinkType, Packet, PacketSource};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The window of a file when few are open; it is shared out when many are.
const WINDOW: usize = 1 << 20;
/// The smallest window.
const LEAST_WINDOW: usize = 64 << 10;
/// How much memory the windows of open files should take together.
const WINDOWS: usize = 64 << 20;

/// How far the reading is; may be asked from another thread.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    read: Arc<AtomicU64>,
    total: u64,
}

impl Progress {
    /// Octets read from the disk so far (of compressed files, the compressed octets).
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Octets on the disk. Standard input is not in it.
    pub fn total(&self) -> u64 {
        self.total
    }
}

/// Orders files in the merge: the time of the next packet, then the place among the inputs.
type Turn = (i64, u32);

enum Slot {
    /// To be opened when its turn comes.
    Closed,
    Open(Box<Savefile>),
    Done,
}

/// Savefiles in the order of time.
pub struct Savefiles {
    inputs: Vec<Input>,
    slots: Vec<Slot>,
    turns: BinaryHeap<Reverse<Turn>>,
    open: usize,
    faults: Vec<CaptureFault>,
    errors: Vec<CaptureError>,
    filter: Option<Filter>,
    filtered: u64,
    progress: Progress,
}

impl Savefiles {
    /// Looks into every input for its first packet. Inputs that can't be opened are in [`Self::errors`], captures
    /// that are broken from the start in [`PacketSource::faults`].
    pub fn open(inputs: Vec<Input>) -> Self {
        let total = inputs.iter().map(|input| input.size).fold(0, u64::saturating_add);
        let mut files = Self {
            slots: Vec::with_capacity(inputs.len()),
            turns: BinaryHeap::new(),
            open: 0,
            faults: Vec::new(),
            errors: Vec::new(),
            filter: None,
            filtered: 0,
            progress: Progress { read: Arc::default(), total },
            inputs,
        };
        for index in 0..files.inputs.len() {
            files.slots.push(Slot::Done);
            files.peek(index);
        }
        files
    }

    /// Keeps only packets that pass a filter in the language of pcap-filter(7). Frame numbers count all packets.
    ///
    /// Whether the expression is one is checked here, for Ethernet and raw IP. A file of a link type for which it
    /// makes no sense ends with a fault.
    pub fn with_filter(mut self, expression: &str) -> Result<Self, CaptureError> {
        let filter = Filter::compile(expression, LinkType::ETHERNET)
            .or_else(|error| Filter::compile(expression, LinkType::RAW).map_err(|_| error))?;
        self.filter = Some(filter);
        Ok(self)
    }

    /// How far the reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The inputs; a packet's `file` is an index here.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Inputs that could not be opened.
    pub fn errors(&self) -> &[CaptureError] {
        &self.errors
    }

    /// How many packets the filter left out.
    pub fn filtered(&self) -> u64 {
        self.filtered
    }

    /// Finds the first packet of an input and queues it for its turn.
    fn peek(&mut self, index: usize) {
        let Some(input) = self.inputs.get(index) else {
            return;
        };
        let uncounted = Arc::default();
        let (window, read) = if input.once { (WINDOW, &self.progress.read) } else { (LEAST_WINDOW, &uncounted) };
        let Some(file) = start(input, index, window, read, &mut self.faults, &mut self.errors) else {
            return;
        };
        let Some((head, _, _)) = file.head() else {
            return;
        };
        self.turns.push(Reverse((head.time, number(index))));
        let once = input.once;
        if let Some(slot) = self.slots.get_mut(index) {
            *slot = if once {
                self.open = self.open.saturating_add(1);
                Slot::Open(Box::new(file))
            } else {
                Slot::Closed
            };
        }
    }

    /// The file whose turn it is, opened where it was closed.
    fn take(&mut self, index: usize) -> Option<Box<Savefile>> {
        match std::mem::replace(self.slots.get_mut(index)?, Slot::Done) {
            Slot::Open(file) => Some(file),
            Slot::Done => None,
            Slot::Closed => {
                let input = self.inputs.get(index)?;
                let share = WINDOWS.checked_div(self.open.saturating_add(1)).unwrap_or(WINDOW);
                let window = share.clamp(LEAST_WINDOW, WINDOW);
                let read = &self.progress.read;
                let file = start(input, index, window, read, &mut self.faults, &mut self.errors)?;
                self.open = self.open.saturating_add(1);
                Some(Box::new(file))
            }
        }
    }

    /// Appends packets of one file while it is its turn. `false` when the file has no more.
    fn pour(&mut self, file: &mut Savefile, index: u32, batch: &mut Batch) -> Result<bool, CaptureFault> {
        let next = self.turns.peek().map(|Reverse(turn)| *turn);
        loop {
            let Some((head, frame, octets)) = file.head() else {
                return Ok(false);
            };
            let turn = (head.time, index);
            if next.is_some_and(|next| next < turn) || batch.is_full() {
                self.turns.push(Reverse(turn));
                return Ok(true);
            }
            let passes = match &mut self.filter {
                None => true,
                Some(filter) => filter.passes(head.link, octets).map_err(|error| file.fault_here(error.to_string()))?,
            };
            if passes {
                let packet = Packet {
                    file: index,
                    frame,
                    time: head.time,
                    link: head.link,
                    offset: 0,
                    len: 0,
                    original_len: head.original_len,
                };
                batch.push(packet, octets);
            } else {
                self.filtered = self.filtered.saturating_add(1);
            }
            file.advance()?;
        }
    }
}

impl PacketSource for Savefiles {
    fn fill(&mut self, batch: &mut Batch) -> Result<Filled, CaptureError> {
        while !batch.is_full() {
            let Some(Reverse((_, index))) = self.turns.pop() else {
                break;
            };
            let place = usize::try_from(index).unwrap_or(usize::MAX);
            let Some(mut file) = self.take(place) else {
                continue;
            };
            match self.pour(&mut file, index, batch) {
                Ok(true) => {
                    if let Some(slot) = self.slots.get_mut(place) {
                        *slot = Slot::Open(file);
                    }
                    continue;
                }
                Ok(false) => {}
                Err(fault) => self.faults.push(fault),
            }
            self.open = self.open.saturating_sub(1);
        }
        if self.turns.is_empty() {
            // of broken files the rest was not read, and will not be
            self.progress.read.fetch_max(self.progress.total, Ordering::Relaxed);
            return Ok(Filled::Done);
        }
        Ok(Filled::More)
    }

    fn faults(&self) -> &[CaptureFault] {
        &self.faults
    }
}

/// Opens an input and moves to its first packet.
fn start(
    input: &Input,
    index: usize,
    window: usize,
    read: &Arc<AtomicU64>,
    faults: &mut Vec<CaptureFault>,
    errors: &mut Vec<CaptureError>,
) -> Option<Savefile> {
    match Savefile::open(input, number(index), window, read) {
        Ok(mut file) => match file.advance() {
            Ok(_) => Some(file),
            Err(fault) => {
                faults.push(fault);
                None
            }
        },
        Err(Unopened::Fault(fault)) => {
            faults.push(fault);
            None
        }
        Err(Unopened::Error(error)) => {
            errors.push(error);
            None
        }
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
