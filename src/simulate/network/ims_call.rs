//! The leg of a call on Gm: INVITE to BYE between a UE and the P-CSCF, the UE calling or called.

use super::super::clock::MILLISECOND;
use super::super::encode::sip;
use super::call::{Outcome, Timeline};
use super::ims::{Dialog, text, ue};
use super::nodes::Nodes;
use super::{Card, Net};
use crate::identity::Msisdn;

impl Net {
    /// One leg of a call: between the UE and the P-CSCF, the UE calling or called.
    pub(super) fn ims_leg(&mut self, card: &Card, other: Msisdn, calling: bool, line: &Timeline) {
        let realm = self.nodes.ims.clone();
        let (us, them) = (format!("sip:+{}@{realm}", card.msisdn), format!("sip:+{other}@{realm};user=phone"));
        let (from, to) = if calling { (&us, &them) } else { (&them, &us) };
        let ue_uri = format!("sip:{}@{}:{}", card.imsi, text(ue(card).ip), ue(card).port);
        let (to_tag, session) = (self.dice.word(), self.dice.word() >> 4);
        let mut d = Dialog {
            id: self.call_id(card),
            caller: format!("<{from}>;tag={:08x}", self.dice.word()),
            called: format!("<{to}>"),
            target: if calling { to.clone() } else { ue_uri.clone() },
            branch: self.dice.word(),
        };
        let offer = sip::sdp(if calling { ue(card).ip } else { [10, 41, 0, 9] }, 40_000, session);
        let answer = sip::sdp(if calling { [10, 41, 0, 9] } else { ue(card).ip }, 42_000, session / 3);
        let start =
            if calling { line.dialled + self.waking(false) } else { line.ringing - (line.ringing - line.dialled) / 3 };
        let pcscf = format!("<sip:{}:5060>", text(Nodes::PCSCF.ip));
        let contact = |ue_side: bool| {
            let value = if ue_side { Self::contact(card) } else { pcscf.clone() };
            ("Contact", value)
        };
        if !calling {
            let asked = start.saturating_sub(60 * MILLISECOND);
            self.served_where(card, asked);
        }
        let bearers = if calling { start } else { start.saturating_sub(self.waking(true)) };
        if calling || line.rings() {
            self.awake(card, !calling, bearers, line.over);
        }
        let mut extra = self.identity_headers(card, calling, from);
        extra.push(contact(calling));
        extra.push(("Supported", "100rel, timer".to_owned()));
        self.request(card, &d, calling, "INVITE", 1, start, &extra, ("application/sdp", &offer));
        let trying = start + self.radio();
        self.respond(card, &d, !calling, "100 Trying", (1, "INVITE"), trying, &[], ("", &[]));
        let (first_branch, untagged) = (d.branch, d.called.clone());
        d.called.push_str(&format!(";tag={to_tag:08x}"));
        let mut time = trying;
        let rings = line.rings();
        if rings {
            time = line.ringing.max(trying + self.radio());
            let mut extra = vec![contact(!calling), ("RSeq", "1".to_owned()), ("Require", "100rel".to_owned())];
            extra.append(&mut self.access_if_ue(card, !calling));
            self.respond(card, &d, !calling, "180 Ringing", (1, "INVITE"), time, &extra, ("application/sdp", &answer));
            time += self.radio();
            d.branch = self.dice.word();
            let rack = [("RAck", "1 1 INVITE".to_owned())];
            self.request(card, &d, calling, "PRACK", 2, time, &rack, ("", &[]));
            time += self.radio();
            self.respond(card, &d, !calling, "200 OK", (2, "PRACK"), time, &[], ("", &[]));
        }
        if rings {
            self.speech(card, true, time);
        }
        d.branch = first_branch;
        let decided = line.decided.max(time + self.radio());
        let (status, then) = match line.outcome {
            Outcome::Answered(duration, by_caller) => ("200 OK", Some((duration, by_caller))),
            Outcome::Busy | Outcome::Engaged => ("486 Busy Here", None),
            Outcome::NoAnswer => ("480 Temporarily Unavailable", None),
            Outcome::Absent => ("404 Not Found", None),
            Outcome::Abandoned => {
                // RFC 3261 §9.1: with the To of the INVITE, which had no tag.
                let tagged = std::mem::replace(&mut d.called, untagged);
                self.request(card, &d, calling, "CANCEL", 1, decided, &[], ("", &[]));
                d.called = tagged;
                let time = decided + self.radio();
                self.respond(card, &d, !calling, "200 OK", (1, "CANCEL"), time, &[], ("", &[]));
                ("487 Request Terminated", None)
            }
        };
        let final_at = if line.outcome == Outcome::Abandoned { decided + self.span(0.13, 0.25) } else { decided };
        let mut extra = if then.is_some() { vec![contact(!calling)] } else { Vec::new() };
        extra.append(&mut self.access_if_ue(card, !calling));
        self.respond(card, &d, !calling, status, (1, "INVITE"), final_at, &extra, ("", &[]));
        let acknowledged = final_at + self.radio();
        if then.is_some() {
            d.branch = self.dice.word();
        }
        self.request(card, &d, calling, "ACK", 1, acknowledged, &[], ("", &[]));
        if rings {
            let hung_up = line.over.max(acknowledged) + self.hop();
            self.speech(card, false, hung_up);
        }
        if let Some((duration, by_caller)) = then {
            let over = (decided + duration).max(acknowledged + self.radio());
            d.branch = self.dice.word();
            if by_caller {
                self.request(card, &d, calling, "BYE", 3, over, &[], ("", &[]));
                let end = over + self.radio();
                self.respond(card, &d, !calling, "200 OK", (3, "BYE"), end, &[], ("", &[]));
            } else {
                // The called side speaks of itself first.
                std::mem::swap(&mut d.caller, &mut d.called);
                d.target = if calling { ue_uri } else { from.clone() };
                self.request(card, &d, !calling, "BYE", 1, over, &[], ("", &[]));
                let end = over + self.radio();
                self.respond(card, &d, calling, "200 OK", (1, "BYE"), end, &[], ("", &[]));
            }
        }
    }

    fn access_if_ue(&self, card: &Card, from_ue: bool) -> Vec<(&'static str, String)> {
        if from_ue { vec![("P-Access-Network-Info", self.access_network(card))] } else { Vec::new() }
    }
}
