//! What a layer 3 message between a mobile and its core says, in words that the systems share: DTAP (TS 24.008), the
//! non-access stratum of EPS (TS 24.301) and of 5GS (TS 24.501).
//!
//! Each decoder gives its own name of the message and fills this; what follows up procedures (`session`) need not know
//! the systems apart.

use super::ss7::Direction;
use super::{DecodeError, Named};
use crate::identity::Guti;

/// What the mobile asks service for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// A call.
    Call,
    /// An emergency call.
    EmergencyCall,
    /// A short message.
    ShortMessage,
    /// A supplementary service, or USSD.
    SupplementaryService,
    /// Data, or signalling in general.
    Data,
    /// Another one.
    Other,
}

/// What a message does in the procedure that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Location updating, attach, tracking or routing area updating, registration: asked for. `periodic` is a timer's,
    /// not a move's.
    Register {
        /// By timer.
        periodic: bool,
    },
    /// Granted.
    Registered,
    /// Granted, and the mobile confirms.
    RegistrationComplete,
    /// Refused.
    RegistrationRejected,
    /// Detach, deregistration.
    Deregister,
    /// Asked who it is.
    IdentityRequest,
    /// Says who it is.
    IdentityResponse,
    /// Challenged.
    AuthenticationRequest,
    /// Answers the challenge.
    AuthenticationResponse,
    /// Could not take the challenge (MAC, synchronisation).
    AuthenticationFailure,
    /// Refused for its answer.
    AuthenticationRejected,
    /// Asks for a service.
    ServiceRequest(Service),
    /// The service is granted.
    ServiceAccepted,
    /// The service is refused.
    ServiceRejected,
    /// Answers paging.
    PagingResponse,
    /// A temporary identity is given ([`Layer3::given`], or `named.tmsi`).
    Reallocation,
    /// The temporary identity is taken.
    ReallocationComplete,
    /// A call is set up; the direction of the message tells whose call.
    Setup,
    /// The called side rings.
    Alerting,
    /// Answered.
    Connect,
    /// One side ends the call.
    Disconnect,
    /// The call is released.
    Release,
    /// A short message ([`Layer3::tpdu`]).
    ShortMessage,
    /// The short message was taken.
    ShortMessageAccepted,
    /// The short message was refused.
    ShortMessageRejected,
    /// USSD or another supplementary service ([`Layer3::operation`]).
    SupplementaryService,
    /// It ends; with a cause where it failed.
    SupplementaryServiceEnd,
    /// A data session is asked for (PDP context, PDN connection, PDU session).
    SessionRequest,
    /// It is granted.
    SessionAccepted,
    /// It is refused.
    SessionRejected,
    /// It ends.
    SessionEnd,
    /// Anything else.
    Other,
}

/// A layer 3 message.
#[derive(Debug, Clone)]
pub struct Layer3<'a> {
    /// Its name in the specification.
    pub name: &'static str,
    /// What it does.
    pub step: Step,
    /// What it names.
    pub named: Named,
    /// The temporary identity that it gives, where that is more than a TMSI.
    pub given: Option<Guti>,
    /// Cause value.
    pub cause: Option<u8>,
    /// Transaction identifier of calls, short messages and sessions; with the flag of its side as the top bit.
    pub transaction: Option<u8>,
    /// Operation code of a supplementary service (TS 24.080 §4.5).
    pub operation: Option<i64>,
    /// A short message, and which way it goes.
    pub tpdu: Option<(&'a [u8], Direction)>,
    /// A layer 3 message within it (ESM in EMM, 5GSM in 5GMM, CS signalling in EMM), still to be read.
    pub contained: Option<&'a [u8]>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl Layer3<'_> {
    /// A message of which only the name and the step are known.
    pub fn new(name: &'static str, step: Step) -> Self {
        Self {
            name,
            step,
            named: Named::default(),
            given: None,
            cause: None,
            transaction: None,
            operation: None,
            tpdu: None,
            contained: None,
            stop: None,
        }
    }
}
