//! Which protocol the first octets of a packet belong to.

/// A link-layer header type, by its LINKTYPE number in files (<https://www.tcpdump.org/linktypes.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback: the address family in the byte order of the capturing host.
    pub const NULL: Self = Self(0);
    /// Ethernet.
    pub const ETHERNET: Self = Self(1);
    /// PPP, with or without its address and control fields.
    pub const PPP: Self = Self(9);
    /// Raw IP, as most systems number it in memory; some writers put it into files.
    pub const DLT_RAW: Self = Self(12);
    /// Raw IP, as OpenBSD numbers it in memory.
    pub const DLT_RAW_OPENBSD: Self = Self(14);
    /// PPP in HDLC-like framing, or Cisco HDLC.
    pub const PPP_HDLC: Self = Self(50);
    /// PPPoE, from its session header on.
    pub const PPP_ETHER: Self = Self(51);
    /// Raw IP: the version nibble tells IPv4 from IPv6.
    pub const RAW: Self = Self(101);
    /// Cisco HDLC.
    pub const C_HDLC: Self = Self(104);
    /// OpenBSD loopback: the address family in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux "cooked" capture.
    pub const LINUX_SLL: Self = Self(113);
    /// SS7 message transfer part 2 with libpcap's pseudo-header.
    pub const MTP2_WITH_PHDR: Self = Self(139);
    /// SS7 message transfer part 2 (Q.703).
    pub const MTP2: Self = Self(140);
    /// SS7 message transfer part 3 (Q.704).
    pub const MTP3: Self = Self(141);
    /// SS7 signalling connection control part (Q.713).
    pub const SCCP: Self = Self(142);
    /// Raw IPv4.
    pub const IPV4: Self = Self(228);
    /// Raw IPv6.
    pub const IPV6: Self = Self(229);
    /// SCTP without IP.
    pub const SCTP: Self = Self(248);
    /// What a dissector of Wireshark saw, with tags that say which.
    pub const UPPER_PDU: Self = Self(252);
    /// Linux "cooked" capture, version 2.
    pub const LINUX_SLL2: Self = Self(276);

    /// The number by which libpcap knows the type in memory (DLT): it differs from the one in files for raw IP.
    pub(super) fn dlt(self) -> i32 {
        match self {
            Self::RAW | Self::DLT_RAW_OPENBSD => 12,
            Self(number) => i32::from(number),
        }
    }

    /// The type from libpcap's number in memory.
    pub(super) fn from_dlt(dlt: i32) -> Self {
        match dlt {
            12 => Self::RAW,
            other => Self(u16::try_from(other).unwrap_or(u16::MAX)),
        }
    }
}

impl std::fmt::Display for LinkType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match *self {
            Self::NULL => "BSD loopback",
            Self::ETHERNET => "Ethernet",
            Self::DLT_RAW | Self::DLT_RAW_OPENBSD | Self::RAW => "raw IP",
            Self::LOOP => "OpenBSD loopback",
            Self::LINUX_SLL => "Linux cooked",
            Self::IPV4 => "raw IPv4",
            Self::IPV6 => "raw IPv6",
            Self::LINUX_SLL2 => "Linux cooked v2",
            Self::PPP | Self::PPP_HDLC => "PPP",
            Self::PPP_ETHER => "PPPoE",
            Self::C_HDLC => "Cisco HDLC",
            Self::MTP2 | Self::MTP2_WITH_PHDR => "MTP2",
            Self::MTP3 => "MTP3",
            Self::SCCP => "SCCP",
            Self::SCTP => "SCTP",
            Self::UPPER_PDU => "Wireshark upper PDU",
            Self(number) => return write!(f, "link type {number}"),
        };
        f.write_str(name)
    }
}
