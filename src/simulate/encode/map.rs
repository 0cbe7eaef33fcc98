//! MAP version 3 (TS 29.002 Release 9): the arguments and results of the operations that the simulated network uses.
//!
//! Each function returns the encoded parameter of one component; the ASN.1 name stands above it.

use super::ber::{Ber, tag};
use super::digits::{address_string, imei_octets, tbcd};
use super::tcap::Oid;
use crate::identity::{Imei, Imsi, Msisdn};

/// Operation codes, TS 29.002 §17.5.
#[allow(missing_docs)]
pub mod operation {
    pub const UPDATE_LOCATION: u8 = 2;
    pub const CANCEL_LOCATION: u8 = 3;
    pub const PROVIDE_ROAMING_NUMBER: u8 = 4;
    pub const INSERT_SUBSCRIBER_DATA: u8 = 7;
    pub const SEND_ROUTING_INFO: u8 = 22;
    pub const CHECK_IMEI: u8 = 43;
    pub const MT_FORWARD_SM: u8 = 44;
    pub const SEND_ROUTING_INFO_FOR_SM: u8 = 45;
    pub const MO_FORWARD_SM: u8 = 46;
    pub const SEND_AUTHENTICATION_INFO: u8 = 56;
    pub const PURGE_MS: u8 = 67;
}

/// Local error codes, TS 29.002 §17.6.
#[allow(missing_docs)]
pub mod error {
    pub const ABSENT_SUBSCRIBER: u8 = 27;
}

/// map-ac (TS 29.002 §17.3.3): 0.4.0.0.1.0.`context`.3.
const fn context(number: u8) -> Oid {
    [0x04, 0x00, 0x00, 0x01, 0x00, number, 0x03]
}

/// Application contexts.
#[allow(missing_docs)]
pub mod ac {
    use super::{Oid, context};
    pub const NETWORK_LOC_UP: Oid = context(1);
    pub const LOCATION_CANCELLATION: Oid = context(2);
    pub const ROAMING_NUMBER_ENQUIRY: Oid = context(3);
    pub const LOCATION_INFO_RETRIEVAL: Oid = context(5);
    pub const EQUIPMENT_MNGT: Oid = context(13);
    pub const INFO_RETRIEVAL: Oid = context(14);
    pub const SHORT_MSG_GATEWAY: Oid = context(20);
    pub const SHORT_MSG_MO_RELAY: Oid = context(21);
    pub const SHORT_MSG_MT_RELAY: Oid = context(25);
    pub const MS_PURGING: Oid = context(27);
}

fn imsi(b: &mut Ber, tag: u16, imsi: Imsi) {
    b.octets(tag, &tbcd(imsi.digits()));
}

fn address(b: &mut Ber, tag: u16, number: Msisdn) {
    b.octets(tag, &address_string(number));
}

/// UpdateLocationArg, with add-info `[13]` { imeisv `[0]` }: automatic device detection.
pub fn update_location(subscriber: Imsi, msc: Msisdn, device: Option<(Imei, u8)>, phases: u8) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            imsi(b, tag::OCTETS, subscriber);
            address(b, tag::context(1), msc);
            address(b, tag::OCTETS, msc);
            b.node(tag::constructed(6), |b| b.octets(tag::context(0), &camel_phases(phases)));
            if let Some((imei, version)) = device {
                b.node(tag::constructed(13), |b| b.octets(tag::context(0), &imei_octets(imei, Some(version))));
            }
        })
    })
}

/// SupportedCamelPhases, BIT STRING: phase 1 is the first bit. Two phases fill two bits, four fill four.
fn camel_phases(phases: u8) -> [u8; 2] {
    let unused = 8 - phases.min(7);
    [unused, 0xff << unused]
}

/// UpdateLocationRes.
pub fn update_location_result(hlr: Msisdn) -> Vec<u8> {
    Ber::build(|b| b.node(tag::SEQUENCE, |b| address(b, tag::OCTETS, hlr)))
}

