//! What is met and not read: recognised by its first octets or its ports, to be counted by its name.
//!
//! **Handled:** TLS (RFC 8446 §5.1) and DTLS (RFC 9147 §4) records, also DTLS over SCTP (RFC 6083); ESP and IKE in UDP
//! (RFC 3948); RTP and RTCP (RFC 3550), STUN (RFC 8489). **Not handled:** anything by more
//! than its look: octets of another protocol may look like RTP.

/// Octets of a record (RFC 8449 §4 with what encryption may add).
const MAX_RECORD: u16 = (1 << 14) + 2048;

const ENCRYPTED_TLS: &str = "encrypted (TLS)";
pub(super) const ENCRYPTED_DTLS: &str = "encrypted (DTLS)";

/// type(1) version(2) length(2): change cipher spec, alert, handshake or application data.
fn is_tls(octets: &[u8]) -> bool {
    match octets {
        [20..=23, 3, 0..=4, l1, l2, ..] => (1..=MAX_RECORD).contains(&u16::from_be_bytes([*l1, *l2])),
        _ => false,
    }
}

/// The name of a stream that starts like this.
pub(super) fn stream(octets: &[u8]) -> Option<&'static str> {
    is_tls(octets).then_some(ENCRYPTED_TLS)
}

/// type(1) version(2) epoch(2) number(6) length(2), up to version 1.2 and in handshakes; in 1.3 the type octet is
/// 001CSLEE, and what follows has no fixed form.
pub(super) fn is_dtls(octets: &[u8]) -> bool {
    match octets {
        [20..=26, 0xfe, 0xfd..=0xff, _, _, _, _, _, _, _, _, l1, l2, rest @ ..] => {
            let length = u16::from_be_bytes([*l1, *l2]);
            (1..=MAX_RECORD).contains(&length) && usize::from(length) <= rest.len()
        }
        _ => false,
    }
}

/// The name under which a datagram that is not read is counted.
pub(super) fn datagram(ports: [u16; 2], octets: &[u8]) -> &'static str {
    let on = |port| ports.contains(&port);
    if is_dtls(octets) {
        return ENCRYPTED_DTLS;
    }
    match octets {
        // §2.2, §2.3: a non-ESP marker of zeros, a keepalive of one octet
        [0, 0, 0, 0, ..] if on(4500) => "IKE",
        [0xff] if on(4500) => "NAT keepalive",
        _ if on(4500) => "encrypted (ESP in UDP)",
        _ if on(500) => "IKE",
        _ if on(53) => "DNS",
        [0..=0x3f, _, _, _, 0x21, 0x12, 0xa4, 0x42, ..] => "STUN",
        // version 2; RFC 3551 §6, RFC 5761 §4
        [0x80..=0xbf, 192..=223, _, _, _, _, _, _, ..] => "looks like RTCP",
        [0x80..=0xbf, kind, _, _, _, _, _, _, _, _, _, _, ..] if matches!(kind & 0x7f, 0..=34 | 96..=127) => {
            "looks like RTP"
        }
        _ => "datagram of a protocol that is not read",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn on(port: u16) -> [u16; 2] {
        [40_000, port]
    }

    #[test]
    fn records_of_tls_and_dtls() {
        assert_eq!(stream(b"\x16\x03\x01\x00\x05hello"), Some(ENCRYPTED_TLS));
        assert_eq!(stream(b"\x17\x03\x03\x48\x00"), Some(ENCRYPTED_TLS));
        assert_eq!(stream(b"\x17\x03\x03\x48\x01"), None); // longer than any record
        assert_eq!(stream(b"\x01\x00\x00\x14\x80\x00\x01\x01"), None); // Diameter
        let record = b"\x16\xfe\xfd\x00\x00\x00\x00\x00\x00\x00\x01\x00\x02hi";
        assert!(is_dtls(record));
        for end in 0..record.len() {
            assert!(!is_dtls(&record[..end]));
        }
        assert_eq!(datagram(on(1), record), ENCRYPTED_DTLS);
    }

    #[test]
    fn datagrams_by_port_and_look() {
        let rtp = [&[0x80, 0, 0, 1][..], &[0; 20]].concat();
        for (port, octets, name) in [
            (4500, &[0, 0, 0, 0, 1][..], "IKE"),
            (4500, &[0xff], "NAT keepalive"),
            (4500, &[0, 0, 0, 9, 1], "encrypted (ESP in UDP)"),
            (500, &[9; 28], "IKE"),
            (9, &[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42], "STUN"),
            (9, &[0x80, 200, 0, 6, 0, 0, 0, 1], "looks like RTCP"),
            (9, &rtp, "looks like RTP"),
            (9, b"hello", "datagram of a protocol that is not read"),
        ] {
            assert_eq!(datagram(on(port), octets), name);
        }
    }

    proptest! {
        #[test]
        fn no_octets_panic(port in any::<u16>(), octets in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = (datagram(on(port), &octets), stream(&octets), is_dtls(&octets));
        }
    }
}
