//! Parameters: their names, and how they stand in a message (Q.763 §1.6 to §1.11, Table 5; T1.113.3).

use super::message::Layout;
use crate::health::Layer;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::Isup;

macro_rules! parameter_names {
    ($($constant:ident = $code:literal => $name:literal;)*) => {
        /// Parameter name code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct Name(pub u8);

        #[allow(missing_docs)]
        impl Name {
            $(pub const $constant: Self = Self($code);)*

            /// The name in the standard.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }
        }
    };
}

parameter_names! {
    END_OF_OPTIONAL_PARAMETERS = 0x00 => "End of optional parameters";
    CALL_REFERENCE = 0x01 => "Call reference";
    TRANSMISSION_MEDIUM_REQUIREMENT = 0x02 => "Transmission medium requirement";
    ACCESS_TRANSPORT = 0x03 => "Access transport";
    CALLED_PARTY_NUMBER = 0x04 => "Called party number";
    SUBSEQUENT_NUMBER = 0x05 => "Subsequent number";
    NATURE_OF_CONNECTION_INDICATORS = 0x06 => "Nature of connection indicators";
    FORWARD_CALL_INDICATORS = 0x07 => "Forward call indicators";
    OPTIONAL_FORWARD_CALL_INDICATORS = 0x08 => "Optional forward call indicators";
    CALLING_PARTYS_CATEGORY = 0x09 => "Calling party's category";
    CALLING_PARTY_NUMBER = 0x0a => "Calling party number";
    REDIRECTING_NUMBER = 0x0b => "Redirecting number";
    REDIRECTION_NUMBER = 0x0c => "Redirection number";
    CONNECTION_REQUEST = 0x0d => "Connection request";
    INFORMATION_REQUEST_INDICATORS = 0x0e => "Information request indicators";
    INFORMATION_INDICATORS = 0x0f => "Information indicators";
    CONTINUITY_INDICATORS = 0x10 => "Continuity indicators";
    BACKWARD_CALL_INDICATORS = 0x11 => "Backward call indicators";
    CAUSE_INDICATORS = 0x12 => "Cause indicators";
    REDIRECTION_INFORMATION = 0x13 => "Redirection information";
    CIRCUIT_GROUP_SUPERVISION_MESSAGE_TYPE = 0x15 => "Circuit group supervision message type";
    RANGE_AND_STATUS = 0x16 => "Range and status";
    FACILITY_INDICATOR = 0x18 => "Facility indicator";
    CLOSED_USER_GROUP_INTERLOCK_CODE = 0x1a => "Closed user group interlock code";
    USER_SERVICE_INFORMATION = 0x1d => "User service information";
    SIGNALLING_POINT_CODE = 0x1e => "Signalling point code";
    USER_TO_USER_INFORMATION = 0x20 => "User-to-user information";
    CONNECTED_NUMBER = 0x21 => "Connected number";
    SUSPEND_RESUME_INDICATORS = 0x22 => "Suspend/resume indicators";
    TRANSIT_NETWORK_SELECTION = 0x23 => "Transit network selection";
    EVENT_INFORMATION = 0x24 => "Event information";
    CIRCUIT_ASSIGNMENT_MAP = 0x25 => "Circuit assignment map";
    CIRCUIT_STATE_INDICATOR = 0x26 => "Circuit state indicator";
    AUTOMATIC_CONGESTION_LEVEL = 0x27 => "Automatic congestion level";
    ORIGINAL_CALLED_NUMBER = 0x28 => "Original called number";
    OPTIONAL_BACKWARD_CALL_INDICATORS = 0x29 => "Optional backward call indicators";
    USER_TO_USER_INDICATORS = 0x2a => "User-to-user indicators";
    ORIGINATION_ISC_POINT_CODE = 0x2b => "Origination ISC point code";
    GENERIC_NOTIFICATION_INDICATOR = 0x2c => "Generic notification indicator";
    CALL_HISTORY_INFORMATION = 0x2d => "Call history information";
    ACCESS_DELIVERY_INFORMATION = 0x2e => "Access delivery information";
    NETWORK_SPECIFIC_FACILITY = 0x2f => "Network specific facility";
    USER_SERVICE_INFORMATION_PRIME = 0x30 => "User service information prime";
    PROPAGATION_DELAY_COUNTER = 0x31 => "Propagation delay counter";
    REMOTE_OPERATIONS = 0x32 => "Remote operations";
    SERVICE_ACTIVATION = 0x33 => "Service activation";
    USER_TELESERVICE_INFORMATION = 0x34 => "User teleservice information";
    TRANSMISSION_MEDIUM_USED = 0x35 => "Transmission medium used";
    CALL_DIVERSION_INFORMATION = 0x36 => "Call diversion information";
    ECHO_CONTROL_INFORMATION = 0x37 => "Echo control information";
    MESSAGE_COMPATIBILITY_INFORMATION = 0x38 => "Message compatibility information";
    PARAMETER_COMPATIBILITY_INFORMATION = 0x39 => "Parameter compatibility information";
    MLPP_PRECEDENCE = 0x3a => "MLPP precedence";
    MCID_REQUEST_INDICATORS = 0x3b => "MCID request indicators";
    MCID_RESPONSE_INDICATORS = 0x3c => "MCID response indicators";
    HOP_COUNTER = 0x3d => "Hop counter";
    TRANSMISSION_MEDIUM_REQUIREMENT_PRIME = 0x3e => "Transmission medium requirement prime";
    LOCATION_NUMBER = 0x3f => "Location number";
    REDIRECTION_NUMBER_RESTRICTION = 0x40 => "Redirection number restriction";
    CALL_TRANSFER_REFERENCE = 0x43 => "Call transfer reference";
    LOOP_PREVENTION_INDICATORS = 0x44 => "Loop prevention indicators";
    CALL_TRANSFER_NUMBER = 0x45 => "Call transfer number";
    CCSS = 0x4b => "CCSS";
    FORWARD_GVNS = 0x4c => "Forward GVNS";
    BACKWARD_GVNS = 0x4d => "Backward GVNS";
    REDIRECT_CAPABILITY = 0x4e => "Redirect capability";
    NETWORK_MANAGEMENT_CONTROLS = 0x5b => "Network management controls";
    CORRELATION_ID = 0x65 => "Correlation id";
    SCF_ID = 0x66 => "SCF id";
    CALL_DIVERSION_TREATMENT_INDICATORS = 0x6e => "Call diversion treatment indicators";
    CALLED_IN_NUMBER = 0x6f => "Called IN number";
    CALL_OFFERING_TREATMENT_INDICATORS = 0x70 => "Call offering treatment indicators";
    CHARGED_PARTY_IDENTIFICATION = 0x71 => "Charged party identification";
    CONFERENCE_TREATMENT_INDICATORS = 0x72 => "Conference treatment indicators";
    DISPLAY_INFORMATION = 0x73 => "Display information";
    UID_ACTION_INDICATORS = 0x74 => "UID action indicators";
    UID_CAPABILITY_INDICATORS = 0x75 => "UID capability indicators";
    REDIRECT_COUNTER = 0x77 => "Redirect counter";
    APPLICATION_TRANSPORT = 0x78 => "Application transport";
    COLLECT_CALL_REQUEST = 0x79 => "Collect call request";
    CALLING_GEODETIC_LOCATION = 0x81 => "Calling geodetic location";
    GENERIC_NUMBER = 0xc0 => "Generic number";
    GENERIC_DIGITS = 0xc1 => "Generic digits";
    JURISDICTION = 0xc4 => "Jurisdiction";
    GENERIC_NAME = 0xc7 => "Generic name";
    CIRCUIT_GROUP_CHARACTERISTIC_INDICATOR = 0xe5 => "Circuit group characteristic indicator";
    CIRCUIT_VALIDATION_RESPONSE_INDICATOR = 0xe6 => "Circuit validation response indicator";
    ORIGINATING_LINE_INFORMATION = 0xea => "Originating line information";
    CHARGE_NUMBER = 0xeb => "Charge number";
}

