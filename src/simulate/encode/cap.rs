//! CAP phase 2 and 4 (TS 29.078): the operations of a charged voice call.

use super::ber::{Ber, tag};
use super::digits::{address_string, imei_octets, isup_called, isup_calling, tbcd};
use super::tcap::Oid;
use crate::identity::{Imei, Imsi, Msisdn};

/// Operation codes, TS 29.078 §5.3.
#[allow(missing_docs)]
pub mod operation {
    pub const INITIAL_DP: u8 = 0;
    pub const RELEASE_CALL: u8 = 22;
    pub const REQUEST_REPORT_BCSM_EVENT: u8 = 23;
    pub const EVENT_REPORT_BCSM: u8 = 24;
    pub const CONTINUE: u8 = 31;
    pub const APPLY_CHARGING: u8 = 35;
    pub const APPLY_CHARGING_REPORT: u8 = 36;
}

/// The one service of the simulated gsmSCF: charging.
pub const SERVICE_KEY: u8 = 11;

/// The application context of gsmSSF to gsmSCF: 0.4.0.0.1.0.50.1 (phase 2), 0.4.0.0.1.23.3.4 (phase 4).
pub fn context(phase: u8) -> Oid {
    match phase {
        4 => [0x04, 0x00, 0x00, 0x01, 0x17, 0x03, 0x04],
        _ => [0x04, 0x00, 0x00, 0x01, 0x00, 0x32, 0x01],
    }
}

/// The half of the call that the service watches: the originating or the terminating basic call state model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// O-BCSM, at the caller's MSC.
    Originating,
    /// T-BCSM, at the gateway MSC of the called subscriber.
    Terminating,
}

/// EventTypeBCSM, TS 29.078 §5.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The other side is busy.
    Busy,
    /// It does not answer.
    NoAnswer,
    /// It answers.
    Answer,
    /// One side hangs up.
    Disconnect,
    /// The caller hangs up before the answer.
    Abandon,
}

impl Event {
    fn code(self, half: Half) -> u32 {
        match (half, self) {
            (Half::Originating, Self::Busy) => 5,
            (Half::Originating, Self::NoAnswer) => 6,
            (Half::Originating, Self::Answer) => 7,
            (Half::Originating, Self::Disconnect) => 9,
            (Half::Originating, Self::Abandon) => 10,
            (Half::Terminating, Self::Busy) => 13,
            (Half::Terminating, Self::NoAnswer) => 14,
            (Half::Terminating, Self::Answer) => 15,
            (Half::Terminating, Self::Disconnect) => 17,
            (Half::Terminating, Self::Abandon) => 18,
        }
    }
}

/// What the detection point of a call knows.
#[derive(Debug, Clone)]
pub struct InitialDp {
    /// Originating or terminating.
    pub half: Half,
    /// CAP phase: 2 or 4. The IMEI travels in phase 4 alone.
    pub phase: u8,
    /// The served subscriber.
    pub imsi: Imsi,
    /// Its device, where the VLR knows it.
    pub imei: Option<Imei>,
    /// Who calls.
    pub calling: Option<Msisdn>,
    /// Who is called.
    pub called: Msisdn,
    /// The MSC (and VLR) that asks.
    pub msc: Msisdn,
    /// CellGlobalIdOrServiceAreaIdFixedLength of the served subscriber, with the age of the knowledge in minutes.
    pub cell: Option<([u8; 7], u32)>,
    /// Call reference number.
    pub reference: [u8; 8],
    /// TimeAndTimezone, swapped BCD.
    pub local_time: [u8; 8],
}

/// InitialDPArg.
pub fn initial_dp(dp: &InitialDp) -> Vec<u8> {
    let originating = dp.half == Half::Originating;
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            b.integer(tag::context(0), u32::from(SERVICE_KEY));
            if !originating {
                b.octets(tag::context(2), &isup_called(dp.called));
            }
            if let Some(calling) = dp.calling {
                b.octets(tag::context(3), &isup_calling(calling));
            }
            b.octets(tag::context(5), &[0x0a]); // callingPartysCategory: ordinary
            // bearerCapability { bearerCap }: speech, 3.1 kHz (TS 24.008 §10.5.4.5 through Q.931 coding)
            b.node(tag::constructed(27), |b| b.octets(tag::context(0), &[0x80, 0x90, 0xa3]));
            b.integer(tag::context(28), if originating { 2 } else { 12 });
            b.octets(tag::context(50), &tbcd(dp.imsi.digits()));
            if let Some((cgi, age)) = dp.cell {
                b.node(tag::constructed(52), |b| {
                    b.integer(tag::INTEGER, age);
                    b.octets(tag::context(1), &address_string(dp.msc));
                    b.node(tag::constructed(3), |b| b.octets(tag::context(0), &cgi));
                });
            }
            // ext-basicServiceCode { ext-Teleservice telephony }
            b.node(tag::constructed(53), |b| b.octets(tag::context(3), &[0x11]));
            b.octets(tag::context(54), &dp.reference);
            b.octets(tag::context(55), &address_string(dp.msc));
            if originating {
                b.octets(tag::context(56), &address_string(dp.called));
            }
            b.octets(tag::context(57), &dp.local_time);
            if let (4, Some(imei)) = (dp.phase, dp.imei) {
                b.node(tag::constructed(59), |b| b.octets(tag::context(3), &imei_octets(imei, None)));
            }
        })
    })
}

