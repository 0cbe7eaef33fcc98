//! SUA against the crate `sua`.

use simhound::wire::sigtran::Sua;
use simhound::wire::sigtran::sua::Cause;
use sua::address::{GlobalTitle, SuaAddress};
use sua::message::SuaMessage;

#[test]
fn theirs_by_us() {
    let source = SuaAddress::with_gt(GlobalTitle::e164("15550100123"), Some(7));
    let destination = SuaAddress::with_ssn_pc(6, 0x0122);
    let octets = SuaMessage::cldt(100, 1, &source, &destination, 9, Some(15), vec![0xaa, 0xbb, 0xcc]).unwrap().encode();
    let message = Sua::parse(&octets).unwrap();
    assert_eq!((message.name(), message.stop), ("CLDT", None));
    assert_eq!((message.protocol_class, message.hop_counter), (Some(1), Some(15)));
    let title = message.source.global_title.unwrap();
    assert_eq!((title.gti, title.numbering_plan, title.nature), (4, 1, 4));
    assert_eq!(title.digits.to_string(), "15550100123");
    assert_eq!((message.source.routing_indicator, message.source.ssn), (1, Some(7)));
    assert_eq!((message.destination.point_code, message.destination.ssn), (Some(0x0122), Some(6)));
    assert_eq!(message.data, [0xaa, 0xbb, 0xcc]);
    let octets = SuaMessage::cldr(100, 1, 4, &destination, &source, Some(vec![0xaa])).unwrap().encode();
    let message = Sua::parse(&octets).unwrap();
    assert_eq!((message.name(), message.cause), ("CLDR", Some(Cause { kind: 1, value: 4 })));
    assert_eq!((message.data, message.stop), (&[0xaa][..], None));
}

#[test]
fn their_management_by_name() {
    let messages = [
        (SuaMessage::asp_up(Some(1), None), "UP"),
        (SuaMessage::asp_active_ack(Some(1), Some(100)), "ACTIVE ACK"),
        (SuaMessage::heartbeat(None), "BEAT"),
        (SuaMessage::duna(Some(100), &[1, 2]), "DUNA"),
        (SuaMessage::notify(1, None, Some(100)), "NTFY"),
    ];
    for (message, name) in messages {
        let octets = message.encode();
        let message = Sua::parse(&octets).unwrap();
        assert_eq!((message.name(), message.stop), (name, None));
    }
}
