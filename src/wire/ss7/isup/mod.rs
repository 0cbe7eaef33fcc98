//! ISUP: ISDN user part (ITU-T Q.763 (12/99), ANSI T1.113.3), and BICC: bearer independent call control (Q.1902.3
//! (07/2001)).
//!
//! ```text
//! | CIC, low octet | spare | CIC high |     of ISUP (12 bits; 14 of ANSI); of BICC four octets, low octet first
//! | message type |
//! | mandatory fixed parameters, whose lengths the type tells |
//! | pointer to the first variable one | ... | pointer to the optional part |
//! | length | value |  ... mandatory variable parameters
//! | name | length | value | ... | 0 |  optional parameters
//! ```
//! A pointer counts from its own octet.
//!
//! Called by `dissect` with the user data of MTP3 or M3UA ([`circuit`], then [`Isup::parse`]), and with the body of SIP
//! messages (RFC 3204: `application/ISUP`), which starts with the message type. It calls nothing.
//!
//! **Handled:** all message types of Q.763 and of ANSI by name; all parameters by name and value; the numbers of
//! parties, cause, event, category, range and status. An IAM of ANSI has another mandatory part: it is tried where that
//! of the ITU does not fit, or leaves octets over. Parameters may stand in any order and overlap.
//! **Not handled:** user-to-user signalling, application transport and its bearer set-up; simple segmentation (SGM);
//! national messages whose format is not in the standard (CRG); national variants beside ANSI.

mod message;
mod numbers;
mod parameters;

pub use message::{MessageType, Phase};
pub use numbers::{PartyNumber, Presentation, party_number};
pub use parameters::{Name, Parameter, Parameters};

use crate::health::Layer;
use crate::wire::{DecodeError, Identity, Named};
use message::Layout;

const LAYER: Layer = Layer::Isup;

/// The circuit (or call instance) that a message is about, and the message.
pub fn circuit(octets: &[u8], width: CircuitWidth) -> Result<(u32, &[u8]), DecodeError> {
    let short = |needed| DecodeError::short(LAYER, 0, needed, octets.len());
    match width {
        CircuitWidth::Bicc => {
            let (code, rest) = octets.split_first_chunk::<4>().ok_or(short(4))?;
            Ok((u32::from_le_bytes(*code), rest))
        }
        CircuitWidth::Itu | CircuitWidth::Ansi => {
            let (code, rest) = octets.split_first_chunk::<2>().ok_or(short(2))?;
            let mask = if width == CircuitWidth::Ansi { 0x3fff } else { 0x0fff };
            Ok((u32::from(u16::from_le_bytes(*code) & mask), rest))
        }
    }
}

/// How large a circuit identification code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitWidth {
    /// 12 bits (Q.763 §1.2).
    Itu,
    /// 14 bits (T1.113.3 §2.1).
    Ansi,
    /// 32 bits: the call instance code (Q.1902.3 §5).
    Bicc,
}

/// Cause indicators (Q.763 §3.12, Q.850).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Coding standard: 0 is that of the ITU, 2 a national one.
    pub coding: u8,
    /// Location: 0 is the user.
    pub location: u8,
    /// Cause value: 16 is normal clearing, 17 user busy.
    pub value: u8,
}

