//! Diameter of data sessions and IMS, and GTP.

use super::super::diameter::{self, Avps, Header, Party};
use super::super::gtp::{self, End};
use super::super::policy::{self, Described, Stage};
use super::super::{profile, sgd, sms};
use super::{imei, imsi, msisdn};
use crate::identity::CellKind;
use crate::wire::diameter::{Diameter, Facts, facts as read_facts};
use crate::wire::gtp::Gtp;

fn session() -> Described<'static> {
    Described {
        imsi: imsi(),
        msisdn: msisdn(1),
        device: (imei(), 7),
        address: [10, 128, 0, 1],
        apn: "internet",
        plmn: "001-01".parse().unwrap(),
        place: (900, 70 << 8 | 1),
        quality: 9,
        charging: 77,
    }
}

/// A request of an application, read whole.
fn request(application: u32, command: u32, write: impl FnOnce(&mut Avps)) -> Vec<u8> {
    let header = Header { application, command, request: true, hop: 1, end: 2 };
    diameter::message(header, |avps| {
        policy::kept(avps, "pgw01;1;2", application, Party { host: "pgw01.r", realm: "r" });
        write(avps);
    })
}

fn facts(octets: &[u8]) -> Facts<'_> {
    let message = Diameter::parse(octets).unwrap();
    assert!(message.command().is_some());
    let (facts, stop) = read_facts(&message);
    assert_eq!(stop, None);
    facts
}

#[test]
fn a_session_tells_card_device_and_place_on_gx_and_gy() {
    let gx = request(policy::application::GX, policy::command::CREDIT_CONTROL, |avps| {
        policy::stage(avps, Stage::Initial, 0);
        policy::gx_session(avps, &session(), true);
    });
    let gy = request(policy::application::GY, policy::command::CREDIT_CONTROL, |avps| {
        policy::stage(avps, Stage::Initial, 0);
        policy::gy_session(avps, &session(), Stage::Initial, None);
    });
    for (octets, interface) in [(&gx, "gx"), (&gy, "gy")] {
        let facts = facts(octets);
        assert_eq!(facts.interface, Some(interface));
        assert_eq!((facts.named.imsi, facts.named.msisdn), (Some(imsi()), Some(msisdn(1))));
        assert_eq!(facts.named.imei.map(|imei| imei.device()), Some(imei().device()));
        let cell = facts.named.cell.unwrap();
        assert_eq!((cell.kind, cell.area, cell.cell), (CellKind::Ecgi, Some(900), Some(70 << 8 | 1)));
        assert_eq!((facts.cc_request_type, facts.apn), (Some(1), Some(b"internet".as_slice())));
    }
}

#[test]
fn ims_and_short_messages_name_their_subscriber() {
    let cx = request(profile::application::CX, profile::command::MULTIMEDIA_AUTH, |avps| {
        avps.base(1, b"001010123456789@ims.mnc001.mcc001.3gppnetwork.org");
        profile::public(avps, "tel:+999715550001");
        profile::vector_wanted(avps);
    });
    assert_eq!(facts(&cx).named.imsi, Some(imsi()));
    let sh = request(profile::application::SH, profile::command::USER_DATA, |avps| {
        profile::user(avps, msisdn(1));
        profile::repository_wanted(avps);
    });
    assert_eq!((facts(&sh).named.msisdn, facts(&sh).data_reference), (Some(msisdn(1)), Some(0)));
    let tpdu = sms::submit(1, msisdn(2), "hello");
    let mo = request(sgd::APPLICATION, sgd::command::MO_FORWARD, |avps| {
        sgd::submit(avps, msisdn(0), imsi(), msisdn(1), &tpdu);
    });
    assert_eq!((facts(&mo).named.imsi, facts(&mo).named.msisdn), (Some(imsi()), Some(msisdn(1))));
    let mt = request(sgd::APPLICATION, sgd::command::MT_FORWARD, |avps| sgd::deliver(avps, imsi(), msisdn(0), &tpdu));
    assert_eq!(facts(&mt).named.imsi, Some(imsi()));
}

#[test]
fn tunnels_know_whose_they_are() {
    let (mme, sgw) = (End { teid: 0x11, ip: [10, 30, 1, 1] }, End { teid: 0x22, ip: [10, 51, 1, 1] });
    let create = gtp::create_request(0, 5, &session(), 5, mme, End { teid: 0, ip: [10, 50, 1, 1] });
    let read = Gtp::parse(&create).unwrap();
    assert_eq!((read.stop, read.sequence, read.teid), (None, Some(5), Some(0)));
    assert_eq!((read.named.imsi, read.named.msisdn), (Some(imsi()), Some(msisdn(1))));
    assert_eq!(read.named.imei.map(|imei| imei.device()), Some(imei().device()));
    assert_eq!(read.named.cell.and_then(|cell| cell.cell), Some(70 << 8 | 1));
    assert!(read.endpoints.iter().any(|end| end.interface == Some(10) && end.teid == 0x11));
    let answer = gtp::create_response(0x11, 5, &session(), 5, sgw, sgw);
    let read = Gtp::parse(&answer).unwrap();
    assert_eq!((read.stop, read.cause, read.teid), (None, Some(16), Some(0x11)));
    for octets in [
        gtp::modify_request(0x22, 6, &session(), 5, mme),
        gtp::modify_response(0x11, 6, 5, sgw),
        gtp::delete_request(0x22, 7, &session(), 5),
        gtp::delete_response(0x11, 7),
        gtp::echo(gtp::kind::ECHO_REQUEST, 8, 1),
    ] {
        let read = Gtp::parse(&octets).unwrap();
        assert_eq!(read.stop, None);
        assert!(read.message().is_some());
    }
}
