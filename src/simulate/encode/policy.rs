//! Gx (TS 29.212) and Gy (RFC 4006 with TS 32.299) of a data session: credit control requests and their answers.

use super::diameter::{Avps, Party, origin};
use crate::identity::{Imei, Imsi, Msisdn, Plmn};

/// Application identifiers.
#[allow(missing_docs)]
pub mod application {
    pub const GX: u32 = 16_777_238;
    pub const GY: u32 = super::super::diameter::application::CREDIT_CONTROL;
}

/// Command codes.
#[allow(missing_docs)]
pub mod command {
    pub const RE_AUTH: u32 = 258;
    pub const CREDIT_CONTROL: u32 = 272;
}

/// CC-Request-Type (RFC 4006 §8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The session begins.
    Initial = 1,
    /// It goes on.
    Update = 2,
    /// It ends.
    Termination = 3,
}

/// A data session as the gateway describes it.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// The card.
    pub imsi: Imsi,
    /// Its number.
    pub msisdn: Msisdn,
    /// The device with its software version.
    pub device: (Imei, u8),
    /// The address given to it.
    pub address: [u8; 4],
    /// The network to which it is connected.
    pub apn: &'a str,
    /// The network that serves it.
    pub plmn: Plmn,
    /// Tracking area and cell.
    pub place: (u16, u32),
    /// The quality of the default bearer.
    pub quality: u32,
    /// 3GPP-Charging-Id.
    pub charging: u32,
}

/// Session-Id, application and origin of a session that is kept.
pub fn kept(avps: &mut Avps, id: &str, application: u32, from: Party<'_>) {
    avps.base(263, id.as_bytes()).base(258, &application.to_be_bytes());
    origin(avps, from);
}

/// CC-Request-Type and CC-Request-Number.
pub fn stage(avps: &mut Avps, stage: Stage, number: u32) {
    avps.base(416, &(stage as u32).to_be_bytes()).base(415, &number.to_be_bytes());
}

/// Termination-Cause DIAMETER_LOGOUT.
pub fn ended(avps: &mut Avps) {
    avps.base(295, &1u32.to_be_bytes());
}

/// Subscription-Id: E.164 number and IMSI.
fn subscription(avps: &mut Avps, imsi: Imsi, msisdn: Msisdn) {
    for (kind, value) in [(0u32, msisdn.to_string()), (1, imsi.to_string())] {
        avps.base_group(443, |s| {
            s.base(450, &kind.to_be_bytes()).base(444, value.as_bytes());
        });
    }
}

/// User-Equipment-Info with the IMEISV.
fn equipment(avps: &mut Avps, (imei, version): (Imei, u8)) {
    let digits: String = imei.to_string().chars().take(14).collect();
    avps.optional_group(458, |e| {
        e.optional(459, &0u32.to_be_bytes()).optional(460, format!("{digits}{version:02}").as_bytes());
    });
}

/// 3GPP-User-Location-Info (TS 29.061 §16.4.7.2): TAI and ECGI.
fn location(plmn: Plmn, (area, cell): (u16, u32)) -> Vec<u8> {
    let network = plmn.to_octets();
    [&[0x82], network.as_slice(), &area.to_be_bytes(), &network, &cell.to_be_bytes()].concat()
}

fn network(plmn: Plmn) -> String {
    plmn.to_string().replace('-', "")
}

/// What a CCR on Gx says of a session that begins or has moved.
pub fn gx_session(avps: &mut Avps, session: &Described<'_>, whole: bool) {
    if whole {
        subscription(avps, session.imsi, session.msisdn);
        avps.optional(8, &session.address).number(1027, 5).number(1032, 1004);
        equipment(avps, session.device);
        avps.group(1049, |bearer| {
            bearer.number(1028, session.quality);
            priority(bearer);
        });
        avps.group(1016, |rate| {
            rate.number(1041, 50_000_000).number(1040, 150_000_000);
        });
        avps.base(30, session.apn.as_bytes()).number(1024, 1).number(1009, 1).number(1008, 0);
    } else {
        avps.number(1006, 13); // Event-Trigger USER_LOCATION_CHANGE
    }
    avps.plain(18, network(session.plmn).as_bytes()).plain(22, &location(session.plmn, session.place));
}

