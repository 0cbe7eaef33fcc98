//! Layer 3 between mobile and MSC (TS 24.008): mobility management, call control, paging response; and the short
//! message transfer of TS 24.011.

use super::digits::tbcd;
use crate::identity::{Imei, Imsi, Msisdn};

/// PLMN and location area code (§10.5.1.3).
pub type Area = [u8; 5];

/// Classmark 2 (§10.5.1.6) of a phone of Release 99; its first octet is classmark 1.
const CLASSMARK: [u8; 3] = [0x53, 0x19, 0xa2];
/// No key is available (§10.5.1.2).
const NO_KEY: u8 = 7;

/// How a mobile names itself (§10.5.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// By its card.
    Imsi(Imsi),
    /// By what the VLR gave it.
    Tmsi(u32),
    /// By its device, with software version.
    Imeisv(Imei, u8),
}

impl Identity {
    /// The value, without length.
    pub fn octets(self) -> Vec<u8> {
        let (first, digits, odd) = match self {
            Self::Tmsi(tmsi) => return [&[0xf4], tmsi.to_be_bytes().as_slice()].concat(),
            Self::Imsi(imsi) => (1, imsi.digits().iter().collect::<Vec<u8>>(), imsi.digits().len() % 2 == 1),
            Self::Imeisv(imei, version) => {
                let mut digits: Vec<u8> = imei.digits().prefix(14).iter().collect();
                digits.extend([version / 10 % 10, version % 10]);
                (3, digits, false)
            }
        };
        let mut digits = digits.into_iter();
        let mut octets = vec![digits.next().unwrap_or(0) << 4 | u8::from(odd) << 3 | first];
        while let Some(low) = digits.next() {
            octets.push(low | digits.next().unwrap_or(0x0f) << 4);
        }
        octets
    }

    fn sized(self) -> Vec<u8> {
        sized(&self.octets())
    }
}

fn sized(value: &[u8]) -> Vec<u8> {
    [&[value.len() as u8], value].concat()
}

/// What a LOCATION UPDATING REQUEST is for (§10.5.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Updating {
    /// Another area.
    Normal = 0,
    /// The timer.
    Periodic = 1,
    /// Switched on.
    Attach = 2,
}

/// LOCATION UPDATING REQUEST (§9.2.15).
pub fn location_updating_request(kind: Updating, old: Area, identity: Identity) -> Vec<u8> {
    let key = if matches!(identity, Identity::Imsi(_)) { NO_KEY } else { 2 };
    let [mark, ..] = CLASSMARK;
    [&[0x05, 0x08, key << 4 | kind as u8], old.as_slice(), &[mark], &identity.sized()].concat()
}

/// LOCATION UPDATING ACCEPT (§9.2.13), with a new TMSI.
pub fn location_updating_accept(area: Area, tmsi: Option<u32>) -> Vec<u8> {
    let mut message = [&[0x05, 0x02], area.as_slice()].concat();
    if let Some(tmsi) = tmsi {
        message.push(0x17);
        message.extend(Identity::Tmsi(tmsi).sized());
    }
    message
}

/// TMSI REALLOCATION COMMAND (§9.2.17).
pub fn reallocation_command(area: Area, tmsi: u32) -> Vec<u8> {
    [&[0x05, 0x1a], area.as_slice(), &Identity::Tmsi(tmsi).sized()].concat()
}

/// TMSI REALLOCATION COMPLETE (§9.2.18).
pub fn reallocation_complete() -> Vec<u8> {
    vec![0x05, 0x1b]
}

/// IMSI DETACH INDICATION (§9.2.12).
pub fn detach(identity: Identity) -> Vec<u8> {
    let [mark, ..] = CLASSMARK;
    [&[0x05, 0x01, mark], identity.sized().as_slice()].concat()
}

/// AUTHENTICATION REQUEST (§9.2.2) with RAND and AUTN.
pub fn authentication_request(rand: &[u8; 16], autn: &[u8]) -> Vec<u8> {
    [&[0x05, 0x12, 0x02], rand.as_slice(), &[0x20], &sized(autn)].concat()
}

/// AUTHENTICATION RESPONSE (§9.2.3): RES, its first four octets apart.
pub fn authentication_response(res: &[u8]) -> Vec<u8> {
    let (head, tail) = res.split_at_checked(4).unwrap_or((res, &[]));
    [&[0x05, 0x14], head, &[0x21], &sized(tail)].concat()
}

/// IDENTITY REQUEST (§9.2.10) for the IMSI.
pub fn identity_request() -> Vec<u8> {
    vec![0x05, 0x18, 0x01]
}

/// IDENTITY REQUEST for the IMEISV.
pub fn device_request() -> Vec<u8> {
    vec![0x05, 0x18, 0x03]
}

/// IDENTITY RESPONSE (§9.2.11).
pub fn identity_response(identity: Identity) -> Vec<u8> {
    [&[0x05, 0x19], identity.sized().as_slice()].concat()
}

