//! SGs.

use super::super::sgsap::{self, Service};
use super::imsi;
use crate::identity::Plmn;
use crate::wire::sgsap::Sgsap;

const AREA: [u8; 5] = [0x00, 0xf1, 0x10, 0x01, 0x2c];
const MME: &str = "mmec01.mmegi8001.mme.epc.mnc001.mcc001.3gppnetwork.org";

fn place() -> (Plmn, (u16, u32)) {
    ("001-01".parse().unwrap(), (900, 70 << 8 | 1))
}

fn read<'a>(octets: &'a [u8], name: &str) -> Sgsap<'a> {
    let read = Sgsap::parse(octets).unwrap();
    assert_eq!((read.stop, read.message_type.name()), (None, Some(name)));
    read
}

#[test]
fn each_message_names_its_subscriber() {
    let [left, acknowledged] = sgsap::detach(imsi(), MME);
    let messages = [
        (sgsap::update_request(imsi(), MME, false, AREA, place()), "SGsAP-LOCATION-UPDATE-REQUEST"),
        (sgsap::update_accept(imsi(), AREA, 5), "SGsAP-LOCATION-UPDATE-ACCEPT"),
        (sgsap::reallocation_complete(imsi()), "SGsAP-TMSI-REALLOCATION-COMPLETE"),
        (sgsap::paging(imsi(), "vlr01.epc", Service::ShortMessage, 5, AREA), "SGsAP-PAGING-REQUEST"),
        (sgsap::service_request(imsi(), Service::ShortMessage, place()), "SGsAP-SERVICE-REQUEST"),
        (sgsap::uplink(imsi(), &[9, 4], place()), "SGsAP-UPLINK-UNITDATA"),
        (sgsap::downlink(imsi(), &[9, 4]), "SGsAP-DOWNLINK-UNITDATA"),
        (sgsap::release(imsi()), "SGsAP-RELEASE-REQUEST"),
        (left, "SGsAP-EPS-DETACH-INDICATION"),
        (acknowledged, "SGsAP-EPS-DETACH-ACK"),
    ];
    for (octets, name) in &messages {
        assert_eq!(read(octets, name).named.imsi, Some(imsi()), "{name}");
    }
    let [_, accept, _, page, service, up, ..] = messages;
    assert_eq!(read(&accept.0, accept.1).named.tmsi, Some(5));
    assert_eq!((read(&page.0, page.1).named.tmsi, read(&page.0, page.1).service), (Some(5), Some(2)));
    assert_eq!(read(&service.0, service.1).named.cell.and_then(|cell| cell.cell), Some(70 << 8 | 1));
    assert_eq!(read(&up.0, up.1).layer3, Some([9, 4].as_slice()));
    let [reset, acknowledged] = sgsap::reset(MME, "vlr01.epc");
    read(&reset, "SGsAP-RESET-INDICATION");
    read(&acknowledged, "SGsAP-RESET-ACK");
}