/// InsertSubscriberDataArg: identity, category, status, teleservices, and the O-CSI where there is one.
pub fn insert_subscriber_data(subscriber: Imsi, msisdn: Msisdn, scf: Option<(Msisdn, u8)>) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            imsi(b, tag::context(0), subscriber);
            address(b, tag::context(1), msisdn);
            b.octets(tag::context(2), &[0x0a]); // category: ordinary calling subscriber
            b.octets(tag::context(3), &[0x00]); // serviceGranted
            b.node(tag::constructed(6), |b| {
                for service in [0x11, 0x12, 0x21, 0x22] {
                    b.octets(tag::OCTETS, &[service]); // telephony, emergency calls, SMS MT, SMS MO
                }
            });
            if let Some((scf, phase)) = scf {
                b.node(tag::constructed(13), |b| {
                    b.node(tag::constructed(0), |b| csi(b, 2, scf, phase)) // o-CSI, collectedInfo
                });
            }
        })
    })
}

/// O-CSI or T-CSI: one trigger detection point, service key, gsmSCF address, default call handling, phase.
fn csi(b: &mut Ber, detection_point: u32, scf: Msisdn, phase: u8) {
    b.node(tag::SEQUENCE, |b| {
        b.node(tag::SEQUENCE, |b| {
            b.integer(tag::ENUMERATED, detection_point);
            b.integer(tag::INTEGER, u32::from(super::cap::SERVICE_KEY));
            address(b, tag::context(0), scf);
            b.integer(tag::context(1), 0); // continueCall
        })
    });
    b.integer(tag::context(0), u32::from(phase));
}

/// SendAuthenticationInfoArg, version 3.
pub fn send_authentication_info(subscriber: Imsi, vectors: u32) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            imsi(b, tag::context(0), subscriber);
            b.integer(tag::INTEGER, vectors);
            b.octets(tag::context(1), &[]); // immediateResponsePreferred
        })
    })
}

/// SendAuthenticationInfoRes `[3]` { quintupletList `[1]` }: rand, xres, ck, ik, autn each.
pub fn send_authentication_info_result(quintuplets: &[([u8; 16], [u8; 56])]) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::constructed(3), |b| {
            b.node(tag::constructed(1), |b| {
                for (rand, rest) in quintuplets {
                    b.node(tag::SEQUENCE, |b| {
                        b.octets(tag::OCTETS, rand);
                        for range in [0..8, 8..24, 24..40, 40..56] {
                            b.octets(tag::OCTETS, rest.get(range).unwrap_or(&[]));
                        }
                    });
                }
            })
        })
    })
}

/// CancelLocationArg `[3]` { imsi, cancellationType updateProcedure }.
pub fn cancel_location(subscriber: Imsi) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::constructed(3), |b| {
            imsi(b, tag::OCTETS, subscriber);
            b.integer(tag::ENUMERATED, 0);
        })
    })
}

/// PurgeMS-Arg `[3]` { imsi, vlr-Number `[0]` }.
pub fn purge_ms(subscriber: Imsi, vlr: Msisdn) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::constructed(3), |b| {
            imsi(b, tag::OCTETS, subscriber);
            address(b, tag::context(0), vlr);
        })
    })
}

/// PurgeMS-Res { freezeTMSI `[0]` }.
pub fn purge_ms_result() -> Vec<u8> {
    Ber::build(|b| b.node(tag::SEQUENCE, |b| b.octets(tag::context(0), &[])))
}

/// CheckIMEI-Arg, version 3: the device alone, no subscriber.
pub fn check_imei(imei: Imei) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            b.octets(tag::OCTETS, &imei_octets(imei, None));
            b.octets(0x03, &[0x06, 0x80]); // requestedEquipmentInfo { equipmentStatus }
        })
    })
}

/// CheckIMEI-Res: equipmentStatus whiteListed.
pub fn check_imei_result() -> Vec<u8> {
    Ber::build(|b| b.node(tag::SEQUENCE, |b| b.integer(tag::ENUMERATED, 0)))
}

