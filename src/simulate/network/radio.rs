//! A and Iu: an SCCP connection for each time that a mobile speaks with its MSC or SGSN, from the first message of the
//! mobile to the clearing of the channel. In it is BSSAP, or in cells of 3G RANAP ([`super::utran`]).

use super::super::clock::{MILLISECOND, Time};
use super::super::encode::dtap::{self, Identity};
use super::super::encode::{bssap, connection, m3ua, ranap};
use super::super::transport::Way;
use super::dialogue::routing_context;
use super::luck::{Luck, PROOF};
use super::mobility::Vector;
use super::nodes::Nodes;
use super::{Card, Link, Net};

/// One connection.
#[derive(Debug)]
pub(super) struct Radio {
    pub link: Link,
    /// Where the mobile is.
    pub place: [u8; 7],
    references: [u32; 2],
    link_selection: u8,
    sequence: u8,
    /// The card has proved itself, so there are new keys.
    pub proven: bool,
    /// The time of its last message.
    pub last: Time,
}

impl Radio {
    /// Nothing is said before a time.
    pub fn wait(&mut self, until: Time) {
        self.last = self.last.max(until);
    }
}

/// The domain of the core on a link of 3G.
pub(super) fn domain(link: Link) -> Option<ranap::Domain> {
    match link {
        Link::IuCs(_) => Some(ranap::Domain::Circuit),
        Link::IuPs(_) => Some(ranap::Domain::Packet),
        _ => None,
    }
}

/// The subsystem that both ends of a link are.
pub(super) fn subsystem(link: Link) -> u8 {
    if domain(link).is_some() { connection::RANAP } else { connection::BSSAP }
}

impl Net {
    /// The mobile's first message and the answer to it.
    pub(super) fn radio_open(&mut self, card: &Card, msc: usize, layer3: &[u8], at: Time) -> Radio {
        self.radio_on(Self::radio_link(card, msc), card.cgi, layer3, at)
    }

    /// The link of a mobile with its MSC.
    fn radio_link(card: &Card, msc: usize) -> Link {
        if card.utran { Link::IuCs(msc) } else { Link::A(msc) }
    }

    /// The same on a link.
    pub(super) fn radio_on(&mut self, link: Link, place: [u8; 7], layer3: &[u8], at: Time) -> Radio {
        let mut reference = || {
            self.references = self.references.wrapping_add(1);
            self.references & 0x00ff_ffff
        };
        let references = [reference(), reference()];
        let link_selection = self.dice.word() as u8 & 0x0f;
        // TS 24.007 §11.2.3.2.3: a paging response is not counted.
        let sequence = u8::from(layer3.first().is_some_and(|first| first & 0x0f != 6));
        let mut radio = Radio { link, place, references, link_selection, sequence, proven: false, last: at };
        let [ours, theirs] = references;
        let first = match domain(link) {
            None => bssap::complete_layer3(place, layer3),
            Some(domain) => ranap::initial(domain, place, layer3, ours, self.controller(link)),
        };
        self.on_link(&radio, Way::Forward, connection::request(subsystem(link), ours, &first));
        radio.last += self.hop();
        self.on_link(&radio, Way::Back, connection::confirm(ours, theirs));
        radio
    }

    /// A message of SCCP on the link of the connection, at the time of its last message.
    fn on_link(&mut self, radio: &Radio, way: Way, sccp: Vec<u8>) {
        self.unconfirmed(radio.link, way, radio.link_selection, radio.last, &sccp);
    }

    /// A message of SCCP between radio network and core.
    pub(super) fn unconfirmed(&mut self, link: Link, way: Way, sls: u8, at: Time, sccp: &[u8]) {
        let [radio, center] = Nodes::radio_ends(link).map(Nodes::point_code);
        let (opc, dpc) = if way == Way::Forward { (radio, center) } else { (center, radio) };
        let label = m3ua::Label { opc, dpc, service: m3ua::service::SCCP, sls };
        let message = m3ua::data(routing_context(link), label, sccp);
        self.push(at, link, way, u16::from(sls) % 7 + 1, vec![message]);
    }

    fn on_connection(&mut self, radio: &mut Radio, way: Way, wait: Time, data: &[u8]) {
        radio.last += wait.max(MILLISECOND);
        let [bsc, center] = radio.references;
        let destination = if way == Way::Forward { center } else { bsc };
        for piece in connection::data(destination, data) {
            self.on_link(radio, way, piece);
        }
    }

    /// The radio network tells the core something of its own.
    pub(super) fn station(&mut self, radio: &mut Radio, wait: Time, message: &[u8]) {
        self.on_connection(radio, Way::Forward, wait, message);
    }

    /// The core tells the radio network something.
    pub(super) fn center(&mut self, radio: &mut Radio, message: &[u8]) {
        let wait = self.hop() / 2;
        self.on_connection(radio, Way::Back, wait, message);
    }

