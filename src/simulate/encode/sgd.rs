//! SGd (TS 29.338): short messages between MME and service centre.

use super::diameter::Avps;
use super::digits::tbcd;
use crate::identity::{Imsi, Msisdn};

/// The application identifier.
pub const APPLICATION: u32 = 16_777_313;

/// Command codes.
#[allow(missing_docs)]
pub mod command {
    pub const MO_FORWARD: u32 = 8_388_645;
    pub const MT_FORWARD: u32 = 8_388_646;
}

/// MO-Forward-Short-Message: service centre, sender, SMS-SUBMIT.
pub fn submit(avps: &mut Avps, centre: Msisdn, imsi: Imsi, msisdn: Msisdn, tpdu: &[u8]) {
    avps.gpp(3300, &tbcd(centre.digits()));
    avps.group(3102, |user| {
        user.base(1, imsi.to_string().as_bytes()).gpp(701, &tbcd(msisdn.digits()));
    });
    avps.gpp(3301, tpdu);
}

/// MT-Forward-Short-Message: receiver, service centre, SMS-DELIVER.
pub fn deliver(avps: &mut Avps, imsi: Imsi, centre: Msisdn, tpdu: &[u8]) {
    avps.base(1, imsi.to_string().as_bytes()).gpp(3300, &tbcd(centre.digits())).gpp(3301, tpdu);
}
