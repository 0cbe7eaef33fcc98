//! TCAP: transaction capabilities (ITU-T Q.773 (06/97); the blue book's of 1988, which has no dialogue portion; ANSI
//! T1.114 (2000), see `ansi`).
//!
//! ```text
//! Begin    [APPLICATION 2] { otid [APPLICATION 8],                     dialogue, components }
//! Continue [APPLICATION 5] { otid [APPLICATION 8], dtid [APPLICATION 9], dialogue, components }
//! End      [APPLICATION 4] {                       dtid [APPLICATION 9], dialogue, components }
//! Abort    [APPLICATION 7] {                       dtid [APPLICATION 9], p-abortCause [APPLICATION 10] or dialogue }
//! Unidirectional [APPLICATION 1] {                                     dialogue, components }
//! dialogue [APPLICATION 11], components [APPLICATION 12]
//! ```
//!
//! Called by `dissect` with the data of SCCP. The parameters of its components go to MAP, CAP, INAP or ANSI MAP.
//!
//! **Handled:** all messages, dialogue PDUs and components, of both kinds of networks. Whatever stands before a defect is kept: the transaction ids
//! of a message whose components are broken, the components before the broken one.
//! **Not handled:** user abort information other than a dialogue PDU; the dialogue portion of ANSI. The state machines of
//! Q.774 are the session's.
//!
//! Limits: the work is linear in the length of the message; there is no limit on the number of components.

mod ansi;
mod component;
mod context;
mod dialogue;

pub use component::{Code, Component, ComponentKind, Components, Problem, ansi_problem_name, problem_name};
pub use context::{ApplicationContext, Family};
pub use dialogue::{Diagnostic, Dialogue, DialogueKind};

use super::names;
use crate::health::Layer;
use crate::wire::asn1::{Class, Element, Elements};
use crate::wire::{DecodeError, DecodeErrorKind};
use std::fmt;

const LAYER: Layer = Layer::Tcap;

/// Which message (Table 9/Q.773).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Unidirectional,
    Begin,
    Continue,
    End,
    Abort,
    // ANSI
    QueryWithPermission,
    QueryWithoutPermission,
    ConversationWithPermission,
    ConversationWithoutPermission,
    Response,
}

impl Kind {
    /// It begins a dialogue.
    pub fn begins(self) -> bool {
        matches!(self, Self::Begin | Self::QueryWithPermission | Self::QueryWithoutPermission)
    }

    /// It ends a dialogue.
    pub fn ends(self) -> bool {
        matches!(self, Self::End | Self::Abort | Self::Response)
    }

    /// The name in Q.773, in T1.114.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unidirectional => "Unidirectional",
            Self::Begin => "Begin",
            Self::Continue => "Continue",
            Self::End => "End",
            Self::Abort => "Abort",
            Self::QueryWithPermission => "QueryWithPermission",
            Self::QueryWithoutPermission => "QueryWithoutPermission",
            Self::ConversationWithPermission => "ConversationWithPermission",
            Self::ConversationWithoutPermission => "ConversationWithoutPermission",
            Self::Response => "Response",
        }
    }
}

/// A transaction id of one to four octets. Ids of different lengths are different.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransactionId {
    /// The octets, the first one highest.
    pub value: u32,
    /// How many octets.
    pub len: u8,
}

impl TransactionId {
    fn parse(element: &Element<'_>) -> Result<Self, DecodeError> {
        let len = match element.content.len() {
            len @ 1..=4 => len as u8,
            _ => return Err(element.malformed("transaction id not of one to four octets")),
        };
        let octets = element.content.iter();
        let value = octets.fold(0u32, |value, octet| (value << 8) | u32::from(*octet));
        Ok(Self { value, len })
    }
}

/// Hexadecimal, two digits for each octet.
impl fmt::Display for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = usize::from(self.len).saturating_mul(2);
        write!(f, "{:0width$x}", self.value)
    }
}

impl fmt::Debug for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One message.
#[derive(Debug, Clone, Copy)]
pub struct Tcap<'a> {
    /// Which message.
    pub kind: Kind,
    /// Originating transaction id.
    pub otid: Option<TransactionId>,
    /// Destination transaction id.
    pub dtid: Option<TransactionId>,
    /// Dialogue portion.
    pub dialogue: Option<Dialogue<'a>>,
    /// P-Abort cause of an Abort by the transaction sublayer.
    pub p_abort_cause: Option<u8>,
    /// The components.
    pub components: Components<'a>,
    /// It is of ANSI's kind.
    pub ansi: bool,
    /// What ended the decoding early, up to the component portion.
    pub stop: Option<DecodeError>,
}

