//! RANAP (TS 25.413) in aligned PER: what RNC and core say of a mobile on 3G, from its first message to the release of
//! the Iu connection; bearers of speech and of data.

use super::aper::{Fields, IGNORE, INITIATING, OUTCOME, REJECT, SUCCESSFUL, element, pdu, sized};
use super::gtp::End;
use crate::identity::{Imsi, Plmn};

/// Which core (§9.2.1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// The MSC.
    Circuit = 0x00,
    /// The SGSN.
    Packet = 0x80,
}

impl Domain {
    fn element(self, criticality: u8) -> Vec<u8> {
        element(3, criticality, &[self as u8])
    }
}

/// Where a mobile is: PLMN, location area, service area, as its octets follow one another.
pub type Place = [u8; 7];

/// The one routing area of each location area.
pub const ROUTING_AREA: u8 = 1;

/// LAI, with its preamble.
fn area([a, b, c, d, e, ..]: Place) -> Vec<u8> {
    vec![0x00, a, b, c, d, e]
}

/// LAI, RAC where the core is that of packets, SAI.
fn whereabouts(domain: Domain, place: Place) -> Vec<Vec<u8>> {
    let mut elements = vec![element(15, IGNORE, &area(place))];
    if domain == Domain::Packet {
        elements.push(element(55, IGNORE, &[ROUTING_AREA]));
    }
    elements.push(element(58, IGNORE, &[&[0x00], place.as_slice()].concat()));
    elements
}

fn controller(plmn: Plmn, number: u16) -> Vec<u8> {
    element(86, IGNORE, &[plmn.to_octets().as_slice(), &number.to_be_bytes()].concat())
}

fn nas(message: &[u8]) -> Vec<u8> {
    element(16, IGNORE, &sized(message))
}

/// INITIAL UE MESSAGE (§9.1.33) on an Iu connection (24 bits).
pub fn initial(domain: Domain, place: Place, message: &[u8], connection: u32, (plmn, rnc): (Plmn, u16)) -> Vec<u8> {
    let [_, a, b, c] = connection.to_be_bytes();
    let mut elements = vec![domain.element(IGNORE)];
    elements.extend(whereabouts(domain, place));
    elements.extend([nas(message), element(79, IGNORE, &[a, b, c]), controller(plmn, rnc)]);
    pdu(INITIATING, 19, IGNORE, &elements)
}

/// DIRECT TRANSFER (§9.1.34) of the mobile: to the SGSN with where it is.
pub fn uplink(domain: Domain, place: Place, message: &[u8]) -> Vec<u8> {
    let mut elements = vec![nas(message)];
    if domain == Domain::Packet {
        elements.extend(whereabouts(domain, place));
    }
    pdu(INITIATING, 20, IGNORE, &elements)
}

/// DIRECT TRANSFER of the core: short messages on SAPI 3, all else on SAPI 0.
pub fn downlink(message: &[u8]) -> Vec<u8> {
    let short_message = message.first().is_some_and(|first| first & 0x0f == 9);
    let sapi = element(59, IGNORE, &[if short_message { 0x40 } else { 0x00 }]);
    pdu(INITIATING, 20, IGNORE, &[nas(message), sapi])
}

/// PermanentNAS-UE-ID: an IMSI of 15 digits.
fn card(imsi: Imsi) -> Vec<u8> {
    let digits = super::digits::tbcd(imsi.digits());
    element(23, IGNORE, &Fields::default().bits(0, 1).bits(digits.len() as u64 - 3, 3).aligned(&digits).done())
}

/// COMMON ID (§9.1.30).
pub fn common_id(imsi: Imsi) -> Vec<u8> {
    pdu(INITIATING, 15, IGNORE, &[card(imsi)])
}

/// SECURITY MODE COMMAND (§9.1.27): UIA2 or UIA1, UEA1, and the keys; they are new after a proof of the card.
pub fn security_command(integrity: &[u8; 16], ciphering: &[u8; 16], new: bool) -> Vec<u8> {
    let [integrity_information, ciphering_information] =
        [(integrity, [1, 0].as_slice()), (ciphering, &[1])].map(|(key, algorithms): (&[u8; 16], &[u64])| {
            let mut fields = Fields::default();
            fields.bits(0, 1).bits(algorithms.len() as u64 - 1, 4);
            for &algorithm in algorithms {
                fields.bits(algorithm, 4);
            }
            fields.aligned(key).done()
        });
    let elements = [
        element(12, REJECT, &integrity_information),
        element(11, IGNORE, &ciphering_information),
        element(75, REJECT, &[if new { 0x40 } else { 0x00 }]),
    ];
    pdu(INITIATING, 6, REJECT, &elements)
}

