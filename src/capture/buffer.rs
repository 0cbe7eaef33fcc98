//! A growing window over a stream: the parsers look at its octets, and consume a record when it is complete.

use std::io::{self, Read};

/// The window.
pub(super) struct Buffer {
    source: Box<dyn Read + Send>,
    data: Vec<u8>,
    start: usize,
    end: usize,
    /// Offset of `start` in the stream.
    offset: u64,
    state: State,
}

enum State {
    Open,
    End,
    Broken(String),
}

/// Why there are not enough octets.
pub(super) enum Short {
    /// The stream ended.
    End,
    /// The stream can't be read on; says why.
    Broken(String),
}

impl Buffer {
    pub(super) fn new(source: Box<dyn Read + Send>, capacity: usize) -> Self {
        Self { source, data: vec![0; capacity.max(Self::LEAST)], start: 0, end: 0, offset: 0, state: State::Open }
    }

    /// The smallest window: one packet of usual size with its headers.
    const LEAST: usize = 4096;

    /// The octets that are there.
    #[inline]
    pub(super) fn available(&self) -> &[u8] {
        self.data.get(self.start..self.end).unwrap_or_default()
    }

    /// Where the available octets start in the stream.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Where the available octets start in the window; see [`Self::octets`].
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.start
    }

    /// Octets by their place in the window. Consumed octets stay there until more are asked for.
    #[inline]
    pub(super) fn octets(&self, from: usize, len: usize) -> &[u8] {
        from.checked_add(len).and_then(|to| self.data.get(from..to)).unwrap_or_default()
    }

    /// Passes over available octets.
    #[inline]
    pub(super) fn consume(&mut self, octets: usize) {
        let octets = octets.min(self.end.saturating_sub(self.start));
        self.start = self.start.saturating_add(octets);
        self.offset = self.offset.saturating_add(octets as u64);
    }

    /// Reads until `needed` octets are available. The window grows to hold them: the caller has checked the size.
    pub(super) fn want(&mut self, needed: usize) -> Result<(), Short> {
        while self.available().len() < needed {
            match &self.state {
                State::Open => self.read(needed),
                State::End => return Err(Short::End),
                State::Broken(what) => return Err(Short::Broken(what.clone())),
            }
        }
        Ok(())
    }

    /// Passes over octets that need not be in the window together.
    pub(super) fn skip(&mut self, mut octets: u64) -> Result<(), Short> {
        while octets > 0 {
            self.want(1)?;
            let step = octets.min(self.available().len() as u64);
            self.consume(usize::try_from(step).unwrap_or(usize::MAX));
            octets = octets.saturating_sub(step);
        }
        Ok(())
    }

    fn read(&mut self, needed: usize) {
        self.data.copy_within(self.start..self.end, 0);
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
        if needed > self.data.len() {
            self.data.resize(needed.next_power_of_two(), 0);
        }
        let Some(room) = self.data.get_mut(self.end..) else {
            return;
        };
        match self.source.read(room) {
            Ok(0) => self.state = State::End,
            Ok(read) => self.end = self.end.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => self.state = State::Broken(error.to_string()),
        }
    }
}
