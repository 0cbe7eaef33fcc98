//! Packets in packets: GRE, mirrors, overlays, and SCTP in UDP.
//!
//! ```text
//! GRE:     C R K S s(1 bit each) ...(8) version(3)  protocol(2)  [checksum, offset(4)] [key(4)] [sequence(4)] packet
//! VXLAN:   flags(1) reserved(3) network(3) reserved(1), an Ethernet frame
//! ERSPAN:  II: version 1, VLAN, class, session, index (8)   III: version 2, ..., frame type, platform (12 or 20)
//! TZSP:    version(1) type(1) protocol(2) tags: type(1) [length(1) value]... 1, a frame
//! ```
//!
//! **Handled:** GRE (RFC 2784, RFC 2890), also version 1 (RFC 2637), with IP, MPLS, PPP, bridged Ethernet (NVGRE, RFC
//! 7637) and ERSPAN types I to III (draft-foschiano-erspan-03); VXLAN (RFC 7348) also on port 8472, VXLAN-GPE, Geneve
//! (RFC 8926), TZSP with Ethernet, GSMTAP, SCTP over UDP (RFC 6951): by its port, by its checksum on all others.
//! **Not handled:** GRE source routes, TZSP of radio frames. What does not look like the tunnel of its port is told
//! as a datagram.

use super::cursor::{Cursor, Followed};
use super::{SctpPacket, Transport, crc32c, ether, gsmtap, ip, mpls};
use crate::health::Layer;

const ERSPAN: u16 = 0x88be;
const ERSPAN_III: u16 = 0x22eb;

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGEMENT: u16 = 0x0080;

