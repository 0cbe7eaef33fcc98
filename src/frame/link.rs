//! From the first octet of a packet to its IP header.

use super::Unframed;
use crate::capture::LinkType;
use crate::health::Layer;
use etherparse::{EtherType, Ethernet2HeaderSlice, SingleVlanHeaderSlice, ether_type};

/// The most VLAN tags (or MPLS labels) that are passed over.
pub const MAX_TAGS: usize = 8;

/// PPPoE session stage (RFC 2516).
const PPPOE_SESSION: EtherType = EtherType(0x8864);
/// MPLS unicast (RFC 5332).
const MPLS: EtherType = EtherType(0x8847);

/// Where the IP header starts.
pub(super) fn ip_offset(link: LinkType, data: &[u8]) -> Result<usize, Unframed> {
    let short = Unframed::short(Layer::Link, 0);
    match link {
        LinkType::ETHERNET => {
            let header = Ethernet2HeaderSlice::from_slice(data).map_err(|_| short)?;
            over_tags(data, header.slice().len(), header.ether_type())
        }
        // type(2) ARPHRD(2) address length(2) address(8) protocol(2)
        LinkType::LINUX_SLL => cooked(data, 2, 14, 16),
        // protocol(2) reserved(2) interface(4) ARPHRD(2) type(1) address length(1) address(8)
        LinkType::LINUX_SLL2 => cooked(data, 8, 0, 20),
        LinkType::RAW | LinkType::DLT_RAW | LinkType::DLT_RAW_OPENBSD | LinkType::IPV4 | LinkType::IPV6 => Ok(0),
        LinkType::NULL | LinkType::LOOP => {
            let family = data.first_chunk().ok_or(short)?;
            // AF_INET is 2 everywhere, AF_INET6 10 (Linux), 24 (NetBSD, OpenBSD), 28 (FreeBSD) or 30 (Darwin)
            let is_ip = |family| matches!(family, 2u32 | 10 | 24 | 28 | 30);
            if is_ip(u32::from_le_bytes(*family)) || is_ip(u32::from_be_bytes(*family)) {
                Ok(4)
            } else {
                Err(Unframed::unsupported(Layer::Link, 0, "an address family other than IP"))
            }
        }
        _ => Err(Unframed::unsupported(Layer::Link, 0, "a link type that is not read")),
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|octets| u16::from_be_bytes(*octets))
}

/// Linux cooked capture: the fields that matter stand at `hardware` and `protocol`.
fn cooked(data: &[u8], hardware: usize, protocol: usize, len: usize) -> Result<usize, Unframed> {
    /// ARPHRD_NETLINK: the protocol is a netlink family.
    const NETLINK: u16 = 824;
    let short = Unframed::short(Layer::Link, 0);
    if data.len() < len {
        return Err(short);
    }
    if u16_at(data, hardware) == Some(NETLINK) {
        return Err(Unframed::unsupported(Layer::Link, 0, "netlink"));
    }
    let protocol = u16_at(data, protocol).ok_or(short)?;
    over_tags(data, len, EtherType(protocol))
}

/// Passes over VLAN tags and MPLS labels.
fn over_tags(data: &[u8], mut offset: usize, mut kind: EtherType) -> Result<usize, Unframed> {
    let unsupported = |reason| Err(Unframed::unsupported(Layer::Link, 0, reason));
    for _ in 0..=MAX_TAGS {
        kind = match kind {
            ether_type::IPV4 | ether_type::IPV6 => return Ok(offset),
            ether_type::VLAN_TAGGED_FRAME | ether_type::PROVIDER_BRIDGING | ether_type::VLAN_DOUBLE_TAGGED_FRAME => {
                let tag = data.get(offset..).unwrap_or_default();
                let tag = SingleVlanHeaderSlice::from_slice(tag).map_err(|_| Unframed::short(Layer::Link, offset))?;
                offset = offset.saturating_add(tag.slice().len());
                tag.ether_type()
            }
            MPLS => return over_labels(data, offset),
            ether_type::ARP => return unsupported("ARP"),
            ether_type::MACSEC => return unsupported("MACsec"),
            PPPOE_SESSION => return unsupported("PPPoE"),
            EtherType(length) if length < 1536 => return unsupported("an IEEE 802.2 frame"),
            _ => return unsupported("an ether type other than IP"),
        };
    }
    unsupported("too many VLAN tags")
}

/// RFC 3032 §2.1: label(20 bits) class(3) bottom of stack(1) time to live(8). The payload has no type; its first
/// four bits tell IP.
fn over_labels(data: &[u8], mut offset: usize) -> Result<usize, Unframed> {
    for _ in 0..MAX_TAGS {
        let entry: Option<&[u8; 4]> = data.get(offset..).and_then(<[u8]>::first_chunk);
        let Some([_, _, class_and_bottom, _]) = entry else {
            return Err(Unframed::short(Layer::Link, offset));
        };
        offset = offset.saturating_add(4);
        if class_and_bottom & 1 == 1 {
            return match data.get(offset).map(|octet| octet >> 4) {
                Some(4 | 6) => Ok(offset),
                Some(_) => Err(Unframed::unsupported(Layer::Link, offset, "MPLS that carries no IP")),
                None => Err(Unframed::short(Layer::Link, offset)),
            };
        }
    }
    Err(Unframed::unsupported(Layer::Link, offset, "too many MPLS labels"))
}
