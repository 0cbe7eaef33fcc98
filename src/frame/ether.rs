//! Ether types, and the links that use them or IP's own: Ethernet, HDLC, PPP.
//!
//! **Handled:** Ethernet II; up to [`MAX_TAGS`] tags of IEEE 802.1Q, 802.1ad, 802.1ah (I-TAG), 802.1CB (R-TAG) and
//! 802.1BR's forerunner (VN-TAG); SNAP (RFC 1042); MPLS; PPPoE (RFC 2516); PPP (RFC 1661) with compressed fields; Cisco
//! HDLC (RFC 1547 appendix). **Not handled:** other logical links, MACsec, PPP multilink and compression.

use super::cursor::{Cursor, Followed};
use super::{ip, mpls};
use crate::health::Layer;

/// The most tags that are passed over.
pub(super) const MAX_TAGS: usize = 8;

pub(super) const IPV4: u16 = 0x0800;
pub(super) const IPV6: u16 = 0x86dd;
pub(super) const BRIDGED: u16 = 0x6558;
pub(super) const PPP: u16 = 0x880b;
pub(super) const MPLS: u16 = 0x8847;
pub(super) const MPLS_UPSTREAM: u16 = 0x8848;
const PPPOE: u16 = 0x8864;
const VLAN: [u16; 5] = [0x8100, 0x88a8, 0x9100, 0x9200, 0x9300];
const I_TAG: u16 = 0x88e7;
const R_TAG: u16 = 0xf1c1;
const VN_TAG: u16 = 0x8926;
/// Below is not a type but a length (IEEE 802.3 §3.2.6).
const FIRST_TYPE: u16 = 1536;

