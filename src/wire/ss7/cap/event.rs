//! Events of the basic call state model, of the SMS and of the GPRS state models (TS 29.078 EventTypeBCSM,
//! EventTypeSMS, GPRSEventType). The detection points of INAP CS-1 (Q.1218 EventTypeBCSM) have the same numbers.

use super::super::Direction;

macro_rules! events {
    ($(#[$doc:meta])* $type:ident; $($constant:ident = $code:literal => $name:literal, $direction:ident;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $type(pub u8);

        #[allow(missing_docs)]
        impl $type {
            $(pub const $constant: Self = Self($code);)*

            /// The name in TS 29.078; `None` for a value that it does not have.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }

            /// Which half of the call it belongs to: the subscriber's who calls or sends, or the one's who is called.
            pub fn direction(self) -> Option<Direction> {
                match self.0 {
                    $($code => Some(Direction::$direction),)*
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// A detection point of the originating (O-BCSM) or terminating (T-BCSM) call state model.
    BcsmEvent;
    ORIG_ATTEMPT_AUTHORIZED = 1 => "origAttemptAuthorized", Originating;
    COLLECTED_INFO = 2 => "collectedInfo", Originating;
    ANALYZED_INFORMATION = 3 => "analyzedInformation", Originating;
    ROUTE_SELECT_FAILURE = 4 => "routeSelectFailure", Originating;
    O_CALLED_PARTY_BUSY = 5 => "oCalledPartyBusy", Originating;
    O_NO_ANSWER = 6 => "oNoAnswer", Originating;
    O_ANSWER = 7 => "oAnswer", Originating;
    O_MID_CALL = 8 => "oMidCall", Originating;
    O_DISCONNECT = 9 => "oDisconnect", Originating;
    O_ABANDON = 10 => "oAbandon", Originating;
    TERM_ATTEMPT_AUTHORIZED = 12 => "termAttemptAuthorized", Terminating;
    T_BUSY = 13 => "tBusy", Terminating;
    T_NO_ANSWER = 14 => "tNoAnswer", Terminating;
    T_ANSWER = 15 => "tAnswer", Terminating;
    T_MID_CALL = 16 => "tMidCall", Terminating;
    T_DISCONNECT = 17 => "tDisconnect", Terminating;
    T_ABANDON = 18 => "tAbandon", Terminating;
    O_TERM_SEIZED = 19 => "oTermSeized", Originating;
    CALL_ACCEPTED = 27 => "callAccepted", Terminating;
    O_CHANGE_OF_POSITION = 50 => "oChangeOfPosition", Originating;
    T_CHANGE_OF_POSITION = 51 => "tChangeOfPosition", Terminating;
    O_SERVICE_CHANGE = 52 => "oServiceChange", Originating;
    T_SERVICE_CHANGE = 53 => "tServiceChange", Terminating;
}

events! {
    /// A detection point of the SMS state models.
    SmsEvent;
    SMS_COLLECTED_INFO = 1 => "sms-CollectedInfo", Originating;
    O_SMS_FAILURE = 2 => "o-smsFailure", Originating;
    O_SMS_SUBMISSION = 3 => "o-smsSubmission", Originating;
    SMS_DELIVERY_REQUESTED = 11 => "sms-DeliveryRequested", Terminating;
    T_SMS_FAILURE = 12 => "t-smsFailure", Terminating;
    T_SMS_DELIVERY = 13 => "t-smsDelivery", Terminating;
}

events! {
    /// A detection point of the GPRS state models.
    GprsEvent;
    ATTACH = 1 => "attach", Originating;
    ATTACH_CHANGE_OF_POSITION = 2 => "attachChangeOfPosition", Originating;
    DETACHED = 3 => "detached", Originating;
    PDP_CONTEXT_ESTABLISHMENT = 11 => "pdp-ContextEstablishment", Originating;
    PDP_CONTEXT_ESTABLISHMENT_ACKNOWLEDGEMENT = 12 => "pdp-ContextEstablishmentAcknowledgement", Originating;
    DISCONNECT = 13 => "disconnect", Originating;
    PDP_CONTEXT_CHANGE_OF_POSITION = 14 => "pdp-ContextChangeOfPosition", Originating;
}

impl BcsmEvent {
    /// The call was answered.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::O_ANSWER | Self::T_ANSWER)
    }

    /// The call is over, answered or not.
    pub fn is_end(self) -> bool {
        matches!(
            self,
            Self::ROUTE_SELECT_FAILURE
                | Self::O_CALLED_PARTY_BUSY
                | Self::O_NO_ANSWER
                | Self::O_DISCONNECT
                | Self::O_ABANDON
                | Self::T_BUSY
                | Self::T_NO_ANSWER
                | Self::T_DISCONNECT
                | Self::T_ABANDON
        )
    }
}
