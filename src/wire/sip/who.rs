//! Once all headers are read: who is who, and what the body holds.

use super::body::Part;
use super::facts::{Facts, Party};
use super::walk::Walk;
use super::{Method, Oddity, Sip, StartLine};
use crate::health::Layer;
use crate::identity::Number;
use crate::wire::{DecodeError, Identity, ims};

impl<'a> Walk<'a> {
    /// Decides who is who.
    pub(super) fn finish(mut self, message: &Sip<'a>) -> Facts<'a> {
        let mut request_uri = Party::default();
        if let StartLine::Request { method, uri } = message.start {
            match self.facts.method {
                None => self.facts.method = Some(method),
                Some(of_cseq) if of_cseq != method => self.odd(Oddity::CSeqMethod),
                Some(_) => {}
            }
            self.facts.emergency = is_emergency(uri);
            if let Some(uri) = ims::Uri::parse(uri)
                && !is_contact_of_imsi(&uri)
            {
                request_uri = self.party_of(&uri);
            }
        }
        let facts = &mut self.facts;
        facts.emergency |= facts.to.is_some_and(is_emergency);
        let mandatory = facts.from.is_some()
            && facts.to.is_some()
            && facts.call_id.is_some()
            && facts.cseq.is_some()
            && facts.branch.is_some();
        if !mandatory && facts.stop.is_none() {
            facts.oddities.add(Oddity::Missing);
        }
        facts.branch = facts.branch.filter(|branch| !branch.is_empty());

        let is_request = matches!(message.start, StartLine::Request { .. });
        let sender = match facts.method {
            Some(Method::Register) => self.registers(),
            _ => self.parties(is_request, request_uri),
        };
        if let Some(imsi) = sender.imsi {
            self.facts.named.imsi(imsi);
        }
        self.body(message);
        self.facts
    }

    /// Who registers.
    fn registers(&mut self) -> Party {
        let private = Party { imsi: self.private, number: None };
        let facts = &mut self.facts;
        facts.originating = private.or(self.to).or(self.from);
        if let Some(msisdn) = facts.originating.number.and_then(Number::international) {
            facts.named.msisdn(msisdn);
        }
        // Somebody else may register for it.
        if let Some(msisdn) = self.from.number.and_then(Number::international) {
            facts.named.msisdn(msisdn);
        }
        facts.originating
    }

    /// Who sends to whom; gives the one that speaks.
    fn parties(&mut self, is_request: bool, request_uri: Party) -> Party {
        let private = Party { imsi: self.private, number: None };
        let [served_originating, served_terminating] = self.served;
        let facts = &mut self.facts;
        let named = &mut facts.named;
        if is_request {
            let asserted = private.or(self.asserted);
            facts.originating = asserted.or(served_originating).or(self.remote).or(self.from);
            facts.terminating = self.called.or(request_uri).or(served_terminating).or(self.to);
        } else {
            facts.originating = self.from;
            facts.terminating = self.asserted.or(self.to);
        }
        let (originating, terminating) = (facts.originating, facts.terminating);
        // Headers may name the same party by different numbers: the first that counts, and then the others.
        let callers = [originating, self.from, served_originating, self.remote];
        for number in callers.into_iter().filter_map(|party| party.number) {
            named.calling(number);
        }
        let callees = [terminating, request_uri, self.to, served_terminating];
        for number in callees.into_iter().filter_map(|party| party.number) {
            named.called(number);
        }
        for &number in &self.diverting {
            let known = [named.calling, named.called].into_iter().flatten();
            if known.into_iter().all(|known| known.digits != number.digits) {
                named.further(Identity::Called(number));
            }
        }
        let (sender, other) = if is_request { (originating, terminating) } else { (terminating, originating) };
        for imsi in [other.imsi, self.from.imsi, self.to.imsi].into_iter().flatten() {
            if Some(imsi) != sender.imsi {
                named.other_imsi(imsi);
            }
        }
        sender
    }

    fn body(&mut self, message: &Sip<'a>) {
        let body = message.body;
        self.facts.body = body;
        if let Some(length) = self.facts.content_length {
            let length = length as usize;
            match body.split_at_checked(length) {
                Some((body, rest)) => {
                    self.facts.body = body;
                    if !rest.is_empty() {
                        self.odd(Oddity::AfterBody);
                    }
                }
                None => {
                    let offset = message.head_offset.saturating_add(message.head.len());
                    let short = DecodeError::short(Layer::Sip, offset, length, body.len());
                    self.facts.stop.get_or_insert(short);
                }
            }
        }
        let Some(content_type) = self.facts.content_type.filter(|_| !self.facts.body.is_empty()) else { return };
        let mut parts = Part { content_type, octets: self.facts.body }.parts();
        for part in parts.by_ref() {
            self.part(part);
        }
        if parts.is_broken() {
            self.odd(Oddity::Multipart);
        }
    }

    fn part(&mut self, part: Part<'a>) {
        let facts = &mut self.facts;
        let bodies = &mut facts.bodies;
        if part.is("application/sdp") {
            bodies.sdp.get_or_insert(part.octets);
        } else if part.is("application/vnd.3gpp.sms") {
            bodies.sms.get_or_insert(part.octets);
        } else if part.is("application/isup") {
            bodies.isup.get_or_insert(part.octets);
        } else if part.is_of("text/") || part.is("message/cpim") {
            bodies.text.get_or_insert(part.octets);
        } else if part.is("application/pidf+xml") {
            let named = &mut facts.named;
            let positions = ims::location(part.octets, |cell| named.cell(cell));
            facts.positions = facts.positions.saturating_add(positions);
        } else if part.is("application/reginfo+xml") {
            let told = ims::registration(part.octets);
            facts.unregistered |= told.terminated;
            told.imsi.into_iter().for_each(|imsi| facts.named.imsi(imsi));
            told.msisdn.into_iter().for_each(|msisdn| facts.named.msisdn(msisdn));
            told.imei.into_iter().for_each(|imei| facts.named.imei(imei));
        }
    }
}

/// `urn:service:sos`, perhaps of a kind (`urn:service:sos.police`).
fn is_emergency(uri: &[u8]) -> bool {
    let service = b"urn:service:sos";
    uri.get(..service.len()).is_some_and(|head| head.eq_ignore_ascii_case(service))
}

/// A Request-URI on its last leg is the UE's contact; some UEs put their IMSI before their address there. Where it is a
/// number after all, To has it as well.
fn is_contact_of_imsi(uri: &ims::Uri<'_>) -> bool {
    let host = uri.host.first();
    matches!(uri.user.len(), 14 | 15)
        && uri.user.iter().all(u8::is_ascii_digit)
        && host.is_some_and(|first| first.is_ascii_digit() || *first == b'[')
}
