//! Packets from a network interface, through libpcap.
//!
//! Capturing needs the privileges that the system asks for (on Linux CAP_NET_RAW). Times have microseconds, which
//! every system can give; frame numbers count the packets received.

use super::savefile::NANOS;
use super::{Batch, CaptureError, Filled, LinkType, Packet, PacketSource};
use pcap::{Active, Capture, Error};

/// How to capture.
#[derive(Debug, Clone)]
pub struct LiveOptions {
    /// Octets kept of each packet.
    pub snaplen: u32,
    /// Whether packets for other hosts are wanted (a tap or mirror port).
    pub promiscuous: bool,
    /// A filter in the language of pcap-filter(7).
    pub filter: Option<String>,
    /// How long a quiet interface may hold up [`Live::fill`], in milliseconds.
    pub timeout_ms: u32,
    /// The kernel's buffer, in octets.
    pub buffer: u32,
}

impl Default for LiveOptions {
    fn default() -> Self {
        Self { snaplen: 65_535, promiscuous: true, filter: None, timeout_ms: 200, buffer: 64 << 20 }
    }
}

/// An open interface.
pub struct Live {
    capture: Capture<Active>,
    interface: String,
    link: LinkType,
    frame: u64,
}

impl Live {
    /// Opens an interface by its name.
    pub fn open(interface: &str, options: &LiveOptions) -> Result<Self, CaptureError> {
        let wrong = |error: Error| failed(interface, &error);
        let size = |octets: u32| i32::try_from(octets).unwrap_or(i32::MAX);
        let mut capture = Capture::from_device(interface)
            .map_err(wrong)?
            .snaplen(size(options.snaplen))
            .promisc(options.promiscuous)
            .timeout(size(options.timeout_ms))
            .buffer_size(size(options.buffer))
            .open()
            .map_err(wrong)?;
        let link = LinkType::from_dlt(capture.get_datalink().0);
        if let Some(expression) = &options.filter {
            capture.filter(expression, true).map_err(|error| CaptureError::Filter {
                expression: expression.clone(),
                link,
                what: error.to_string(),
            })?;
        }
        Ok(Self { capture, interface: interface.to_owned(), link, frame: 0 })
    }

    /// How many packets the kernel dropped because they were not fetched in time.
    pub fn dropped(&mut self) -> Result<u64, CaptureError> {
        match self.capture.stats() {
            Ok(stats) => Ok(u64::from(stats.dropped)),
            Err(error) => Err(failed(&self.interface, &error)),
        }
    }
}

fn failed(interface: &str, error: &Error) -> CaptureError {
    CaptureError::Interface { interface: interface.to_owned(), what: error.to_string() }
}

impl PacketSource for Live {
    fn fill(&mut self, batch: &mut Batch) -> Result<Filled, CaptureError> {
        while !batch.is_full() {
            match self.capture.next_packet() {
                Ok(packet) => {
                    self.frame = self.frame.saturating_add(1);
                    let time = packet.header.ts;
                    let record = Packet {
                        file: 0,
                        frame: self.frame,
                        time: time.tv_sec.saturating_mul(NANOS).saturating_add(time.tv_usec.saturating_mul(1000)),
                        link: self.link,
                        offset: 0,
                        len: 0,
                        original_len: packet.header.len,
                    };
                    batch.push(record, packet.data);
                }
                Err(Error::TimeoutExpired) => return Ok(Filled::More),
                Err(Error::NoMorePackets) => return Ok(Filled::Done),
                Err(error) => return Err(failed(&self.interface, &error)),
            }
        }
        Ok(Filled::More)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_interface_is_named_in_the_error() {
        let error = Live::open("no-such-if0", &LiveOptions::default()).err().unwrap();
        assert!(error.to_string().starts_with("interface no-such-if0: "), "{error}");
    }
}
