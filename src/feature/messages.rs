//! Short messages: sent, received, to how many, the same text to many, from applications.

use super::calls::peer_key;
use super::{Definition, Family, Span, Tally, Unit, share};
use crate::event::{Event, EventKind, Peer};

/// A sender with at most so many digits is an application's short code.
const SHORT_CODE_DIGITS: usize = 6;

const FED_BY: &str = "MAP forwardSM, SIP MESSAGE, SGd, call records";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Messages {
    sent: u32,
    received: u32,
    from_applications: u32,
    recipients: Tally<u64, 256>,
    digests: Tally<u64, 128>,
}

fn is_application(peer: Peer) -> bool {
    match peer {
        Peer::Name(_) => true,
        Peer::Number(number) => number.digits.len() <= SHORT_CODE_DIGITS,
    }
}

impl Family for Messages {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "sms_out_per_hour",
            unit: Unit::PerHour,
            meaning: "short messages sent by the hour",
            source: "FEATURES: messages",
            fed_by: FED_BY,
            absent: "never: none is zero",
        },
        Definition {
            name: "sms_in_per_hour",
            unit: Unit::PerHour,
            meaning: "short messages received by the hour",
            source: "FEATURES: messages; codes per hour",
            fed_by: FED_BY,
            absent: "never: none is zero",
        },
        Definition {
            name: "sms_recipient_ratio",
            unit: Unit::Ratio,
            meaning: "different recipients / messages sent",
            source: "FEATURES: distinct recipients",
            fed_by: FED_BY,
            absent: "no message sent",
        },
        Definition {
            name: "sms_same_text_share",
            unit: Unit::Share,
            meaning: "messages with the most frequent text (by fingerprint) / messages sent whose text was seen",
            source: "FEATURES: same template to many",
            fed_by: FED_BY,
            absent: "no message whose text was seen was sent",
        },
        Definition {
            name: "sms_application_share",
            unit: Unit::Share,
            meaning: "messages from names and short codes / messages received",
            source: "FEATURES: senders that are applications (verification codes)",
            fed_by: FED_BY,
            absent: "no message received",
        },
    ];

    fn push(&mut self, event: &Event) {
        match event.kind {
            EventKind::SmsSubmit => {
                self.sent = self.sent.saturating_add(1);
                if let Some(peer) = event.peer {
                    self.recipients.add(peer_key(peer));
                }
                if let Some(digest) = event.sms_digest {
                    self.digests.add(digest);
                }
            }
            EventKind::SmsDeliver => {
                self.received = self.received.saturating_add(1);
                let application = event.peer.is_some_and(is_application);
                self.from_applications = self.from_applications.saturating_add(u32::from(application));
            }
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        self.sent = self.sent.saturating_add(later.sent);
        self.received = self.received.saturating_add(later.received);
        self.from_applications = self.from_applications.saturating_add(later.from_applications);
        self.recipients.merge(&later.recipients);
        self.digests.merge(&later.digests);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        out.push(f64::from(self.sent) / span.hours());
        out.push(f64::from(self.received) / span.hours());
        out.push(share(self.recipients.distinct(), self.recipients.total()));
        out.push(share(self.digests.main().map_or(0, |(_, count)| count), self.digests.total()));
        out.push(share(self.from_applications, self.received));
    }
}
