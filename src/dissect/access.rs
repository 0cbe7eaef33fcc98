//! What lies in the data of SCCP between radio access network and core: BSSAP, RANAP, and the layer 3 messages of the
//! mobile in them.

use super::{Count, RanMessage, Settings, ran};
use crate::health::{Example, Health, Layer};
use crate::wire::DecodeError;
use crate::wire::dtap;
use crate::wire::layer3::Layer3;
use crate::wire::ran::{Part, Pdu};
use crate::wire::sms::Tpdu;
use crate::wire::ss7::bssap::{Bssap, Bssmap};

/// The user of an SCCP connection between radio access network and core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    /// BSSAP (subsystem 254).
    Bssap,
    /// RANAP (subsystem 142).
    Ranap,
    /// Another one, by the text under which it is counted.
    Other(&'static str),
}

impl User {
    /// By subsystem number (TS 23.003 §8.2, TS 48.006 §9.1).
    pub fn of_ssn(ssn: u8) -> Option<Self> {
        Some(match ssn {
            254 => Self::Bssap,
            142 => Self::Ranap,
            143 => Self::Other("RNSAP is not read"),
            250..=252 => Self::Other("BSSAP-LE is not read"),
            253 => Self::Other("operation and maintenance of base stations is not read"),
            _ => return None,
        })
    }

    /// By what the data look like, where no address was seen.
    pub fn guess(data: &[u8]) -> Option<Self> {
        if Pdu::probe(Layer::Ranap, data) {
            return Some(Self::Ranap);
        }
        Bssap::probe(data).then_some(Self::Bssap)
    }
}

/// A message between radio access network and core.
#[derive(Debug, Clone)]
pub enum AccessMessage<'a> {
    /// On the A interface.
    Bssap(BssapMessage<'a>),
    /// On the Iu interface.
    Ranap(RanMessage<'a>),
}

/// A message on the A interface: BSSMAP, a layer 3 message of the mobile, or the one with the other in it.
#[derive(Debug, Clone)]
pub struct BssapMessage<'a> {
    /// The BSSMAP message.
    pub bssmap: Option<Bssmap<'a>>,
    /// The layer 3 message; its defect where not even its name could be read.
    pub layer3: Option<Result<Layer3<'a>, DecodeError>>,
    /// The base station system sent it; `None` where nothing tells.
    pub uplink: Option<bool>,
}

/// Reads the data of an SCCP message whose user is known. `uplink`: the radio network sent it, as its connection knows.
pub fn access<'a>(
    user: User,
    data: &'a [u8],
    uplink: Option<bool>,
    truncated: bool,
    example: Example,
    health: &mut Health,
) -> Option<AccessMessage<'a>> {
    let mut count = Count { health, example, truncated, settings: Settings::default() };
    match user {
        User::Bssap => bssap(data, uplink, &mut count).map(AccessMessage::Bssap),
        User::Ranap => ran::message(Part::Ranap, data, uplink, &mut count).map(AccessMessage::Ranap),
        User::Other(reason) => {
            count.unread(Layer::Payload, data.len(), reason);
            None
        }
    }
}

pub(super) fn bssap<'a>(data: &'a [u8], uplink: Option<bool>, count: &mut Count<'_>) -> Option<BssapMessage<'a>> {
    let (header, mut stop) = match Bssap::parse(data) {
        Ok(header) => header,
        Err(error) => {
            count.layer(Layer::Bssap, data.len(), Some(error));
            return None;
        }
    };
    let message = match header {
        Bssap::Management(octets) => match Bssmap::parse(octets) {
            Ok(message) => {
                stop = stop.or(message.stop.map(|error| error.at(2)));
                let uplink = message.message_type.uplink().or(uplink);
                let layer3 = message.layer3.map(|octets| layer3(octets, uplink, count));
                BssapMessage { bssmap: Some(Bssmap { stop, ..message }), layer3, uplink }
            }
            Err(error) => {
                count.layer(Layer::Bssap, data.len(), Some(error.at(2)));
                return None;
            }
        },
        Bssap::Transfer { data, .. } => {
            let uplink = dtap::sender(data).or(uplink);
            BssapMessage { bssmap: None, layer3: Some(layer3(data, uplink, count)), uplink }
        }
    };
    count.layer(Layer::Bssap, data.len(), stop);
    Some(message)
}

/// A layer 3 message, and the short message in it.
pub(super) fn layer3<'a>(
    octets: &'a [u8],
    uplink: Option<bool>,
    count: &mut Count<'_>,
) -> Result<Layer3<'a>, DecodeError> {
    let mut message = match dtap::parse(octets, uplink) {
        Ok(message) => message,
        Err(error) => {
            count.layer(Layer::Dtap, octets.len(), Some(error));
            return Err(error);
        }
    };
    count.layer(Layer::Dtap, octets.len(), message.stop);
    if let Some((octets, direction)) = message.tpdu {
        match Tpdu::parse(octets, direction) {
            Ok(tpdu) => {
                count.layer(Layer::Sms, octets.len(), tpdu.stop);
                tpdu.name(&mut message.named);
            }
            Err(error) => count.layer(Layer::Sms, octets.len(), Some(error)),
        }
    }
    Ok(message)
}