/// One message, without its circuit.
#[derive(Debug, Clone, Copy)]
pub struct Isup<'a> {
    /// Message type.
    pub message_type: MessageType,
    /// Called party number.
    pub called: Option<&'a [u8]>,
    /// Calling party number.
    pub calling: Option<&'a [u8]>,
    /// Subsequent number: further digits of the called number (SAM).
    pub subsequent: Option<&'a [u8]>,
    /// Cause.
    pub cause: Option<Cause>,
    /// Event indicator of CPG: 1 is alerting.
    pub event: Option<u8>,
    /// Calling party's category: 10 is an ordinary subscriber.
    pub category: Option<u8>,
    /// Range and status of the messages about groups of circuits.
    pub range_and_status: Option<(u8, &'a [u8])>,
    /// The octets of the message, and how they are laid out.
    octets: &'a [u8],
    layout: Layout,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> Isup<'a> {
    /// Reads one message from its message type on. An error only where there is none.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let Some(&code) = octets.first() else {
            return Err(DecodeError::short(LAYER, 0, 1, 0));
        };
        let message_type = MessageType(code);
        let message = Self::read(octets, message_type, message_type.layout());
        match message_type.layout_of_ansi() {
            Some(layout) if !message.is_seamless() => {
                let other = Self::read(octets, message_type, layout);
                Ok(if other.is_seamless() { other } else { message })
            }
            _ => Ok(message),
        }
    }

    fn read(octets: &'a [u8], message_type: MessageType, layout: Layout) -> Self {
        let mut message = Self {
            message_type,
            called: None,
            calling: None,
            subsequent: None,
            cause: None,
            event: None,
            category: None,
            range_and_status: None,
            octets,
            layout,
            stop: None,
        };
        let mut stop = None;
        for parameter in message.parameters() {
            let defect = match parameter {
                Ok(parameter) => message.take(&parameter),
                Err(error) => Some(error),
            };
            stop = stop.or(defect);
        }
        message.stop = stop;
        message
    }

    /// All parameters: fixed, variable, optional.
    pub fn parameters(&self) -> Parameters<'a> {
        Parameters::new(self.octets, self.layout)
    }

    /// True where the message has the layout of ANSI.
    pub fn is_of_ansi(&self) -> bool {
        self.layout.is_of_ansi()
    }

    fn take(&mut self, parameter: &Parameter<'a>) -> Option<DecodeError> {
        let Parameter { name, value, offset } = *parameter;
        let slot = match name {
            Name::CALLED_PARTY_NUMBER => &mut self.called,
            Name::CALLING_PARTY_NUMBER => &mut self.calling,
            Name::SUBSEQUENT_NUMBER => &mut self.subsequent,
            Name::CAUSE_INDICATORS => {
                let short = DecodeError::short(LAYER, offset, 2, value.len());
                let Some((&first, rest)) = value.split_first() else { return Some(short) };
                // Octet 1a is there where the extension bit of octet 1 is 0.
                let rest = if first & 0x80 == 0 { rest.get(1..).unwrap_or_default() } else { rest };
                let Some(&cause) = rest.first() else { return Some(short) };
                let coding = (first >> 5) & 0x03;
                self.cause = self.cause.or(Some(Cause { coding, location: first & 0x0f, value: cause & 0x7f }));
                return None;
            }
            Name::EVENT_INFORMATION => {
                self.event = self.event.or(value.first().map(|event| event & 0x7f));
                return None;
            }
            Name::CALLING_PARTYS_CATEGORY => {
                self.category = self.category.or(value.first().copied());
                return None;
            }
            Name::RANGE_AND_STATUS => {
                let range = value.split_first().map(|(range, status)| (*range, status));
                self.range_and_status = self.range_and_status.or(range);
                return None;
            }
            _ => return None,
        };
        *slot = slot.or(Some(value));
        None
    }

    /// The numbers of parties in the message, by the names of their parameters.
    pub fn numbers(&self) -> impl Iterator<Item = (Name, PartyNumber)> + 'a {
        let parameters = self.parameters().flatten();
        parameters.filter_map(|parameter| Some((parameter.name, party_number(parameter.name, parameter.value)?)))
    }

    /// What the message names: the parties; beside them those who forward the call or are forwarded to, who is
    /// connected, who pays, and where the caller is.
    pub fn named(&self) -> Named {
        /// Qualifiers of generic numbers that are the caller's (Q.763 §3.26): additional calling, additional
        /// redirecting numbers are of those that call on.
        const ADDITIONAL_CALLING: u8 = 6;
        let mut named = Named::default();
        for (name, number) in self.numbers() {
            let PartyNumber { number, qualifier, .. } = number;
            match name {
                Name::CALLING_PARTY_NUMBER => named.calling = named.calling.or(Some(number)),
                Name::CALLED_PARTY_NUMBER => named.called = named.called.or(Some(number)),
                Name::SUBSEQUENT_NUMBER => {}
                Name::LOCATION_NUMBER => named.further(Identity::Node(number)),
                Name::CHARGE_NUMBER => named.further(Identity::Calling(number)),
                Name::GENERIC_NUMBER if qualifier == Some(ADDITIONAL_CALLING) => {
                    named.further(Identity::Calling(number));
                }
                _ => named.further(Identity::Called(number)),
            }
        }
        named
    }

    /// The called party number.
    pub fn called_number(&self) -> Option<PartyNumber> {
        party_number(Name::CALLED_PARTY_NUMBER, self.called?)
    }

    /// The calling party number.
    pub fn calling_number(&self) -> Option<PartyNumber> {
        party_number(Name::CALLING_PARTY_NUMBER, self.calling?)
    }

    /// The further digits of the called number that a SAM has.
    pub fn subsequent_number(&self) -> Option<PartyNumber> {
        party_number(Name::SUBSEQUENT_NUMBER, self.subsequent?)
    }

    /// How many octets after the message nothing says what they are.
    pub fn trailing(&self) -> usize {
        self.octets.len().saturating_sub(self.parameters().extent().0)
    }

    /// True where it could be read, and no octet between its parameters is left over: the user service information of
    /// an IAM of ANSI would be, if that is read as one of the ITU.
    fn is_seamless(&self) -> bool {
        self.stop.is_none() && self.parameters().extent().1 == 0
    }
}

/// Whether octets look like a message: for those who have to find out where it starts. It is of a type that is known,
/// whole, and nothing follows it.
pub fn probe(octets: &[u8]) -> bool {
    Isup::parse(octets)
        .is_ok_and(|message| message.message_type.name().is_some() && message.is_seamless() && message.trailing() == 0)
}

#[cfg(test)]
mod tests;