pub(super) fn gre(mut cursor: Cursor<'_>) -> Followed<'_> {
    let [f1, f2, p1, p2] = *cursor.take(Layer::Link)?;
    let (flags, protocol) = (u16::from_be_bytes([f1, f2]), u16::from_be_bytes([p1, p2]));
    let has = |flag| usize::from(flags & flag != 0);
    if flags & ROUTING != 0 {
        return Err(cursor.unsupported(Layer::Link, "GRE with source routes"));
    }
    match flags & 7 {
        0 => {
            let options = has(CHECKSUM).saturating_add(has(KEY)).saturating_add(has(SEQUENCE));
            cursor.skip(options.saturating_mul(4), Layer::Link)?;
        }
        1 => {
            let options = has(KEY).saturating_add(has(SEQUENCE)).saturating_add(has(ACKNOWLEDGEMENT));
            cursor.skip(options.saturating_mul(4), Layer::Link)?;
            if flags & SEQUENCE == 0 {
                return Err(cursor.unsupported(Layer::Link, "GRE acknowledgement"));
            }
        }
        _ => return Err(cursor.unsupported(Layer::Link, "GRE of an unknown version")),
    }
    match protocol {
        ether::BRIDGED => ether::ethernet(cursor),
        ERSPAN | ERSPAN_III => erspan(flags & SEQUENCE != 0, cursor),
        0 => Err(cursor.unsupported(Layer::Link, "GRE keepalive")),
        other => ether::ether_type(other, cursor),
    }
}

/// Type I has no header, and no sequence number in its GRE header.
fn erspan(numbered: bool, mut cursor: Cursor<'_>) -> Followed<'_> {
    const IP: u16 = 2;
    if !numbered {
        return ether::ethernet(cursor);
    }
    match cursor.rest().first().map(|first| first >> 4) {
        Some(1) => {
            cursor.skip(8, Layer::Link)?;
            ether::ethernet(cursor)
        }
        Some(2) => {
            let [.., w1, w2] = *cursor.take::<12>(Layer::Link)?;
            let word = u16::from_be_bytes([w1, w2]);
            if word & 1 == 1 {
                cursor.skip(8, Layer::Link)?;
            }
            match (word >> 10) & 0x1f {
                IP => ip::ip(cursor),
                _ => ether::ethernet(cursor),
            }
        }
        Some(_) => Err(cursor.unsupported(Layer::Link, "ERSPAN of an unknown version")),
        None => Err(cursor.short(Layer::Link)),
    }
}

/// What a datagram carries, where that is a packet.
#[inline]
pub(super) fn over_udp(src_port: u16, dst_port: u16, cursor: Cursor<'_>) -> Option<Followed<'_>> {
    const SCTP: u16 = 9899;
    match dst_port {
        4789 | 8472 => vxlan(cursor),
        4790 => vxlan_gpe(cursor),
        6081 => geneve(cursor),
        37008 => tzsp(cursor),
        gsmtap::PORT => gsmtap::follow((src_port, dst_port), cursor),
        SCTP => sctp(true, cursor),
        _ if src_port == SCTP => sctp(true, cursor),
        _ => match cursor.rest().get(..16) {
            // the type of the first chunk, and half of its length
            Some([.., 0..=15 | 64 | 128..=132 | 192..=194, _, 0..=6, _]) => sctp(false, cursor),
            _ => None,
        },
    }
}

/// SCTP on its own port; elsewhere only whole chunks under the right checksum are.
#[inline(never)]
fn sctp(by_port: bool, cursor: Cursor<'_>) -> Option<Followed<'_>> {
    let octets = cursor.rest();
    let packet = SctpPacket::parse(octets)?;
    let is_sctp = packet.is_plausible(by_port) && (by_port || crc32c::confirms(octets));
    is_sctp.then(|| Ok(cursor.framed(Transport::Sctp(packet))))
}

fn vxlan(mut cursor: Cursor<'_>) -> Option<Followed<'_>> {
    let [flags, .., reserved] = *cursor.take::<8>(Layer::Link).ok()?;
    let is_vxlan = flags & 0x08 != 0 && reserved == 0 && ether::looks_like_ethernet(cursor.rest());
    is_vxlan.then(|| ether::ethernet(cursor.inside()?))
}

/// draft-ietf-nvo3-vxlan-gpe: the fourth octet is the next protocol where flag P is set.
fn vxlan_gpe(mut cursor: Cursor<'_>) -> Option<Followed<'_>> {
    let [flags, _, _, next, _, _, _, reserved] = *cursor.take::<8>(Layer::Link).ok()?;
    let inside = cursor.inside();
    if flags & 0x08 == 0 || reserved != 0 {
        return None;
    }
    Some(match (flags & 0x04, next) {
        (0, _) | (_, 3) => inside.and_then(ether::ethernet),
        (_, 1 | 2) => inside.and_then(ip::ip),
        (_, 5) => inside.and_then(mpls::labels),
        _ => Err(cursor.unsupported(Layer::Link, "VXLAN-GPE of a protocol that is not read")),
    })
}

/// version(2 bits) options in 4 octets(6) flags(8) protocol(2) network(3) reserved(1) options.
fn geneve(mut cursor: Cursor<'_>) -> Option<Followed<'_>> {
    let [first, _, p1, p2, _, _, _, reserved] = *cursor.take::<8>(Layer::Link).ok()?;
    if first >> 6 != 0 || reserved != 0 {
        return None;
    }
    cursor.skip(usize::from(first & 0x3f).saturating_mul(4), Layer::Link).ok()?;
    Some(cursor.inside().and_then(|cursor| match u16::from_be_bytes([p1, p2]) {
        ether::BRIDGED => ether::ethernet(cursor),
        other => ether::ether_type(other, cursor),
    }))
}

fn tzsp(mut cursor: Cursor<'_>) -> Option<Followed<'_>> {
    const PADDING: u8 = 0;
    const END: u8 = 1;
    let [version, kind, protocol @ ..] = *cursor.take::<4>(Layer::Link).ok()?;
    if version != 1 || kind > 5 {
        return None;
    }
    // 0 is a received frame, 1 one to be sent
    if kind > 1 {
        return Some(Err(cursor.unsupported(Layer::Link, "TZSP without a frame")));
    }
    // each tag takes an octet or more
    loop {
        match *cursor.take(Layer::Link).ok()? {
            [PADDING] => {}
            [END] => break,
            _ => {
                let [length] = *cursor.take(Layer::Link).ok()?;
                cursor.skip(usize::from(length), Layer::Link).ok()?;
            }
        }
    }
    Some(match u16::from_be_bytes(protocol) {
        1 => cursor.inside().and_then(ether::ethernet),
        18 | 119 | 127 => Err(cursor.unsupported(Layer::Link, "IEEE 802.11")),
        _ => Err(cursor.unsupported(Layer::Link, "TZSP of a protocol that is not read")),
    })
}
