//! The nodes: point codes, global titles, hosts and addresses.

use super::super::numbering::parse;
use super::super::scenario::Scenario;
use super::super::transport::Endpoint;
use super::Link;
use crate::identity::{Msisdn, Plmn};

/// A node of the SS7 network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// MSC and VLR.
    Msc(usize),
    /// The base station controller of an MSC.
    Bsc(usize),
    /// The radio network controller of an MSC and an SGSN.
    Rnc(usize),
    /// SGSN.
    Sgsn(usize),
    /// The gateway between IMS and circuits.
    Mgcf,
    /// The exchange of the other networks.
    Exchange,
    /// Home location register.
    Hlr,
    /// Short message service centre.
    Smsc,
    /// gsmSCF.
    Scf,
    /// Equipment identity register.
    Eir,
    /// The HLR of the foreign network, behind the international gateway.
    ForeignHlr,
}

/// Subsystem numbers, TS 23.003 §8.2.
#[allow(missing_docs)]
pub mod subsystem {
    pub const HLR: u8 = 6;
    pub const VLR: u8 = 7;
    pub const MSC: u8 = 8;
    pub const EIR: u8 = 9;
    pub const CAP: u8 = 146;
}

/// All that nodes are called.
#[derive(Debug)]
pub struct Nodes {
    /// How many MSCs.
    pub mscs: usize,
    /// How many MMEs.
    pub mmes: usize,
    /// `epc.mnc001.mcc001.3gppnetwork.org`.
    pub realm: String,
    /// `ims.mnc001.mcc001.3gppnetwork.org`.
    pub ims: String,
    /// Global title of the HLR.
    pub hlr: Msisdn,
    /// Of the foreign HLR.
    pub foreign_hlr: Msisdn,
    /// Of the gsmSCF.
    pub scf: Msisdn,
    /// Of the EIR.
    pub eir: Msisdn,
    /// Of the SMSC.
    pub smsc: Msisdn,
    mscs_titles: Vec<Msisdn>,
    first_area: u16,
    count_of_areas: usize,
}

impl Nodes {
    /// For a scenario.
    pub fn new(scenario: &Scenario, plmn: Plmn) -> Option<Self> {
        let domain = format!("mnc{:03}.mcc{:03}.3gppnetwork.org", plmn.mnc(), plmn.mcc());
        let title = |node: u32| parse(&format!("99970000{node:04}"));
        Some(Self {
            mscs: scenario.network.mscs,
            mmes: scenario.network.mmes,
            first_area: scenario.cells.first_tac,
            count_of_areas: scenario.cells.areas,
            realm: format!("epc.{domain}"),
            ims: format!("ims.{domain}"),
            hlr: title(10)?,
            foreign_hlr: parse("998600000010")?,
            scf: title(40)?,
            eir: title(50)?,
            smsc: title(30)?,
            mscs_titles: (0..scenario.network.mscs).map(|index| title(101 + index as u32)).collect::<Option<_>>()?,
        })
    }

    /// The global title of a node.
    pub fn title(&self, node: Node) -> Msisdn {
        match node {
            Node::Msc(index) => self.mscs_titles.get(index).copied().unwrap_or(self.hlr),
            Node::Hlr => self.hlr,
            Node::Smsc => self.smsc,
            Node::Scf => self.scf,
            Node::Eir => self.eir,
            Node::ForeignHlr => self.foreign_hlr,
            // No messages are routed to these by global title.
            Node::Bsc(_) | Node::Rnc(_) | Node::Sgsn(_) | Node::Mgcf | Node::Exchange => self.hlr,
        }
    }

    /// The point code of a node (national, 14 bits).
    pub fn point_code(node: Node) -> u32 {
        match node {
            Node::Msc(index) => 0x0401 + index as u32,
            Node::Bsc(index) => 0x0601 + index as u32,
            Node::Rnc(index) => 0x0701 + index as u32,
            Node::Sgsn(index) => 0x0501 + index as u32,
            Node::Mgcf => 0x0850,
            Node::Exchange => 0x0200,
            Node::Hlr => 0x0810,
            Node::Smsc => 0x0820,
            Node::Scf => 0x0830,
            Node::Eir => 0x0840,
            Node::ForeignHlr => 0x0100, // the international gateway
        }
    }

