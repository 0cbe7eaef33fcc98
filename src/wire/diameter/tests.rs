//! Known answers, prefixes, framing, and any octets.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::testing::octets;
use crate::wire::{DecodeErrorKind, Framing, Identity};
use proptest::prelude::*;

const S6A: u32 = 16_777_251;
const TGPP: u32 = 10415;

fn avp(vendor: u32, code: u32, data: &[u8]) -> Vec<u8> {
    let head = if vendor == 0 { 8 } else { 12 };
    let mut out = code.to_be_bytes().to_vec();
    out.push(if vendor == 0 { 0x40 } else { 0xc0 });
    out.extend_from_slice(&((head + data.len()) as u32).to_be_bytes()[1..]);
    if vendor != 0 {
        out.extend_from_slice(&vendor.to_be_bytes());
    }
    out.extend_from_slice(data);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn message(flags: u8, command: u32, application: u32, avps: &[Vec<u8>]) -> Vec<u8> {
    let body = avps.concat();
    let mut out = ((body.len() + 20) as u32).to_be_bytes().to_vec();
    out[0] = 1;
    out.push(flags);
    out.extend_from_slice(&command.to_be_bytes()[1..]);
    out.extend_from_slice(&application.to_be_bytes());
    out.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 2]);
    out.extend(body);
    out
}

/// An S6a Update-Location-Request, derived by hand.
fn update_location() -> Vec<u8> {
    octets(
        "01 00 00 a0                  -- version 1, length 160 with what the tests append
         c0 00 01 3c                  -- R P, command 316
         01 00 00 23                  -- S6a/S6d
         00 00 00 0a 00 00 00 0b      -- hop-by-hop, end-to-end
         00 00 01 07 40 00 00 0d      -- Session-Id, 13
            6d 3b 31 3b 32 00 00 00   -- 'm;1;2' and padding
         00 00 01 08 40 00 00 0b      -- Origin-Host, 11
            6d 6d 65 00               -- 'mme'
         00 00 00 01 40 00 00 17      -- User-Name, 23
            30 30 31 30 31 31 32 33 34 35 36 37 38 39 30 00
         00 00 05 79 c0 00 00 36 00 00 28 af   -- Terminal-Information, 54
            00 00 05 7a c0 00 00 1a 00 00 28 af -- IMEI, 26
               30 30 31 30 31 39 39 39 30 30 30 30 30 31 00 00
            00 00 05 7b c0 00 00 0e 00 00 28 af -- Software-Version, 14; its padding is the group's last
               34 32
         00 00",
    )
}

#[test]
fn update_location_known_answer() {
    let mut octets = update_location();
    octets.extend(avp(TGPP, 1032, &[0, 0, 3, 0xec])); // RAT-Type E-UTRAN
    octets.extend(avp(TGPP, 1407, &[0x99, 0xf9, 0x07])); // Visited-PLMN-Id 999-70
    let length = octets.len();
    assert_eq!(length, 160);
    let message = Diameter::parse(&octets).unwrap();
    assert_eq!((message.stop, message.rest), (None, [].as_slice()));
    assert!(message.header.is_request() && message.header.is_proxiable());
    assert!(!message.header.is_error() && !message.header.is_retransmitted());
    assert_eq!((message.header.hop_by_hop, message.header.end_to_end), (10, 11));
    assert_eq!(message.command().unwrap().name, "Update-Location");
    let (facts, error) = facts(&message);
    assert_eq!(error, None);
    assert_eq!(facts.interface, Some("s6a"));
    assert_eq!(facts.session_id, Some(b"m;1;2".as_slice()));
    assert_eq!(facts.origin_host, Some(b"mme".as_slice()));
    assert_eq!(facts.rat_type, Some(1004));
    let named = facts.named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.imei.unwrap().to_string(), "0010199900000142");
    assert_eq!(named.plmn.unwrap().to_string(), "999-70");
}

fn facts_of(octets: &[u8]) -> Facts<'_> {
    let message = Diameter::parse(octets).unwrap();
    let (facts, error) = facts(&message);
    assert_eq!(error, None);
    facts
}