/// destination(6) source(6) type(2)
#[inline]
pub(super) fn ethernet(mut cursor: Cursor<'_>) -> Followed<'_> {
    let [.., t1, t2] = cursor.take::<14>(Layer::Link)?;
    match u16::from_be_bytes([*t1, *t2]) {
        length if length < FIRST_TYPE => {
            cursor.limit(usize::from(length));
            llc(cursor)
        }
        kind => ether_type(kind, cursor),
    }
}

/// What follows an ether type.
#[inline]
pub(super) fn ether_type(kind: u16, cursor: Cursor<'_>) -> Followed<'_> {
    match kind {
        IPV4 | IPV6 => ip::ip(cursor),
        kind => tagged(kind, cursor),
    }
}

/// The same behind tags, and other types.
#[inline(never)]
fn tagged(mut kind: u16, mut cursor: Cursor<'_>) -> Followed<'_> {
    for _ in 0..=MAX_TAGS {
        let [t1, t2] = match kind {
            IPV4 | IPV6 => return ip::ip(cursor),
            // control(2) type(2)
            kind if VLAN.contains(&kind) => {
                let [_, _, tail @ ..] = *cursor.take::<4>(Layer::Link)?;
                tail
            }
            // reserved(2) sequence(2) type(2); destination and source(4) type(2)
            R_TAG | VN_TAG => {
                let [_, _, _, _, tail @ ..] = *cursor.take::<6>(Layer::Link)?;
                tail
            }
            // service(4), and a whole Ethernet header
            I_TAG => {
                let [.., t1, t2] = *cursor.take::<18>(Layer::Link)?;
                [t1, t2]
            }
            MPLS | MPLS_UPSTREAM => return mpls::labels(cursor),
            PPPOE => return pppoe(cursor),
            BRIDGED => return ethernet(cursor.inside()?),
            PPP => return ppp(cursor),
            other => return Err(cursor.unsupported(Layer::Link, name(other))),
        };
        kind = u16::from_be_bytes([t1, t2]);
    }
    Err(cursor.unsupported(Layer::Link, "too many VLAN tags"))
}

/// The name under which an ether type that is not read is counted.
fn name(kind: u16) -> &'static str {
    match kind {
        0x0806 => "ARP",
        0x8035 => "SLARP",
        0x8863 => "PPPoE discovery",
        0x88cc => "LLDP",
        0x88e5 => "MACsec",
        0x894f => "network service header",
        length if length < FIRST_TYPE => "an IEEE 802.2 frame",
        _ => "an ether type other than IP",
    }
}

/// Whether octets could be an Ethernet frame: none of its fields is fixed, but its type is one of few.
pub(super) fn looks_like_ethernet(octets: &[u8]) -> bool {
    const ALSO: [u16; 6] = [0x0806, 0x8863, PPPOE, 0x88cc, I_TAG, MPLS];
    let kind = octets.get(12..14).and_then(|kind| kind.try_into().ok()).map(u16::from_be_bytes);
    kind.is_some_and(|kind| matches!(kind, IPV4 | IPV6) || VLAN.contains(&kind) || ALSO.contains(&kind))
}

/// IEEE 802.2 with SNAP: DSAP AA, SSAP AA, control 03, organisation(3), type(2).
pub(super) fn llc(mut cursor: Cursor<'_>) -> Followed<'_> {
    if let [0xaa, 0xaa, 3, 0, 0, 0 | 0xf8, ..] = cursor.rest() {
        let [.., t1, t2] = cursor.take::<8>(Layer::Link)?;
        return ether_type(u16::from_be_bytes([*t1, *t2]), cursor);
    }
    Err(cursor.unsupported(Layer::Link, "an IEEE 802.2 frame"))
}

/// RFC 2516 §4: version and type(1) code(1) session(2) length(2), then PPP without framing.
pub(super) fn pppoe(mut cursor: Cursor<'_>) -> Followed<'_> {
    let [_, code, _, _, l1, l2] = cursor.take(Layer::Link)?;
    if *code != 0 {
        return Err(cursor.unsupported(Layer::Link, "PPPoE discovery"));
    }
    cursor.limit(usize::from(u16::from_be_bytes([*l1, *l2])));
    ppp(cursor)
}

/// RFC 1661 §2, RFC 1662 §3.1: [address FF, control 03] protocol(1 or 2). Both fields may be compressed (§6.5, §6.6).
pub(super) fn ppp(mut cursor: Cursor<'_>) -> Followed<'_> {
    match cursor.rest() {
        [0xff, 3, ..] => cursor.skip(2, Layer::Link)?,
        [0xff] => return Err(cursor.short(Layer::Link)),
        _ => {}
    }
    let [first] = *cursor.take(Layer::Link)?;
    let protocol = if first & 1 == 1 {
        u16::from(first)
    } else {
        let [second] = *cursor.take(Layer::Link)?;
        u16::from_be_bytes([first, second])
    };
    // IANA "PPP DLL Protocol Numbers"
    let name = match protocol {
        0x0021 | 0x0057 => return ip::ip(cursor),
        0x0281 | 0x0283 => return mpls::labels(cursor),
        0x003d => "PPP multilink fragment",
        0x00fd | 0x00fb => "compressed PPP",
        0x8000.. => "PPP control protocol",
        _ => "PPP that carries no IP",
    };
    Err(cursor.unsupported(Layer::Link, name))
}

/// Address FF is PPP in HDLC-like framing; 0F and 8F are Cisco's: address(1) control(1) ether type(2).
pub(super) fn hdlc(mut cursor: Cursor<'_>) -> Followed<'_> {
    match cursor.rest().first() {
        Some(0x0f | 0x8f) => {
            let [_, _, t1, t2] = cursor.take(Layer::Link)?;
            ether_type(u16::from_be_bytes([*t1, *t2]), cursor)
        }
        Some(0xff) => ppp(cursor),
        Some(_) => Err(cursor.unsupported(Layer::Link, "HDLC that is neither PPP nor Cisco's")),
        None => Err(cursor.short(Layer::Link)),
    }
}