/// SendRoutingInfoArg: basicCall from a GMSC.
pub fn send_routing_info(msisdn: Msisdn, gmsc: Msisdn, reference: &[u8], phases: u8, suppress_t_csi: bool) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            address(b, tag::context(0), msisdn);
            b.integer(tag::context(3), 0); // interrogationType: basicCall
            address(b, tag::context(6), gmsc);
            b.octets(tag::context(7), reference);
            b.node(tag::constructed(11), |b| {
                b.octets(0x03, &camel_phases(phases));
                if suppress_t_csi {
                    b.octets(tag::NULL, &[]);
                }
            });
        })
    })
}

/// SendRoutingInfoRes `[3]` { imsi `[9]`, roamingNumber }.
pub fn routed(subscriber: Imsi, roaming: Msisdn) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::constructed(3), |b| {
            imsi(b, tag::context(9), subscriber);
            address(b, tag::OCTETS, roaming);
        })
    })
}

/// SendRoutingInfoRes `[3]` { imsi `[9]`, camelRoutingInfo `[8]` { gmscCamelSubscriptionInfo `[0]` { t-CSI `[0]` } } }.
pub fn routed_to_scf(subscriber: Imsi, scf: Msisdn, phase: u8) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::constructed(3), |b| {
            imsi(b, tag::context(9), subscriber);
            b.node(tag::constructed(8), |b| {
                b.node(tag::constructed(0), |b| b.node(tag::constructed(0), |b| csi(b, 12, scf, phase)))
            });
        })
    })
}

/// ProvideRoamingNumberArg.
pub fn provide_roaming_number(
    subscriber: Imsi,
    msc: Msisdn,
    msisdn: Msisdn,
    gmsc: Msisdn,
    reference: &[u8],
) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            imsi(b, tag::context(0), subscriber);
            address(b, tag::context(1), msc);
            address(b, tag::context(2), msisdn);
            address(b, tag::context(8), gmsc);
            b.octets(tag::context(9), reference);
        })
    })
}

/// ProvideRoamingNumberRes.
pub fn provide_roaming_number_result(roaming: Msisdn) -> Vec<u8> {
    Ber::build(|b| b.node(tag::SEQUENCE, |b| address(b, tag::OCTETS, roaming)))
}

/// AbsentSubscriberParam, empty: the reason is not said.
pub fn absent_subscriber() -> Vec<u8> {
    Ber::build(|b| b.node(tag::SEQUENCE, |_| ()))
}

/// RoutingInfoForSM-Arg.
pub fn send_routing_info_for_sm(msisdn: Msisdn, smsc: Msisdn) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            address(b, tag::context(0), msisdn);
            b.octets(tag::context(1), &[0xff]); // sm-RP-PRI
            address(b, tag::context(2), smsc);
        })
    })
}

/// RoutingInfoForSM-Res { imsi, locationInfoWithLMSI `[0]` { networkNode-Number `[1]` } }.
pub fn send_routing_info_for_sm_result(subscriber: Imsi, msc: Msisdn) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            imsi(b, tag::OCTETS, subscriber);
            b.node(tag::constructed(0), |b| address(b, tag::context(1), msc));
        })
    })
}

/// MO-ForwardSM-Arg: to the service centre, from the subscriber, with the IMSI.
pub fn mo_forward_sm(subscriber: Imsi, msisdn: Msisdn, smsc: Msisdn, tpdu: &[u8]) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            address(b, tag::context(4), smsc);
            address(b, tag::context(2), msisdn);
            b.octets(tag::OCTETS, tpdu);
            imsi(b, tag::OCTETS, subscriber);
        })
    })
}

/// MT-ForwardSM-Arg: to the subscriber, from the service centre.
pub fn mt_forward_sm(subscriber: Imsi, smsc: Msisdn, tpdu: &[u8]) -> Vec<u8> {
    Ber::build(|b| {
        b.node(tag::SEQUENCE, |b| {
            imsi(b, tag::context(0), subscriber);
            address(b, tag::context(4), smsc);
            b.octets(tag::OCTETS, tpdu);
        })
    })
}