#[test]
fn credit_control_names_subscriber_device_and_place() {
    let pair = |kind: u8, data: &[u8]| {
        let both = [avp(0, 450, &[0, 0, 0, kind]), avp(0, 444, data)].concat();
        avp(0, 443, &both)
    };
    let equipment = [avp(0, 459, &[0; 4]), avp(0, 460, &[0x00, 0x01, 0x91, 0x99, 0x00, 0x00, 0x10, 0x24])].concat();
    let location = [130, 0x00, 0xf1, 0x10, 0, 7, 0x00, 0xf1, 0x10, 0, 0, 1, 1];
    let ps = avp(TGPP, 873, &avp(TGPP, 874, &avp(TGPP, 22, &location)));
    let octets = message(
        0xc0,
        272,
        4,
        &[
            avp(0, 461, b"32251@3gpp.org"),
            avp(0, 416, &[0, 0, 0, 1]),
            pair(0, b"15550100"),
            pair(1, b"001011234567890"),
            pair(2, b"sip:+15550101@example.com"),
            avp(0, 458, &equipment),
            avp(TGPP, 21, &[6]),
            ps,
        ],
    );
    let facts = facts_of(&octets);
    assert_eq!(facts.interface, Some("gy"));
    assert_eq!((facts.cc_request_type, facts.rat_type), (Some(1), Some(1004)));
    let named = facts.named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100");
    assert_eq!(named.more, [Identity::Msisdn("15550101".parse().unwrap())]);
    assert_eq!(named.imei.unwrap().to_string(), "0010199900000142");
    assert_eq!(format!("{:?}", named.cell.unwrap()), "ecgi 001-01-7-257");
}

#[test]
fn location_in_two_avps_is_one_place() {
    let mme = [avp(TGPP, 1602, &[0x00, 0xf1, 0x10, 0, 0, 1, 1]), avp(TGPP, 1603, &[0x00, 0xf1, 0x10, 0, 7])].concat();
    let octets =
        message(0x40, 319, S6A, &[avp(0, 268, &2001u32.to_be_bytes()), avp(TGPP, 1496, &avp(TGPP, 1600, &mme))]);
    let facts = facts_of(&octets);
    assert_eq!(format!("{:?}", facts.named.cell.unwrap()), "ecgi 001-01-7-257");
    assert_eq!(facts.named.more, []);
    assert_eq!(result_name(facts.result_code.unwrap()), Some("DIAMETER_SUCCESS"));
}

#[test]
fn s6d_shares_its_application_with_s6a() {
    let interface = |command, avps: &[Vec<u8>]| facts_of(&message(0xc0, command, S6A, avps)).interface.unwrap();
    let flags = |code, value: u8| avp(TGPP, code, &[0, 0, 0, value]);
    assert_eq!(interface(316, &[flags(1405, 0x22)]), "s6a");
    assert_eq!(interface(316, &[flags(1405, 0x20)]), "s6d");
    let geran = avp(TGPP, 1032, &1001u32.to_be_bytes());
    assert_eq!(interface(316, &[flags(1405, 0x22), geran]), "s6d");
    assert_eq!(interface(317, &[flags(1638, 0)]), "s6d");
    assert_eq!(interface(318, &[avp(TGPP, 1409, &[])]), "s6d");
    assert_eq!(interface(318, &[avp(TGPP, 1409, &[]), avp(TGPP, 1408, &[])]), "s6a");
    assert_eq!(interface(321, &[]), "s6a");
}

#[test]
fn names_of_other_applications() {
    // Cx: IMPI and IMPU
    let octets = message(
        0xc0,
        300,
        16_777_216,
        &[
            avp(0, 1, b"001011234567890@ims.mnc001.mcc001.3gppnetwork.org"),
            avp(TGPP, 601, b"tel:+15550100"),
            avp(TGPP, 600, b"ims.mnc070.mcc999.3gppnetwork.org"),
        ],
    );
    let named = facts_of(&octets).named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100");
    assert_eq!(named.plmn.unwrap().to_string(), "999-70");
    // SGd: User-Identifier, service centre, the short message
    let user = avp(TGPP, 701, &[0x51, 0x55, 0x10, 0x00]);
    let octets = message(
        0xc0,
        8_388_645,
        16_777_313,
        &[avp(TGPP, 3300, &[0x51, 0x55, 0x10, 0xf9]), avp(TGPP, 3102, &user), avp(TGPP, 3301, &[1, 2])],
    );
    let facts = facts_of(&octets);
    assert_eq!(facts.named.msisdn.unwrap().to_string(), "15550100");
    assert_eq!(facts.named.serving_node.unwrap().to_string(), "1555019");
    assert_eq!(facts.sm_rp_ui, Some([1, 2].as_slice()));
    // MSISDN as text
    let octets = message(0xc0, 316, S6A, &[avp(TGPP, 701, b"15550100")]);
    let msisdn = facts_of(&octets).named.msisdn.unwrap();
    assert_eq!(msisdn.to_string(), "15550100");
}

