//! The network: turns what subscribers do into dialogues of messages on the interfaces of its nodes.
//!
//! [`link`] lists the links and what belongs to which interface; a link whose interface the scenario leaves out is
//! silent, and the dialogues on the others keep their order and delays. The links of an STP are those towards each MSC/VLR
//! (HLR, gsmSCF, EIR and SMSC are behind it), so no message is seen twice, save for a call between two UEs, which has a
//! leg of each, for visitors' dialogues, which `roaming` shows again, and for those with the HLR, which `hlr` does.
//!
//! An act begins with the mobile ([`radio`] on the A interface, [`station`] on S1) and is followed through the core; its
//! times are those of the steps before.

pub mod call;
mod core;
pub mod dialogue;
mod gprs;
pub mod ims;
pub mod ims_call;
pub mod link;
pub mod links;
pub mod luck;
pub mod mobility;
pub mod nodes;
mod peers;
mod profile;
mod radio;
mod routing;
mod session;
mod sgs;
pub mod sms;
mod station;
mod temporary;
mod trunk;
mod utran;
mod voice;

use super::clock::{Clock, Time};
use super::device::Model;
use super::person::Access;
use super::random::Dice;
use super::scenario::{self, Scenario};
use super::transport::Way;
use crate::identity::{Imei, Imsi, Msisdn, Plmn};
pub use link::{Carrier, Interface, Link};
use nodes::Nodes;
use session::Attached;
use std::collections::BTreeMap;
use temporary::InVlr;
use trunk::Circuits;

/// Messages that are ready at one time on one link.
#[derive(Debug, Clone)]
pub struct Send {
    /// When.
    pub at: Time,
    /// Where.
    pub link: Link,
    /// In which direction.
    pub way: Way,
    /// SCTP stream.
    pub stream: u16,
    /// What.
    pub messages: Vec<Vec<u8>>,
}

/// A subscriber as the network sees it at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// Subscriber number.
    pub index: usize,
    /// Card.
    pub imsi: Imsi,
    /// Number.
    pub msisdn: Msisdn,
    /// Device.
    pub imei: Imei,
    /// Software version of the device.
    pub version: u8,
    /// Model of the device.
    pub model: Model,
    /// Over what it calls.
    pub access: Access,
    /// A subscriber of another network.
    pub visitor: bool,
    /// Incoming calls are charged too.
    pub terminating_csi: bool,
    /// The MSC of its place.
    pub msc: usize,
    /// The MME of its place.
    pub mme: usize,
    /// The VLR in which it is registered.
    pub vlr: Option<usize>,
    /// CGI of its place, or SAI where the cell is of 3G.
    pub cgi: [u8; 7],
    /// The circuit cell of its place is of 3G.
    pub utran: bool,
    /// Tracking area and E-UTRAN cell of its place.
    pub ecgi: (u16, u32),
    /// What the way between device and card adds to each authentication.
    pub latency: Time,
}

/// The state of the network.
#[derive(Debug)]
pub struct Net {
    /// Its chance.
    pub dice: Dice,
    /// Its nodes.
    pub nodes: Nodes,
    /// The network's code.
    pub plmn: Plmn,
    /// Local time.
    pub clock: Clock,
    /// Messages to be sent, in no order.
    pub out: Vec<Send>,
    interfaces: u32,
    xudt_split: f64,
    transactions: u32,
    end_to_end: u32,
    hops: u32,
    sessions: u32,
    references: u32,
    tmsis: u32,
    vlrs: BTreeMap<usize, InVlr>,
    circuits: BTreeMap<usize, Circuits>,
    teids: u32,
    sequences: u32,
    attached: BTreeMap<usize, Option<Attached>>,
    stations: u32,
    gutis: BTreeMap<usize, (usize, u32)>,
    packets: BTreeMap<usize, gprs::State>,
}

impl Net {
    /// The network of a scenario.
    pub fn new(scenario: &Scenario, plmn: Plmn, mut dice: Dice) -> Option<Self> {
        Some(Self {
            nodes: Nodes::new(scenario, plmn)?,
            plmn,
            clock: scenario.clock(),
            out: Vec::new(),
            interfaces: scenario.network.interfaces.iter().fold(0, |set, interface| set | interface.bit()),
            xudt_split: scenario.faults.xudt_split,
            transactions: dice.word() >> 4,
            end_to_end: dice.word(),
            hops: dice.word(),
            sessions: dice.word(),
            references: dice.word() >> 8,
            tmsis: dice.word() & 0x3fff_ffff,
            vlrs: BTreeMap::new(),
            circuits: BTreeMap::new(),
            teids: dice.word() & 0x0fff_fff0,
            sequences: dice.word() & 0x007f_ffff,
            attached: BTreeMap::new(),
            stations: dice.word() & 0x00ff_ffff,
            gutis: BTreeMap::new(),
            packets: BTreeMap::new(),
            dice,
        })
    }

    /// True where the scenario has the interface.
    fn on(&self, interface: Interface) -> bool {
        self.interfaces & interface.bit() != 0
    }

    fn push(&mut self, at: Time, link: Link, way: Way, stream: u16, messages: Vec<Vec<u8>>) {
        let shared = matches!(link, Link::Sigtran(_) | Link::SmscHlr);
        if shared || self.on(link.interface()) {
            self.out.push(Send { at, link, way, stream, messages });
        }
    }

    /// One way through the core network with the node's own work: some milliseconds, sometimes many.
    fn hop(&mut self) -> Time {
        let milliseconds = self.dice.lognormal(2.2, 0.6).clamp(1.0, 900.0);
        (milliseconds * 1e6) as Time
    }

    /// A span between two numbers of seconds.
    fn span(&mut self, low: f64, high: f64) -> Time {
        super::clock::seconds(self.dice.between(low, high))
    }
}

/// For `Network::heartbeat_seconds`.
pub fn heartbeat(scenario: &scenario::Network) -> Time {
    scenario.heartbeat_seconds * super::clock::SECOND
}
