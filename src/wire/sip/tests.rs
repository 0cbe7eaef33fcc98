//! Known answers, prefixes, framing, and any octets.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::Framing;
use proptest::prelude::*;

fn crlf(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

fn register() -> Vec<u8> {
    crlf(
        r#"REGISTER sip:ims.mnc001.mcc001.3gppnetwork.org SIP/2.0
v: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bK1;rport
f: <sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org>;tag=a1
t: "A, B" <sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org>
i: r1@example.com
CSeq: 7 REGISTER
m: <sip:001011234567890@[2001:db8::1]>;+g.3gpp.smsip
 ;+sip.instance="<urn:gsma:imei:00101999-000001-0>"
	;expires=600
Authorization: Digest uri="sip:x,y",username="001011234567890@ims.mnc001.mcc001.3gppnetwork.org",nonce=""
P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=0010100010000101
P-Visited-Network-ID: "mnc070.mcc999"
User-Agent: UE
 of two lines
Expires: 3600
l: 0

"#,
    )
}

fn invite() -> Vec<u8> {
    crlf(
        r#"INVITE tel:+1-555-0199 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
From: <sip:anonymous@anonymous.invalid>;tag=b
To: <tel:+1-555-0199>
Call-ID: c1
CSeq: 1 INVITE
P-Asserted-Identity: "A" <sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org>, <tel:+15550100>
P-Charging-Vector: icid-value="x1";orig-ioi=home
Privacy: id
Content-Type: application/sdp
Content-Length: 5

v=0
"#,
    )
}

fn parsed(octets: &[u8]) -> (Sip<'_>, Facts<'_>) {
    let message = Sip::parse(octets).unwrap();
    (message, facts(&message))
}

fn oddities(octets: &[u8]) -> Vec<Oddity> {
    parsed(octets).1.oddities.iter().collect()
}

#[test]
fn register_known_answer() {
    let octets = register();
    let (message, facts) = parsed(&octets);
    assert!(facts.oddities.is_empty(), "{:?}", oddities(&octets));
    assert_eq!((facts.stop, facts.body), (None, [].as_slice()));
    assert_eq!(facts.method, Some(Method::Register));
    assert_eq!(facts.cseq, Some(7));
    assert_eq!(facts.call_id, Some(b"r1@example.com".as_slice()));
    assert_eq!(facts.branch, Some(b"z9hG4bK1".as_slice()));
    assert_eq!(facts.from_tag, Some(b"a1".as_slice()));
    assert_eq!(facts.to_tag, None);
    assert_eq!(facts.registration_expires(), Some(600));
    assert_eq!(facts.expires, Some(3600));
    let named = &facts.named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.imei.unwrap().to_string(), "001019990000010");
    assert_eq!(format!("{:?}", named.cell.unwrap()), "ecgi 001-01-1-257");
    assert_eq!(named.plmn.unwrap().to_string(), "999-70");
    assert_eq!((named.msisdn, named.calling, named.called), (None, None, None));
    let mut buffer = [0; 64];
    let user_agent = unfold(facts.user_agent.unwrap(), &mut buffer);
    assert_eq!(user_agent, b"UE of two lines");
    assert_eq!(message.header(HeaderName::Via).count(), 1);
}

#[test]
fn invite_known_answer() {
    let octets = invite();
    let (message, facts) = parsed(&octets);
    assert!(facts.oddities.is_empty(), "{:?}", oddities(&octets));
    assert!(matches!(message.start, StartLine::Request { method: Method::Invite, uri: b"tel:+1-555-0199" }));
    assert_eq!(facts.body, b"v=0\r\n");
    assert_eq!(facts.icid, Some(b"x1".as_slice()));
    assert_eq!(facts.privacy, Some(b"id".as_slice()));
    let named = &facts.named;
    assert_eq!(named.calling.unwrap().to_string(), "15550100");
    assert_eq!(named.called.unwrap().to_string(), "15550199");
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    // Who calls may not be who owns the number: only registration tells.
    assert_eq!(named.msisdn, None);
}

