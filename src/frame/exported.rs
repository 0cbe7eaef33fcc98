//! Exported PDUs of Wireshark (LINKTYPE_WIRESHARK_UPPER_PDU): tags that say what follows, and the PDU.
//!
//! ```text
//! tag(2) length(2) value, padded by its writer ... tag 0, the PDU
//! ```
//!
//! **Handled:** the dissector's name, or its table and number; addresses and ports. **Not handled:** point codes (a
//! flow has no room for them); names that are not listed below, which are counted.

use super::cursor::{Cursor, Followed};
use super::{SctpPacket, Transport, ether, ip};
use crate::health::Layer;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The most tags that are read.
const MAX_TAGS: usize = 64;

const END: u16 = 0;
/// A dissector, and one that guesses.
const NAME: u16 = 12;
const HEURISTIC_NAME: u16 = 13;
const TABLE: u16 = 14;
const IPV4_SRC: u16 = 20;
const IPV4_DST: u16 = 21;
const IPV6_SRC: u16 = 22;
const IPV6_DST: u16 = 23;
const SRC_PORT: u16 = 25;
const DST_PORT: u16 = 26;
/// The number in the table.
const TABLE_NUMBER: u16 = 32;

/// What a PDU is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Layer(Layer),
    EtherType(u16),
    Ethernet,
    Ip,
    Ppp,
    /// A protocol of IP.
    Protocol(u8),
    /// What a datagram between the ports of the tags carries.
    Datagram,
}

