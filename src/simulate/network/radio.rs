//! The A interface: an SCCP connection for each time that a mobile speaks with its MSC, from the first message of the
//! mobile to the clearing of the channel.

use super::super::clock::{MILLISECOND, Time};
use super::super::encode::dtap::{self, Identity};
use super::super::encode::{bssap, connection, m3ua};
use super::super::transport::Way;
use super::dialogue::routing_context;
use super::luck::{Luck, PROOF};
use super::mobility::Vector;
use super::nodes::{Node, Nodes};
use super::{Card, Link, Net};

/// One connection.
#[derive(Debug)]
pub(super) struct Radio {
    msc: usize,
    references: [u32; 2],
    link_selection: u8,
    sequence: u8,
    /// The time of its last message.
    pub last: Time,
}

impl Radio {
    /// Nothing is said before a time.
    pub fn wait(&mut self, until: Time) {
        self.last = self.last.max(until);
    }
}

impl Net {
    /// The mobile's first message and the answer to it.
    pub(super) fn radio_open(&mut self, card: &Card, msc: usize, layer3: &[u8], at: Time) -> Radio {
        let mut reference = || {
            self.references = self.references.wrapping_add(1);
            self.references & 0x00ff_ffff
        };
        let references = [reference(), reference()];
        let link_selection = self.dice.word() as u8 & 0x0f;
        // TS 24.007 §11.2.3.2.3: a paging response is not counted.
        let sequence = u8::from(layer3.first().is_some_and(|first| first & 0x0f != 6));
        let mut radio = Radio { msc, references, link_selection, sequence, last: at };
        let [ours, theirs] = references;
        let first = bssap::complete_layer3(card.cgi, layer3);
        self.on_a(&radio, Way::Forward, &connection::request(ours, &first));
        radio.last += self.hop();
        self.on_a(&radio, Way::Back, &connection::confirm(ours, theirs));
        radio
    }

    /// A message of SCCP on the link of the connection, at the time of its last message.
    fn on_a(&mut self, radio: &Radio, way: Way, sccp: &[u8]) {
        self.unconfirmed(radio.msc, way, radio.link_selection, radio.last, sccp);
    }

    fn unconfirmed(&mut self, msc: usize, way: Way, sls: u8, at: Time, sccp: &[u8]) {
        let (bsc, center) = (Nodes::point_code(Node::Bsc(msc)), Nodes::point_code(Node::Msc(msc)));
        let (opc, dpc) = if way == Way::Forward { (bsc, center) } else { (center, bsc) };
        let link = Link::A(msc);
        let label = m3ua::Label { opc, dpc, service: m3ua::service::SCCP, sls };
        let message = m3ua::data(routing_context(link), label, sccp);
        self.push(at, link, way, u16::from(sls) % 7 + 1, vec![message]);
    }

    fn on_connection(&mut self, radio: &mut Radio, way: Way, wait: Time, bssap: &[u8]) {
        radio.last += wait.max(MILLISECOND);
        let [bsc, center] = radio.references;
        let destination = if way == Way::Forward { center } else { bsc };
        self.on_a(radio, way, &connection::data(destination, bssap));
    }

    /// The base station tells the MSC something of its own.
    fn station(&mut self, radio: &mut Radio, wait: Time, bssmap: &[u8]) {
        self.on_connection(radio, Way::Forward, wait, bssmap);
    }

    /// The MSC tells the base station something.
    pub(super) fn center(&mut self, radio: &mut Radio, bssmap: &[u8]) {
        let wait = self.hop() / 2;
        self.on_connection(radio, Way::Back, wait, bssmap);
    }

    /// The mobile says something after a while.
    pub(super) fn mobile(&mut self, radio: &mut Radio, wait: Time, mut layer3: Vec<u8>) {
        if let [discriminator, kind, ..] = layer3.as_mut_slice()
            && matches!(*discriminator & 0x0f, 3 | 5)
        {
            *kind |= radio.sequence << 6;
            radio.sequence = (radio.sequence + 1) & 3;
        }
        self.on_connection(radio, Way::Forward, wait, &bssap::transfer(&layer3));
    }

    /// The MSC says something to the mobile.
    pub(super) fn downlink(&mut self, radio: &mut Radio, layer3: &[u8]) {
        self.center(radio, &bssap::transfer(layer3));
    }

    /// The card proves itself, however far it is.
    pub(super) fn prove(&mut self, radio: &mut Radio, card: &Card, vector: &Vector, luck: Luck) {
        self.downlink(radio, &dtap::authentication_request(&vector.rand, vector.autn()));
        let wait = luck.answers_after(PROOF) + card.latency;
        self.mobile(radio, wait, dtap::authentication_response(vector.xres()));
    }

    /// Ciphering starts; the answer names the device.
    pub(super) fn cipher(&mut self, radio: &mut Radio, card: &Card) {
        self.center(radio, &bssap::common_id(card.imsi));
        let key = self.dice.octets();
        self.center(radio, &bssap::cipher_command(&key));
        let wait = self.span(0.05, 0.15);
        let device = dtap::ciphering_complete(Identity::Imeisv(card.imei, card.version));
        self.station(radio, wait, &bssap::cipher_complete(&device));
    }

    /// A speech channel on a circuit towards the MSC.
    pub(super) fn assign(&mut self, radio: &mut Radio) {
        let circuit = self.dice.whole(33, 1984) as u16;
        self.center(radio, &bssap::assignment_request(circuit));
        let wait = self.span(0.12, 0.3);
        self.station(radio, wait, &bssap::assignment_complete(circuit));
    }

    /// The channel and the connection are released.
    pub(super) fn radio_close(&mut self, radio: &mut Radio) {
        self.center(radio, &bssap::clear_command());
        let wait = self.span(0.02, 0.08);
        self.station(radio, wait, &bssap::clear_complete());
        let [bsc, center] = radio.references;
        radio.last += self.hop() / 2;
        self.on_a(radio, Way::Back, &connection::released(bsc, center));
        radio.last += self.hop() / 2;
        self.on_a(radio, Way::Forward, &connection::complete(center, bsc));
    }

    /// The mobile is called in its area and answers; gives the connection.
    pub(super) fn page(&mut self, card: &Card, msc: usize, at: Time) -> Radio {
        let known = self.in_vlr(card, msc);
        let page = connection::unitdata(&bssap::paging(card.imsi, Some(known.tmsi), known.area));
        let mut time = at + self.hop();
        let sls = self.dice.word() as u8 & 0x0f;
        self.unconfirmed(msc, Way::Back, sls, time, &page);
        if self.dice.chance(0.06) {
            time += self.span(1.8, 2.2); // the first was not heard
            self.unconfirmed(msc, Way::Back, sls, time, &page);
        }
        time += self.span(0.3, 0.9);
        self.radio_open(card, msc, &dtap::paging_response(Identity::Tmsi(known.tmsi)), time)
    }

    /// Sometimes the VLR gives a new TMSI while the mobile is there.
    pub(super) fn reallocate(&mut self, radio: &mut Radio, card: &Card) {
        if self.dice.chance(0.12) {
            let known = self.enter_vlr(card, radio.msc);
            self.downlink(radio, &dtap::reallocation_command(known.area, known.tmsi));
            let wait = self.span(0.05, 0.15);
            self.mobile(radio, wait, dtap::reallocation_complete());
        }
    }
}
