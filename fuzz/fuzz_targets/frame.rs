//! Any octets as a packet of any link type, down to its transport and its chunks.
#![no_main]

use simhound::capture::LinkType;
use simhound::frame::{Framed, MAX_TUNNELS, Transport, parse, resume};

simhound_fuzz::target!(|data: &[u8]| {
    let Some(([high, low], octets)) = data.split_first_chunk() else { return };
    let link = LinkType(u16::from_be_bytes([*high, *low]));
    match parse(link, octets) {
        Ok(framed) => look(&framed, octets),
        Err(unframed) => assert!(unframed.offset <= octets.len(), "{unframed:?} in {} octets", octets.len()),
    }
});

fn look(framed: &Framed<'_>, octets: &[u8]) {
    match &framed.transport {
        Transport::Sctp(packet) => {
            // each chunk takes four octets or more
            assert!(packet.chunks().count() <= octets.len() / 4 + 1);
            for chunk in packet.chunks().flatten() {
                let _ = (chunk.data(), chunk.initiation(), chunk.new_cumulative_tsn(), chunk.given_up().count());
            }
        }
        Transport::Fragment(fragment) => {
            assert!(fragment.depth <= MAX_TUNNELS);
            let addresses = (framed.src, framed.dst);
            let _ = resume(addresses, fragment.protocol, fragment.payload, framed.missing, fragment.depth);
        }
        Transport::Udp { payload, .. } | Transport::Told { payload, .. } => assert!(payload.len() <= octets.len()),
        Transport::Tcp(segment) => assert!(segment.payload.len() <= octets.len()),
    }
}
