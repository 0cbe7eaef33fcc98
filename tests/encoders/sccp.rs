//! SCCP against the crate `sccp`.

use sccp::{ExtendedUnitData, GlobalTitle, LongUnitData, ReturnCause, SccpAddress, SccpMessage, SubsystemNumber};
use sccp::{UnitData, UnitDataService};
use simhound::capture::{Batch, Filled, PacketSource, Savefiles, expand};
use simhound::dissect::StreamFramer;
use simhound::health::Health;
use simhound::reassembly::{PduBatch, Reassembler};
use simhound::wire::sigtran::M3ua;
use simhound::wire::ss7::Sccp;
use simhound::wire::ss7::sccp::Address;

fn title(digits: &str) -> GlobalTitle {
    GlobalTitle::Gt0100 {
        translation_type: 0,
        numbering_plan: 1,
        encoding_scheme: 1,
        nature_of_address: 4,
        digits: digits.to_owned(),
    }
}

fn addresses() -> Vec<SccpAddress> {
    let short = GlobalTitle::Gt0001 { nature_of_address: 3, odd_even: false, digits: "55501".to_owned() };
    let typed = GlobalTitle::Gt0010 { translation_type: 10, digits: "5550".to_owned() };
    let planned = GlobalTitle::Gt0011 {
        translation_type: 0,
        numbering_plan: 6,
        encoding_scheme: 2,
        digits: "001010000000001".to_owned(),
    };
    vec![
        SccpAddress::with_gt(title("15550100"), Some(SubsystemNumber::Hlr)),
        SccpAddress::with_gt(title("155501001"), Some(SubsystemNumber::Other(254))),
        SccpAddress::with_gt(short, None),
        SccpAddress::with_gt(typed, Some(SubsystemNumber::Vlr)),
        SccpAddress::with_gt(planned, Some(SubsystemNumber::Msc)),
        SccpAddress::with_ssn(SubsystemNumber::Cap, Some(0x1234)),
        SccpAddress::with_ssn(SubsystemNumber::SccpMgmt, None),
    ]
}

/// The fields of an address are the same on both sides.
fn same(ours: &Address<'_>, theirs: &SccpAddress) {
    assert_eq!(ours.routing_on_gt, !theirs.route_on_ssn, "{theirs:?}");
    assert_eq!(ours.point_code, theirs.point_code.map(u32::from), "{theirs:?}");
    assert_eq!(ours.ssn, theirs.ssn.map(|ssn| ssn.value()), "{theirs:?}");
    let digits = ours.global_title.map(|title| title.digits.to_string());
    assert_eq!(digits.as_deref(), theirs.global_title.digits(), "{theirs:?}");
    if let (Some(ours), GlobalTitle::Gt0100 { translation_type, numbering_plan, nature_of_address, .. }) =
        (ours.global_title, &theirs.global_title)
    {
        let theirs = (Some(*translation_type), Some(*numbering_plan), Some(*nature_of_address));
        assert_eq!((ours.translation_type, ours.numbering_plan, ours.nature), theirs);
    }
}

#[test]
fn what_it_encodes_we_decode() {
    let addresses = addresses();
    let data: Vec<u8> = (0..150).collect();
    for called in &addresses {
        for calling in &addresses {
            let (called, calling, data) = (called.clone(), calling.clone(), data.clone());
            let mut extended = ExtendedUnitData::new(called.clone(), calling.clone(), data.clone());
            // Segmentation: first, two remain, reference 332211; importance 5.
            extended.optional_part = vec![0x10, 4, 0x82, 0x11, 0x22, 0x33, 0x12, 1, 5, 0];
            let long: Vec<u8> = data.iter().cycle().take(1000).copied().collect();
            let returned = ReturnCause::NoTranslationForSpecificAddress;
            let messages = [
                SccpMessage::Udt(UnitData::new(called.clone(), calling.clone(), data.clone())),
                SccpMessage::Udts(UnitDataService::new(returned, called.clone(), calling.clone(), data)),
                SccpMessage::Xudt(extended),
                SccpMessage::Ludt(LongUnitData::new(called, calling, long)),
            ];
            for theirs in messages {
                let octets = theirs.encode().unwrap();
                let ours = Sccp::parse(&octets).unwrap();
                assert_eq!((ours.stop, ours.data, ours.hop_counter), (None, theirs.data(), theirs.hop_counter()));
                same(&ours.called, theirs.called_party());
                same(&ours.calling, theirs.calling_party());
                match theirs {
                    SccpMessage::Udts(_) => assert_eq!(ours.return_cause, Some(returned.value())),
                    SccpMessage::Xudt(_) => {
                        let segmentation = ours.segmentation.unwrap();
                        assert!(segmentation.first);
                        assert_eq!((segmentation.remaining, segmentation.local_reference), (2, 0x33_2211));
                        assert_eq!(ours.importance, Some(5));
                    }
                    _ => assert_eq!(ours.segmentation, None),
                }
            }
        }
    }
}

/// All SCCP of a capture that the simulator wrote.
#[test]
fn what_the_simulator_encodes_it_decodes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pcaps/demo/demo-01.pcap").to_owned();
    let mut files = Savefiles::open(expand(&[path]).inputs);
    let (mut reassembler, mut health) = (Reassembler::new(StreamFramer), Health::default());
    let (mut batch, mut pdus, mut compared) = (Batch::default(), PduBatch::default(), 0);
    loop {
        let filled = files.fill(&mut batch).unwrap();
        reassembler.push(&mut batch, &mut pdus, &mut health);
        for pdu in &pdus.pdus {
            let message = M3ua::parse(pdus.bytes(pdu)).ok().and_then(|message| message.data);
            let Some(data) = message.filter(|data| data.si == 3) else { continue };
            let theirs = SccpMessage::decode(data.user_data).unwrap();
            let ours = Sccp::parse(data.user_data).unwrap();
            assert_eq!((ours.stop, ours.data), (None, theirs.data()));
            same(&ours.called, theirs.called_party());
            same(&ours.calling, theirs.calling_party());
            compared += 1;
        }
        if filled == Filled::Done {
            break;
        }
    }
    assert!(compared > 100, "{compared} messages");
}
