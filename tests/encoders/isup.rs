//! ISUP against the crate `itu-isup`.

use itu_isup::message::Message;
use itu_isup::number::Number;
use itu_isup::parameter::{CauseIndicators, Parameter, RangeAndStatus};
use itu_isup::types::{MessageType, ParameterType};

use simhound::identity::Nature;
use simhound::simulate::encode::isup as ours;
use simhound::wire::Identity;
use simhound::wire::ss7::isup::{Cause, CircuitWidth, Isup, Presentation, circuit};

/// What we read of a message that they encoded.
fn read(octets: &[u8]) -> (u32, Isup<'_>) {
    let (circuit, message) = circuit(octets, CircuitWidth::Itu).unwrap();
    (circuit, Isup::parse(message).unwrap())
}

#[test]
fn their_iam() {
    let called = Number::called(4, 1, true, "15550100123");
    let calling = Number::calling(3, 1, false, 1, 3, "5550100456");
    let redirecting = Number::redirecting(4, 1, 0, "15550100789");
    let message = Message::iam(0x0abc, 0, 0x6001, 10, 0, &called)
        .unwrap()
        .with_optional(Parameter::calling_party_number(&calling).unwrap())
        .with_optional(Parameter::redirecting_number(&redirecting).unwrap());
    let octets = message.encode().unwrap();
    let (circuit, message) = read(&octets);
    assert_eq!((circuit, message.message_type.name(), message.stop), (0x0abc, Some("IAM"), None));
    assert_eq!((message.category, message.trailing()), (Some(10), 0));
    let named = message.named();
    assert_eq!(named.called.unwrap().international().unwrap().to_string(), "15550100123");
    let calling = message.calling_number().unwrap();
    assert_eq!((calling.number.to_string().as_str(), calling.number.nature), ("5550100456", Nature::National));
    assert_eq!((calling.presentation, calling.screening), (Some(Presentation::Restricted), Some(3)));
    assert!(matches!(&named.more[..], [Identity::Called(number)] if number.to_string() == "15550100789"));
}

#[test]
fn their_other_messages() {
    let cause = CauseIndicators::new(2, 17);
    let range = RangeAndStatus::range_only(30);
    let messages = [
        (Message::acm(1, 0x0014), "ACM"),
        (Message::con(1, 0x0014), "CON"),
        (Message::anm(1), "ANM"),
        (Message::cpg(1, 1), "CPG"),
        (Message::release(1, &cause), "REL"),
        (Message::release_complete(1), "RLC"),
        (Message::suspend(1, 0), "SUS"),
        (Message::resume(1, 0), "RES"),
        (Message::forward_transfer(1), "FOT"),
        (Message::information_request(1, 1), "INR"),
        (Message::information(1, 1), "INF"),
        (Message::blocking(1), "BLO"),
        (Message::blocking_ack(1), "BLA"),
        (Message::unblocking(1), "UBL"),
        (Message::unblocking_ack(1), "UBA"),
        (Message::reset_circuit(1), "RSC"),
        (Message::circuit_group_reset(1, &range), "GRS"),
        (Message::circuit_group_reset_ack(1, &range), "GRA"),
        (Message::circuit_group_blocking(1, 0, &range), "CGB"),
        (Message::circuit_group_unblocking(1, 0, &range), "CGU"),
        (Message::circuit_group_blocking_ack(1, 0, &range), "CGBA"),
        (Message::circuit_group_unblocking_ack(1, 0, &range), "CGUA"),
    ];
    for (message, name) in messages {
        let octets = message.encode().unwrap();
        let (_, message) = read(&octets);
        assert_eq!((message.message_type.name(), message.stop, message.trailing()), (Some(name), None, 0));
        match name {
            "REL" => assert_eq!(message.cause, Some(Cause { coding: 0, location: 2, value: 17 })),
            "CPG" => assert_eq!(message.event, Some(1)),
            "GRS" => assert_eq!(message.range_and_status.map(|(range, _)| range), Some(30)),
            _ => {}
        }
    }
}

/// What the simulator encodes, the other crate decodes.
#[test]
fn ours_is_understood() {
    let (called, calling) = ("15550100123".parse().unwrap(), "15550100456".parse().unwrap());
    let whole = |octets: &[u8], kind| {
        let message = Message::decode(octets).unwrap();
        assert_eq!((message.cic, message.message_type), (0x0abc, kind));
        message
    };
    let begins = whole(&ours::initial_address(0x0abc, called, calling), MessageType::Iam);
    let number = |parameter: Option<&Parameter>| parameter.unwrap().as_number().unwrap();
    assert_eq!(number(begins.find(ParameterType::CalledPartyNumber)).digits, "15550100123");
    let calling = number(begins.optional(ParameterType::CallingPartyNumber));
    assert_eq!((calling.digits.as_str(), calling.nature_of_address), ("15550100456", 4));
    whole(&ours::address_complete(0x0abc, true), MessageType::Acm);
    whole(&ours::progress(0x0abc), MessageType::Cpg);
    whole(&ours::answer(0x0abc), MessageType::Anm);
    let release = whole(&ours::release(0x0abc, 17), MessageType::Rel);
    let cause = release.find(ParameterType::CauseIndicators).unwrap().as_cause_indicators().unwrap();
    assert_eq!((cause.location, cause.cause_value), (4, 17));
    whole(&ours::release_complete(0x0abc), MessageType::Rlc);
}