    /// The CAP phase that an MSC and the gsmSCF agree on: every third MSC is an old one.
    pub fn cap_phase(msc: usize) -> u8 {
        if msc % 3 == 2 { 2 } else { 4 }
    }

    /// The tracking areas of an MME.
    pub fn areas(&self, mme: usize) -> Vec<u16> {
        let areas = (0..self.count_of_areas).filter(|area| area % self.mmes.max(1) == mme);
        areas.map(|area| self.first_area + area as u16).collect()
    }

    /// The host of an MME.
    pub fn mme_host(&self, mme: usize) -> String {
        format!("mme{:02}.{}", mme + 1, self.realm)
    }

    /// The two ends of a link between radio network and core.
    pub fn radio_ends(link: Link) -> [Node; 2] {
        match link {
            Link::IuCs(index) => [Node::Rnc(index), Node::Msc(index)],
            Link::IuPs(index) => [Node::Rnc(index), Node::Sgsn(index)],
            Link::A(index) => [Node::Bsc(index), Node::Msc(index)],
            _ => [Node::Exchange; 2],
        }
    }

    /// The two ends of a link, the opener first.
    pub fn ends(link: Link) -> (Endpoint, Endpoint) {
        let at = |ip, port| Endpoint { ip, port };
        let msc = |msc: usize| [10, 10, 1 + msc as u8, 1];
        let mme = |mme: usize| [10, 30, 1 + mme as u8, 1];
        let gateway = |mme: usize| [10, 50, 1 + mme as u8, 1];
        let controller = |index: usize| [10, 12, 1 + index as u8, 1];
        let sgsn = |index: usize| [10, 31, 1 + index as u8, 1];
        match link {
            Link::Sigtran(index) => (at(msc(index), 2905), at([10, 10, 0, 1], 2905)),
            Link::SmscHlr => (at([10, 20, 0, 30], 2905), at([10, 20, 0, 10], 2905)),
            Link::Roaming => (at([10, 10, 0, 1], 2906), at([10, 90, 0, 1], 2905)),
            Link::Hlr => (at([10, 10, 0, 1], 2907), at([10, 20, 0, 10], 2906)),
            Link::A(index) => (at([10, 11, 1 + index as u8, 1], 2905), at(msc(index), 2906)),
            Link::Isup(index) => (at(msc(index), 2907), at([10, 91, 0, 1], 2905)),
            Link::S6a(index) => (at(mme(index), 3868), at([10, 30, 0, 10], 3868)),
            Link::S13(index) => (at(mme(index), 41_000 + index as u16), at([10, 30, 0, 50], 3868)),
            Link::Sgd(index) => (at(mme(index), 3869), at([10, 30, 0, 30], 3868)),
            Link::Gx(index) => (at(gateway(index), 42_000), at([10, 50, 0, 60], 3868)),
            Link::Gy(index) => (at(gateway(index), 43_000), at([10, 50, 0, 70], 3868)),
            Link::Cx => (at(Self::SCSCF.ip, 3869), at([10, 30, 0, 10], 3869)),
            Link::Sh => (at([10, 40, 0, 20], 44_000), at([10, 30, 0, 10], 3868)),
            Link::S1(index) => (at([10, 60, 1 + index as u8, 1], 36_412), at(mme(index), 36_412)),
            Link::S11(index) => (at(mme(index), 2123), at([10, 51, 1 + index as u8, 1], 2123)),
            Link::IuCs(index) => (at(controller(index), 2905), at(msc(index), 2908)),
            Link::IuPs(index) => (at(controller(index), 2906), at(sgsn(index), 2905)),
            Link::Gn(index) => (at(sgsn(index), 2123), at(Self::GGSN, 2123)),
            Link::Sgs(index, vlr) => (at(mme(index), 29_118 + vlr as u16), at(msc(vlr), 29_118)),
            Link::Mw => (Self::PCSCF, Self::SCSCF),
            Link::SipUdp(ue) | Link::SipTcp(_, ue) => (ue, Self::PCSCF),
        }
    }

    /// The GGSN.
    pub const GGSN: [u8; 4] = [10, 52, 0, 1];
    /// The S-CSCF.
    pub const SCSCF: Endpoint = Endpoint { ip: [10, 40, 0, 6], port: 5060 };
    /// The P-CSCF.
    pub const PCSCF: Endpoint = Endpoint { ip: [10, 40, 0, 5], port: 5060 };
}
