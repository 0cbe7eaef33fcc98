//! Packet data on 2G and 3G: a phone that is in circuits alone has one session, with its SGSN on Iu-PS and between SGSN
//! and GGSN on Gn. (What 2G says to its SGSN, and the SGSN to the home register, is not simulated.)

use super::super::clock::Time;
use super::super::device::Kind;
use super::super::encode::dtap::Identity;
use super::super::encode::gtp::End;
use super::super::encode::{gmm, gtp1, ranap};
use super::super::person::Access;
use super::super::transport::Way;
use super::luck::{Luck, PROOF};
use super::nodes::Nodes;
use super::radio::Radio;
use super::{Card, Interface, Link, Net};

/// The access point of all sessions.
const APN: &str = "internet";

/// A mobile that is attached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packet {
    sgsn: usize,
    /// Where it was at the last update.
    area: [u8; 5],
    tmsi: u32,
    /// Control TEIDs of SGSN and GGSN.
    teids: [u32; 2],
    charging: u32,
}

/// What is known of a subscriber: attached, or detached with what it had before.
#[derive(Debug, Clone, Copy)]
pub(super) enum State {
    Attached(Packet),
    Detached(Packet),
}

impl Card {
    /// It has packet data on 2G and 3G: phones and watches without LTE do.
    pub fn has_gprs(&self) -> bool {
        self.access == Access::Circuit && self.model.kind != Kind::Module && !self.visitor
    }
}

impl Net {
    fn knows_gprs(&self, card: &Card) -> bool {
        card.has_gprs() && (self.on(Interface::Gn) || card.utran && self.on(Interface::Ranap))
    }

    /// Where the SGSN itself speaks with the mobile.
    fn on_iu(&self, card: &Card) -> bool {
        card.utran && self.on(Interface::Ranap)
    }

    /// What the network has of a mobile that was never seen, or anew: who was attached before the beginning has a
    /// session.
    fn fresh_packet(&mut self, card: &Card, sgsn: usize) -> Packet {
        let tmsi = self.fresh_tmsi() | 0xc000_0000;
        Packet {
            sgsn,
            area: Self::area(card),
            tmsi,
            teids: [self.packet_teid(), self.packet_teid()],
            charging: self.packet_teid(),
        }
    }

    fn packet_teid(&mut self) -> u32 {
        self.dice.word() | 0x2000_0000
    }

    /// It attaches after it registered in circuits, or moves with its session; `begun`: when all that began.
    pub fn gprs_register(&mut self, card: &Card, begun: Time, at: Time) {
        if !self.knows_gprs(card) {
            return;
        }
        let at = at + self.span(0.1, 0.4);
        match self.packets.get(&card.index).copied() {
            Some(State::Attached(before)) if before.sgsn != card.msc => self.gprs_move(card, before, at),
            Some(State::Attached(before)) => {
                self.delete_context(before, at);
                let deleted = at + 2 * self.hop();
                self.gprs_attach(card, Some(before), begun, deleted);
            }
            Some(State::Detached(before)) => self.gprs_attach(card, Some(before), begun, at),
            None => self.gprs_attach(card, None, begun, at),
        }
    }

    fn gprs_attach(&mut self, card: &Card, before: Option<Packet>, begun: Time, at: Time) {
        let fresh = self.fresh_packet(card, card.msc);
        self.packets.insert(card.index, State::Attached(fresh));
        if !self.on_iu(card) {
            let done = at + 3 * self.hop();
            self.create_context(card, fresh, [at, done]);
            return;
        }
        let [a, b, c, _, _] = fresh.area;
        let (identity, old) = match before {
            Some(before) => (Identity::Tmsi(before.tmsi), before.area),
            None => (Identity::Imsi(card.imsi), [a, b, c, 0xff, 0xfe]),
        };
        let request = gmm::attach_request(identity, old);
        let mut radio = self.radio_on(Link::IuPs(card.msc), card.cgi, &request, at);
        let vector = self.vector();
        self.downlink(&mut radio, &gmm::authentication_request(&vector.rand, vector.autn()));
        let wait = Luck::of(card, begun).answers_after(PROOF) + card.latency;
        self.mobile(&mut radio, wait, gmm::authentication_response(vector.xres()));
        radio.proven = true;
        self.secure_utran(&mut radio, card);
        self.downlink(&mut radio, &gmm::attach_accept(fresh.area, fresh.tmsi));
        let wait = self.span(0.05, 0.15);
        self.mobile(&mut radio, wait, gmm::attach_complete());
        let wait = self.span(0.2, 0.6);
        self.mobile(&mut radio, wait, gmm::activate_request(APN));
        self.bearer(&mut radio, ranap::Bearer::Data);
        let asked = radio.last;
        let answered = asked + 2 * self.hop();
        self.create_context(card, fresh, [asked, answered]);
        radio.wait(answered);
        self.downlink(&mut radio, &gmm::activate_accept(address(card)));
        self.release_silent(&mut radio);
    }

    /// Into the area of another SGSN: the session goes with it.
    fn gprs_move(&mut self, card: &Card, before: Packet, at: Time) {
        let [_, ggsn] = before.teids;
        let fresh = self.fresh_packet(card, card.msc);
        let moved = Packet { teids: [fresh.teids[0], ggsn], charging: before.charging, ..fresh };
        self.packets.insert(card.index, State::Attached(moved));
        let mut radio = self.on_iu(card).then(|| {
            let request = gmm::update_request(before.tmsi, before.area);
            let mut radio = self.radio_on(Link::IuPs(card.msc), card.cgi, &request, at);
            self.secure_utran(&mut radio, card);
            radio
        });
        let asked = radio.as_ref().map_or(at, |radio: &Radio| radio.last) + self.hop();
        let answered = self.update_context(card, moved, asked);
        if let Some(radio) = &mut radio {
            radio.wait(answered);
            self.downlink(radio, &gmm::update_accept(moved.area, moved.tmsi));
            let wait = self.span(0.05, 0.15);
            self.mobile(radio, wait, gmm::update_complete());
            self.radio_close(radio);
        }
    }