    /// The mobile says something after a while.
    pub(super) fn mobile(&mut self, radio: &mut Radio, wait: Time, mut layer3: Vec<u8>) {
        if let [discriminator, kind, ..] = layer3.as_mut_slice()
            && matches!(*discriminator & 0x0f, 3 | 5)
        {
            *kind |= radio.sequence << 6;
            radio.sequence = (radio.sequence + 1) & 3;
        }
        let transfer = match domain(radio.link) {
            None => bssap::transfer(&layer3),
            Some(domain) => ranap::uplink(domain, radio.place, &layer3),
        };
        self.on_connection(radio, Way::Forward, wait, &transfer);
    }

    /// The core says something to the mobile.
    pub(super) fn downlink(&mut self, radio: &mut Radio, layer3: &[u8]) {
        let transfer = if domain(radio.link).is_none() { bssap::transfer(layer3) } else { ranap::downlink(layer3) };
        self.center(radio, &transfer);
    }

    /// The card proves itself, however far it is.
    pub(super) fn prove(&mut self, radio: &mut Radio, card: &Card, vector: &Vector, luck: Luck) {
        self.downlink(radio, &dtap::authentication_request(&vector.rand, vector.autn()));
        let wait = luck.answers_after(PROOF) + card.latency;
        self.mobile(radio, wait, dtap::authentication_response(vector.xres()));
        radio.proven = true;
    }

    /// Ciphering starts; the answer names the device on 2G.
    pub(super) fn cipher(&mut self, radio: &mut Radio, card: &Card) {
        if domain(radio.link).is_some() {
            return self.secure_utran(radio, card);
        }
        self.center(radio, &bssap::common_id(card.imsi));
        let key = self.dice.octets();
        self.center(radio, &bssap::cipher_command(&key));
        let wait = self.span(0.05, 0.15);
        let device = dtap::ciphering_complete(Identity::Imeisv(card.imei, card.version));
        self.station(radio, wait, &bssap::cipher_complete(&device));
    }

    /// A speech channel on a circuit towards the MSC.
    pub(super) fn assign(&mut self, radio: &mut Radio) {
        if domain(radio.link).is_some() {
            return self.bearer(radio, ranap::Bearer::Speech);
        }
        let circuit = self.dice.whole(33, 1984) as u16;
        self.center(radio, &bssap::assignment_request(circuit));
        let wait = self.span(0.12, 0.3);
        self.station(radio, wait, &bssap::assignment_complete(circuit));
    }

    /// The channel and the connection are released.
    pub(super) fn radio_close(&mut self, radio: &mut Radio) {
        let [command, complete] = match domain(radio.link) {
            None => [bssap::clear_command(), bssap::clear_complete()],
            Some(_) => [ranap::release_command(ranap::Cause::Normal), ranap::release_complete()],
        };
        self.release(radio, &command, &complete);
    }

    /// The core releases a mobile; then the connection ends.
    pub(super) fn release(&mut self, radio: &mut Radio, command: &[u8], complete: &[u8]) {
        self.center(radio, command);
        let wait = self.span(0.02, 0.08);
        self.station(radio, wait, complete);
        let [bsc, center] = radio.references;
        radio.last += self.hop() / 2;
        self.on_link(radio, Way::Back, connection::released(bsc, center));
        radio.last += self.hop() / 2;
        self.on_link(radio, Way::Forward, connection::complete(center, bsc));
    }

    /// The mobile is called in its area and answers; gives the connection.
    pub(super) fn page(&mut self, card: &Card, msc: usize, at: Time) -> Radio {
        let known = self.in_vlr(card, msc);
        if self.over_sgs(card) {
            let there = self.sgs_call(card, msc, at);
            return self.radio_open(card, msc, &dtap::paging_response(Identity::Tmsi(known.tmsi)), there);
        }
        let link = Self::radio_link(card, msc);
        let page = match domain(link) {
            None => bssap::paging(card.imsi, Some(known.tmsi), known.area),
            Some(domain) => ranap::paging(domain, card.imsi, known.tmsi, known.area),
        };
        let page = connection::unitdata(subsystem(link), &page);
        let mut time = at + self.hop();
        let sls = self.dice.word() as u8 & 0x0f;
        self.unconfirmed(link, Way::Back, sls, time, &page);
        if self.dice.chance(0.06) {
            time += self.span(1.8, 2.2); // the first was not heard
            self.unconfirmed(link, Way::Back, sls, time, &page);
        }
        time += self.span(0.3, 0.9);
        self.radio_open(card, msc, &dtap::paging_response(Identity::Tmsi(known.tmsi)), time)
    }

    /// Sometimes the VLR gives a new TMSI while the mobile is there.
    pub(super) fn reallocate(&mut self, radio: &mut Radio, card: &Card) {
        let (Link::A(msc) | Link::IuCs(msc)) = radio.link else { return };
        if self.dice.chance(0.12) {
            let known = self.enter_vlr(card, msc);
            self.downlink(radio, &dtap::reallocation_command(known.area, known.tmsi));
            let wait = self.span(0.05, 0.15);
            self.mobile(radio, wait, dtap::reallocation_complete());
        }
    }
}