fn u32_avp(vendor: u32, code: u32, value: u32) -> Vec<u8> {
    avp(vendor, code, &value.to_be_bytes())
}

#[test]
fn charging_names_the_parties_of_short_messages_and_calls() {
    let address =
        |code: u32, kind: u32, text: &[u8]| avp(TGPP, code, &[u32_avp(TGPP, 899, kind), avp(TGPP, 897, text)].concat());
    let recipient = avp(TGPP, 2026, &address(1201, 1, b"+15550101"));
    let mut scca = vec![0, 8];
    scca.extend(b"15550190");
    let sms = [
        u32_avp(TGPP, 2007, 0),
        address(2027, 1, b"15550100"),
        recipient,
        address(886, 5, b"INFO"),
        avp(TGPP, 2017, &scca),
    ]
    .concat();
    let octets = message(
        0xc0,
        272,
        4,
        &[avp(0, 461, b"32274@3gpp.org"), avp(TGPP, 873, &avp(TGPP, 2000, &sms)), u32_avp(0, 416, 4)],
    );
    let facts = facts_of(&octets);
    assert_eq!((facts.interface, facts.sm_message_type), (Some("ro"), Some(0)));
    assert_eq!(facts.named.calling.unwrap().to_string(), "15550100");
    assert_eq!(facts.named.called.unwrap().to_string(), "15550101");
    assert_eq!(facts.named.serving_node.unwrap().to_string(), "15550190");
    let ims = [
        avp(TGPP, 831, b"tel:+15550100"),
        avp(TGPP, 831, b"sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org"),
        avp(TGPP, 832, b"tel:+15550101"),
        avp(TGPP, 1250, b"tel:+15550102"),
        avp(TGPP, 1263, b"3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=0010100070000101"),
        u32_avp(TGPP, 829, 0),
    ]
    .concat();
    let used = avp(0, 446, &u32_avp(0, 420, 60));
    let granted = avp(0, 431, &u32_avp(0, 420, 600));
    let octets = message(0xc0, 272, 4, &[avp(TGPP, 873, &avp(TGPP, 876, &ims)), used, granted]);
    let facts = facts_of(&octets);
    assert_eq!((facts.used_seconds, facts.role_of_node), (Some(60), Some(0)));
    assert_eq!(facts.named.calling.unwrap().to_string(), "15550100");
    assert_eq!(facts.named.called.unwrap().to_string(), "15550101");
    assert_eq!(format!("{:?}", facts.named.cell.unwrap()), "ecgi 001-01-7-257");
    let more: Vec<_> = facts.named.more.iter().map(ToString::to_string).collect();
    assert_eq!(more, ["imsi=001011234567890", "called=15550102"]);
}

#[test]
fn documents_of_cx_and_sh() {
    let profile = br#"<?xml version="1.0"?><IMSSubscription>
        <PrivateID>001011234567890@ims.mnc001.mcc001.3gppnetwork.org</PrivateID>
        <ServiceProfile><PublicIdentity><Identity>tel:+15550100</Identity></PublicIdentity></ServiceProfile>
        </IMSSubscription>"#;
    let named = facts_of(&message(0x40, 301, 16_777_216, &[avp(TGPP, 606, profile)])).named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100");
    let data = b"<Sh-Data><PublicIdentifiers><MSISDN>15550100</MSISDN></PublicIdentifiers><CSLocationInformation>
        <CellGlobalId>APEQAAcACQ==</CellGlobalId><MSCNumber>15550190</MSCNumber></CSLocationInformation></Sh-Data>";
    let named = facts_of(&message(0x40, 306, 16_777_217, &[avp(TGPP, 702, data)])).named;
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100");
    assert_eq!(format!("{:?}", named.cell.unwrap()), "cgi 001-01-7-9");
    assert_eq!(named.serving_node.unwrap().to_string(), "15550190");
}