#[test]
fn responses_speak_for_the_terminating_party() {
    let octets = crlf(
        "SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
From: <tel:+15550100>;tag=b
To: <tel:+15550199>;tag=c
Call-ID: c1
CSeq: 1 INVITE
P-Asserted-Identity: <sip:999701234567890@ims.mnc070.mcc999.3gppnetwork.org>
Contact: <sip:192.0.2.2>;+sip.instance=\"<urn:gsma:imei:00101999-000002-0>\"
Reason: SIP;cause=200 , Q.850 ;cause=16;text=\"a, b\"

",
    );
    let (message, facts) = parsed(&octets);
    assert!(matches!(message.start, StartLine::Response { code: 200, .. }));
    assert_eq!(facts.method, Some(Method::Invite));
    assert_eq!(facts.originating.number.unwrap().to_string(), "15550100");
    assert_eq!(facts.terminating.number.unwrap().to_string(), "15550199");
    assert_eq!(facts.named.imsi, facts.terminating.imsi);
    assert_eq!(facts.named.imsi.unwrap().to_string(), "999701234567890");
    assert_eq!(facts.named.imei.unwrap().to_string(), "001019990000020");
    let reason = facts.reason.unwrap();
    assert_eq!((reason.protocol, reason.cause), (b"Q.850".as_slice(), Some(16)));
}

#[test]
fn a_registration_tells_the_number() {
    let octets = crlf(
        "SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
From: <sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org>;tag=b
To: <sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org>;tag=c
Call-ID: c1
CSeq: 1 REGISTER
P-Associated-URI: <sip:+15550100@ims.mnc001.mcc001.3gppnetwork.org>,<tel:+15550100>
Contact: *

",
    );
    let facts = parsed(&octets).1;
    assert_eq!(facts.named.msisdn.unwrap().to_string(), "15550100");
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(facts.named.more, []);
    assert!(facts.contact_all);
}

const MIXED: &str = "INVITE urn:service:sos SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
From: <sip:+15550109@example.com>;tag=b
To: <urn:service:sos>
Call-ID: c1
CSeq: 1 INVITE
P-Asserted-Identity: <tel:+15550100>
P-Served-User: <sip:+15550108@example.com>;sescase=orig;regstate=reg
Diversion: <tel:+15550107>;reason=unconditional
History-Info: <sip:+15550107@example.com?Reason=SIP%3Bcause%3D302>;index=1, <tel:+15550106>;index=1.1
Contact: <sip:+15550100@192.0.2.1;gr=urn:gsma:imei:00101999-000001-0>
Geolocation: <cid:l@example.com>
Content-Type: multipart/mixed; boundary=\"b 1\"

--b 1
Content-Type: application/sdp

v=0
c=IN IP4 192.0.2.9
m=audio 4000 RTP/AVP 0

--b 1
Content-Type: application/pidf+xml
Content-ID: <l@example.com>

<presence><gml:pos>1 2</gml:pos><servingCell><mcc>001</mcc><mnc>01</mnc><tac>7</tac><eucid>257</eucid></servingCell></presence>
--b 1
Content-Type: application/isup;version=itu-t92+

\u{1}\u{2}
--b 1--
";

#[test]
fn bodies_of_many_parts_and_parties_of_many_headers() {
    let octets = crlf(MIXED);
    let (_, facts) = parsed(&octets);
    assert!(facts.oddities.is_empty(), "{:?}", oddities(&octets));
    assert!(facts.emergency);
    assert_eq!(Sdp::parse(facts.bodies.sdp.unwrap()).endpoint(), Some(("192.0.2.9".parse().unwrap(), 4000)));
    assert_eq!(facts.bodies.isup, Some([1, 2].as_slice()));
    assert_eq!((facts.bodies.sms, facts.bodies.text, facts.positions), (None, None, 1));
    let named = &facts.named;
    assert_eq!(format!("{:?}", named.cell.unwrap()), "ecgi 001-01-7-257");
    assert_eq!(named.imei.unwrap().to_string(), "001019990000010");
    assert_eq!(named.calling.unwrap().to_string(), "15550100");
    let more: Vec<_> = named.more.iter().map(ToString::to_string).collect();
    assert_eq!(more, ["calling=15550109", "calling=15550108", "called=15550107", "called=15550106"]);
}

