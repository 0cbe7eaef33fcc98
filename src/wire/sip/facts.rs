//! What a message says about its subscriber and its parties.

use super::walk::Walk;
use super::{Method, Oddities, Sip};
use crate::identity::{Imsi, Number};
use crate::wire::{DecodeError, Named};

/// One party of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Party {
    /// The number, where the party has one.
    pub number: Option<Number>,
    /// The IMSI, where an identity is made from it.
    pub imsi: Option<Imsi>,
}

impl Party {
    pub(super) fn or(self, other: Self) -> Self {
        Self { number: self.number.or(other.number), imsi: self.imsi.or(other.imsi) }
    }
}

/// Why a request or response was sent (RFC 3326).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason<'a> {
    /// `Q.850`, `SIP` or another.
    pub protocol: &'a [u8],
    /// Its cause.
    pub cause: Option<u32>,
}

/// Bodies by their media type: the first of each, in a multipart body or alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bodies<'a> {
    /// A session description.
    pub sdp: Option<&'a [u8]>,
    /// SMS over IP (TS 24.341 §5.3): a message of the relay layer.
    pub sms: Option<&'a [u8]>,
    /// A message of the ISDN User Part (RFC 3204).
    pub isup: Option<&'a [u8]>,
    /// A text for people.
    pub text: Option<&'a [u8]>,
}

/// The facts of one message. A value that goes over several lines is as sent; [`super::unfold`] joins it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The subscriber who sends the message (a request's originating, a response's terminating party), with device and
    /// place; in REGISTER and its responses the one who registers. `msisdn` only where it is the subscriber's own
    /// without doubt: the address of record, and P-Associated-URI. `calling` and `called` are the parties' numbers,
    /// outside REGISTER.
    pub named: Named,
    /// P-Asserted-Identity or P-Preferred-Identity of a request, else P-Served-User, Remote-Party-ID, From. In REGISTER
    /// the address of record.
    pub originating: Party,
    /// P-Called-Party-ID, else Request-URI, else To of a request; P-Asserted-Identity, else To of a response.
    pub terminating: Party,
    /// The method of CSeq, else of the request line.
    pub method: Option<Method<'a>>,
    /// The number of CSeq.
    pub cseq: Option<u32>,
    /// Call-ID.
    pub call_id: Option<&'a [u8]>,
    /// URI of From.
    pub from: Option<&'a [u8]>,
    /// Tag of From.
    pub from_tag: Option<&'a [u8]>,
    /// URI of To.
    pub to: Option<&'a [u8]>,
    /// Tag of To.
    pub to_tag: Option<&'a [u8]>,
    /// Branch of the topmost Via.
    pub branch: Option<&'a [u8]>,
    /// User-Agent.
    pub user_agent: Option<&'a [u8]>,
    /// Server.
    pub server: Option<&'a [u8]>,
    /// Private user identity: the user name of the credentials.
    pub private_identity: Option<&'a [u8]>,
    /// Expires of the first Contact that has it.
    pub contact_expires: Option<u32>,
    /// The Expires header.
    pub expires: Option<u32>,
    /// `Contact: *`: all bindings are removed.
    pub contact_all: bool,
    /// Event (its package, `reg` for one).
    pub event: Option<&'a [u8]>,
    /// Privacy.
    pub privacy: Option<&'a [u8]>,
    /// Reason; that of Q.850 where there are several.
    pub reason: Option<Reason<'a>>,
    /// icid-value of P-Charging-Vector: the same on all legs of a call.
    pub icid: Option<&'a [u8]>,
    /// Content-Type.
    pub content_type: Option<&'a [u8]>,
    /// Content-Length.
    pub content_length: Option<u32>,
    /// The body, ended by Content-Length.
    pub body: &'a [u8],
    /// What is in it.
    pub bodies: Bodies<'a>,
    /// The Request-URI or To is `urn:service:sos` (RFC 5031), or one of its kinds.
    pub emergency: bool,
    /// Positions and addresses of a location in a body, which are not kept.
    pub positions: u16,
    /// Registration information in a body says that nothing is registered any more.
    pub unregistered: bool,
    /// Everything odd about the message, that of [`Sip`] included.
    pub oddities: Oddities,
    /// The message ends too early.
    pub stop: Option<DecodeError>,
}

impl Facts<'_> {
    /// How long a registration or subscription holds: of the contact, else of the message (RFC 3261 §10.3).
    pub fn registration_expires(&self) -> Option<u32> {
        self.contact_expires.or(self.expires)
    }
}

/// Walks the headers once.
pub fn facts<'a>(message: &Sip<'a>) -> Facts<'a> {
    Walk::new(message).finish(message)
}
