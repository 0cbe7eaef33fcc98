//! From octets to messages and events.

#![allow(clippy::arithmetic_side_effects)]

use super::{Listener, Origin, Sessions};
use crate::dissect::dissect;
use crate::event::{Event, EventKind, Peer, Source};
use crate::health::{Health, Layer, Outcome};
use crate::identity::Names;
use crate::message::{Exchange, Message, MessageRow};
use crate::reassembly::{Carrier, Flow, Octets, Pdu};
use crate::table::{Each, Record, Value};
pub(super) use crate::wire::testing::octets;
use std::net::{IpAddr, Ipv4Addr};

/// What came out: of each message the operation and role, and its fields; the events.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) messages: Vec<(String, [Option<String>; 5])>,
    pub(super) exchanges: Vec<(Exchange, bool)>,
    pub(super) causes: Vec<Option<i64>>,
    pub(super) events: Vec<Event>,
}

impl Listener for Seen {
    fn wants_messages(&self) -> bool {
        true
    }

    fn message(&mut self, message: &Message<'_>) {
        let named = &message.named;
        let text = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string);
        let mut also = None;
        let columns = crate::message::MESSAGE_COLUMNS.iter();
        let mut place = columns.map(|column| column.name);
        MessageRow { message, file: "" }.values(&mut Each(|value| {
            if let (Some("also"), Value::Shown(shown)) = (place.next(), value) {
                let mut text = Vec::new();
                shown.append(&mut text);
                also = String::from_utf8(text).ok();
            }
        }));
        let fields = [
            text(named.imsi.as_ref().map(|imsi| imsi as _)),
            text(named.calling.as_ref().map(|number| number as _)),
            text(named.called.as_ref().map(|number| number as _)),
            text(named.serving_node.as_ref().map(|number| number as _)),
            also,
        ];
        self.exchanges.push((message.exchange, message.inferred));
        self.causes.push(message.cause);
        self.messages.push((format!("{} {}", message.operation, message.role), fields));
    }

    fn event(&mut self, event: &Event, _names: &Names) {
        self.events.push(*event);
    }
}

pub(super) fn run(carrier: Carrier, pdus: &[Vec<u8>]) -> (Seen, Health) {
    let (mut sessions, mut seen, mut health) = (Sessions::default(), Seen::default(), Health::default());
    let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    let flow = Flow { src: address, dst: address, src_port: 1, dst_port: 2 };
    for (time, octets) in (0..).zip(pdus) {
        let frame = time as u64 + 1;
        let place = Octets::Packet(0..octets.len());
        let pdu = Pdu { file: 0, frame, time, flow, carrier, octets: place, frames: 0..0, truncated: false };
        let what = dissect(&pdu, octets, &mut health);
        let origin = Origin { source: Source { file: 0, frame }, frames: &[], time, flow };
        sessions.consume(origin, &what, &mut health, &mut seen);
    }
    sessions.finish(&mut health, &mut seen);
    (seen, health)
}

/// A TCAP message within SCCP and M3UA; `head` is the type of the SCCP message and its class or return cause.
fn on_m3ua(head: [u8; 2], tcap: &[u8]) -> Vec<u8> {
    let mut data = octets("00000064 000000c8 03 02 00 00");
    data.extend(head);
    data.extend(octets("03 05 07 02 42 08 02 42 08"));
    data.push(tcap.len() as u8);
    data.extend(tcap);
    let mut message = octets("01 00 01 01");
    let parameter = data.len() + 4;
    message.extend((parameter.next_multiple_of(4) as u32 + 8).to_be_bytes());
    message.extend(octets("0210"));
    message.extend((parameter as u16).to_be_bytes());
    message.extend(data);
    message.resize(message.len().next_multiple_of(4), 0);
    message
}

pub(super) const M3UA: Carrier = Carrier::Sctp { ppid: 3, stream: 0 };
const UDT: [u8; 2] = [0x09, 0x00];
/// Return cause 1: no translation for this specific address.
const UDTS: [u8; 2] = [0x0a, 0x01];

fn mo_forward_sm() -> Vec<u8> {
    octets(
        "62 32 48 04 00000001                -- Begin
         6c 2a a1 28 02 01 01 02 01 2e       --   invoke 1, forwardSM
         30 20 84 05 91 51 55 10 20          --     service centre 1 555 0102
         82 05 91 51 55 10 10                --     from 1 555 0101
         04 10 01 07 08 91 51 55 10 30 00 00 --     SUBMIT to 1 555 0103
         05 e8 32 9b fd 06                   --     hello",
    )
}

