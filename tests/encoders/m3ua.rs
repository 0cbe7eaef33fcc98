//! M3UA against the crate `m3ua`.

use m3ua::message::M3uaMessage;
use m3ua::protocol_data::ProtocolData;
use simhound::capture::{Batch, Filled, PacketSource, Savefiles, expand};
use simhound::dissect::StreamFramer;
use simhound::health::Health;
use simhound::reassembly::{Carrier, PduBatch, Reassembler};
use simhound::wire::sigtran::M3ua;

#[test]
fn theirs_by_us() {
    let data = ProtocolData::new(0x0123, 0x3fff, 3, 2, 1, 9, vec![0x09, 0x00, 0x03]);
    let octets = M3uaMessage::data(Some(7), Some(100), data, Some(5)).encode();
    let message = M3ua::parse(&octets).unwrap();
    assert_eq!((message.name(), message.stop), ("DATA", None));
    assert_eq!((message.network_appearance, message.routing_context), (Some(7), Some(100)));
    let data = message.data.unwrap();
    assert_eq!((data.opc, data.dpc, data.si, data.ni, data.mp, data.sls), (0x0123, 0x3fff, 3, 2, 1, 9));
    assert_eq!(data.user_data, [0x09, 0x00, 0x03]);
}

#[test]
fn all_their_management_by_name() {
    let messages = [
        (M3uaMessage::asp_up(Some(1), Some("a")), "ASPUP"),
        (M3uaMessage::asp_up_ack(None), "ASPUP_ACK"),
        (M3uaMessage::asp_down(None), "ASPDN"),
        (M3uaMessage::asp_down_ack(None), "ASPDN_ACK"),
        (M3uaMessage::asp_active(Some(2), Some(100)), "ASPAC"),
        (M3uaMessage::asp_active_ack(Some(2), Some(100)), "ASPAC_ACK"),
        (M3uaMessage::asp_inactive(Some(100)), "ASPIA"),
        (M3uaMessage::asp_inactive_ack(Some(100)), "ASPIA_ACK"),
        (M3uaMessage::heartbeat(Some(vec![1, 2, 3])), "BEAT"),
        (M3uaMessage::heartbeat_ack(Some(vec![1, 2, 3])), "BEAT_ACK"),
        (M3uaMessage::duna(Some(100), vec![1, 2]), "DUNA"),
        (M3uaMessage::dava(Some(100), vec![1, 2]), "DAVA"),
        (M3uaMessage::daud(Some(100), vec![1, 2]), "DAUD"),
        (M3uaMessage::dupu(Some(100), 1, 2, 3), "DUPU"),
        (M3uaMessage::drst(Some(100), vec![1]), "DRST"),
        (M3uaMessage::notify(2, None, Some(100)), "NTFY"),
    ];
    for (message, name) in messages {
        let octets = message.encode();
        let message = M3ua::parse(&octets).unwrap();
        assert_eq!((message.name(), message.stop, message.data), (name, None, None));
    }
}

/// All M3UA messages of a capture that the simulator made.
#[test]
fn ours_by_them() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pcaps/demo/demo-01.pcap");
    let mut files = Savefiles::open(expand(&[path.to_owned()]).inputs);
    let (mut reassembler, mut health) = (Reassembler::new(StreamFramer), Health::default());
    let (mut batch, mut pdus, mut data) = (Batch::default(), PduBatch::default(), 0);
    loop {
        let filled = files.fill(&mut batch).unwrap();
        reassembler.push(&mut batch, &mut pdus, &mut health);
        for pdu in pdus.pdus.iter().filter(|pdu| matches!(pdu.carrier, Carrier::Sctp { ppid: 3, .. })) {
            let octets = pdus.bytes(pdu);
            let (theirs, ours) = (M3uaMessage::decode(octets).unwrap(), M3ua::parse(octets).unwrap());
            assert_eq!(theirs.message_type.class_and_type(), (ours.message_type.class, ours.message_type.kind));
            assert_eq!((theirs.routing_context(), ours.stop), (ours.routing_context, None));
            if let Some(own) = ours.data {
                let other = theirs.protocol_data().unwrap();
                assert_eq!(
                    (other.opc, other.dpc, other.si, other.ni, other.sls),
                    (own.opc, own.dpc, own.si, own.ni, own.sls)
                );
                assert_eq!(other.user_data, own.user_data);
                data += 1;
            }
        }
        if filled == Filled::Done {
            break;
        }
    }
    assert!(data > 100, "{data} messages with data");
}
