//! Registration: location update in a VLR, attach in an MME, authentication, equipment check, purge.

use super::super::clock::Time;
use super::super::encode::diameter::{self, Avps, Party, application, command};
use super::super::encode::map::{self, ac, operation};
use super::super::encode::tcap::Component::{Invoke, Result};
use super::super::person::Access;
use super::super::transport::Way;
use super::dialogue::{Side, Speaker};
use super::nodes::{Node, Nodes, subsystem};
use super::{Card, Link, Net};

impl Net {
    pub(super) fn home(card: &Card) -> Side {
        let node = if card.visitor { Node::ForeignHlr } else { Node::Hlr };
        (node, subsystem::HLR)
    }

    /// sendAuthenticationInfo; gives the time of the vectors.
    pub fn authenticate_circuit(&mut self, card: &Card, msc: usize, at: Time) -> Time {
        let wanted = self.dice.pick(&[1, 2, 3, 5]).unwrap_or(1);
        let quintuplets: Vec<_> = (0..wanted).map(|_| (self.dice.octets::<16>(), self.dice.octets::<56>())).collect();
        self.ask(
            (Node::Msc(msc), subsystem::VLR),
            Self::home(card),
            ac::INFO_RETRIEVAL,
            at,
            Invoke(1, operation::SEND_AUTHENTICATION_INFO, map::send_authentication_info(card.imsi, wanted)),
            Result(1, operation::SEND_AUTHENTICATION_INFO, map::send_authentication_info_result(&quintuplets)),
        )
    }

    /// checkIMEI: the EIR is told the device and nothing of the subscriber.
    pub fn check_circuit(&mut self, card: &Card, msc: usize, at: Time) -> Time {
        self.ask(
            (Node::Msc(msc), subsystem::MSC),
            (Node::Eir, subsystem::EIR),
            ac::EQUIPMENT_MNGT,
            at,
            Invoke(1, operation::CHECK_IMEI, map::check_imei(card.imei)),
            Result(1, operation::CHECK_IMEI, map::check_imei_result()),
        )
    }

    /// A location update in the VLR of `card.msc`, coming from another one or from none; gives its end.
    pub fn register_circuit(&mut self, card: &Card, old: Option<usize>, checked: bool, at: Time) -> Time {
        let mut time = self.authenticate_circuit(card, card.msc, at);
        time += self.span(0.25, 0.9) + card.latency; // the card computes its answer over the air
        if checked {
            time = self.check_circuit(card, card.msc, time) + self.hop();
        }
        let vlr = (Node::Msc(card.msc), subsystem::VLR);
        let home = Self::home(card);
        let mut dialogue = self.dialogue(vlr, home, ac::NETWORK_LOC_UP);
        let phase = Nodes::cap_phase(card.msc);
        let title = self.nodes.title(Node::Msc(card.msc));
        let argument = map::update_location(card.imsi, title, Some((card.imei, card.version)), phase);
        self.say(&mut dialogue, Speaker::First, time, false, &[Invoke(1, operation::UPDATE_LOCATION, argument)]);
        time += self.hop();
        if let Some(old) = old.filter(|&old| old != card.msc) {
            self.ask(
                home,
                (Node::Msc(old), subsystem::VLR),
                ac::LOCATION_CANCELLATION,
                time,
                Invoke(1, operation::CANCEL_LOCATION, map::cancel_location(card.imsi)),
                Result(1, operation::CANCEL_LOCATION, Vec::new()),
            );
        }
        time += self.hop();
        let scf = (!card.visitor).then_some((self.nodes.scf, phase));
        let data = map::insert_subscriber_data(card.imsi, card.msisdn, scf);
        self.say(&mut dialogue, Speaker::Second, time, false, &[Invoke(1, operation::INSERT_SUBSCRIBER_DATA, data)]);
        time += self.hop() + self.hop();
        let done = Result(1, operation::INSERT_SUBSCRIBER_DATA, Vec::new());
        self.say(&mut dialogue, Speaker::First, time, false, &[done]);
        time += self.hop() + self.hop();
        let hlr = self.nodes.title(home.0);
        let result = Result(1, operation::UPDATE_LOCATION, map::update_location_result(hlr));
        self.say(&mut dialogue, Speaker::Second, time, true, &[result]);
        time
    }

    /// purgeMS: the VLR forgets a subscriber that was long away.
    pub fn purge_circuit(&mut self, card: &Card, vlr: usize, at: Time) -> Time {
        let title = self.nodes.title(Node::Msc(vlr));
        self.ask(
            (Node::Msc(vlr), subsystem::VLR),
            Self::home(card),
            ac::MS_PURGING,
            at,
            Invoke(1, operation::PURGE_MS, map::purge_ms(card.imsi, title)),
            Result(1, operation::PURGE_MS, map::purge_ms_result()),
        )
    }

