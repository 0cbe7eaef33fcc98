//! Message types and what each must have (Tables 4 and 21 to 51 of Q.763; T1.113.3 for ANSI).

use super::Name;

/// Where in the life of a call a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Seizes the circuit and asks for the call.
    Setup,
    /// Further digits.
    Digits,
    /// The call goes on towards the called party, who may be alerted.
    Progress,
    /// It was answered.
    Answer,
    /// It is released.
    Release,
    /// The circuit is free again.
    Complete,
    /// Suspended, resumed, facilities, information: within a call.
    During,
    /// The circuit is put into its first state: a call on it is over.
    Reset,
    /// About the circuit, a request.
    Supervision,
    /// About the circuit, the answer to a request.
    Acknowledgement,
}

macro_rules! message_types {
    ($($constant:ident = $code:literal => $name:literal, $phase:ident $([$($fixed:ident $len:literal)*] [$($variable:ident)*] $optional:literal)?;)*) => {
        /// Message type code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct MessageType(pub u8);

        #[allow(missing_docs)]
        impl MessageType {
            $(pub const $constant: Self = Self($code);)*

            /// The acronym; `None` for a code that neither the ITU nor ANSI has.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }

            /// Where it stands in the life of a call. A message that is not known is taken as one within a call.
            pub fn phase(self) -> Phase {
                match self.0 {
                    $($code => Phase::$phase,)*
                    _ => Phase::During,
                }
            }

            /// What it must have.
            pub(super) fn layout(self) -> Layout {
                match self.0 {
                    $($($code => Layout {
                        fixed: &[$((Name::$fixed, $len),)*],
                        variable: &[$(Name::$variable,)*],
                        optional: $optional,
                        known: true,
                        ansi: false,
                    },)?)*
                    _ => Layout { fixed: &[], variable: &[], optional: false, known: false, ansi: false },
                }
            }
        }
    };
}