pub(super) fn pdu(mut cursor: Cursor<'_>) -> Followed<'_> {
    let (mut name, mut table, mut number) = (None, None, None);
    let mut ports = (0, 0);
    for _ in 0..MAX_TAGS {
        let [t1, t2, l1, l2] = *cursor.take(Layer::Link)?;
        let length = usize::from(u16::from_be_bytes([l1, l2]));
        let value = cursor.rest().get(..length).unwrap_or_default();
        cursor.skip(length, Layer::Link)?;
        match u16::from_be_bytes([t1, t2]) {
            END => {
                let content = match (name, table) {
                    (Some(name), _) => of_dissector(name),
                    (None, Some(table)) => number.and_then(|number| of_table(table, number)),
                    (None, None) => None,
                };
                let reason = "an exported PDU of a protocol that is not read";
                let content = content.ok_or(cursor.unsupported(Layer::Link, reason))?;
                return follow(content, ports, cursor);
            }
            NAME => name = Some(text(value)),
            // the name of the guess is that of its protocol and of what is below: sip_udp, m3ua_sctp
            HEURISTIC_NAME => name = text(value).split(|octet| *octet == b'_').next(),
            TABLE => table = Some(text(value)),
            TABLE_NUMBER => number = value.first_chunk().map(|number| u32::from_be_bytes(*number)),
            IPV4_SRC => cursor.src = value.first_chunk().map_or(cursor.src, |src| Ipv4Addr::from(*src).into()),
            IPV4_DST => cursor.dst = value.first_chunk().map_or(cursor.dst, |dst| Ipv4Addr::from(*dst).into()),
            IPV6_SRC => cursor.src = value.first_chunk().map_or(cursor.src, |src| Ipv6Addr::from(*src).into()),
            IPV6_DST => cursor.dst = value.first_chunk().map_or(cursor.dst, |dst| Ipv6Addr::from(*dst).into()),
            SRC_PORT => ports.0 = port(value),
            DST_PORT => ports.1 = port(value),
            _ => {}
        }
    }
    Err(cursor.unsupported(Layer::Link, "too many tags of an exported PDU"))
}

fn follow(content: Content, ports: (u16, u16), cursor: Cursor<'_>) -> Followed<'_> {
    match content {
        Content::Layer(layer) => Ok(cursor.told(layer, ports)),
        Content::EtherType(kind) => ether::ether_type(kind, cursor),
        Content::Ethernet => ether::ethernet(cursor),
        Content::Ip => ip::ip(cursor),
        Content::Ppp => ether::ppp(cursor),
        Content::Protocol(132) => {
            let packet = SctpPacket::parse(cursor.rest()).ok_or(cursor.short(Layer::Sctp))?;
            Ok(cursor.framed(Transport::Sctp(packet)))
        }
        Content::Datagram => {
            let (src_port, dst_port) = ports;
            Ok(cursor.framed(Transport::Udp { src_port, dst_port, payload: cursor.rest() }))
        }
        Content::Protocol(protocol) => ip::upper(protocol, cursor),
    }
}

/// Names are padded with zeros.
fn text(value: &[u8]) -> &[u8] {
    value.split(|octet| *octet == 0).next().unwrap_or_default()
}

/// Ports are written as four octets.
fn port(value: &[u8]) -> u16 {
    value.first_chunk().map_or(0, |octets| u16::try_from(u32::from_be_bytes(*octets)).unwrap_or(0))
}

/// By the name of Wireshark's dissector.
fn of_dissector(name: &[u8]) -> Option<Content> {
    let layer = match name {
        b"ip" | b"ipv4" | b"ipv6" => return Some(Content::Ip),
        b"eth" | b"eth_withoutfcs" | b"eth_maybefcs" | b"eth_withfcs" => return Some(Content::Ethernet),
        b"ppp" | b"ppp_hdlc" => return Some(Content::Ppp),
        b"tcp" => return Some(Content::Protocol(6)),
        b"udp" => return Some(Content::Protocol(17)),
        b"sctp" => return Some(Content::Protocol(132)),
        b"m3ua" => Layer::M3ua,
        b"m2pa" => Layer::M2pa,
        b"m2ua" => Layer::M2ua,
        b"sua" => Layer::Sua,
        b"mtp2" => Layer::Mtp2,
        b"mtp3" => Layer::Mtp3,
        b"sccp" => Layer::Sccp,
        b"tcap" => Layer::Tcap,
        b"gsm_map" => Layer::Map,
        b"camel" => Layer::Cap,
        b"inap" => Layer::Inap,
        b"ansi_map" => Layer::AnsiMap,
        b"isup" => Layer::Isup,
        b"bicc" => Layer::Bicc,
        b"bssap" => Layer::Bssap,
        b"ranap" => Layer::Ranap,
        b"s1ap" => Layer::S1ap,
        b"ngap" => Layer::Ngap,
        b"gsm_a_dtap" => Layer::Dtap,
        b"nas-eps" | b"nas-eps_plain" | b"nas-5gs" => Layer::Nas,
        b"gsm_sms" => Layer::Sms,
        b"diameter" | b"diameter.tcp" | b"diameter.udp" => Layer::Diameter,
        b"sip" | b"sip.tcp" => Layer::Sip,
        b"gtp" | b"gtpv2" => Layer::Gtp,
        b"gsup" => Layer::Gsup,
        b"http" | b"http-over-tcp" => Layer::Http1,
        b"http2" => Layer::Http2,
        _ => return None,
    };
    Some(Content::Layer(layer))
}

/// By the table in which Wireshark would look, and the number in it.
fn of_table(table: &[u8], number: u32) -> Option<Content> {
    let layer = match (table, number) {
        (b"ethertype", number) => return u16::try_from(number).ok().map(Content::EtherType),
        (b"ip.proto", number) => return u8::try_from(number).ok().map(Content::Protocol),
        (b"mtp3.service_indicator", 3) => Layer::Sccp,
        (b"mtp3.service_indicator", 5) => Layer::Isup,
        (b"mtp3.service_indicator", 13) => Layer::Bicc,
        (b"sccp.ssn", 142) => Layer::Ranap,
        (b"sccp.ssn", 254) => Layer::Bssap,
        (b"sctp.ppi", 2) => Layer::M2ua,
        (b"sctp.ppi", 3) => Layer::M3ua,
        (b"sctp.ppi", 4) => Layer::Sua,
        (b"sctp.ppi", 5) => Layer::M2pa,
        (b"sctp.ppi", 18) => Layer::S1ap,
        (b"sctp.ppi", 46) => Layer::Diameter,
        (b"sctp.ppi", 60) => Layer::Ngap,
        (b"sctp.port", 2904) => Layer::M2ua,
        (b"sctp.port", 2905) => Layer::M3ua,
        (b"sctp.port", 3565) => Layer::M2pa,
        (b"sctp.port", 14001) => Layer::Sua,
        (b"udp.port", _) => return Some(Content::Datagram),
        (b"sctp.port" | b"tcp.port", 5060) => Layer::Sip,
        (b"sctp.port" | b"tcp.port", 3868) => Layer::Diameter,
        _ => return None,
    };
    Some(Content::Layer(layer))
}