    /// What is known of a mobile that uses its data; none where it is detached.
    fn attached_packet(&mut self, card: &Card) -> Option<Packet> {
        match self.packets.get(&card.index) {
            Some(State::Attached(known)) => Some(*known),
            Some(State::Detached(_)) => None,
            None => {
                let fresh = self.fresh_packet(card, card.vlr.unwrap_or(card.msc));
                self.packets.insert(card.index, State::Attached(fresh));
                Some(fresh)
            }
        }
    }

    /// It uses its data: bearers, of which the GGSN is told (direct tunnel).
    pub fn gprs_use(&mut self, card: &Card, at: Time) {
        if !self.knows_gprs(card) {
            return;
        }
        let Some(known) = self.attached_packet(card) else { return };
        if !self.on_iu(card) {
            self.update_context(card, known, at);
            return;
        }
        let request = gmm::service_request(known.tmsi);
        let mut radio = self.radio_on(Link::IuPs(known.sgsn), card.cgi, &request, at);
        self.secure_utran(&mut radio, card);
        self.bearer(&mut radio, ranap::Bearer::Data);
        let told = self.update_context(card, known, radio.last);
        radio.wait(told);
        self.release_silent(&mut radio);
    }

    /// It is switched off, and says so.
    pub fn gprs_detach(&mut self, card: &Card, at: Time) {
        if !self.knows_gprs(card) {
            return;
        }
        let Some(known) = self.attached_packet(card) else { return };
        self.packets.insert(card.index, State::Detached(known));
        let mut at = at;
        if self.on_iu(card) {
            let request = gmm::detach_request(known.tmsi);
            let mut radio = self.radio_on(Link::IuPs(known.sgsn), card.cgi, &request, at);
            at = radio.last;
            self.radio_close(&mut radio);
        }
        self.delete_context(known, at);
    }

    fn ends(known: Packet) -> [End; 2] {
        let (sgsn, ggsn) = Nodes::ends(Link::Gn(known.sgsn));
        let [ours, theirs] = known.teids;
        [End { teid: ours, ip: sgsn.ip }, End { teid: theirs, ip: ggsn.ip }]
    }

    fn create_context(&mut self, card: &Card, known: Packet, [at, back]: [Time; 2]) {
        let [sgsn, ggsn] = Self::ends(known);
        let context = gtp1::Context {
            imsi: card.imsi,
            msisdn: card.msisdn,
            device: (card.imei, card.version),
            place: place(card),
            apn: APN,
            address: address(card),
            charging: known.charging,
            zone: self.zone(),
        };
        let sequence = self.packet_sequence();
        self.on_gn(known.sgsn, Way::Forward, at, gtp1::create_request(sequence, &context, sgsn));
        self.on_gn(known.sgsn, Way::Back, back, gtp1::create_response(sgsn.teid, sequence, &context, ggsn));
    }

    /// Gives when the GGSN has answered.
    fn update_context(&mut self, card: &Card, known: Packet, at: Time) -> Time {
        let [sgsn, ggsn] = Self::ends(known);
        let back = at + 2 * self.hop();
        let sequence = self.packet_sequence();
        self.on_gn(known.sgsn, Way::Forward, at, gtp1::update_request(ggsn.teid, sequence, place(card), sgsn));
        self.on_gn(known.sgsn, Way::Back, back, gtp1::update_response(sgsn.teid, sequence, known.charging, ggsn));
        back
    }

    fn delete_context(&mut self, known: Packet, at: Time) {
        let [sgsn, ggsn] = Self::ends(known);
        let back = at + 2 * self.hop();
        let sequence = self.packet_sequence();
        self.on_gn(known.sgsn, Way::Forward, at, gtp1::delete_request(ggsn.teid, sequence));
        self.on_gn(known.sgsn, Way::Back, back, gtp1::delete_response(sgsn.teid, sequence));
    }

    /// Echo between an SGSN and the GGSN.
    pub(super) fn echo_gn(&mut self, sgsn: usize, at: Time) {
        let back = at + self.hop();
        let sequence = self.packet_sequence();
        self.on_gn(sgsn, Way::Forward, at, gtp1::echo(gtp1::kind::ECHO_REQUEST, sequence));
        self.on_gn(sgsn, Way::Back, back, gtp1::echo(gtp1::kind::ECHO_RESPONSE, sequence));
    }

    fn packet_sequence(&mut self) -> u32 {
        self.sequences = self.sequences.wrapping_add(1) & 0x007f_ffff;
        self.sequences
    }

    fn on_gn(&mut self, sgsn: usize, way: Way, at: Time, message: Vec<u8>) {
        self.push(at, Link::Gn(sgsn), way, 0, vec![message]);
    }
}

fn place(card: &Card) -> gtp1::Place {
    gtp1::Place { cell: card.cgi, utran: card.utran }
}

fn address(card: &Card) -> [u8; 4] {
    let [_, a, b, c] = (card.index as u32).to_be_bytes();
    [10, 192 + (a & 0x3f), b, c]
}