impl<'a> Tcap<'a> {
    /// Reads one message. An error only where it is no message of either kind at all.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let mut messages = Elements::new(octets, LAYER);
        let message = match messages.next() {
            Some(message) => message?,
            None => return Err(DecodeError::short(LAYER, 0, 2, 0)),
        };
        let kind = match message.tag() {
            (Class::Application, 1) => Kind::Unidirectional,
            (Class::Application, 2) => Kind::Begin,
            (Class::Application, 4) => Kind::End,
            (Class::Application, 5) => Kind::Continue,
            (Class::Application, 7) => Kind::Abort,
            (Class::Private, number) => {
                let unknown = DecodeError::unsupported(LAYER, 0, "TCAP package type", number);
                ansi::kind(number).ok_or(unknown)?
            }
            (_, number) => {
                let what = "TCAP message type";
                return Err(DecodeError::unsupported(LAYER, 0, what, number));
            }
        };
        let mut tcap = Self {
            kind,
            otid: None,
            dtid: None,
            dialogue: None,
            p_abort_cause: None,
            components: Components::default(),
            ansi: message.class == Class::Private,
            stop: None,
        };
        for element in message.children() {
            if let Err(error) = element.and_then(|element| tcap.read(&element)) {
                tcap.stop.get_or_insert(error);
            }
        }
        let after = match messages.next() {
            Some(Err(error)) if matches!(error.kind, DecodeErrorKind::Truncated { .. }) => Some(error),
            Some(_) => Some(DecodeError {
                layer: LAYER,
                offset: message.raw.len(),
                kind: DecodeErrorKind::TrailingData { octets: octets.len().saturating_sub(message.raw.len()) },
            }),
            None => None,
        };
        let missing = || tcap.missing().map(|what| message.malformed(what));
        tcap.stop = tcap.stop.or(after).or_else(missing);
        Ok(tcap)
    }

    fn read(&mut self, element: &Element<'a>) -> Result<(), DecodeError> {
        if self.ansi {
            return ansi::read(self, element);
        }
        match element.tag() {
            (Class::Application, 8) => self.otid = Some(TransactionId::parse(element)?),
            (Class::Application, 9) => self.dtid = Some(TransactionId::parse(element)?),
            (Class::Application, 10) => {
                let cause = u8::try_from(element.integer()?);
                self.p_abort_cause = Some(cause.map_err(|_| element.malformed("P-Abort cause"))?);
            }
            (Class::Application, 11) => {
                let (dialogue, defect) = Dialogue::parse(element);
                self.dialogue = dialogue;
                // The blue book's user abort information is whatever the users agree upon.
                if dialogue.is_none() && self.kind == Kind::Abort {
                    return Ok(());
                }
                return defect.map_or(Ok(()), Err);
            }
            (Class::Application, 12) => self.components = Components::new(element.children()),
            _ => return Err(element.malformed("unknown member of a TCAP message")),
        }
        Ok(())
    }

    /// Which mandatory transaction id is missing (Tables 3 to 7/Q.773).
    fn missing(&self) -> Option<&'static str> {
        let (otid, dtid) = match self.kind {
            Kind::Unidirectional => (false, false),
            Kind::Begin | Kind::QueryWithPermission | Kind::QueryWithoutPermission => (true, false),
            Kind::Continue | Kind::ConversationWithPermission | Kind::ConversationWithoutPermission => (true, true),
            Kind::End | Kind::Abort | Kind::Response => (false, true),
        };
        if otid && self.otid.is_none() {
            return Some("no originating transaction id");
        }
        (dtid && self.dtid.is_none()).then_some("no destination transaction id")
    }

    /// The application context of the dialogue portion.
    pub fn application_context(&self) -> Option<ApplicationContext> {
        self.dialogue?.application_context
    }
}

names! {
    /// The name of a P-Abort cause of ANSI (T1.114.3).
    ansi_p_abort_cause_name(u8);
    1 => "unrecognizedPackageType",
    2 => "incorrectTransactionPortion",
    3 => "badlyStructuredTransactionPortion",
    4 => "unassignedRespondingTransactionID",
    5 => "permissionToReleaseProblem",
    6 => "resourceUnavailable",
    7 => "unrecognizedDialoguePortionID",
    8 => "badlyStructuredDialoguePortion",
    9 => "missingDialoguePortion",
    10 => "inconsistentDialoguePortion",
}

names! {
    /// The name of a P-Abort cause (Table 14/Q.773).
    p_abort_cause_name(u8);
    0 => "unrecognizedMessageType",
    1 => "unrecognizedTransactionID",
    2 => "badlyFormattedTransactionPortion",
    3 => "incorrectTransactionPortion",
    4 => "resourceLimitation",
}

#[cfg(test)]
mod tests;
