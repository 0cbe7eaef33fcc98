//! S1AP with NAS.

use super::super::dtap::Identity;
use super::super::gtp::End;
use super::super::nas::{self, Guti, security};
use super::super::s1ap::{self, Cause, Establishment, Ids, Place};
use super::{imei, imsi};
use crate::health::Layer;
use crate::wire::layer3::Step;
use crate::wire::nas::Nas;
use crate::wire::ran::{Facts, Part, Pdu, facts, message_name};

const IDS: Ids = Ids { mme: 0x0123_4567, enb: 0x0089_abcd };

fn guti() -> Guti {
    Guti { plmn: "001-01".parse().unwrap(), group: 0x8001, code: 2, tmsi: 0xc012_3456 }
}

fn place() -> Place {
    Place { plmn: "001-01".parse().unwrap(), at: (900, 70 << 8 | 1) }
}

fn read<'a>(octets: &'a [u8], name: &str) -> Facts<'a> {
    let pdu = Pdu::parse(Layer::S1ap, octets).unwrap();
    assert_eq!(message_name(Part::S1ap, &pdu), Some(name));
    let facts = facts(Part::S1ap, &pdu);
    assert_eq!(facts.stop, None, "{name}");
    facts
}

#[test]
fn the_first_message_tells_place_and_temporary_identity() {
    let request = nas::attach_request(None, Identity::Imsi(imsi()));
    let message = s1ap::initial(IDS, &request, place(), Establishment::Signalling, Some(guti()));
    let facts = read(&message, "InitialUEMessage");
    assert_eq!(facts.named.cell.and_then(|cell| cell.cell), Some(70 << 8 | 1));
    assert_eq!(facts.named.tmsi, Some(0xc012_3456));
}

#[test]
fn contexts_carry_the_identities_of_both_sides() {
    let end = End { teid: 7, ip: [10, 51, 1, 1] };
    let accept =
        nas::protected(security::CIPHERED, [1; 4], 3, &nas::attach_accept(guti(), 900, "internet", [10, 128, 0, 1]));
    read(
        &s1ap::context_request(IDS, &[(5, 9, end), (6, 5, end)], Some(&accept), &[9; 32]),
        "InitialContextSetupRequest",
    );
    read(&s1ap::context_response(IDS, &[(5, end), (6, end)]), "InitialContextSetupResponse");
    read(&s1ap::downlink(IDS, &accept), "DownlinkNASTransport");
    read(&s1ap::uplink(IDS, &accept, place()), "UplinkNASTransport");
    read(&s1ap::release_request(IDS, Cause::Inactivity), "UEContextReleaseRequest");
    read(&s1ap::release_command(IDS, Cause::Detach), "UEContextReleaseCommand");
    read(&s1ap::release_complete(IDS), "UEContextReleaseComplete");
    let page = s1ap::paging(5, guti(), place());
    assert_eq!(read(&page, "Paging").named.tmsi, Some(0xc012_3456));
    read(&s1ap::setup_request(place().plmn, 0xf000, &[900, 902]), "S1SetupRequest");
    read(&s1ap::setup_response(place().plmn, 0x8001, 2), "S1SetupResponse");
}

#[test]
fn nas_is_read_whole() {
    let plain = [
        (nas::attach_request(Some(guti()), Identity::Imsi(imsi())), Step::Register { periodic: false }),
        (nas::attach_accept(guti(), 900, "internet", [10, 128, 0, 1]), Step::Registered),
        (nas::attach_complete(), Step::RegistrationComplete),
        (nas::authentication_request(&[1; 16], &[2; 16]), Step::AuthenticationRequest),
        (nas::authentication_response(&[3; 8]), Step::AuthenticationResponse),
        (nas::security_command(), Step::Other),
        (nas::security_complete(imei(), 7), Step::Other),
        (nas::update_request(true, guti()), Step::Register { periodic: true }),
        (nas::update_accept(Some(guti()), place().plmn, 900), Step::Registered),
        (nas::reallocation_command(guti()), Step::Reallocation),
        (nas::detach_request(guti()), Step::Deregister),
        (nas::transport(true, &[0x89, 0x04]), Step::Other),
    ];
    for (octets, step) in &plain {
        let read = Nas::parse(octets, None).unwrap();
        assert_eq!((read.message.stop, read.message.step), (None, *step), "{}", read.message.name);
    }
    let attach = nas::attach_request(None, Identity::Imsi(imsi()));
    assert_eq!(Nas::parse(&attach, None).unwrap().message.named.imsi, Some(imsi()));
    let complete = nas::protected(security::NEW_CIPHERED, [1; 4], 0, &nas::security_complete(imei(), 7));
    let device = Nas::parse(&complete, None).unwrap().message.named.imei.unwrap();
    assert_eq!(device.device(), imei().device());
    let given = nas::update_accept(Some(guti()), place().plmn, 900);
    assert_eq!(Nas::parse(&given, None).unwrap().message.named.guti.map(|guti| guti.tmsi), Some(0xc012_3456));
}
