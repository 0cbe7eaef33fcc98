use super::*;
use crate::event::{EventKind, Interface};
use crate::identity::{Imsi, Msisdn};
use crate::message::{Dialogue, Operation, Party, Protocol, Role, Status};

fn message<'a>(frame: u64, exchange: u64, named: Named, frames: &'a [u64]) -> Message<'a> {
    Message {
        source: Source { file: 0, frame },
        frames,
        time: 0,
        protocol: Protocol::Map,
        interface: None,
        operation: Operation::Name("updateLocation"),
        version: None,
        role: Role::Invoke,
        dialogue: Dialogue::None,
        exchange: Exchange(exchange),
        calling: Party::None,
        called: Party::None,
        named,
        cause: None,
        inferred: false,
        repeat_of: None,
        status: Status::Complete,
    }
}

fn imsi(last: u8) -> Imsi {
    format!("00101000000000{last}").parse().unwrap()
}

fn msisdn(last: u8) -> Msisdn {
    format!("1555010010{last}").parse().unwrap()
}

/// A dialogue that names the subscriber last, one that names its number only, one that names nobody, and those of
/// somebody else.
fn reading(search: &mut Search) {
    let of = |imsi: Option<Imsi>, msisdn: Option<Msisdn>| Named { imsi, msisdn, ..Named::default() };
    search.message(&message(1, 10, of(None, Some(msisdn(1))), &[]));
    search.message(&message(2, 20, of(None, None), &[]));
    search.message(&message(4, 20, of(Some(imsi(1)), None), &[3, 4]));
    search.message(&message(5, 30, of(Some(imsi(2)), Some(msisdn(2))), &[]));
    search.message(&message(6, 40, of(None, None), &[]));
    search.message(&message(7, 40, of(None, None), &[]));
    let event = |frame, imsi, msisdn| Event {
        imsi: Some(imsi),
        msisdn: Some(msisdn),
        ..Event::new(EventKind::Register, 0, Interface::Map, Source { file: 0, frame })
    };
    search.event(&event(4, imsi(1), msisdn(1)), &Names::default());
    search.event(&event(5, imsi(2), msisdn(2)), &Names::default());
    search.event(&event(7, imsi(1), msisdn(1)), &Names::default());
}

fn found(wanted: Wanted) -> Frames {
    let mut search = Search::new(wanted);
    for _ in 0..Search::READINGS {
        search.again();
        reading(&mut search);
        if !search.has_grown() {
            break;
        }
    }
    assert!(!search.has_grown());
    search.into_frames()
}

#[test]
fn all_that_is_tied_to_a_subscriber_is_found() {
    let by_imsi = found(Wanted { imsis: [imsi(1)].into(), ..Wanted::default() });
    assert_eq!(by_imsi.display_filter(0).unwrap(), "frame.number in {1..4, 6..7}");
    let by_number = found(Wanted { msisdns: [msisdn(1)].into(), ..Wanted::default() });
    assert_eq!(by_number.display_filter(0), by_imsi.display_filter(0));
    assert_eq!(by_imsi.get(0, 3), Some("a part of what frame 4 completes"));
    assert!(by_imsi.get(0, 4).unwrap().contains("imsi=001010000000001"));
    assert_eq!((by_imsi.get(0, 5), by_imsi.display_filter(1)), (None, None));
}

#[test]
fn nobody_is_nobody() {
    assert!(found(Wanted { imsis: [imsi(9)].into(), ..Wanted::default() }).is_empty());
}