#[test]
fn registration_information_names_whom_the_network_drops() {
    let octets = crlf(
        "NOTIFY sip:192.0.2.1 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
From: <sip:scscf.example.com>;tag=b
To: <sip:192.0.2.1>;tag=c
Call-ID: c1
CSeq: 1 NOTIFY
Event: reg
Content-Type: application/reginfo+xml

<reginfo><registration aor=\"tel:+15550100\" state=\"terminated\"/></reginfo>",
    );
    let facts = parsed(&octets).1;
    assert!(facts.unregistered);
    assert_eq!(facts.named.msisdn.unwrap().to_string(), "15550100");
}

#[test]
fn a_contact_with_an_imsi_is_no_number() {
    let octets = String::from_utf8(invite())
        .unwrap()
        .replace("INVITE tel:+1-555-0199", "INVITE sip:001011234567891@192.0.2.7:5060")
        .into_bytes();
    let facts = parsed(&octets).1;
    assert_eq!(facts.named.called.unwrap().to_string(), "15550199");
}

#[test]
fn oddities_are_named() {
    let base = String::from_utf8(invite()).unwrap();
    let with = |from: &str, to: &str| oddities(base.replace(from, to).as_bytes());
    assert_eq!(with("INVITE tel", "\0\0INVITE tel"), [Oddity::Junk]);
    assert_eq!(with("INVITE tel", "\r\n\r\nINVITE tel"), []);
    assert_eq!(with("INVITE tel", "junk\r\nINVITE tel"), [Oddity::Junk]);
    assert_eq!(with("0199 SIP/2.0", "0199 SIP/3"), [Oddity::Version]);
    assert_eq!(with("INVITE tel", " tel"), [Oddity::Method, Oddity::CSeqMethod]);
    assert_eq!(with("tel:+1-555-0199 ", "tel:+1 555 0199 "), [Oddity::RequestUri]);
    assert_eq!(with("INVITE tel", "invite tel"), [Oddity::CSeqMethod]);
    assert_eq!(with("\r\n", "\n")[0], Oddity::LineFeed);
    assert_eq!(with(";orig-ioi", "\r\n;orig-ioi"), [Oddity::Continuation]);
    assert_eq!(with("\"A\" <sip", "\"A\"\r\n<sip"), [Oddity::Continuation]);
    assert_eq!(with("Privacy:", "Privacy"), [Oddity::NoColon]);
    assert_eq!(with("Privacy:", "Pri vacy:"), [Oddity::HeaderName]);
    assert_eq!(with("Privacy: id", "Call-ID: 2"), [Oddity::Repeated]);
    assert_eq!(with("Call-ID: c1\r\n", ""), [Oddity::Missing]);
    assert_eq!(with("CSeq: 1 INVITE", "CSeq: x"), [Oddity::Missing, Oddity::CSeq]);
    assert_eq!(with("CSeq: 1 INVITE", "CSeq: 99999999999 INVITE"), [Oddity::Missing, Oddity::CSeq]);
    assert_eq!(with("Content-Length: 5", "Content-Length: five"), [Oddity::ContentLength]);
    assert_eq!(with("Content-Length: 5", "Content-Length: 4"), [Oddity::AfterBody]);
    assert_eq!(with("To: <tel:+1-555-0199>", "To: <tel"), [Oddity::Missing, Oddity::Address]);
    let multipart = "Content-Type: multipart/mixed;boundary=b";
    assert_eq!(with("Content-Type: application/sdp", multipart), [Oddity::Multipart]);
    assert_eq!(with("90@ims.mnc001", "90@ims.mnc070"), [Oddity::ForeignImsi]);
    assert_eq!(with("Privacy: id", "P-Access-Network-Info: 3GPP-GERAN;cgi-3gpp=1"), [Oddity::Cell]);
    let many = "X: y\r\n".repeat(MAX_HEADERS);
    assert_eq!(with("Privacy: id\r\n", &many), [Oddity::TooManyHeaders]);
    assert_eq!(oddities(b"SIP/2.0 999 X\r\n\r\n"), [Oddity::StatusCode, Oddity::Missing]);
    assert_eq!(Oddity::Junk.error(3).reason(), "octets before the start line");
}