/// CIPHERING MODE COMPLETE (TS 44.018 §9.1.10) with the IMEISV.
pub fn ciphering_complete(identity: Identity) -> Vec<u8> {
    [&[0x06, 0x32, 0x17], identity.sized().as_slice()].concat()
}

/// PAGING RESPONSE (TS 44.018 §9.1.25).
pub fn paging_response(identity: Identity) -> Vec<u8> {
    [&[0x06, 0x27, 0x02], sized(&CLASSMARK).as_slice(), &identity.sized()].concat()
}

/// What a CM SERVICE REQUEST is for (§10.5.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// A call.
    Call = 1,
    /// A short message.
    ShortMessage = 4,
}

/// CM SERVICE REQUEST (§9.2.9).
pub fn service_request(service: Service, identity: Identity) -> Vec<u8> {
    [&[0x05, 0x24, 0x20 | service as u8], sized(&CLASSMARK).as_slice(), &identity.sized()].concat()
}

/// CM SERVICE ACCEPT (§9.2.5).
pub fn service_accept() -> Vec<u8> {
    vec![0x05, 0x21]
}

/// A call as the mobile and the network name it: transaction identifier (TS 24.007 §11.2.3.1.3), and who began.
#[derive(Debug, Clone, Copy)]
pub struct Transaction {
    /// The identifier.
    pub number: u8,
    /// The mobile began.
    pub from_mobile: bool,
}

impl Transaction {
    fn head(self, uplink: bool, discriminator: u8, kind: u8) -> Vec<u8> {
        let answers = self.from_mobile != uplink;
        vec![u8::from(answers) << 7 | (self.number & 7) << 4 | discriminator, kind]
    }

    fn call(self, uplink: bool, kind: u8, rest: &[u8]) -> Vec<u8> {
        [self.head(uplink, 0x03, kind).as_slice(), rest].concat()
    }

    /// SETUP (§9.3.23) of the mobile: bearer capability of speech, called number.
    pub fn setup_to(self, called: Msisdn) -> Vec<u8> {
        let number = [&[0x91], tbcd(called.digits()).as_slice()].concat();
        self.call(true, 0x05, &[&SPEECH, [0x5e].as_slice(), &sized(&number)].concat())
    }

    /// SETUP of the network: calling number, presentation allowed.
    pub fn setup_from(self, calling: Msisdn) -> Vec<u8> {
        let number = [&[0x11, 0x81], tbcd(calling.digits()).as_slice()].concat();
        self.call(false, 0x05, &[&SPEECH, [0x5c].as_slice(), &sized(&number)].concat())
    }

    /// CALL PROCEEDING (§9.3.3).
    pub fn proceeding(self) -> Vec<u8> {
        self.call(false, 0x02, &[])
    }

    /// CALL CONFIRMED (§9.3.2).
    pub fn confirmed(self) -> Vec<u8> {
        self.call(true, 0x08, &SPEECH)
    }

    /// ALERTING (§9.3.1); the network adds that tones are in band.
    pub fn alerting(self, uplink: bool) -> Vec<u8> {
        self.call(uplink, 0x01, if uplink { &[] } else { &[0x1e, 0x02, 0xea, 0x88] })
    }

    /// CONNECT (§9.3.5).
    pub fn connect(self, uplink: bool) -> Vec<u8> {
        self.call(uplink, 0x07, &[])
    }

    /// CONNECT ACKNOWLEDGE (§9.3.6).
    pub fn connected(self, uplink: bool) -> Vec<u8> {
        self.call(uplink, 0x0f, &[])
    }

    /// DISCONNECT (§9.3.7).
    pub fn disconnect(self, uplink: bool, cause: u8) -> Vec<u8> {
        self.call(uplink, 0x25, &[0x02, if uplink { 0xe0 } else { 0xe1 }, 0x80 | cause])
    }

    /// RELEASE (§9.3.18).
    pub fn release(self, uplink: bool, cause: u8) -> Vec<u8> {
        self.call(uplink, 0x2d, &[0x08, 0x02, if uplink { 0xe0 } else { 0xe1 }, 0x80 | cause])
    }

    /// RELEASE COMPLETE (§9.3.19).
    pub fn released(self, uplink: bool) -> Vec<u8> {
        self.call(uplink, 0x2a, &[])
    }

    /// CP-DATA (TS 24.011 §7.2.1).
    pub fn cp_data(self, uplink: bool, rp: &[u8]) -> Vec<u8> {
        [self.head(uplink, 0x09, 0x01).as_slice(), &sized(rp)].concat()
    }

    /// CP-ACK (TS 24.011 §7.2.2).
    pub fn cp_ack(self, uplink: bool) -> Vec<u8> {
        self.head(uplink, 0x09, 0x04)
    }
}

/// Bearer capability: speech, full rate preferred, all versions of AMR and EFR (§10.5.4.5).
const SPEECH: [u8; 8] = [0x04, 0x06, 0x60, 0x04, 0x02, 0x00, 0x05, 0x81];

/// RP-ACK (TS 24.011 §7.3.3).
pub fn rp_ack(from_mobile: bool, reference: u8) -> Vec<u8> {
    vec![if from_mobile { 2 } else { 3 }, reference]
}