/// One parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: &'a [u8],
    /// Offset of the value in the message.
    pub offset: usize,
}

/// Where the walk is.
#[derive(Debug, Clone, Copy)]
enum At {
    Fixed(usize),
    Variable(usize),
    Optional,
    Done,
}

/// The parameters of a message, in the order fixed, variable, optional. One that is cut is yielded with what is there,
/// then the defect.
#[derive(Debug, Clone, Copy)]
pub struct Parameters<'a> {
    octets: &'a [u8],
    layout: Layout,
    at: At,
    /// Of the next octet of the fixed part, the next pointer, or the next optional parameter.
    offset: usize,
    /// The end of what was read so far.
    end: usize,
    /// How many octets were read so far.
    read: usize,
    defect: Option<DecodeError>,
}

impl<'a> Parameters<'a> {
    pub(super) fn new(octets: &'a [u8], layout: Layout) -> Self {
        let defect = (!layout.known).then(|| {
            let code = octets.first().copied().unwrap_or_default();
            DecodeError::unsupported(LAYER, 0, "message type without a known format", u32::from(code))
        });
        Self { octets, layout, at: At::Fixed(0), offset: 1, end: 1, read: 1, defect }
    }

    /// Where the message ends, by all that it says, and how many octets before are not of any parameter.
    pub(super) fn extent(mut self) -> (usize, usize) {
        while self.next().is_some() {}
        (self.end, self.end.saturating_sub(self.read))
    }

