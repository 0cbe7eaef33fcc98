//! M2PA against the crate `m2pa`.

use m2pa::link_status::{LinkState, LinkStatusMessage};
use m2pa::user_data::UserDataMessage;
use m2pa::{M2paMessage, decode_m2pa_header};
use simhound::wire::sigtran::M2pa;
use simhound::wire::sigtran::m2pa::Content;

#[test]
fn theirs_by_us() {
    let msu = vec![0x83, 0x05, 0x00, 0xc0, 0x00, 0x09];
    let message = UserDataMessage::new(2, msu.clone());
    let octets = M2paMessage::UserData { bsn: 0x00ff_fffe, fsn: 0x12_3456, message }.encode().unwrap();
    let header = decode_m2pa_header(octets[8..16].try_into().unwrap());
    assert_eq!((header.bsn(), header.fsn()), (0x00ff_fffe, 0x12_3456));
    let message = M2pa::parse(&octets).unwrap();
    assert_eq!((message.bsn, message.fsn, message.stop), (0x00ff_fffe, 0x12_3456, None));
    let Content::UserData(Some(data)) = message.content else { panic!("{message:?}") };
    assert_eq!((data.octets, data.priority), (&msu[..], Some(2)));
}

#[test]
fn link_states() {
    let states = [
        (LinkState::Alignment, "Link Status Alignment"),
        (LinkState::ProvingNormal, "Link Status Proving Normal"),
        (LinkState::Ready, "Link Status Ready"),
        (LinkState::OutOfService, "Link Status Out of Service"),
    ];
    for (state, name) in states {
        let message = LinkStatusMessage::new(state);
        let octets = M2paMessage::LinkStatus { bsn: 1, fsn: 2, message }.encode().unwrap();
        let message = M2pa::parse(&octets).unwrap();
        assert_eq!((message.name(), message.stop), (name, None));
    }
    let octets = M2paMessage::UserData { bsn: 1, fsn: 2, message: UserDataMessage::empty() }.encode().unwrap();
    assert_eq!(M2pa::parse(&octets).unwrap().content, Content::UserData(None));
}