/// SECURITY MODE COMPLETE (§9.1.28): UIA1, UEA1.
pub fn security_complete() -> Vec<u8> {
    pdu(SUCCESSFUL, 6, REJECT, &[element(6, REJECT, &[0x00]), element(5, IGNORE, &[0x10])])
}

/// PAGING (§9.1.26) with the TMSI, or for the SGSN the P-TMSI, in the location or routing area.
pub fn paging(domain: Domain, imsi: Imsi, tmsi: u32, [a, b, c, d, e]: [u8; 5]) -> Vec<u8> {
    let (who, area) = match domain {
        Domain::Circuit => (0x00, vec![0x00, a, b, c, d, e]),
        Domain::Packet => (0x40, vec![0x40, a, b, c, d, e, ROUTING_AREA]),
    };
    let elements = [
        domain.element(IGNORE),
        card(imsi),
        element(64, IGNORE, &[&[who], tmsi.to_be_bytes().as_slice()].concat()),
        element(21, IGNORE, &area),
    ];
    pdu(INITIATING, 14, IGNORE, &elements)
}

/// A radio access bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Speech: adaptive multi-rate at 12.2 kbit/s, its three classes of bits each a flow of its own.
    Speech,
    /// Interactive data.
    Data,
}

/// Bits of each flow of speech in a frame and in a frame of silence (TS 26.102 §5.1).
const FLOWS: [[u16; 2]; 3] = [[81, 39], [103, 0], [60, 0]];

/// Mantissa and exponent of an error ratio, the exponent in so many bits.
fn ratio(fields: &mut Fields, mantissa: u64, exponent: u64) {
    fields.bits(0, 1).bits(mantissa - 1, 4).bits(exponent - 1, 3);
}

impl Bearer {
    /// RAB-Parameters (§9.2.1.3).
    fn parameters(self, fields: &mut Fields) {
        match self {
            Self::Speech => {
                // Guaranteed rate, delay, retention and source are there; conversational, symmetric, in order.
                fields.bits(0b0110_1100, 8).bits(0, 3).bits(0, 3);
                fields.bits(0, 1).number(12_200 - 1, 2).bits(0, 1).number(12_200, 2);
                fields.bits(0, 1).aligned(&244u16.to_be_bytes()).bits(FLOWS.len() as u64 - 1, 3);
                for (flow, sizes) in FLOWS.into_iter().enumerate() {
                    // The flow of the most important bits alone has a ratio of errors, and is left out when broken.
                    let first = flow == 0;
                    fields.bits(0, 1).bits(u64::from(first), 1).bits(0b10, 2);
                    if first {
                        ratio(fields, 7, 3);
                    }
                    let (mantissa, exponent) = [(1, 6), (1, 3), (5, 3)].get(flow).copied().unwrap_or((1, 6));
                    ratio(fields, mantissa, exponent);
                    fields.bits(if first { 0 } else { 2 }, 2).bits(1, 6);
                    for size in sizes {
                        fields.bits(0b0100, 4).aligned(&size.to_be_bytes());
                    }
                }
                fields.aligned(&80u16.to_be_bytes());
                Self::retention(fields);
                fields.bits(0, 2); // speech
            }
            Self::Data => {
                // Priority and retention are there; interactive, symmetric.
                fields.bits(0b0001_1000, 8).bits(2, 3).bits(0, 3);
                fields.bits(0, 1).number(5_760_000 - 1, 2);
                fields.bits(1, 1).aligned(&12_000u16.to_be_bytes()).bits(0, 3);
                fields.bits(0, 1).bits(0b100, 3);
                ratio(fields, 1, 4);
                ratio(fields, 1, 5);
                fields.bits(1, 2).bits(2, 4);
                Self::retention(fields);
            }
        }
    }

