//! Short messages: sent, received, to how many, the same text to many, from applications.

use super::contact;
use super::definition::{NEVER, definitions};
use super::sample::{Sample, mix};
use super::slots::Fullest;
use super::{Definition, Family, Occasional, Span, share};
use crate::event::{Event, EventKind, Peer};

/// A sender with at most so many digits is an application's short code.
const SHORT_CODE_DIGITS: usize = 6;

const ABSENT_SENT: &str = "no message sent";
const ABSENT_RECEIVED: &str = "no message received";
const CODES: &str = "Thomas et al. 2014 (trade in phone verified accounts)";
const BLASTS: &str = "Murynets and Piqueras Jover 2012 (crime scene investigation: SMS spam)";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Messages {
    sent: u32,
    received: u32,
    from_applications: u32,
    /// Messages sent in more than one part.
    long: u32,
    recipients: Sample<u64, u32, 128>,
    senders: Sample<u64, u32, 64>,
    /// By fingerprint of the text.
    texts: Sample<u64, u32, 64>,
    codes: Fullest<60>,
}

fn is_application(peer: Peer) -> bool {
    match peer {
        Peer::Name(_) => true,
        Peer::Number(number) => number.digits.len() <= SHORT_CODE_DIGITS,
    }
}

impl Messages {
    /// Messages sent.
    pub(super) fn sent(&self) -> u32 {
        self.sent
    }
    /// Messages received.
    pub(super) fn received(&self) -> u32 {
        self.received
    }
    /// The text sent most often.
    pub(super) fn main_text(&self) -> Option<u64> {
        self.texts.main().map(|(text, _)| text)
    }
}

impl Occasional for Messages {
    fn concerns(event: &Event) -> bool {
        matches!(event.kind, EventKind::SmsSubmit | EventKind::SmsDeliver)
    }
}

impl Family for Messages {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "sms_out_per_hour" PerHour: "short messages sent by the hour",
            says "sent {} messages an hour", from BLASTS, needs [SmsOut], absent NEVER;
        "sms_in_per_hour" PerHour: "short messages received by the hour",
            says "got {} messages an hour", from CODES, needs [SmsIn], absent NEVER;
        "sms_in_share" Share: "messages received / messages",
            says "{} of its messages came in", from CODES, needs [SmsOut, SmsIn], absent "no message";
        "sms_recipients" Count: "different recipients (above 128 an estimate, standard error 9 %)",
            says "wrote to {} number{s}",
            from BLASTS, needs [SmsOut], absent NEVER;
        "sms_recipient_ratio" Ratio: "different recipients / messages sent",
            says "wrote to {} different numbers for each message", from BLASTS, needs [SmsOut], absent ABSENT_SENT;
        "sms_same_text_share" Share:
            "messages with the most frequent text (by fingerprint) / messages sent whose text was seen",
            says "sent one text in {} of its messages",
            from BLASTS, needs [SmsOut, SmsText], absent "no message whose text was seen was sent";
        "sms_long_share" Share: "messages sent in more than one part / messages sent",
            says "{} of the messages that it sent had several parts",
            from "3GPP TS 23.040 §9.2.3.24.1", needs [SmsOut], absent ABSENT_SENT;
        "sms_senders" Count: "different senders of messages received",
            says "got messages from {} sender{s}", from CODES, needs [SmsIn], absent NEVER;
        "sms_application_share" Share: "messages from names and short codes / messages received",
            says "{} of the messages to it came from applications",
            from CODES, needs [SmsIn], absent ABSENT_RECEIVED;
        "sms_codes_max_hour" Count: "most messages from names and short codes in one hour of the clock",
            says "got up to {} message{s} from applications in one hour",
            from CODES, needs [SmsIn], absent NEVER;
    };

    fn push(&mut self, event: &Event) {
        match event.kind {
            EventKind::SmsSubmit => {
                self.sent = self.sent.saturating_add(1);
                self.long = self.long.saturating_add(u32::from(event.sms_parts.is_some_and(|parts| parts > 1)));
                if let Some(peer) = event.peer {
                    self.recipients.add(contact::key(peer), 1);
                }
                if let Some(digest) = event.sms_digest {
                    self.texts.add(mix(digest), 1);
                }
            }
            EventKind::SmsDeliver => {
                self.received = self.received.saturating_add(1);
                let Some(peer) = event.peer else { return };
                self.senders.add(contact::key(peer), 1);
                if is_application(peer) {
                    self.from_applications = self.from_applications.saturating_add(1);
                    self.codes.add(event.time);
                }
            }
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        self.sent = self.sent.saturating_add(later.sent);
        self.received = self.received.saturating_add(later.received);
        self.from_applications = self.from_applications.saturating_add(later.from_applications);
        self.long = self.long.saturating_add(later.long);
        self.recipients.merge(&later.recipients);
        self.senders.merge(&later.senders);
        self.texts.merge(&later.texts);
        self.codes.merge(&later.codes);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let recipients = self.recipients.distinct();
        out.push(f64::from(self.sent) / span.hours());
        out.push(f64::from(self.received) / span.hours());
        out.push(share(self.received, f64::from(self.sent) + f64::from(self.received)));
        out.push(recipients);
        out.push(share(recipients, self.recipients.total()));
        out.push(self.texts.main_share());
        out.push(share(self.long, self.sent));
        out.push(self.senders.distinct());
        out.push(share(self.from_applications, self.received));
        out.push(f64::from(self.codes.most()));
    }
}