#[test]
fn identities_of_other_kinds() {
    let octets = message(
        0xc0,
        8_388_647,
        16_777_312,
        &[
            avp(TGPP, 2400, &[0, 0, 0, 7]),
            avp(TGPP, 1471, &[0xa0, 0, 0, 0, 0, 0, 1]),
            avp(TGPP, 3309, &[0x08, 0x91, 0x51, 0x55, 0x10, 0x00]),
            avp(0, 31, b"15550101"),
            avp(0, 31, b"02-00-00-00-00-01"),
        ],
    );
    let named = facts_of(&octets).named;
    assert_eq!(named.calling.unwrap().to_string(), "15550100");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550101");
    assert_eq!(named.more, [Identity::Lmsi(7), Identity::Meid(0x00a0_0000_0000_0001)]);
}

#[test]
fn what_is_not_used_is_counted() {
    let octets = message(
        0xc0,
        272,
        4,
        &[
            avp(TGPP, 4600, b"x"),                            // no such AVP
            avp(193, 1, b"x"),                                // a vendor's own
            avp(5535, 9010, b"0000000000"),                   // a cell of 3GPP2
            avp(TGPP, 22, &[131, 0x00, 0xf1, 0x10, 0, 1, 2]), // an eNodeB
        ],
    );
    let facts = facts_of(&octets);
    assert_eq!((facts.unknown, facts.other_places), (1, 2));
    // CC-Input-Octets is of 64 bits; Multiple-Services-Indicator of 32
    for wrong in [avp(0, 412, &[0; 4]), avp(0, 455, &[0; 8])] {
        let octets = message(0xc0, 272, 4, &[wrong]);
        let message = Diameter::parse(&octets).unwrap();
        assert!(facts_error(&message).contains("has another length"));
    }
}

fn facts_error(message: &Diameter<'_>) -> String {
    facts(message).1.unwrap().reason().to_owned()
}

#[test]
fn experimental_result() {
    let group = [avp(0, 266, &TGPP.to_be_bytes()), avp(0, 298, &5422u32.to_be_bytes())].concat();
    let octets = message(0x40, 324, 16_777_252, &[avp(0, 297, &group)]);
    let facts = facts_of(&octets);
    assert_eq!(facts.interface, Some("s13"));
    assert_eq!(experimental_result_name(facts.experimental_result.unwrap()), Some("DIAMETER_ERROR_EQUIPMENT_UNKNOWN"));
}

#[test]
fn defects_keep_the_rest() {
    let octets = message(0xc0, 316, S6A, &[avp(0, 1, b"not an IMSI"), avp(TGPP, 1032, &[1]), avp(0, 264, b"mme")]);
    let message_read = Diameter::parse(&octets).unwrap();
    let (facts_read, error) = facts(&message_read);
    assert_eq!(facts_read.origin_host, Some(b"mme".as_slice()));
    let error = error.unwrap();
    assert_eq!((error.offset, error.reason()), (28, "IMSI is not 5 to 15 digits"));
    // An AVP that is longer than its message
    let mut octets = message(0xc0, 316, S6A, &[avp(0, 264, b"mme"), avp(0, 1, b"1")]);
    let at = octets.len() - 5;
    octets[at] = 200;
    let message_read = Diameter::parse(&octets).unwrap();
    let (facts_read, error) = facts(&message_read);
    assert_eq!(facts_read.origin_host, Some(b"mme".as_slice()));
    assert!(matches!(error.unwrap().kind, DecodeErrorKind::Truncated { needed: 200, .. }));
}

#[test]
fn a_realm_of_another_network_is_reported_and_the_digits_used() {
    let octets = message(0xc0, 316, S6A, &[avp(0, 1, b"001011234567890@example.com")]);
    let message = Diameter::parse(&octets).unwrap();
    let (facts, error) = facts(&message);
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(error.unwrap().reason(), "IMSI with a realm that is not of its network");
}

#[test]
fn groups_nest_to_a_limit() {
    let mut inner = avp(TGPP, 701, &[0x51, 0x55]);
    for _ in 0..=MAX_DEPTH {
        inner = avp(TGPP, 1400, &inner);
    }
    let octets = message(0x40, 316, S6A, &[inner]);
    let message = Diameter::parse(&octets).unwrap();
    let (facts, error) = facts(&message);
    assert_eq!(facts.named.msisdn, None);
    assert_eq!(error.unwrap().reason(), "grouped AVPs nest too deep");
}

