//! A BPF filter in the language of libpcap (pcap-filter(7)), run on our packets.

use super::{CaptureError, LinkType};
use pcap::{BpfProgram, Capture, Linktype};

/// A filter expression, compiled for each link type that is met.
pub struct Filter {
    expression: String,
    programs: Vec<(LinkType, BpfProgram)>,
}

impl Filter {
    /// Compiles the expression for one link type; further ones follow when packets of them come.
    pub fn compile(expression: &str, link: LinkType) -> Result<Self, CaptureError> {
        let mut filter = Self { expression: expression.to_owned(), programs: Vec::new() };
        filter.add(link)?;
        Ok(filter)
    }

    fn add(&mut self, link: LinkType) -> Result<(), CaptureError> {
        let program =
            Capture::dead(Linktype(link.dlt())).and_then(|handle| handle.compile(&self.expression, true)).map_err(
                |error| CaptureError::Filter { expression: self.expression.clone(), link, what: error.to_string() },
            )?;
        self.programs.push((link, program));
        Ok(())
    }

    /// Whether a packet passes.
    pub fn passes(&mut self, link: LinkType, packet: &[u8]) -> Result<bool, CaptureError> {
        if !self.programs.iter().any(|(known, _)| *known == link) {
            self.add(link)?;
        }
        Ok(self.programs.iter().find(|(known, _)| *known == link).is_some_and(|(_, program)| program.filter(packet)))
    }
}

impl std::fmt::Debug for Filter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filter").field("expression", &self.expression).finish_non_exhaustive()
    }
}