    /// A Diameter request and its answer on S6a or S13; gives the time of the answer.
    fn exchange(
        &mut self,
        mme: usize,
        (application, command): (u32, u32),
        from_mme: bool,
        at: Time,
        request: impl FnOnce(&mut Avps),
        answer: impl FnOnce(&mut Avps),
    ) -> Time {
        let (link, server) =
            if application == application::S13 { (Link::S13(mme), "eir01") } else { (Link::S6a(mme), "hss01") };
        let client = self.nodes.mme_host(mme);
        let realm = self.nodes.realm.clone();
        let server = format!("{server}.{realm}");
        let party = |host| Party { host, realm: &realm };
        let (asks, answers) =
            if from_mme { (party(&client), party(&server)) } else { (party(&server), party(&client)) };
        self.sessions = self.sessions.wrapping_add(1);
        self.hops = self.hops.wrapping_add(1);
        self.end_to_end = self.end_to_end.wrapping_add(1);
        let id = format!("{};{};{}", asks.host, self.sessions / 65_536, self.sessions);
        let header = diameter::Header { application, command, request: true, hop: self.hops, end: self.end_to_end };
        let ask = diameter::message(header, |avps| {
            diameter::session(avps, &id, application, asks);
            diameter::destination(avps, answers, true);
            request(avps);
        });
        let header = diameter::Header { request: false, ..header };
        let reply = diameter::message(header, |avps| {
            diameter::session(avps, &id, application, answers);
            diameter::success(avps);
            answer(avps);
        });
        let way = if from_mme { Way::Forward } else { Way::Back };
        let back = at + self.hop() + self.hop();
        let stream = (self.hops % 8) as u16;
        self.push(at, link, way, stream, vec![ask]);
        self.push(back, link, way.reverse(), stream, vec![reply]);
        back
    }

    /// Authentication-Information.
    pub fn authenticate_packet(&mut self, card: &Card, at: Time) -> Time {
        let plmn = self.plmn;
        let wanted = self.dice.whole(1, 3) as u32;
        let vectors: Vec<[u8; 72]> = (0..wanted).map(|_| self.dice.octets()).collect();
        self.exchange(
            card.mme,
            (application::S6A, command::AUTHENTICATION_INFORMATION),
            true,
            at,
            |avps| {
                diameter::user_name(avps, card.imsi);
                diameter::vectors_wanted(avps, wanted);
                diameter::visited_plmn(avps, plmn);
            },
            |avps| diameter::vectors(avps, &vectors),
        )
    }

    /// ME-Identity-Check on S13, with the IMSI.
    pub fn check_packet(&mut self, card: &Card, at: Time) -> Time {
        self.exchange(
            card.mme,
            (application::S13, command::ME_IDENTITY_CHECK),
            true,
            at,
            |avps| {
                diameter::terminal(avps, card.imei, card.version);
                diameter::user_name(avps, card.imsi);
            },
            |avps| {
                avps.number(1445, 0); // Equipment-Status WHITELISTED
            },
        )
    }

    /// An attach in the MME of `card.mme`, coming from another one or from none; gives its end.
    pub fn register_packet(&mut self, card: &Card, old: Option<usize>, checked: bool, at: Time) -> Time {
        let plmn = self.plmn;
        let mut time = self.authenticate_packet(card, at) + self.span(0.15, 0.6) + card.latency;
        if checked {
            time = self.check_packet(card, time) + self.hop();
        }
        if let Some(old) = old.filter(|&old| old != card.mme) {
            let cancelled = time + self.hop();
            self.exchange(
                old,
                (application::S6A, command::CANCEL_LOCATION),
                false,
                cancelled,
                |avps| {
                    diameter::user_name(avps, card.imsi);
                    avps.number(1420, 0); // MME_UPDATE_PROCEDURE
                },
                |_| (),
            );
        }
        let apns: &[&str] = if card.access == Access::Volte { &["internet", "ims"] } else { &["internet"] };
        let initial = old.is_none();
        time = self.exchange(
            card.mme,
            (application::S6A, command::UPDATE_LOCATION),
            true,
            time,
            |avps| {
                diameter::user_name(avps, card.imsi);
                avps.number(1032, 1004); // RAT-Type EUTRAN
                avps.number(1405, if initial { 0x22 } else { 0x02 }); // S6a, Initial-Attach
                diameter::visited_plmn(avps, plmn);
                diameter::terminal(avps, card.imei, card.version);
            },
            |avps| {
                avps.number(1406, 1); // ULA-Flags: separation
                diameter::subscription(avps, card.msisdn, apns);
            },
        );
        if self.dice.chance(0.2) {
            time += self.span(0.1, 0.5);
            time = self.notify(card, time);
        }
        time
    }

    /// Notify: the MME tells the HSS of the terminal.
    pub fn notify(&mut self, card: &Card, at: Time) -> Time {
        self.exchange(
            card.mme,
            (application::S6A, command::NOTIFY),
            true,
            at,
            |avps| {
                diameter::user_name(avps, card.imsi);
                diameter::terminal(avps, card.imei, card.version);
                avps.number(1443, 0);
            },
            |_| (),
        )
    }

    /// Purge-UE.
    pub fn purge_packet(&mut self, card: &Card, mme: usize, at: Time) -> Time {
        self.exchange(
            mme,
            (application::S6A, command::PURGE_UE),
            true,
            at,
            |avps| diameter::user_name(avps, card.imsi),
            |avps| {
                avps.number(1442, 1); // PUA-Flags: freeze M-TMSI
            },
        )
    }
}
