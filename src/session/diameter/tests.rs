//! Requests on several hops, again after a failover, and calls by their charging.

#![allow(clippy::arithmetic_side_effects)]

use crate::event::{Direction, EventKind, Result};
use crate::reassembly::Carrier;
use crate::session::tests::run;

const TCP: Carrier = Carrier::Tcp;
const S6A: u32 = 16_777_251;
const CX: u32 = 16_777_216;
const TGPP: u32 = 10415;

fn avp(vendor: u32, code: u32, data: &[u8]) -> Vec<u8> {
    let head = if vendor == 0 { 8 } else { 12 };
    let mut out = code.to_be_bytes().to_vec();
    out.extend(((head + data.len()) as u32 | if vendor == 0 { 0x4000_0000 } else { 0xc000_0000 }).to_be_bytes());
    if vendor != 0 {
        out.extend(vendor.to_be_bytes());
    }
    out.extend(data);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn number(vendor: u32, code: u32, value: u32) -> Vec<u8> {
    avp(vendor, code, &value.to_be_bytes())
}

/// Flags, command and application; hop-by-hop and end-to-end identifiers.
fn message(head: (u8, u32, u32), ids: (u32, u32), avps: &[Vec<u8>]) -> Vec<u8> {
    let (flags, command, application) = head;
    let body = [avp(0, 263, b"s;1;1"), avp(0, 264, b"mme"), avps.concat()].concat();
    let mut out = (0x0100_0000 | (body.len() + 20) as u32).to_be_bytes().to_vec();
    out.extend((u32::from(flags) << 24 | command).to_be_bytes());
    for value in [application, ids.0, ids.1] {
        out.extend(value.to_be_bytes());
    }
    out.extend(body);
    out
}

fn events(messages: &[Vec<u8>]) -> Vec<(EventKind, Result)> {
    run(TCP, messages).0.events.iter().map(|event| (event.kind, event.outcome)).collect()
}

fn update(flags: u8, hop: u32) -> Vec<u8> {
    message((flags, 316, S6A), (hop, 9), &[avp(0, 1, b"001010000000001")])
}

fn answer(hop: u32) -> Vec<u8> {
    message((0x40, 316, S6A), (hop, 9), &[number(0, 268, 2001)])
}

#[test]
fn one_event_however_often_it_is_seen() {
    let once = [(EventKind::Register, Result::Success)];
    assert_eq!(events(&[update(0xc0, 1), answer(1)]), once);
    // Two probes.
    assert_eq!(events(&[update(0xc0, 1), update(0xc0, 1), answer(1), answer(1)]), once);
    // Two hops of a proxy.
    assert_eq!(events(&[update(0xc0, 1), update(0xc0, 2), answer(2), answer(1)]), once);
    // Sent again after a failover: only the second is answered, or both are.
    assert_eq!(events(&[update(0xc0, 1), update(0xd0, 2), answer(2)]), once);
    assert_eq!(events(&[update(0xc0, 1), update(0xd0, 2), answer(1), answer(2)]), once);
    // Nobody answers.
    assert_eq!(events(&[update(0xc0, 1)]), [(EventKind::Register, Result::Unknown)]);
}

#[test]
fn a_query_at_each_registration_counts_where_it_is_refused() {
    let ask = message((0xc0, 300, CX), (1, 9), &[avp(TGPP, 601, b"tel:+15550100")]);
    let result = |code| message((0x40, 300, CX), (1, 9), &[number(0, 268, code)]);
    assert_eq!(events(&[ask.clone(), result(2001)]), []);
    assert_eq!(events(&[ask, result(5012)]), [(EventKind::Register, Result::Failure)]);
}

#[test]
fn charging_of_a_call_is_the_call() {
    let charge = |kind: u32, id: u32, more: &[Vec<u8>]| {
        let ims = [avp(TGPP, 831, b"tel:+15550100"), avp(TGPP, 832, b"tel:+15550101"), number(TGPP, 829, 0)].concat();
        let subscription = [number(0, 450, 1), avp(0, 444, b"001010000000001")].concat();
        let mut avps = vec![
            avp(0, 461, b"32260@3gpp.org"),
            number(0, 416, kind),
            avp(0, 443, &subscription),
            avp(TGPP, 873, &avp(TGPP, 876, &ims)),
        ];
        avps.extend_from_slice(more);
        message((0xc0, 272, 4), (id, id), &avps)
    };
    let used = avp(0, 446, &number(0, 420, 60));
    let (seen, _) = run(TCP, &[charge(1, 1, &[]), charge(3, 2, &[used])]);
    let told: Vec<_> = seen.events.iter().map(|event| (event.kind, event.direction, event.duration_ms)).collect();
    assert_eq!(
        told,
        [(EventKind::CallAttempt, Direction::Mo, None), (EventKind::CallEnd, Direction::Mo, Some(60_000))]
    );
    assert_eq!(seen.events[1].outcome, Result::Success);
    assert_eq!(events(&[charge(1, 1, &[]), charge(3, 2, &[])])[1], (EventKind::CallEnd, Result::NoAnswer));
}

#[test]
fn a_device_on_the_black_list_is_refused() {
    let imei = avp(TGPP, 1401, &avp(TGPP, 1402, b"00101999000001"));
    let check = message((0xc0, 324, 16_777_252), (1, 9), &[avp(0, 1, b"001010000000001"), imei]);
    let status = message((0x40, 324, 16_777_252), (1, 9), &[number(0, 268, 2001), number(TGPP, 1445, 1)]);
    assert_eq!(events(&[check, status]), [(EventKind::EquipmentCheck, Result::Failure)]);
}

#[test]
fn charging_of_data_short_messages_and_places() {
    let kinds = |messages: &[Vec<u8>]| events(messages).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    let subscription = avp(0, 443, &[number(0, 450, 1), avp(0, 444, b"001010000000001")].concat());
    let charge = |context: &[u8], kind: u32, id: u32| {
        message((0xc0, 272, 4), (id, id), &[avp(0, 461, context), number(0, 416, kind), subscription.clone()])
    };
    let data = [charge(b"32251@3gpp.org", 1, 1), charge(b"32251@3gpp.org", 2, 2), charge(b"32251@3gpp.org", 3, 3)];
    assert_eq!(kinds(&data), [EventKind::DataStart, EventKind::DataUpdate, EventKind::DataEnd]);
    assert_eq!(kinds(&[charge(b"32274@3gpp.org", 4, 1)]), [EventKind::SmsSubmit]);
    let imsi = avp(0, 1, b"001010000000001");
    let locate = message((0xc0, 8_388_620, 16_777_255), (1, 1), std::slice::from_ref(&imsi));
    assert_eq!(kinds(&[locate]), [EventKind::Locate]);
    let flags = |flags: u32| message((0xc0, 319, S6A), (1, 1), &[imsi.clone(), number(TGPP, 1490, flags)]);
    assert_eq!(kinds(&[flags(8)]), [EventKind::Locate]);
    assert_eq!(kinds(&[flags(1)]), []);
}

#[test]
fn a_session_is_its_subscribers_to_the_end() {
    const GX: u32 = 16_777_238;
    // Subscription-Id (443) with END_USER_IMSI (450: 1) and its data (444).
    let owner = avp(0, 443, &[number(0, 450, 1), avp(0, 444, b"001010000000001")].concat());
    let stage = |stage, hop, more: &[Vec<u8>]| {
        let avps = [vec![number(0, 416, stage), number(0, 415, hop)], more.to_vec()].concat();
        message((0xc0, 272, GX), (hop, hop), &avps)
    };
    let done = |hop| message((0x40, 272, GX), (hop, hop), &[number(0, 268, 2001)]);
    let whole = [stage(1, 1, &[owner]), done(1), stage(2, 2, &[]), done(2), stage(3, 3, &[]), done(3)];
    let told = |messages: &[Vec<u8>]| -> Vec<(EventKind, bool)> {
        run(TCP, messages).0.events.iter().map(|event| (event.kind, event.imsi.is_some())).collect()
    };
    let kinds = [EventKind::DataStart, EventKind::DataUpdate, EventKind::DataEnd];
    assert_eq!(told(&whole), kinds.map(|kind| (kind, true)));
    // Its beginning was not seen; and after its end the same Session-Id is another session.
    assert_eq!(told(&whole[2..]), [(kinds[1], false), (kinds[2], false)]);
    let again = [whole.as_slice(), &[stage(2, 4, &[]), done(4)]].concat();
    assert_eq!(told(&again).last(), Some(&(kinds[1], false)));
}