/// RequestReportBCSMEventArg: answer and abandon notified, the others interrupt.
pub fn request_report_bcsm_event(half: Half) -> Vec<u8> {
    const NOTIFY: u32 = 1;
    const INTERRUPT: u32 = 0;
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            b.node(tag::constructed(0), |b| {
                for (event, mode, leg) in [
                    (Event::Busy, INTERRUPT, 2),
                    (Event::NoAnswer, INTERRUPT, 2),
                    (Event::Answer, NOTIFY, 2),
                    (Event::Disconnect, INTERRUPT, 1),
                    (Event::Disconnect, INTERRUPT, 2),
                    (Event::Abandon, NOTIFY, 1),
                ] {
                    b.node(tag::SEQUENCE, |b| {
                        b.integer(tag::context(0), event.code(half));
                        b.integer(tag::context(1), mode);
                        b.node(tag::constructed(2), |b| b.octets(tag::context(0), &[leg]));
                    });
                }
            })
        })
    })
}

/// ApplyChargingArg: time charging up to that many tenths of a second, charged to the first leg.
pub fn apply_charging(tenths: u32) -> Vec<u8> {
    let characteristics = Ber::build(|b| {
        b.node(tag::constructed(0), |b| b.integer(tag::context(0), tenths));
    });
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            b.octets(tag::context(0), &characteristics);
            b.node(tag::constructed(2), |b| b.octets(tag::context(0), &[1]));
        })
    })
}

/// ApplyChargingReportArg: the time used, in tenths of a second; the leg is no longer active.
pub fn apply_charging_report(tenths: u32) -> Vec<u8> {
    let result = Ber::build(|b| {
        b.node(tag::constructed(0), |b| {
            b.node(tag::constructed(0), |b| b.octets(tag::context(1), &[1]));
            b.node(tag::constructed(1), |b| b.integer(tag::context(0), tenths));
            b.octets(tag::context(2), &[0x00]);
        });
    });
    Ber::build(|b| b.octets(tag::OCTETS, &result))
}

/// EventReportBCSMArg; `cause` is the Q.850 value of a disconnect, busy or no answer.
pub fn event_report_bcsm(half: Half, event: Event, leg: u8, cause: u8) -> Vec<u8> {
    let originating = half == Half::Originating;
    // EventSpecificInformationBCSM: the choice for the event, and whether it has a cause `[0]`.
    let specific = match event {
        Event::Busy => Some((if originating { 3 } else { 8 }, true)),
        Event::NoAnswer => Some((if originating { 4 } else { 9 }, false)),
        Event::Answer => Some((if originating { 5 } else { 10 }, false)),
        Event::Disconnect => Some((if originating { 7 } else { 12 }, true)),
        Event::Abandon => None,
    };
    let interrupts = !matches!(event, Event::Answer | Event::Abandon);
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            b.integer(tag::context(0), event.code(half));
            if let Some((choice, with_cause)) = specific {
                b.node(tag::constructed(2), |b| {
                    b.node(tag::constructed(choice), |b| {
                        if with_cause {
                            b.octets(tag::context(0), &q850(cause));
                        }
                    })
                });
            }
            b.node(tag::constructed(3), |b| b.octets(tag::context(1), &[leg]));
            b.node(tag::constructed(4), |b| {
                b.integer(tag::context(0), u32::from(!interrupts)) // request 0, notification 1
            });
        })
    })
}

/// ReleaseCallArg.
pub fn release_call(cause: u8) -> Vec<u8> {
    Ber::build(|b| b.octets(tag::OCTETS, &q850(cause)))
}

/// Q.850 cause: ITU-T coding, location user.
fn q850(cause: u8) -> [u8; 2] {
    [0x80, 0x80 | cause]
}