/// The peer of a short message is in the record of its message.
#[test]
fn short_message_names_its_peer() {
    let (seen, health) = run(M3UA, &[on_m3ua(UDT, &mo_forward_sm())]);
    let [(what, [_, _, called, ..])] = &seen.messages[..] else { panic!("one message") };
    assert_eq!(what, "forwardSM invoke");
    assert_eq!(called.as_deref(), Some("15550103"));
    let [event] = &seen.events[..] else { panic!("one event") };
    assert_eq!(event.kind, EventKind::SmsSubmit);
    assert!(matches!(event.peer, Some(Peer::Number(number)) if number.to_string() == "15550103"));
    assert!(health.layers().any(|(layer, counts)| layer == Layer::Sms && counts.seen == 1));
}

/// What SCCP returns is printed, but nobody received it.
#[test]
fn returned_messages_are_no_events() {
    let (seen, _) = run(M3UA, &[on_m3ua(UDTS, &mo_forward_sm())]);
    let [(what, [_, _, called, ..])] = &seen.messages[..] else { panic!("one message") };
    assert_eq!(what, "forwardSM service");
    assert_eq!(called.as_deref(), Some("15550103"));
    assert_eq!(seen.events.len(), 0);
}

/// MAP-OPEN names the subscriber of a USSD dialogue.
#[test]
fn map_open_names_the_subscriber() {
    let begin = octets(
        "62 50 48 04 00000001                   -- Begin
         6b 36 28 34 06 07 00 11 86 05 01 01 01 --   dialogue portion
         a0 29 60 27                            --     AARQ
         a1 09 06 07 04 00 00 01 00 13 02       --       networkUnstructuredSsContext-v2
         be 1a 28 18 06 07 04 00 00 01 01 01 01 --       user information: map-DialogueAS
         a0 0d a0 0b                            --         map-open
         80 09 96 00 01 01 00 00 00 00 f1       --           destinationReference: IMSI 001 01 0000000001
         6c 10 a1 0e 02 01 01 02 01 3b          --   invoke 1, processUnstructuredSS-Request
         30 06 04 01 0f 04 01 2a                --     *",
    );
    let (seen, _) = run(M3UA, &[on_m3ua(UDT, &begin)]);
    let [(what, [imsi, ..])] = &seen.messages[..] else { panic!("one message: {:?}", seen.messages) };
    assert_eq!(what, "processUnstructuredSS-Request invoke");
    assert_eq!(imsi.as_deref(), Some("001010000000001"));
    assert_eq!(seen.events.len(), 1);
    assert_eq!(seen.events[0].imsi.map(|imsi| imsi.to_string()).as_deref(), Some("001010000000001"));
}

/// Some peers put several Diameter messages into one SCTP message.
#[test]
fn two_diameter_messages_in_one() {
    let watchdog = octets("01 000014 80 000118 00000000 00000001 00000001");
    let update = octets(
        "01 00002c c0 00013c 01000023 00000002 00000002 -- Update-Location
         00000001 40 000017 303031303130303030303030303031 00 -- User-Name 001010000000001",
    );
    let (seen, health) = run(Carrier::Sctp { ppid: 46, stream: 0 }, &[[watchdog, update].concat()]);
    let operations: Vec<_> = seen.messages.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(operations, ["Device-Watchdog request", "Update-Location request"]);
    assert_eq!(seen.messages[1].1[0].as_deref(), Some("001010000000001"));
    let counts = health.layers().find(|(layer, _)| *layer == Layer::Diameter).unwrap().1;
    assert_eq!((counts.seen, counts.bytes, counts.decoded), (2, 64, 2));
}

