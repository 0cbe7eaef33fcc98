//! IP and what it carries.

use super::{Framed, SctpPacket, TcpSegment, Transport, Unframed, link};
use crate::capture::LinkType;
use crate::health::Layer;
use etherparse::err::ip::LaxHeaderSliceError;
use etherparse::err::ipv6_exts::HeaderSliceError;
use etherparse::err::tcp::HeaderSliceError as TcpError;
use etherparse::{IpNumber, LaxIpSlice, TcpSlice, UdpSlice, ip_number};
use std::net::IpAddr;

/// Follows a packet from its link layer to its transport.
pub fn parse(link: LinkType, data: &[u8]) -> Result<Framed<'_>, Unframed> {
    let at = link::ip_offset(link, data)?;
    let octets = data.get(at..).unwrap_or_default();
    let (ip, stopped) = LaxIpSlice::from_slice(octets).map_err(|error| match error {
        LaxHeaderSliceError::Len(_) => Unframed::short(Layer::Ip, at),
        LaxHeaderSliceError::Content(_) => Unframed::malformed(Layer::Ip, at, "not the header of IPv4 or IPv6"),
    })?;
    let (src, dst, declared): (IpAddr, IpAddr, usize) = match &ip {
        LaxIpSlice::Ipv4(ip) => {
            let header = ip.header();
            let total = usize::from(header.total_len());
            (header.source_addr().into(), header.destination_addr().into(), total)
        }
        LaxIpSlice::Ipv6(ip) => {
            let header = ip.header();
            let total = usize::from(header.payload_length()).saturating_add(header.slice().len());
            (header.source_addr().into(), header.destination_addr().into(), total)
        }
    };
    let payload = ip.payload();
    let missing = if payload.incomplete { declared.saturating_sub(octets.len()) } else { 0 };
    let framed = |transport| Framed { src, dst, transport, missing };
    if payload.fragmented {
        return Ok(framed(Transport::Fragment));
    }
    if let Some((error, _)) = stopped {
        return Err(match error {
            HeaderSliceError::Len(_) if missing > 0 => Unframed::short(Layer::Ip, at),
            _ => Unframed::malformed(Layer::Ip, at, "extension header"),
        });
    }
    let at = offset_in(data, payload.payload);
    transport(payload.ip_number, payload.payload, at).map(framed)
}

fn transport(protocol: IpNumber, octets: &[u8], at: usize) -> Result<Transport<'_>, Unframed> {
    match protocol {
        ip_number::UDP => {
            let udp = UdpSlice::from_slice_lax(octets).map_err(|_| Unframed::short(Layer::Udp, at))?;
            Ok(Transport::Udp { src_port: udp.source_port(), dst_port: udp.destination_port(), payload: udp.payload() })
        }
        ip_number::TCP => {
            let tcp = TcpSlice::from_slice(octets).map_err(|error| match error {
                TcpError::Len(_) => Unframed::short(Layer::Tcp, at),
                TcpError::Content(_) => Unframed::malformed(Layer::Tcp, at, "data offset"),
            })?;
            Ok(Transport::Tcp(TcpSegment {
                src_port: tcp.source_port(),
                dst_port: tcp.destination_port(),
                sequence: tcp.sequence_number(),
                syn: tcp.syn(),
                ack: tcp.ack(),
                fin: tcp.fin(),
                rst: tcp.rst(),
                payload: tcp.payload(),
            }))
        }
        ip_number::SCTP => SctpPacket::parse(octets).map(Transport::Sctp).ok_or(Unframed::short(Layer::Sctp, at)),
        other => Err(Unframed::unsupported(
            Layer::Ip,
            at,
            match other {
                ip_number::ICMP | ip_number::IPV6_ICMP => "ICMP",
                ip_number::IGMP => "IGMP",
                ip_number::ENCAP_SEC => "encrypted (ESP)",
                ip_number::GRE => "GRE tunnel",
                ip_number::IPV4 | ip_number::IPV6 => "IP in IP",
                _ => "a transport other than UDP, TCP and SCTP",
            },
        )),
    }
}

/// Where a part lies in the octets from which it was borrowed.
pub(crate) fn offset_in(whole: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}
