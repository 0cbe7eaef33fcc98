//! Mw: what the P-CSCF hands on to the S-CSCF, and gets from it.

use super::super::clock::{MILLISECOND, Time};
use super::super::encode::sip::{Message, Style};
use super::super::transport::Way;
use super::ims::{Dialog, text};
use super::nodes::Nodes;
use super::{Card, Interface, Link, Net};

/// From Gm to Mw, or back.
pub(super) const HANDED_ON: Time = 3 * MILLISECOND;

/// A message as it is on Gm.
pub(super) struct OnGm<'a> {
    /// Its start line.
    pub start: &'a str,
    /// The UE's or P-CSCF's Via there.
    pub via: &'a str,
    /// The dialog that it belongs to.
    pub dialog: &'a Dialog,
    /// CSeq.
    pub sequence: &'a str,
    /// Further headers.
    pub extra: &'a [(&'a str, String)],
    /// Content type and content.
    pub body: (&'a str, &'a [u8]),
}

impl Net {
    /// The same message on Mw: after Gm where the UE sends it, before where it gets it.
    pub(super) fn hand_on(&mut self, card: &Card, from_ue: bool, request: bool, at: Time, message: &OnGm<'_>) {
        if !self.on(Interface::Mw) {
            return;
        }
        let (way, at) =
            if from_ue { (Way::Forward, at + HANDED_ON) } else { (Way::Back, at.saturating_sub(HANDED_ON)) };
        let begun_by_ue = from_ue == request;
        let branch = message.dialog.branch.rotate_left(7);
        let sender = if begun_by_ue { Nodes::PCSCF } else { Nodes::SCSCF };
        let mut m = Message::new(message.start, Style::default());
        m.header("Via", &format!("SIP/2.0/UDP {}:{};branch=z9hG4bK{branch:08x}", text(sender.ip), sender.port));
        if begun_by_ue {
            m.header("Via", message.via);
        }
        if request {
            let route = format!("<sip:{}:{};lr>", text(sender.ip), sender.port);
            m.header("Max-Forwards", "67").header("Record-Route", &route);
        }
        m.header("From", &message.dialog.caller)
            .header("To", &message.dialog.called)
            .header("Call-ID", &message.dialog.id)
            .header("CSeq", message.sequence);
        for (name, value) in message.extra {
            let name = if *name == "P-Preferred-Identity" { "P-Asserted-Identity" } else { name };
            m.header(name, value);
        }
        if request {
            let charging = format!("icid-value={:08x}{}", card.index, message.dialog.id.len());
            m.header("P-Charging-Vector", &format!("{charging};orig-ioi={}", self.nodes.ims));
        }
        let (kind, body) = message.body;
        let octets = m.body(kind, body);
        self.push(at, Link::Mw, way, 0, vec![octets]);
    }
}