#[test]
fn what_is_not_sip() {
    for text in ["", "\r\n\r\n", "\0\0\0\0", "GET / HTTP/1.1\r\n\r\n", "SIP/2.0 2xx\r\n", "hello world\r\n"] {
        assert!(Sip::parse(text.as_bytes()).is_err(), "{text:?}");
        assert!(!Sip::probe(text.as_bytes()));
    }
    assert!(Sip::probe(&invite()));
    assert!(Sip::probe(b"OPTIONS sip:alice@example.com SIP/2.0\nCall-ID: 1\n\n"));
}

#[test]
fn every_prefix_is_an_error_or_a_part() {
    for whole in [register(), invite()] {
        let full = parsed(&whole).1;
        for end in 0..whole.len() {
            let prefix = &whole[..end];
            assert_eq!(frame(prefix, false), Framing::NeedMore, "{end}");
            let Ok(message) = Sip::parse(prefix) else {
                continue;
            };
            let part = facts(&message);
            assert!(part.stop.is_some(), "{end}");
            // A line that the cut goes through is not used: no number is ever read in half.
            assert!(part.named.imsi.is_none() || part.named.imsi == full.named.imsi);
            assert!(part.named.imei.is_none() || part.named.imei == full.named.imei);
            assert!(part.call_id.is_none() || part.call_id == full.call_id);
        }
    }
}

#[test]
fn framing_in_step_and_after_a_gap() {
    let (one, two) = (invite(), register());
    let stream = [one.clone(), b"\r\n\r\n".to_vec(), two.clone()].concat();
    assert_eq!(frame(&stream, false), Framing::Message(one.len()));
    let rest = &stream[one.len()..];
    assert_eq!(frame(rest, false), Framing::Skip(4));
    assert_eq!(frame(&rest[4..], false), Framing::Message(two.len()));
    assert_eq!(frame(&[], false), Framing::NeedMore);
    assert_eq!(frame(&[0x16, 3, 1, 0], false), Framing::NotMine);
    for lost in 1..one.len() {
        let mut rest = &stream[lost..];
        loop {
            match frame(rest, true) {
                Framing::Skip(octets) => rest = &rest[octets..],
                Framing::Message(length) if rest.len() == length => {
                    assert_eq!(rest, two.as_slice(), "{lost}");
                    break;
                }
                other => panic!("{lost}: {other:?}"),
            }
        }
    }
    let long = "INVITE sip:a@b SIP/2.0\r\nContent-Length: 9999999\r\n\r\n";
    assert_eq!(frame(long.as_bytes(), false), Framing::NotMine);
    let endless = [b"INVITE sip:a@b SIP/2.0\r\nX: ".to_vec(), vec![b'x'; MAX_HEAD]].concat();
    assert_eq!(frame(&endless, false), Framing::NotMine);
}

proptest! {
    #[test]
    fn any_octets(octets in proptest::collection::vec(any::<u8>(), 0..200), resync: bool) {
        if let Ok(message) = Sip::parse(&octets) {
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
    fn mutated_octets(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        registers: bool,
    ) {
        let mut octets = if registers { register() } else { invite() };
        for (at, value) in changes {
            let at = at.index(octets.len());
            octets[at] = value;
        }
        if let Ok(message) = Sip::parse(&octets) {
            let facts = facts(&message);
            for oddity in facts.oddities.iter() {
                prop_assert!(!oddity.text().is_empty());
            }
            let _ = unfold(message.head, &mut [0; 16]);
        }
        let _ = frame(&octets, true);
    }
}
