//! Iu with the packet domain's layer 3, and GTP version 1.

use super::super::dtap::Identity;
use super::super::gtp::End;
use super::super::ranap::{self, Bearer, Cause, Domain};
use super::super::{connection, gmm, gtp1};
use super::{imei, imsi, msisdn};
use crate::health::Layer;
use crate::identity::{CellKind, Plmn};
use crate::wire::dtap::parse as parse_dtap;
use crate::wire::gtp::Gtp;
use crate::wire::layer3::{Service, Step};
use crate::wire::ran::{self, Facts, Part, Pdu, facts, message_name};
use crate::wire::ss7::sccp::Sccp;

const SAI: [u8; 7] = [0x00, 0xf1, 0x10, 0x01, 0x2c, 0x00, 0x0b];
const AREA: [u8; 5] = [0x00, 0xf1, 0x10, 0x01, 0x2c];

fn controller() -> (Plmn, u16) {
    ("001-01".parse().unwrap(), 7)
}

fn read<'a>(octets: &'a [u8], name: &str) -> Facts<'a> {
    assert!(Pdu::probe(Layer::Ranap, octets), "{name}");
    let pdu = Pdu::parse(Layer::Ranap, octets).unwrap();
    assert_eq!(message_name(Part::Ranap, &pdu), Some(name));
    let facts = facts(Part::Ranap, &pdu);
    assert_eq!(facts.stop, None, "{name}");
    facts
}

#[test]
fn the_first_message_tells_domain_and_place() {
    for (domain, told) in [(Domain::Circuit, ran::Domain::Cs), (Domain::Packet, ran::Domain::Ps)] {
        let message = ranap::initial(domain, SAI, &[5, 8, 1], 0x12_3456, controller());
        let facts = read(&message, "InitialUE-Message");
        let cell = facts.named.cell.unwrap();
        assert_eq!((cell.kind, cell.area, cell.cell), (CellKind::Sai, Some(300), Some(11)));
        assert_eq!((facts.domain, facts.iu), (Some(told), Some(0x12_3456)));
        assert_eq!(facts.nas[0], [5, 8, 1]);
        let request = connection::request(connection::RANAP, 0x12_3456, &message);
        let sccp = Sccp::parse(&request).unwrap();
        assert!(sccp.is_connection() && sccp.stop.is_none());
        assert_eq!(sccp.data, message.as_slice());
    }
}

#[test]
fn the_core_names_whom_it_is_about() {
    assert_eq!(read(&ranap::common_id(imsi()), "CommonID").named.imsi, Some(imsi()));
    for (domain, told) in [(Domain::Circuit, ran::Domain::Cs), (Domain::Packet, ran::Domain::Ps)] {
        let page = ranap::paging(domain, imsi(), 0x4000_0001, AREA);
        let facts = read(&page, "Paging");
        assert_eq!((facts.named.imsi, facts.named.tmsi), (Some(imsi()), Some(0x4000_0001)));
        assert_eq!((facts.domain, facts.named.cell.unwrap().area), (Some(told), Some(300)));
    }
}

#[test]
fn security_bearers_and_release_are_read() {
    let end = End { teid: 9, ip: [10, 12, 1, 2] };
    read(&ranap::security_command(&[1; 16], &[2; 16], true), "SecurityModeCommand");
    read(&ranap::security_complete(), "SecurityModeComplete");
    for bearer in [Bearer::Speech, Bearer::Data] {
        read(&ranap::bearer_request(bearer, 5, end), "RAB-AssignmentRequest");
        read(&ranap::bearer_response(bearer, 5, end), "RAB-AssignmentResponse");
    }
    assert_eq!(read(&ranap::release_request(Cause::Inactivity), "Iu-ReleaseRequest").cause, Some(16));
    assert_eq!(read(&ranap::release_command(Cause::Normal), "Iu-ReleaseCommand").cause, Some(83));
    read(&ranap::release_complete(), "Iu-ReleaseComplete");
    let [reset, acknowledged] = ranap::reset(Domain::Packet, controller());
    assert_eq!(read(&reset, "Reset").cause, Some(113));
    read(&acknowledged, "ResetAcknowledge");
}

