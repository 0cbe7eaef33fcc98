//! SIP messages, and what lies in their bodies.

use super::{Count, Dissected};
use crate::health::{Layer, Outcome};
use crate::wire::ss7::isup::Isup;
use crate::wire::{DecodeError, sip};

/// A SIP message with what it says.
#[derive(Debug, Clone)]
pub struct SipMessage<'a> {
    /// The message.
    pub message: sip::Sip<'a>,
    /// What it says.
    pub facts: sip::Facts<'a>,
    /// Where media of its session go.
    pub endpoint: Option<(std::net::IpAddr, u16)>,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

pub(super) fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match sip::Sip::parse(octets) {
        Ok(message) => {
            let mut facts = sip::facts(&message);
            let stop = facts.stop;
            let mut odd = facts.oddities.iter().map(|oddity| oddity.error(0));
            count.layer(Layer::Sip, octets.len(), stop.or_else(|| odd.next()));
            odd.for_each(|error| count.also(error));
            if facts.positions > 0 {
                let what = "location that is no cell (position, civic address)";
                count.health.also(Layer::Sip, Outcome::Unsupported, what, Some(count.example.clone()));
            }
            let endpoint = facts.bodies.sdp.and_then(|sdp| session(sdp, stop, count));
            if let Some(octets) = facts.bodies.isup {
                isup(octets, &mut facts, count);
            }
            Dissected::Sip(SipMessage { message, facts, endpoint, stop })
        }
        Err(error) => {
            count.layer(Layer::Sip, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

/// Where the media of a session go. What is wrong with a description that the capture cut is not its sender's.
fn session(text: &[u8], cut: Option<DecodeError>, count: &mut Count<'_>) -> Option<(std::net::IpAddr, u16)> {
    let sdp = sip::Sdp::parse(text);
    if let Some(what) = sdp.stop.filter(|_| cut.is_none()) {
        count.also(DecodeError::malformed(Layer::Sip, 0, what));
    }
    sdp.endpoint()
}

/// A message of the ISDN User Part (RFC 3204, Q.1912.5): it names the parties where the headers do not, or others, and
/// the cause of an end.
fn isup(octets: &[u8], facts: &mut sip::Facts<'_>, count: &mut Count<'_>) {
    let message = match Isup::parse(octets) {
        Ok(message) => message,
        Err(error) => return count.layer(Layer::Isup, octets.len(), Some(error)),
    };
    count.layer(Layer::Isup, octets.len(), message.stop);
    let told = message.named();
    let named = &mut facts.named;
    if let Some(calling) = told.calling {
        facts.originating.number = facts.originating.number.or(told.calling);
        named.calling(calling);
    }
    if let Some(called) = told.called {
        facts.terminating.number = facts.terminating.number.or(told.called);
        named.called(called);
    }
    told.more.into_iter().for_each(|identity| named.further(identity));
    if let (None, Some(cause)) = (facts.reason, message.cause) {
        facts.reason = Some(sip::Reason { protocol: b"Q.850", cause: Some(u32::from(cause.value)) });
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::{Dissected, dissect};
    use crate::health::{Health, Layer};
    use crate::reassembly::{Carrier, Flow, Octets, Pdu};
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn an_isup_body_names_the_parties_that_headers_do_not() {
        let mut octets = b"INVITE sip:gateway.example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
            From: <sip:anonymous@anonymous.invalid>;tag=a\r\nTo: <sip:gateway.example.com>\r\nCall-ID: 1\r\n\
            CSeq: 1 INVITE\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n\
            Content-Type: application/ISUP;version=itu-t92+\r\n\r\n"
            .to_vec();
        octets.extend([
            0x01, 0x00, 0x60, 0x01, 0x0a,
            0x00, // IAM, nature of connection, forward call indicators, ordinary, speech
            0x02, 0x07, // called number at 8, optional part at 14
            0x05, 0x04, 0x10, 0x51, 0x55, 0x10, // international 1 555 01
            0x0a, 0x06, 0x04, 0x13, 0x51, 0x55, 0x10, 0x02, // calling: international 1 555 0120
            0x00,
        ]);
        octets.extend(b"\r\n--b--\r\n");
        let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        let flow = Flow { src: address, dst: address, src_port: 5060, dst_port: 5060 };
        let place = Octets::Packet(0..octets.len());
        let (carrier, frames) = (Carrier::Udp, 0..0);
        let pdu = Pdu { file: 0, frame: 1, time: 0, flow, carrier, octets: place, frames, truncated: false };
        let mut health = Health::default();
        let Dissected::Sip(sip) = dissect(&pdu, &octets, &mut health) else { panic!("SIP") };
        assert_eq!(sip.facts.named.calling.unwrap().to_string(), "15550120");
        assert_eq!(sip.facts.originating.number.unwrap().to_string(), "15550120");
        assert_eq!(sip.facts.terminating.number.unwrap().to_string(), "155501");
        assert!(health.layers().any(|(layer, counts)| layer == Layer::Isup && counts.decoded == 1));
    }
}