    fn reaches(&mut self, end: usize, octets: usize) {
        self.end = self.end.max(end);
        self.read = self.read.saturating_add(octets);
    }

    fn stop(&mut self, error: DecodeError) -> Option<Result<Parameter<'a>, DecodeError>> {
        self.at = At::Done;
        Some(Err(error))
    }

    /// A parameter of `len` octets at `offset`.
    fn give(&mut self, name: Name, offset: usize, len: usize) -> Parameter<'a> {
        let rest = self.octets.get(offset..).unwrap_or_default();
        let value = rest.get(..len).unwrap_or_else(|| {
            self.defect = Some(DecodeError::short(LAYER, offset.min(self.octets.len()), len, rest.len()));
            self.at = At::Done;
            rest
        });
        self.reaches(offset.saturating_add(value.len()), value.len());
        Parameter { name, value, offset }
    }

    /// Where the pointer at the offset leads; `None` when it is zero.
    fn pointer(&mut self) -> Result<Option<usize>, DecodeError> {
        let at = self.offset;
        let Some(&pointer) = self.octets.get(at) else {
            return Err(DecodeError::short(LAYER, at.min(self.octets.len()), 1, 0));
        };
        self.offset = at.saturating_add(1);
        self.reaches(self.offset, 1);
        Ok((pointer != 0).then(|| at.saturating_add(usize::from(pointer))))
    }

    fn variable(&mut self, name: Name) -> Result<Parameter<'a>, DecodeError> {
        let at = self.offset;
        let what = "pointer to a mandatory parameter is zero";
        let start = self.pointer()?.ok_or(DecodeError::malformed(LAYER, at, what))?;
        let Some(&len) = self.octets.get(start) else {
            return Err(DecodeError::malformed(LAYER, at, "pointer beyond the message"));
        };
        self.reaches(start, 1);
        Ok(self.give(name, start.saturating_add(1), usize::from(len)))
    }

    fn optional(&mut self) -> Option<Result<Parameter<'a>, DecodeError>> {
        let at = self.offset;
        match self.octets.get(at..) {
            Some([0, ..]) => {
                self.reaches(at.saturating_add(1), 1);
                self.at = At::Done;
                None
            }
            Some([name, len, ..]) => {
                let (len, start) = (usize::from(*len), at.saturating_add(2));
                self.offset = start.saturating_add(len);
                self.reaches(start, 2);
                Some(Ok(self.give(Name(*name), start, len)))
            }
            _ => {
                let at = at.min(self.octets.len());
                self.stop(DecodeError::malformed(LAYER, at, "optional parameters without end"))
            }
        }
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Result<Parameter<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.defect.take() {
            return Some(Err(error));
        }
        if !self.layout.known {
            self.at = At::Done;
        }
        loop {
            match self.at {
                At::Done => return None,
                At::Fixed(index) => {
                    let Some(&(name, len)) = self.layout.fixed.get(index) else {
                        self.at = At::Variable(0);
                        continue;
                    };
                    self.at = At::Fixed(index.saturating_add(1));
                    let offset = self.offset;
                    self.offset = offset.saturating_add(len);
                    return Some(Ok(self.give(name, offset, len)));
                }
                At::Variable(index) => {
                    if let Some(&name) = self.layout.variable.get(index) {
                        self.at = At::Variable(index.saturating_add(1));
                        return match self.variable(name) {
                            Ok(parameter) => Some(Ok(parameter)),
                            Err(error) => self.stop(error),
                        };
                    }
                    if !self.layout.optional {
                        self.at = At::Done;
                        continue;
                    }
                    match self.pointer() {
                        Ok(Some(start)) => (self.at, self.offset) = (At::Optional, start),
                        Ok(None) => self.at = At::Done,
                        Err(error) => return self.stop(error),
                    }
                }
                At::Optional => return self.optional(),
            }
        }
    }
}