#[test]
fn long_messages_go_in_segments() {
    let message = ranap::downlink(&[9; 300]);
    assert_eq!(read(&message, "DirectTransfer").nas[0], [9; 300]);
    let pieces = connection::data(7, &message);
    let whole: Vec<u8> = pieces.iter().flat_map(|piece| Sccp::parse(piece).unwrap().data.to_vec()).collect();
    assert_eq!((pieces.len(), whole), (2, message));
}

#[test]
fn the_packet_domain_is_read_whole() {
    let steps = [
        (true, gmm::attach_request(Identity::Imsi(imsi()), AREA), Step::Register { periodic: false }),
        (false, gmm::authentication_request(&[1; 16], &[2; 16]), Step::AuthenticationRequest),
        (true, gmm::authentication_response(&[3; 8]), Step::AuthenticationResponse),
        (false, gmm::attach_accept(AREA, 5), Step::Registered),
        (true, gmm::attach_complete(), Step::RegistrationComplete),
        (true, gmm::update_request(5, AREA), Step::Register { periodic: false }),
        (false, gmm::update_accept(AREA, 6), Step::Registered),
        (true, gmm::update_complete(), Step::RegistrationComplete),
        (true, gmm::service_request(6), Step::ServiceRequest(Service::Data)),
        (true, gmm::activate_request("internet"), Step::SessionRequest),
        (false, gmm::activate_accept([10, 192, 0, 1]), Step::SessionAccepted),
        (true, gmm::detach_request(6), Step::Deregister),
    ];
    for (uplink, octets, step) in &steps {
        let read = parse_dtap(octets, Some(*uplink)).unwrap();
        assert_eq!((read.stop, read.step), (None, *step), "{}", read.name);
    }
    assert_eq!(parse_dtap(&steps[0].1, Some(true)).unwrap().named.imsi, Some(imsi()));
    assert_eq!(parse_dtap(&steps[3].1, Some(false)).unwrap().named.tmsi, Some(5));
    assert_eq!(parse_dtap(&steps[11].1, Some(true)).unwrap().named.tmsi, Some(6));
}

#[test]
fn contexts_tell_card_device_and_place() {
    let (sgsn, ggsn) = (End { teid: 0x11, ip: [10, 31, 1, 1] }, End { teid: 0x22, ip: [10, 52, 0, 1] });
    for (utran, kind) in [(true, CellKind::Sai), (false, CellKind::Cgi)] {
        let place = gtp1::Place { cell: SAI, utran };
        let context = gtp1::Context {
            imsi: imsi(),
            msisdn: msisdn(1),
            device: (imei(), 7),
            place,
            apn: "internet",
            address: [10, 192, 0, 1],
            charging: 77,
            zone: 0x23,
        };
        let create = gtp1::create_request(5, &context, sgsn);
        let read = Gtp::parse(&create).unwrap();
        assert_eq!((read.stop, read.sequence, read.teid), (None, Some(5), Some(0)));
        assert_eq!((read.named.imsi, read.named.msisdn), (Some(imsi()), Some(msisdn(1))));
        assert_eq!(read.named.imei.map(|imei| imei.device()), Some(imei().device()));
        let cell = read.named.cell.unwrap();
        assert_eq!((cell.kind, cell.area, cell.cell), (kind, Some(300), Some(11)));
        assert_eq!(read.rat_type, Some(if utran { 1 } else { 2 }));
        assert!(read.endpoints.iter().any(|end| end.teid == 0x11));
        let answer = gtp1::create_response(0x11, 5, &context, ggsn);
        let read = Gtp::parse(&answer).unwrap();
        assert_eq!((read.stop, read.cause, read.teid), (None, Some(128), Some(0x11)));
        assert_eq!(read.accepted(), Some(true));
        let update = gtp1::update_request(0x22, 6, place, sgsn);
        assert_eq!(Gtp::parse(&update).unwrap().named.cell.map(|cell| cell.kind), Some(kind));
    }
    for octets in [
        gtp1::update_response(0x11, 6, 77, ggsn),
        gtp1::delete_request(0x22, 7),
        gtp1::delete_response(0x11, 7),
        gtp1::echo(gtp1::kind::ECHO_REQUEST, 8),
        gtp1::echo(gtp1::kind::ECHO_RESPONSE, 8),
    ] {
        let read = Gtp::parse(&octets).unwrap();
        assert_eq!(read.stop, None);
        assert!(read.message().is_some());
    }
}
