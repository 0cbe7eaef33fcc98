//! IP and what it carries.
//!
//! Lengths that make no sense (0 with segmentation offload, less than the header) mean "to the end of the packet".

use super::cursor::{Cursor, Followed};
use super::{Fragment, SctpPacket, TcpSegment, Transport, ether, mpls, tunnel};
use crate::health::Layer;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The most extension headers of IPv6 that are passed over.
const MAX_EXTENSIONS: usize = 8;

/// Follows octets that were put together from fragments; `depth` is that of the fragments. The capture lacks
/// `missing` octets of them.
pub fn resume(addresses: (IpAddr, IpAddr), protocol: u8, octets: &[u8], missing: usize, depth: u8) -> Followed<'_> {
    let (src, dst) = addresses;
    let mut cursor = Cursor::new(octets);
    (cursor.src, cursor.dst, cursor.missing, cursor.depth, cursor.bare) = (src, dst, missing, depth, false);
    extensions(protocol, cursor.inside()?)
}

#[inline]
pub(super) fn ip(cursor: Cursor<'_>) -> Followed<'_> {
    match cursor.rest().first().map(|first| first >> 4) {
        Some(4) => v4(cursor),
        Some(6) => v6(cursor),
        Some(_) => Err(cursor.malformed(Layer::Ip, "not the header of IPv4 or IPv6")),
        None => Err(cursor.short(Layer::Ip)),
    }
}

/// RFC 791 §3.1.
#[inline]
fn v4(mut cursor: Cursor<'_>) -> Followed<'_> {
    const LEN: usize = 20;
    let start = cursor;
    let [first, _, l1, l2, i1, i2, f1, f2, _, protocol, _, _, s1, s2, s3, s4, d1, d2, d3, d4] =
        *cursor.take::<LEN>(Layer::Ip)?;
    let header = usize::from(first & 0x0f).saturating_mul(4);
    let Some(options) = header.checked_sub(LEN) else {
        return Err(start.malformed(Layer::Ip, "not the header of IPv4 or IPv6"));
    };
    cursor.skip(options, Layer::Ip)?;
    cursor.missing = 0;
    if let Some(length) = usize::from(u16::from_be_bytes([l1, l2])).checked_sub(header) {
        cursor.missing = cursor.limit(length);
    }
    cursor.src = Ipv4Addr::new(s1, s2, s3, s4).into();
    cursor.dst = Ipv4Addr::new(d1, d2, d3, d4).into();
    cursor.bare = false;
    let flags_and_offset = u16::from_be_bytes([f1, f2]);
    if flags_and_offset & 0x3fff != 0 {
        let fragment = Fragment {
            id: u32::from(u16::from_be_bytes([i1, i2])),
            protocol,
            offset: usize::from(flags_and_offset & 0x1fff).saturating_mul(8),
            more: flags_and_offset & 0x2000 != 0,
            payload: cursor.rest(),
            depth: cursor.depth,
        };
        return Ok(cursor.framed(Transport::Fragment(fragment)));
    }
    upper(protocol, cursor)
}

/// RFC 8200 §3.
fn v6(mut cursor: Cursor<'_>) -> Followed<'_> {
    let [_, _, _, _, l1, l2, next, _] = *cursor.take(Layer::Ip)?;
    cursor.src = Ipv6Addr::from(*cursor.take::<16>(Layer::Ip)?).into();
    cursor.dst = Ipv6Addr::from(*cursor.take::<16>(Layer::Ip)?).into();
    cursor.bare = false;
    cursor.missing = match u16::from_be_bytes([l1, l2]) {
        0 => 0,
        length => cursor.limit(usize::from(length)),
    };
    extensions(next, cursor)
}

/// Passes over extension headers (RFC 8200 §4) and the authentication header (RFC 4302), which IPv4 knows too.
fn extensions(mut next: u8, mut cursor: Cursor<'_>) -> Followed<'_> {
    for _ in 0..=MAX_EXTENSIONS {
        let (length, unit) = match next {
            // hop-by-hop options, routing, destination options, mobility, HIP, SHIM6: length in 8 octets, less one
            0 | 43 | 60 | 135 | 139 | 140 => (1, 8),
            // authentication: length in 4 octets, less two
            51 => (2, 4),
            44 => {
                let [after, _, o1, o2, id @ ..] = *cursor.take::<8>(Layer::Ip)?;
                let offset_and_more = u16::from_be_bytes([o1, o2]);
                if offset_and_more & 0xfff9 != 0 {
                    let fragment = Fragment {
                        id: u32::from_be_bytes(id),
                        protocol: after,
                        offset: usize::from(offset_and_more & 0xfff8),
                        more: offset_and_more & 1 != 0,
                        payload: cursor.rest(),
                        depth: cursor.depth,
                    };
                    return Ok(cursor.framed(Transport::Fragment(fragment)));
                }
                next = after;
                continue;
            }
            _ => return upper(next, cursor),
        };
        let [after, octet] = *cursor.take(Layer::Ip)?;
        let whole = usize::from(octet).saturating_add(length).saturating_mul(unit);
        cursor.skip(whole.saturating_sub(2), Layer::Ip)?;
        next = after;
    }
    Err(cursor.unsupported(Layer::Ip, "too many extension headers"))
}

/// What IP carries (IANA "Protocol Numbers").
#[inline]
pub(super) fn upper(protocol: u8, cursor: Cursor<'_>) -> Followed<'_> {
    match protocol {
        132 => {
            let packet = SctpPacket::parse(cursor.rest()).ok_or(cursor.short(Layer::Sctp))?;
            Ok(cursor.framed(Transport::Sctp(packet)))
        }
        6 => tcp(cursor),
        17 => udp(cursor),
        _ => other(protocol, cursor),
    }
}

/// What is no transport.
#[inline(never)]
fn other(protocol: u8, mut cursor: Cursor<'_>) -> Followed<'_> {
    let name = match protocol {
        51 => return extensions(protocol, cursor),
        4 | 41 => return ip(cursor.inside()?),
        47 => return tunnel::gre(cursor.inside()?),
        // RFC 4023 §3.1
        137 => return mpls::labels(cursor.inside()?),
        // RFC 3378: version(4 bits) reserved(12)
        97 => {
            cursor.skip(2, Layer::Ip)?;
            return ether::ethernet(cursor.inside()?);
        }
        1 | 58 => "ICMP",
        2 => "IGMP",
        50 => "encrypted (ESP)",
        59 => "no next header",
        89 => "OSPF",
        103 => "PIM",
        112 => "VRRP",
        115 => "L2TP",
        _ => "a transport other than UDP, TCP and SCTP",
    };
    Err(cursor.unsupported(Layer::Ip, name))
}

/// RFC 768: source port(2) destination port(2) length(2) checksum(2).
#[inline]
fn udp(mut cursor: Cursor<'_>) -> Followed<'_> {
    const LEN: usize = 8;
    let [s1, s2, d1, d2, l1, l2, _, _] = *cursor.take::<LEN>(Layer::Udp)?;
    if let Some(length) = usize::from(u16::from_be_bytes([l1, l2])).checked_sub(LEN) {
        cursor.limit(length);
    }
    let (src_port, dst_port) = (u16::from_be_bytes([s1, s2]), u16::from_be_bytes([d1, d2]));
    if let Some(followed) = tunnel::over_udp(src_port, dst_port, cursor) {
        return followed;
    }
    Ok(cursor.framed(Transport::Udp { src_port, dst_port, payload: cursor.rest() }))
}

/// RFC 9293 §3.1.
#[inline]
fn tcp(mut cursor: Cursor<'_>) -> Followed<'_> {
    const LEN: usize = 20;
    let start = cursor;
    let [s1, s2, d1, d2, n1, n2, n3, n4, _, _, _, _, offset, flags, ..] = *cursor.take::<LEN>(Layer::Tcp)?;
    let Some(options) = usize::from(offset >> 4).saturating_mul(4).checked_sub(LEN) else {
        return Err(start.malformed(Layer::Tcp, "data offset"));
    };
    cursor.skip(options, Layer::Tcp).map_err(|_| start.short(Layer::Tcp))?;
    Ok(cursor.framed(Transport::Tcp(TcpSegment {
        src_port: u16::from_be_bytes([s1, s2]),
        dst_port: u16::from_be_bytes([d1, d2]),
        sequence: u32::from_be_bytes([n1, n2, n3, n4]),
        fin: flags & 0x01 != 0,
        syn: flags & 0x02 != 0,
        rst: flags & 0x04 != 0,
        ack: flags & 0x10 != 0,
        payload: cursor.rest(),
    })))
}

/// Whether octets start with a header of IPv4 that its checksum confirms (RFC 1071).
pub(super) fn has_checksum(octets: &[u8]) -> bool {
    let length = octets.first().map_or(0, |first| usize::from(first & 0x0f)).saturating_mul(4);
    let Some(header) = octets.get(..length).filter(|header| header.len() >= 20) else {
        return false;
    };
    let words = header.chunks_exact(2).map(|word| match word {
        [high, low] => u32::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    });
    let sum = words.fold(0u32, u32::saturating_add);
    let folded = (sum & 0xffff).saturating_add(sum >> 16);
    folded == 0xffff
}

/// Whether octets start with a header of IPv6 that has the right length.
pub(super) fn has_length(octets: &[u8]) -> bool {
    let length = octets.get(4..6).and_then(|length| length.try_into().ok()).map_or(0, u16::from_be_bytes);
    usize::from(length).saturating_add(40) == octets.len()
}
