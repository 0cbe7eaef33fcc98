//! Where messages travel: the links between nodes, the interface that each belongs to, and what carries it.

use super::super::transport::Endpoint;
use super::super::transport::sctp::ppid;
use serde::Deserialize;

/// An interface, as `network.interfaces` of a scenario names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interface {
    /// MAP between MSC/VLR, HLR, EIR and SMSC.
    Map,
    /// CAP between MSC and gsmSCF, on the links of MAP.
    Cap,
    /// The link of the STP with the international gateway: MAP of visitors a second time.
    Roaming,
    /// The link of the STP with the HLR: MAP between MSC/VLR and HLR a second time.
    Hlr,
    /// BSSAP between base stations and MSC.
    Bssap,
    /// ISUP between MSC and the exchange of the other networks.
    Isup,
    /// Between MME and HSS.
    S6a,
    /// Between MME and EIR.
    S13,
    /// Between MME and SMSC.
    Sgd,
    /// Between packet gateway and PCRF.
    Gx,
    /// Between packet gateway and online charging.
    Gy,
    /// Between CSCF and HSS.
    Cx,
    /// Between telephony application server and HSS.
    Sh,
    /// SIP between UE and P-CSCF.
    Sip,
    /// SIP between P-CSCF and S-CSCF.
    Mw,
    /// GTP version 2 between MME and serving gateway.
    Gtp,
    /// S1AP with NAS between base stations and MME.
    S1ap,
    /// RANAP between radio network controllers and MSC (Iu-CS) or SGSN (Iu-PS).
    Ranap,
    /// GTP version 1 between SGSN and GGSN.
    Gn,
    /// SGsAP between MME and MSC.
    Sgs,
}

impl Interface {
    /// What is simulated where a scenario does not say.
    pub const USUAL: [Self; 5] = [Self::Map, Self::Cap, Self::S6a, Self::S13, Self::Sip];

    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Where a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// An MSC and the STP.
    Sigtran(usize),
    /// SMSC and HLR.
    SmscHlr,
    /// The STP and the international gateway.
    Roaming,
    /// The STP and the HLR.
    Hlr,
    /// The base station controller of an MSC, and the MSC.
    A(usize),
    /// An MSC and the exchange of the other networks.
    Isup(usize),
    /// An MME and the HSS.
    S6a(usize),
    /// An MME and the EIR.
    S13(usize),
    /// An MME and the SMSC.
    Sgd(usize),
    /// The packet gateway of an MME's subscribers, and the PCRF.
    Gx(usize),
    /// The packet gateway, and online charging.
    Gy(usize),
    /// The CSCF and the HSS.
    Cx,
    /// The telephony application server and the HSS.
    Sh,
    /// The base stations of an MME, and the MME.
    S1(usize),
    /// An MME and its serving gateway.
    S11(usize),
    /// The radio network controller of an MSC, and the MSC.
    IuCs(usize),
    /// The radio network controller, and its SGSN.
    IuPs(usize),
    /// An SGSN and the GGSN.
    Gn(usize),
    /// An MME and an MSC.
    Sgs(usize, usize),
    /// The P-CSCF and the S-CSCF.
    Mw,
    /// A UE and the P-CSCF over UDP.
    SipUdp(Endpoint),
    /// A UE (subscriber) and the P-CSCF over TCP.
    SipTcp(usize, Endpoint),
}

/// What carries the messages of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// An SCTP association, with its payload protocol identifier.
    Sctp(u32),
    /// A TCP connection.
    Tcp,
    /// Datagrams.
    Udp,
}

impl Link {
    /// The interface that it belongs to; MAP for the links of MAP and CAP.
    pub fn interface(self) -> Interface {
        match self {
            Self::Sigtran(_) | Self::SmscHlr => Interface::Map,
            Self::Roaming => Interface::Roaming,
            Self::Hlr => Interface::Hlr,
            Self::A(_) => Interface::Bssap,
            Self::Isup(_) => Interface::Isup,
            Self::S6a(_) => Interface::S6a,
            Self::S13(_) => Interface::S13,
            Self::Sgd(_) => Interface::Sgd,
            Self::Gx(_) => Interface::Gx,
            Self::Gy(_) => Interface::Gy,
            Self::Cx => Interface::Cx,
            Self::Sh => Interface::Sh,
            Self::S1(_) => Interface::S1ap,
            Self::S11(_) => Interface::Gtp,
            Self::IuCs(_) | Self::IuPs(_) => Interface::Ranap,
            Self::Gn(_) => Interface::Gn,
            Self::Sgs(..) => Interface::Sgs,
            Self::Mw => Interface::Mw,
            Self::SipUdp(_) | Self::SipTcp(..) => Interface::Sip,
        }
    }

    /// What carries it.
    pub fn carrier(self) -> Carrier {
        match self {
            Self::Sigtran(_) | Self::SmscHlr | Self::Roaming | Self::Hlr => Carrier::Sctp(ppid::M3UA),
            Self::A(_) | Self::Isup(_) | Self::IuCs(_) | Self::IuPs(_) => Carrier::Sctp(ppid::M3UA),
            Self::Sgs(..) => Carrier::Sctp(ppid::SGSAP),
            Self::S6a(_) | Self::Sgd(_) | Self::Cx => Carrier::Sctp(ppid::DIAMETER),
            Self::S1(_) => Carrier::Sctp(ppid::S1AP),
            Self::S13(_) | Self::Gx(_) | Self::Gy(_) | Self::Sh | Self::SipTcp(..) => Carrier::Tcp,
            Self::S11(_) | Self::Gn(_) | Self::Mw | Self::SipUdp(_) => Carrier::Udp,
        }
    }
}