message_types! {
    IAM = 0x01 => "IAM", Setup [NATURE_OF_CONNECTION_INDICATORS 1 FORWARD_CALL_INDICATORS 2 CALLING_PARTYS_CATEGORY 1
        TRANSMISSION_MEDIUM_REQUIREMENT 1] [CALLED_PARTY_NUMBER] true;
    SAM = 0x02 => "SAM", Digits [] [SUBSEQUENT_NUMBER] true;
    INR = 0x03 => "INR", During [INFORMATION_REQUEST_INDICATORS 2] [] true;
    INF = 0x04 => "INF", During [INFORMATION_INDICATORS 2] [] true;
    COT = 0x05 => "COT", During [CONTINUITY_INDICATORS 1] [] false;
    ACM = 0x06 => "ACM", Progress [BACKWARD_CALL_INDICATORS 2] [] true;
    CON = 0x07 => "CON", Answer [BACKWARD_CALL_INDICATORS 2] [] true;
    FOT = 0x08 => "FOT", During [] [] true;
    ANM = 0x09 => "ANM", Answer [] [] true;
    REL = 0x0c => "REL", Release [] [CAUSE_INDICATORS] true;
    SUS = 0x0d => "SUS", During [SUSPEND_RESUME_INDICATORS 1] [] true;
    RES = 0x0e => "RES", During [SUSPEND_RESUME_INDICATORS 1] [] true;
    RLC = 0x10 => "RLC", Complete [] [] true;
    CCR = 0x11 => "CCR", Supervision [] [] false;
    RSC = 0x12 => "RSC", Reset [] [] false;
    BLO = 0x13 => "BLO", Supervision [] [] false;
    UBL = 0x14 => "UBL", Supervision [] [] false;
    BLA = 0x15 => "BLA", Acknowledgement [] [] false;
    UBA = 0x16 => "UBA", Acknowledgement [] [] false;
    GRS = 0x17 => "GRS", Reset [] [RANGE_AND_STATUS] false;
    CGB = 0x18 => "CGB", Supervision [CIRCUIT_GROUP_SUPERVISION_MESSAGE_TYPE 1] [RANGE_AND_STATUS] false;
    CGU = 0x19 => "CGU", Supervision [CIRCUIT_GROUP_SUPERVISION_MESSAGE_TYPE 1] [RANGE_AND_STATUS] false;
    CGBA = 0x1a => "CGBA", Acknowledgement [CIRCUIT_GROUP_SUPERVISION_MESSAGE_TYPE 1] [RANGE_AND_STATUS] false;
    CGUA = 0x1b => "CGUA", Acknowledgement [CIRCUIT_GROUP_SUPERVISION_MESSAGE_TYPE 1] [RANGE_AND_STATUS] false;
    CMR = 0x1c => "CMR", During;
    CMC = 0x1d => "CMC", During;
    CMRJ = 0x1e => "CMRJ", During;
    FAR = 0x1f => "FAR", During [FACILITY_INDICATOR 1] [] true;
    FAA = 0x20 => "FAA", During [FACILITY_INDICATOR 1] [] true;
    FRJ = 0x21 => "FRJ", During [FACILITY_INDICATOR 1] [CAUSE_INDICATORS] true;
    FAD = 0x22 => "FAD", During;
    FAI = 0x23 => "FAI", During;
    LPA = 0x24 => "LPA", Acknowledgement [] [] false;
    CSVR = 0x25 => "CSVR", During;
    CSVS = 0x26 => "CSVS", During;
    DRS = 0x27 => "DRS", During;
    PAM = 0x28 => "PAM", During;
    GRA = 0x29 => "GRA", Acknowledgement [] [RANGE_AND_STATUS] false;
    CQM = 0x2a => "CQM", Supervision [] [RANGE_AND_STATUS] false;
    CQR = 0x2b => "CQR", Acknowledgement [] [RANGE_AND_STATUS CIRCUIT_STATE_INDICATOR] false;
    CPG = 0x2c => "CPG", Progress [EVENT_INFORMATION 1] [] true;
    USR = 0x2d => "USR", During [] [USER_TO_USER_INFORMATION] true;
    UCIC = 0x2e => "UCIC", Supervision [] [] false;
    CFN = 0x2f => "CFN", During [] [CAUSE_INDICATORS] true;
    OLM = 0x30 => "OLM", During [] [] false;
    CRG = 0x31 => "CRG", During;
    NRM = 0x32 => "NRM", During [] [] true;
    FAC = 0x33 => "FAC", During [] [] true;
    UPT = 0x34 => "UPT", Supervision [] [] true;
    UPA = 0x35 => "UPA", Acknowledgement [] [] true;
    IDR = 0x36 => "IDR", During [] [] true;
    IRS = 0x37 => "IRS", During [] [] true;
    SGM = 0x38 => "SGM", During [] [] true;
    LOP = 0x40 => "LOP", During [] [] true;
    APM = 0x41 => "APM", During [] [] true;
    PRI = 0x42 => "PRI", During [] [] true;
    SDN = 0x43 => "SDN", During [] [] true;
    CRA = 0xe9 => "CRA", Acknowledgement [] [] false;
    CRM = 0xea => "CRM", Supervision [NATURE_OF_CONNECTION_INDICATORS 1] [] false;
    CVR = 0xeb => "CVR", Acknowledgement [CIRCUIT_VALIDATION_RESPONSE_INDICATOR 1
        CIRCUIT_GROUP_CHARACTERISTIC_INDICATOR 1] [] true;
    CVT = 0xec => "CVT", Supervision [] [] false;
    EXM = 0xed => "EXM", During [] [] true;
}

/// What a message of a type must have, and whether an optional part may follow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) fixed: &'static [(Name, usize)],
    pub(super) variable: &'static [Name],
    pub(super) optional: bool,
    /// The type and its format are known.
    pub(super) known: bool,
    ansi: bool,
}

impl Layout {
    pub(super) fn is_of_ansi(self) -> bool {
        self.ansi
    }
}

impl MessageType {
    /// The layout that ANSI has, where it is another.
    pub(super) fn layout_of_ansi(self) -> Option<Layout> {
        (self == Self::IAM).then_some(Layout {
            fixed: &[
                (Name::NATURE_OF_CONNECTION_INDICATORS, 1),
                (Name::FORWARD_CALL_INDICATORS, 2),
                (Name::CALLING_PARTYS_CATEGORY, 1),
            ],
            variable: &[Name::USER_SERVICE_INFORMATION, Name::CALLED_PARTY_NUMBER],
            optional: true,
            known: true,
            ansi: true,
        })
    }
}
