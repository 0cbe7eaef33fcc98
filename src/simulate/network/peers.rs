//! Diameter between two peers: a question on a link and its answer.

use super::super::clock::Time;
use super::super::encode::diameter::{self, Avps, Party, application};
use super::super::encode::{policy, profile, sgd};
use super::super::transport::Way;
use super::{Link, Net};

/// What is asked, where and by whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    /// The link.
    pub link: Link,
    /// The command.
    pub command: u32,
    /// The opener of the link asks.
    pub from_client: bool,
    /// The session that it belongs to; none: one of its own, of which no state is kept.
    pub session: Option<&'a str>,
}

/// The application of a link.
pub(super) fn application(link: Link) -> u32 {
    match link {
        Link::S13(_) => application::S13,
        Link::Sgd(_) => sgd::APPLICATION,
        Link::Gx(_) => policy::application::GX,
        Link::Gy(_) => policy::application::GY,
        Link::Cx => profile::application::CX,
        Link::Sh => profile::application::SH,
        _ => application::S6A,
    }
}

impl Net {
    /// The hosts of the ends of a link.
    pub(super) fn hosts(&self, link: Link) -> [String; 2] {
        let (core, ims) = (&self.nodes.realm, &self.nodes.ims);
        let gateway = |index: usize| format!("pgw{:02}.{core}", index + 1);
        match link {
            Link::S13(mme) => [self.nodes.mme_host(mme), format!("eir01.{core}")],
            Link::Sgd(mme) => [self.nodes.mme_host(mme), format!("smsc01.{core}")],
            Link::Gx(index) => [gateway(index), format!("pcrf01.{core}")],
            Link::Gy(index) => [gateway(index), format!("ocs01.{core}")],
            Link::Cx => [format!("scscf.{ims}"), format!("hss01.{core}")],
            Link::Sh => [format!("tas01.{ims}"), format!("hss01.{core}")],
            Link::S6a(mme) => [self.nodes.mme_host(mme), format!("hss01.{core}")],
            _ => [core.clone(), core.clone()],
        }
    }

    /// A Session-Id of a host.
    pub(super) fn session_id(&mut self, host: &str) -> String {
        self.sessions = self.sessions.wrapping_add(1);
        format!("{host};{};{}", self.sessions / 65_536, self.sessions)
    }

    /// A request and its answer; gives the time of the answer.
    pub(super) fn ask_peer(
        &mut self,
        question: Question<'_>,
        at: Time,
        request: impl FnOnce(&mut Avps),
        answer: impl FnOnce(&mut Avps),
    ) -> Time {
        let back = at + self.hop() + self.hop();
        self.ask_peer_until(question, [at, back], request, answer);
        back
    }

    /// The same with the time of the answer.
    pub(super) fn ask_peer_until(
        &mut self,
        question: Question<'_>,
        [at, back]: [Time; 2],
        request: impl FnOnce(&mut Avps),
        answer: impl FnOnce(&mut Avps),
    ) {
        let Question { link, command, from_client, session } = question;
        if !self.on(link.interface()) {
            return;
        }
        let [client, server] = self.hosts(link);
        fn party(host: &str) -> Party<'_> {
            Party { host, realm: host.split_once('.').map_or(host, |(_, realm)| realm) }
        }
        let (asks, answers) =
            if from_client { (party(&client), party(&server)) } else { (party(&server), party(&client)) };
        self.hops = self.hops.wrapping_add(1);
        self.end_to_end = self.end_to_end.wrapping_add(1);
        let id = session.map_or_else(|| self.session_id(asks.host), str::to_owned);
        let application = application(link);
        let begin = |avps: &mut Avps, from| match session {
            None => diameter::session(avps, &id, application, from),
            Some(_) => policy::kept(avps, &id, application, from),
        };
        let header = diameter::Header { application, command, request: true, hop: self.hops, end: self.end_to_end };
        let ask = diameter::message(header, |avps| {
            begin(avps, asks);
            diameter::destination(avps, answers, true);
            request(avps);
        });
        let header = diameter::Header { request: false, ..header };
        let reply = diameter::message(header, |avps| {
            begin(avps, answers);
            answer(avps);
        });
        let way = if from_client { Way::Forward } else { Way::Back };
        let stream = (self.hops % 8) as u16;
        self.push(at, link, way, stream, vec![ask]);
        self.push(back, link, way.reverse(), stream, vec![reply]);
    }
}
