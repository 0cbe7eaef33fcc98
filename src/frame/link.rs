//! What the first octets of a packet are, by the link type of the capture.
//!
//! **Handled:** Ethernet; PPP (RFC 1661, with and without the HDLC framing of RFC 1662) and PPPoE without Ethernet;
//! Cisco HDLC; Linux cooked capture v1 and v2; raw IP; BSD loopback; SCTP without IP; MTP2 (also with libpcap's
//! pseudo-header), MTP3 and SCCP, which are [`Transport::Told`]; exported PDUs of Wireshark.
//! **Not handled:** radio interfaces and Abis, which are out of scope and counted by name; all others.

use super::cursor::{Cursor, Followed};
use super::{Transport, ether, exported, ip, sctp::SctpPacket};
use crate::capture::LinkType;
use crate::health::Layer;

#[cfg(doc)]
use super::Framed;

/// Follows a packet from its link layer to its transport.
pub fn parse(link: LinkType, data: &[u8]) -> Followed<'_> {
    let mut cursor = Cursor::new(data);
    match link {
        LinkType::ETHERNET => ether::ethernet(cursor),
        // type(2) ARPHRD(2) address length(2) address(8) protocol(2)
        LinkType::LINUX_SLL => {
            let [_, _, hardware @ .., p1, p2] = cursor.take::<16>(Layer::Link)?;
            let [h1, h2, ..] = hardware;
            cooked([*h1, *h2], [*p1, *p2], cursor)
        }
        // protocol(2) reserved(2) interface(4) ARPHRD(2) type(1) address length(1) address(8)
        LinkType::LINUX_SLL2 => {
            let [p1, p2, _, _, _, _, _, _, h1, h2, ..] = cursor.take::<20>(Layer::Link)?;
            cooked([*h1, *h2], [*p1, *p2], cursor)
        }
        LinkType::RAW | LinkType::DLT_RAW | LinkType::DLT_RAW_OPENBSD | LinkType::IPV4 | LinkType::IPV6 => {
            ip::ip(cursor)
        }
        LinkType::NULL | LinkType::LOOP => {
            let family = *cursor.take::<4>(Layer::Link)?;
            // AF_INET is 2 everywhere, AF_INET6 10 (Linux), 24 (NetBSD, OpenBSD), 28 (FreeBSD) or 30 (Darwin)
            let is_ip = |family| matches!(family, 2u32 | 10 | 24 | 28 | 30);
            if is_ip(u32::from_le_bytes(family)) || is_ip(u32::from_be_bytes(family)) {
                ip::ip(cursor)
            } else {
                Err(cursor.unsupported(Layer::Link, "an address family other than IP"))
            }
        }
        LinkType::PPP => ether::ppp(cursor),
        LinkType::PPP_ETHER => ether::pppoe(cursor),
        LinkType::PPP_HDLC | LinkType::C_HDLC => ether::hdlc(cursor),
        LinkType::SCTP => {
            let packet = SctpPacket::parse(cursor.rest()).ok_or(cursor.short(Layer::Sctp))?;
            Ok(cursor.framed(Transport::Sctp(packet)))
        }
        LinkType::MTP2 => told(Layer::Mtp2, cursor),
        LinkType::MTP2_WITH_PHDR => mtp2_with_pseudo_header(cursor),
        LinkType::MTP3 => told(Layer::Mtp3, cursor),
        LinkType::SCCP => told(Layer::Sccp, cursor),
        LinkType::UPPER_PDU => exported::pdu(cursor),
        other => Err(cursor.unsupported(Layer::Link, out_of_scope(other))),
    }
}

fn told(layer: Layer, cursor: Cursor<'_>) -> Followed<'_> {
    Ok(cursor.told(layer, (0, 0)))
}

/// Linux cooked capture.
fn cooked(hardware: [u8; 2], protocol: [u8; 2], cursor: Cursor<'_>) -> Followed<'_> {
    /// ARPHRD_NETLINK: the protocol is a netlink family.
    const NETLINK: u16 = 824;
    /// ETH_P_802_2: the payload starts with its logical link control.
    const LLC: u16 = 4;
    if u16::from_be_bytes(hardware) == NETLINK {
        return Err(cursor.unsupported(Layer::Link, "netlink"));
    }
    match u16::from_be_bytes(protocol) {
        LLC => ether::llc(cursor),
        protocol => ether::ether_type(protocol, cursor),
    }
}

/// LINKTYPE_MTP2_WITH_PHDR: sent(1) annex A used(1) link number(2). With Annex A of Q.703 the sequence numbers have 12
/// bits, and the signal unit is BSN and BIB(2) FSN and FIB(2) LI(2), where LI has 9 bits, least octet first.
fn mtp2_with_pseudo_header(mut cursor: Cursor<'_>) -> Followed<'_> {
    const USED: u8 = 1;
    let [_, annex_a, _, _] = cursor.take(Layer::Link)?;
    if *annex_a != USED {
        return told(Layer::Mtp2, cursor);
    }
    let [_, _, _, _, low, high] = cursor.take(Layer::Mtp2)?;
    let length = usize::from(u16::from_le_bytes([*low, *high]) & 0x1ff);
    // Q.703 §2.3.3: 0 is a fill-in unit, 1 and 2 are link status units
    if length < 3 {
        return Err(cursor.unsupported(Layer::Mtp2, "fill-in or link status unit with 12-bit sequence numbers"));
    }
    cursor.missing = cursor.limit(length);
    told(Layer::Mtp3, cursor)
}

/// The name under which a link type that is not read is counted.
fn out_of_scope(link: LinkType) -> &'static str {
    match link.0 {
        105 | 119 | 127 | 163 | 192 => "IEEE 802.11",
        107 => "frame relay",
        177 | 203 => "LAPD (Abis)",
        217 => "GSMTAP Um",
        218 => "GSMTAP Abis",
        249 | 220 | 189 | 186 => "USB",
        _ => "a link type that is not read",
    }
}