fn sip(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "MESSAGE sip:+15550102@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
         Call-ID: 1\r\nCSeq: 1 MESSAGE\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// The service centre is the party of the SIP message, the peer that of the TPDU.
#[test]
fn sms_over_ip_names_its_peer() {
    let body = octets(
        "00 01 00 05 91 51 55 10 20          -- RP-DATA to service centre 1 555 0102
         10 01 07 08 91 51 55 10 30 00 00 05 -- SUBMIT to 1 555 0103
         e8 32 9b fd 06                      -- hello",
    );
    let headers = "From: <sip:+15550101@example.org>;tag=1\r\nTo: <sip:+15550102@example.org>\r\n\
        Content-Type: application/vnd.3gpp.sms; charset=x\r\n";
    let (seen, _) = run(Carrier::Udp, &[sip(headers, &body)]);
    let [(what, [_, calling, called, centre, _])] = &seen.messages[..] else { panic!("one message") };
    assert_eq!(what, "MESSAGE request");
    assert_eq!(calling.as_deref(), Some("15550101"));
    assert_eq!(called.as_deref(), Some("15550103"));
    assert_eq!(centre.as_deref(), Some("15550102"));
}

/// The other party's IMSI is named, but is not the subscriber's.
#[test]
fn sip_names_the_imsi_of_both() {
    let headers = "From: <sip:001010000000001@ims.mnc001.mcc001.3gppnetwork.org>;tag=1\r\n\
        P-Called-Party-ID: <sip:001010000000002@ims.mnc001.mcc001.3gppnetwork.org>\r\n\
        To: <sip:+15550102@example.org>\r\n";
    let (seen, _) = run(Carrier::Udp, &[sip(headers, b"")]);
    let [(_, [imsi, .., also])] = &seen.messages[..] else { panic!("one message") };
    assert_eq!(imsi.as_deref(), Some("001010000000001"));
    assert_eq!(also.as_deref(), Some("imsi=001010000000002"));
}

/// Oddities are counted by name, the message once.
#[test]
fn sip_oddities_are_counted() {
    let headers = "From: <sip:+15550101@example.org>;tag=1\nTo: <sip:a@b>\r\nTo: <sip:c@d>\r\n";
    let (_, health) = run(Carrier::Udp, &[sip(headers, b"")]);
    for oddity in ["line ends in LF without CR", "single header comes twice"] {
        assert_eq!(health.count(Layer::Sip, Outcome::Malformed, oddity), 1, "{oddity}");
    }
    let counts = health.layers().find(|(layer, _)| *layer == Layer::Sip).unwrap().1;
    assert_eq!((counts.seen, counts.decoded, counts.malformed), (1, 0, 1));
}

/// Invoke ids are each side's own: the result of updateLocation is not that of the nested insertSubscriberData, which has
/// the same id.
#[test]
fn a_result_answers_the_other_side() {
    let begin = octets(
        "62 2a 48 04 00000001             -- Begin, otid 1
         6c 22 a1 20 02 01 01 02 01 02    --   invoke 1, updateLocation
         30 18 04 08 00 01 01 00 00 00 00 f1 -- IMSI 001010000000001
         81 05 91 51 55 10 20             --     MSC 1 555 0102
         04 05 91 51 55 10 20             --     VLR 1 555 0102",
    );
    let nested = octets(
        "65 1c 48 04 00000002 49 04 00000001 -- Continue, otid 2, dtid 1
         6c 0e a1 0c 02 01 01 02 01 07    --   invoke 1, insertSubscriberData
         30 04 81 02 91 51",
    );
    let answer = octets(
        "65 13 48 04 00000001 49 04 00000002 -- Continue, otid 1, dtid 2
         6c 05 a2 03 02 01 01             --   result 1, of insertSubscriberData",
    );
    let end = octets(
        "64 19 49 04 00000001             -- End, dtid 1
         6c 11 a2 0f 02 01 01 30 0a       --   result 1, of updateLocation
         02 01 02 30 05 04 03 91 51 55    --     HLR number",
    );
    let (seen, _) = run(M3UA, &[begin, nested, answer, end].map(|tcap| on_m3ua(UDT, &tcap)));
    let operations: Vec<&str> = seen.messages.iter().map(|(operation, _)| operation.as_str()).collect();
    assert_eq!(
        operations,
        [
            "updateLocation invoke",
            "insertSubscriberData invoke",
            "insertSubscriberData result",
            "updateLocation result"
        ]
    );
    let registered: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome)).collect();
    assert_eq!(registered, [(EventKind::Register, crate::event::Result::Success)]);
}

/// A registration that nobody answered is told as it is, and counted.
#[test]
fn a_registration_without_an_answer_is_not_lost() {
    let register = b"REGISTER sip:ims.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
        From: <sip:+15550101@ims.example>;tag=1\r\nTo: <sip:+15550101@ims.example>\r\nCall-ID: 1\r\n\
        CSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n"
        .to_vec();
    let (seen, health) = run(Carrier::Udp, &[register]);
    assert_eq!(seen.events.iter().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::Register]);
    assert_eq!(health.count(Layer::Sip, Outcome::Evicted, "registration without an answer"), 1);
}