#[test]
fn headers_that_cannot_be() {
    let good = message(0x80, 280, 0, &[]);
    for (at, value, reason) in [(0, 2, "version is not 1"), (3, 8, "message length is less than the header")] {
        let mut bad = good.clone();
        bad[at] = value;
        assert_eq!(Diameter::parse(&bad).unwrap_err().reason(), reason);
    }
    for (at, value, reason) in [
        (3, 22, "shorter than its length fields say"),
        (4, 0x81, "reserved command flags are set"),
        (4, 0xa0, "reserved command flags are set"),
    ] {
        let mut bad = good.clone();
        bad[at] = value;
        assert_eq!(Diameter::parse(&bad).unwrap().stop.unwrap().reason(), reason);
    }
}

#[test]
fn every_prefix_is_an_error_or_a_part() {
    let mut whole = update_location();
    whole.extend([avp(TGPP, 1032, &[0, 0, 3, 0xec]), avp(TGPP, 1407, &[0x99, 0xf9, 7])].concat());
    let mut imsi_seen = false;
    for end in 0..whole.len() {
        let prefix = &whole[..end];
        let Ok(message) = Diameter::parse(prefix) else {
            assert!(end < Header::LEN);
            continue;
        };
        assert!(message.stop.is_some());
        let (facts, error) = facts(&message);
        assert!(error.is_some());
        // What was whole before the cut stays known.
        assert!(!imsi_seen || facts.named.imsi.is_some());
        imsi_seen |= facts.named.imsi.is_some();
        assert_eq!(frame(prefix, false), Framing::NeedMore);
    }
    assert!(imsi_seen);
    // The IMEI lies in a group that the cut goes through.
    let cut = Diameter::parse(&whole[..118]).unwrap();
    let imei = facts(&cut).0.named.imei.unwrap();
    assert_eq!(imei.to_string(), "00101999000001");
}

#[test]
fn framing_in_step_and_after_a_gap() {
    let one = message(0xc0, 316, S6A, &[avp(0, 263, b"m;1;2")]);
    let two = message(0x80, 280, 0, &[avp(0, 264, b"peer")]);
    let stream = [one.clone(), two.clone()].concat();
    assert_eq!(frame(&stream, false), Framing::Message(one.len()));
    assert_eq!(frame(&stream[one.len()..], true), Framing::Message(two.len()));
    assert_eq!(frame(&[], false), Framing::NeedMore);
    assert_eq!(frame(b"GET / HTTP/1.1\r\n", false), Framing::NotMine);
    assert_eq!(length_of(&one[..28]), Some(one.len()));
    // The gap leaves the end of a message: skip to the next header, wherever it lies.
    for lost in 1..one.len() {
        let mut rest = &stream[lost..];
        loop {
            match frame(rest, true) {
                Framing::Skip(octets) => rest = &rest[octets..],
                Framing::Message(length) => {
                    assert_eq!((rest, length), (two.as_slice(), two.len()), "{lost}");
                    break;
                }
                other => panic!("{lost}: {other:?}"),
            }
        }
    }
    // Too long to believe
    let mut long = one;
    long[1] = 0x20;
    assert_eq!(frame(&long, false), Framing::NotMine);
}

proptest! {
    #[test]
    fn any_octets(octets in proptest::collection::vec(any::<u8>(), 0..200), resync: bool) {
        if let Ok(message) = Diameter::parse(&octets) {
            let _ = facts(&message);
        }
        match frame(&octets, resync) {
            Framing::Message(length) | Framing::Skip(length) => {
                prop_assert!(length > 0 && length <= octets.len());
            }
            Framing::NeedMore => {}
            Framing::NotMine => prop_assert!(!resync),
        }
    }

    #[test]
    fn mutated_octets(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut octets = update_location();
        for (at, value) in changes {
            let at = at.index(octets.len());
            octets[at] = value;
        }
        if let Ok(message) = Diameter::parse(&octets) {
            let (_, error) = facts(&message);
            let _ = error.map(|error| error.to_string());
        }
    }
}