/// Allocation-Retention-Priority.
fn priority(avps: &mut Avps) {
    avps.group(1034, |priority| {
        priority.plain(1046, &8u32.to_be_bytes()).plain(1047, &1u32.to_be_bytes()).plain(1048, &0u32.to_be_bytes());
    });
}

/// What the PCRF decides when a session begins: rules, quality, events to be told.
pub fn gx_decision(avps: &mut Avps, session: &Described<'_>) {
    avps.group(1001, |rule| {
        rule.gpp(1004, format!("base-{}", session.apn).as_bytes());
    });
    avps.group(1049, |bearer| {
        bearer.number(1028, session.quality);
        priority(bearer);
    });
    avps.number(1006, 13).number(1009, 1).number(1008, 0);
}

/// Charging-Rule-Install or -Remove of the speech of a call.
pub fn gx_speech(avps: &mut Avps, begins: bool, rule: u32) {
    let name = format!("speech-{rule:08x}");
    if begins {
        avps.group(1001, |install| {
            install.group(1003, |definition| {
                definition.gpp(1005, name.as_bytes());
                definition.base(432, &100u32.to_be_bytes());
                definition.number(511, 2);
                definition.group(1016, |rate| {
                    rate.number(1028, 1).number(516, 49_000).number(515, 49_000).number(1026, 49_000);
                    rate.number(1025, 49_000);
                    priority(rate);
                });
                definition.number(1010, 10);
            });
        });
    } else {
        avps.group(1002, |remove| {
            remove.gpp(1005, name.as_bytes());
        });
    }
}

/// What a CCR on Gy says: who, which service, what was used, and where.
pub fn gy_session(avps: &mut Avps, session: &Described<'_>, stage: Stage, used: Option<u64>) {
    subscription(avps, session.imsi, session.msisdn);
    avps.base(461, b"32251@3gpp.org").base(436, &0u32.to_be_bytes());
    avps.base(455, &1u32.to_be_bytes());
    avps.base_group(456, |credit| {
        if stage != Stage::Termination {
            credit.base_group(437, |unit| {
                unit.base(421, &50_000_000u64.to_be_bytes());
            });
        }
        if let Some(octets) = used {
            credit.base_group(446, |unit| {
                let sent = octets / 9;
                unit.base(421, &octets.to_be_bytes()).base(412, &sent.to_be_bytes());
                unit.base(414, &(octets - sent).to_be_bytes());
            });
        }
        credit.base(432, &10u32.to_be_bytes());
        let reason = match stage {
            Stage::Initial => None,
            Stage::Update => Some(3),      // QUOTA_EXHAUSTED
            Stage::Termination => Some(2), // FINAL
        };
        if let Some(reason) = reason {
            credit.number(872, reason);
        }
    });
    equipment(avps, session.device);
    avps.group(873, |service| {
        service.group(874, |packet| {
            packet.plain(2, &session.charging.to_be_bytes());
            packet.gpp(1227, &[&[0, 1], session.address.as_slice()].concat());
            packet.base(30, session.apn.as_bytes());
            packet.plain(18, network(session.plmn).as_bytes());
            packet.plain(22, &location(session.plmn, session.place)).plain(21, &[6]);
        });
    });
}

/// What is granted.
pub fn gy_granted(avps: &mut Avps, stage: Stage) {
    if stage == Stage::Termination {
        return;
    }
    avps.base_group(456, |credit| {
        credit.base_group(431, |unit| {
            unit.base(421, &50_000_000u64.to_be_bytes());
        });
        credit.base(432, &10u32.to_be_bytes()).base(448, &3600u32.to_be_bytes()).base(268, &2001u32.to_be_bytes());
    });
}
