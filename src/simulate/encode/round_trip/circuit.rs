//! The A interface and ISUP.

use super::super::dtap::{self, Identity, Service, Transaction, Updating};
use super::super::{bssap, connection, isup, sms};
use super::{imei, imsi, msisdn};
use crate::identity::CellKind;
use crate::wire::dtap::parse as parse_dtap;
use crate::wire::layer3::{Layer3, Step};
use crate::wire::ss7::bssap::{Bssap, Bssmap};
use crate::wire::ss7::isup::{CircuitWidth, Isup, circuit};
use crate::wire::ss7::sccp::Sccp;

const CGI: [u8; 7] = [0x00, 0xf1, 0x10, 0x01, 0x2c, 0x00, 0x0b];

fn whole(octets: &[u8], uplink: bool) -> Layer3<'_> {
    let read = parse_dtap(octets, Some(uplink)).unwrap();
    assert_eq!(read.stop, None, "{}", read.name);
    read
}

fn management(octets: &[u8]) -> Bssmap<'_> {
    let (Bssap::Management(data), None) = Bssap::parse(octets).unwrap() else { panic!("BSSMAP") };
    let read = Bssmap::parse(data).unwrap();
    assert_eq!(read.stop, None);
    read
}

#[test]
fn the_first_message_of_a_mobile_tells_its_place() {
    let request =
        dtap::location_updating_request(Updating::Attach, [0, 0xf1, 0x10, 0xff, 0xfe], Identity::Imsi(imsi()));
    let message = bssap::complete_layer3(CGI, &request);
    let read = management(&message);
    let cell = read.cell.unwrap();
    assert_eq!((cell.kind, cell.area, cell.cell), (CellKind::Cgi, Some(300), Some(11)));
    let inner = whole(read.layer3.unwrap(), true);
    assert_eq!((inner.named.imsi, inner.step), (Some(imsi()), Step::Register { periodic: false }));
    let request = connection::request(connection::BSSAP, 0x123456, &message);
    let sccp = Sccp::parse(&request).unwrap();
    assert!(sccp.is_connection() && sccp.stop.is_none());
    assert_eq!(sccp.data, message.as_slice());
}

#[test]
fn bssmap_names_whom_it_is_about() {
    let page = bssap::paging(imsi(), Some(0x1234_5678), [0, 0xf1, 0x10, 1, 0x2c]);
    let read = management(&page);
    assert_eq!((read.named.imsi, read.named.tmsi), (Some(imsi()), Some(0x1234_5678)));
    assert_eq!(management(&bssap::common_id(imsi())).named.imsi, Some(imsi()));
    let answer = bssap::cipher_complete(&dtap::ciphering_complete(Identity::Imeisv(imei(), 7)));
    let inner = management(&answer);
    let device = whole(inner.layer3.unwrap(), true).named.imei.unwrap();
    assert_eq!((device.device(), device.is_imeisv()), (imei().device(), true));
    for message in [
        bssap::cipher_command(&[1; 8]),
        bssap::assignment_request(33),
        bssap::assignment_complete(33),
        bssap::clear_command(),
        bssap::clear_complete(),
    ] {
        management(&message);
    }
}

#[test]
fn calls_and_messages_on_the_air() {
    let call = Transaction { number: 0, from_mobile: true };
    let steps = [
        (true, dtap::service_request(Service::Call, Identity::Tmsi(9)), "CM SERVICE REQUEST"),
        (false, dtap::authentication_request(&[1; 16], &[2; 16]), "AUTHENTICATION REQUEST"),
        (true, dtap::authentication_response(&[3; 8]), "AUTHENTICATION RESPONSE"),
        (true, call.setup_to(msisdn(1)), "SETUP"),
        (false, call.proceeding(), "CALL PROCEEDING"),
        (false, call.alerting(false), "ALERTING"),
        (false, call.connect(false), "CONNECT"),
        (true, call.connected(true), "CONNECT ACKNOWLEDGE"),
        (true, call.disconnect(true, 16), "DISCONNECT"),
        (false, call.release(false, 16), "RELEASE"),
        (true, call.released(true), "RELEASE COMPLETE"),
        (false, dtap::reallocation_command([0, 0xf1, 0x10, 1, 0x2c], 5), "TMSI REALLOCATION COMMAND"),
        (true, call.cp_ack(true), "CP-ACK"),
    ];
    for (uplink, message, name) in &steps {
        assert_eq!(whole(message, *uplink).name, *name);
        assert!(Bssap::probe(&bssap::transfer(message)), "{name}");
    }
    assert_eq!(whole(&call.setup_to(msisdn(1)), true).named.called, Some(msisdn(1).into()));
    let incoming = Transaction { number: 0, from_mobile: false };
    assert_eq!(whole(&incoming.setup_from(msisdn(2)), false).named.calling, Some(msisdn(2).into()));
    assert_eq!(whole(&call.disconnect(true, 17), true).cause, Some(17));
    let rp = sms::rp_data(true, 3, msisdn(0), &sms::submit(3, msisdn(2), "hello"));
    whole(&call.cp_data(true, &rp), true);
}

#[test]
fn circuits_with_their_numbers() {
    let initial = isup::initial_address(0x123, msisdn(1), msisdn(2));
    let (number, rest) = circuit(&initial, CircuitWidth::Itu).unwrap();
    let read = Isup::parse(rest).unwrap();
    assert_eq!((number, read.stop, read.trailing()), (0x123, None, 0));
    assert_eq!(read.called_number().unwrap().number, msisdn(1).into());
    assert_eq!(read.calling_number().unwrap().number, msisdn(2).into());
    let release = isup::release(1, 17);
    assert_eq!(Isup::parse(&release[2..]).unwrap().cause.unwrap().value, 17);
    for message in [
        isup::address_complete(1, true),
        isup::progress(1),
        isup::answer(1),
        release.clone(),
        isup::release_complete(1),
    ] {
        let read = Isup::parse(&message[2..]).unwrap();
        assert_eq!((read.stop, read.trailing()), (None, 0));
    }
}
