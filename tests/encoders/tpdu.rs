//! The crate `tpdu`: short messages of all types, both ways.

use simhound::wire::Named;
use simhound::wire::sms::{Alphabet, Concatenation, TpAddress, Tpdu, TpduKind};
use simhound::wire::ss7::Direction;
use tpdu::{SMSAddress, SmsDeliver, SmsDeliverReport, SmsStatusReport, SmsSubmit, SmsSubmitReport, UserDataHeader};

const TIME: &str = "26110112345600";

fn number(digits: &str) -> SMSAddress {
    SMSAddress::builder().ton(1).npi(1).address(digits).build()
}

fn name(text: &str) -> SMSAddress {
    SMSAddress::builder().ton(5).npi(0).address(text).build()
}

fn read(octets: &[u8], direction: Direction) -> Tpdu<'_> {
    let tpdu = Tpdu::parse(octets, direction).expect("a type that is known");
    assert_eq!(tpdu.stop, None, "{octets:02x?}");
    tpdu
}

fn text(tpdu: &Tpdu<'_>) -> String {
    tpdu.text(&mut [0; 640]).to_owned()
}

fn called(tpdu: &Tpdu<'_>) -> String {
    let mut named = Named::default();
    tpdu.name(&mut named);
    named.called.expect("a recipient").to_string()
}

#[test]
fn submit_in_the_default_alphabet() {
    for message in ["Hi", "Your code is 4711 [secret] {€}", "@£$¥èéùìòÇ ÄÖÑÜ§ àäöñü", &"x".repeat(160)]
    {
        let submit = SmsSubmit::builder().mr(42).vpf(2).validity_period(167).destination_address(number("15550100"));
        let octets = submit.gsm7_text(message).build().unwrap().encode().unwrap();
        let tpdu = read(&octets, Direction::Originating);
        assert_eq!((tpdu.kind, tpdu.reference, tpdu.alphabet()), (TpduKind::Submit, Some(42), Alphabet::Default));
        assert_eq!((called(&tpdu), text(&tpdu)), ("15550100".to_owned(), message.to_owned()));
    }
}

#[test]
fn submit_of_each_length_of_number() {
    for digits in ["112", "5550", "55501", "15550100", "155501001234567", "*100#"] {
        let submit =
            SmsSubmit::builder().destination_address(SMSAddress::builder().ton(0).npi(1).address(digits).build());
        let octets = submit.gsm7_text("x").build().unwrap().encode().unwrap();
        assert_eq!(called(&read(&octets, Direction::Originating)), digits);
    }
}

#[test]
fn validity_periods_are_stepped_over() {
    let base = || SmsSubmit::builder().destination_address(number("15550100"));
    for submit in [
        base().vpf(0),
        base().vpf(2).validity_period(0xa7),
        base().vpf(3).validity_period_absolute(TIME),
        base().vpf(1).validity_period_enhanced([1, 0xa7, 0, 0, 0, 0, 0]),
    ] {
        let octets = submit.gsm7_text("after the period").build().unwrap().encode().unwrap();
        assert_eq!(text(&read(&octets, Direction::Originating)), "after the period");
    }
}

#[test]
fn parts_of_a_long_message() {
    let header = |value: &[u8]| UserDataHeader::builder().value(value).build();
    for (value, reference) in [(&[0, 3, 0x77, 3, 2][..], 0x77), (&[8, 4, 0x12, 0x34, 3, 2][..], 0x1234)] {
        let submit = SmsSubmit::builder().udhi(true).destination_address(number("15550100"));
        let octets = submit.gsm7_text_with_header(header(value), "second of three").build().unwrap().encode().unwrap();
        let tpdu = read(&octets, Direction::Originating);
        assert_eq!(tpdu.concatenation, Some(Concatenation { reference, parts: 3, part: 2 }));
        assert_eq!(text(&tpdu), "second of three");
    }
    let ports = header(&[5, 4, 0x0b, 0x84, 0x23, 0xf0]);
    let deliver = SmsDeliver::builder(number("15550101")).udhi(true).service_centre_timestamp(TIME);
    let octets = deliver.gsm7_text_with_header(&ports, "to a port").build().unwrap().encode().unwrap();
    let tpdu = read(&octets, Direction::Terminating);
    assert_eq!((tpdu.ports, text(&tpdu).as_str()), (Some((2948, 9200)), "to a port"));
}

#[test]
fn deliver_from_numbers_and_names() {
    for sender in ["15550101", "1", "155501001234"] {
        let deliver = SmsDeliver::builder(number(sender)).mms(true).service_centre_timestamp(TIME).gsm7_text("hello");
        let octets = deliver.build().unwrap().encode().unwrap();
        let tpdu = read(&octets, Direction::Terminating);
        let mut named = Named::default();
        tpdu.name(&mut named);
        assert_eq!((tpdu.kind, named.calling.unwrap().to_string()), (TpduKind::Deliver, sender.to_owned()));
        assert_eq!(text(&tpdu), "hello");
    }
    for sender in ["A", "Bank", "CODE-24", "Service1", "ELEVENCHARS"] {
        let deliver = SmsDeliver::builder(name(sender)).service_centre_timestamp(TIME).gsm7_text("hello");
        let octets = deliver.build().unwrap().encode().unwrap();
        match read(&octets, Direction::Terminating).address {
            Some(TpAddress::Text(name)) => assert_eq!(name.as_str(), sender),
            other => panic!("{sender}: {other:?}"),
        }
    }
}

#[test]
fn ucs2() {
    for message in ["код 4711", "你好", "\u{1f600}"] {
        let deliver = SmsDeliver::builder(number("15550101")).dcs(8).service_centre_timestamp(TIME);
        let octets = deliver.ucs2_text(message).build().unwrap().encode().unwrap();
        let tpdu = read(&octets, Direction::Terminating);
        assert_eq!((tpdu.alphabet(), text(&tpdu).as_str()), (Alphabet::Ucs2, message));
    }
}

#[test]
fn reports() {
    let report = SmsStatusReport::builder(number("15550100")).mr(42).status(0x46);
    let octets = report.service_centre_timestamp(TIME).discharge_time(TIME).build().encode().unwrap();
    let tpdu = read(&octets, Direction::Terminating);
    assert_eq!((tpdu.kind, tpdu.reference, tpdu.status), (TpduKind::StatusReport, Some(42), Some(0x46)));
    assert_eq!(called(&tpdu), "15550100");
    let octets = SmsSubmitReport::builder().service_centre_timestamp(TIME).build().encode().unwrap();
    let tpdu = read(&octets, Direction::Terminating);
    assert_eq!((tpdu.kind, tpdu.failure_cause), (TpduKind::SubmitReport, None));
    let octets = SmsSubmitReport::builder().failure_cause(0xc0).service_centre_timestamp(TIME).build();
    let octets = octets.encode().unwrap();
    assert_eq!(read(&octets, Direction::Terminating).failure_cause, Some(0xc0));
    let octets = SmsDeliverReport::builder().failure_cause(0xd3).build().encode().unwrap();
    let tpdu = read(&octets, Direction::Originating);
    assert_eq!((tpdu.kind, tpdu.failure_cause), (TpduKind::DeliverReport, Some(0xd3)));
}