    /// Allocation/Retention Priority: 2, may not pre-empt, may be pre-empted, no queue.
    fn retention(fields: &mut Fields) {
        fields.bits(0, 2).bits(2, 4).bits(0b010, 3);
    }

    /// TransportLayerAddress and IuTransportAssociation: a binding for speech, a tunnel for data.
    fn end(self, fields: &mut Fields, end: End) {
        fields.bits(0, 1).bits(31, 8).aligned(&end.ip);
        fields.bits(0, 1).bits(u64::from(self == Self::Speech), 1).aligned(&end.teid.to_be_bytes());
    }

    /// What only the SGSN wants besides: an IPv4 session whose volume is not reported.
    fn second(self) -> Vec<u8> {
        match self {
            Self::Speech => vec![0x00],
            Self::Data => Fields::default().bits(0b0110_0000, 8).bits(0, 1).bits(3, 4).bits(1, 1).done(),
        }
    }
}

/// RAB ASSIGNMENT REQUEST (§9.1.3): one bearer is set up towards an end of the core.
pub fn bearer_request(bearer: Bearer, number: u8, core: End) -> Vec<u8> {
    let mut fields = Fields::default();
    // No NAS binding; parameters, user plane and transport are there.
    fields.bits(0b001_1100, 7).bits(number.into(), 8);
    bearer.parameters(&mut fields);
    // Support mode for predefined sizes with version 2, or transparent with version 1.
    let (mode, versions) = if bearer == Bearer::Speech { (1, 2) } else { (0, 1) };
    fields.bits(0, 2).bits(mode, 2).bits(versions, 16);
    fields.bits(0, 2);
    bearer.end(&mut fields, core);
    // One pair of values: identifier, and twice criticality and value.
    let pair = [element(53, REJECT, &fields.done()), vec![IGNORE], sized(&bearer.second())].concat();
    let list = [&[0x00, 0x00, 0x01], pair.as_slice()].concat();
    pdu(INITIATING, 0, REJECT, &[element(54, IGNORE, &list)])
}

/// RAB ASSIGNMENT RESPONSE (§9.1.4): the end of the radio network.
pub fn bearer_response(bearer: Bearer, number: u8, radio: End) -> Vec<u8> {
    let mut fields = Fields::default();
    fields.bits(0b0_1100, 5).bits(number.into(), 8);
    bearer.end(&mut fields, radio);
    let list = [&[0x00, 0x00, 0x01], element(51, IGNORE, &fields.done()).as_slice()].concat();
    pdu(OUTCOME, 0, REJECT, &[element(52, IGNORE, &list)])
}

/// Why a connection is released (§9.2.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// All is said: normal release (NAS).
    Normal,
    /// The mobile is silent: user inactivity (radio network).
    Inactivity,
}

impl Cause {
    fn element(self) -> Vec<u8> {
        let mut fields = Fields::default();
        match self {
            Self::Normal => fields.bits(2, 4).bits(2, 4),
            Self::Inactivity => fields.bits(0, 4).bits(15, 6),
        };
        element(4, IGNORE, &fields.done())
    }
}

/// IU RELEASE REQUEST (§9.1.8).
pub fn release_request(cause: Cause) -> Vec<u8> {
    pdu(INITIATING, 11, IGNORE, &[cause.element()])
}

/// IU RELEASE COMMAND (§9.1.6).
pub fn release_command(cause: Cause) -> Vec<u8> {
    pdu(INITIATING, 1, REJECT, &[cause.element()])
}

/// IU RELEASE COMPLETE (§9.1.7).
pub fn release_complete() -> Vec<u8> {
    pdu(SUCCESSFUL, 1, REJECT, &[])
}

/// RESET (§9.1.24) of a controller that starts (O&M intervention), and RESET ACKNOWLEDGE (§9.1.25).
pub fn reset(domain: Domain, (plmn, rnc): (Plmn, u16)) -> [Vec<u8>; 2] {
    let restart = element(4, IGNORE, &Fields::default().bits(4, 4).bits(0, 4).done());
    [
        pdu(INITIATING, 9, REJECT, &[restart, domain.element(REJECT), controller(plmn, rnc)]),
        pdu(SUCCESSFUL, 9, REJECT, &[domain.element(REJECT)]),
    ]
}
