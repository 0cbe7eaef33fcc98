//! Data sessions: what an attach, a move, use and a detach make of them on S11, Gx and Gy.

use super::super::clock::Time;
use super::super::encode::diameter;
use super::super::encode::gtp::{self, End};
use super::super::encode::policy::{self, Described, Stage, command};
use super::super::people::person::Access;
use super::super::transport::Way;
use super::nodes::Nodes;
use super::peers::Question;
use super::{Card, Interface, Link, Net, ims};

/// One session: a network that the mobile is connected to.
#[derive(Debug, Clone)]
struct Session {
    apn: &'static str,
    bearer: u8,
    quality: u32,
    address: [u8; 4],
    charging: u32,
    /// Control TEID of the packet gateway.
    gateway: u32,
    /// Session-Ids on Gx and Gy, with the number of the last request.
    policy: (String, u32),
    credit: Option<(String, u32)>,
}

/// A mobile that is attached.
#[derive(Debug, Clone)]
pub(super) struct Attached {
    /// Its MME.
    pub mme: usize,
    /// The packet gateway that holds its sessions.
    gateway: usize,
    /// TEIDs of MME and serving gateway.
    teids: [u32; 2],
    sessions: Vec<Session>,
}

impl Net {
    fn knows_sessions(&self) -> bool {
        [Interface::Gtp, Interface::Gx, Interface::Gy, Interface::S1ap].into_iter().any(|interface| self.on(interface))
    }

    /// All sessions of an attach; gives when the last stands.
    pub(super) fn connect(&mut self, card: &Card, at: Time) -> Time {
        if !self.knows_sessions() {
            return at;
        }
        let time = self.disconnect(card, at);
        let mut attached = self.fresh_sessions(card, card.mme);
        let mut time = time;
        for index in 0..attached.sessions.len() {
            time = self.create(card, &mut attached, index, time);
        }
        self.attached.insert(card.index, Some(attached));
        time
    }

    /// A mobile comes from another MME: new tunnels, the same sessions.
    pub(super) fn relocate(&mut self, card: &Card, old: usize, at: Time) -> Time {
        if !self.knows_sessions() {
            return at;
        }
        let Some(mut attached) = self.attached_before(card, old) else { return self.connect(card, at) };
        let before = attached.clone();
        attached.mme = card.mme;
        attached.teids = [self.teid(), self.teid()];
        let mut time = at;
        for session in &mut attached.sessions {
            let back = time + self.hop() + self.hop() + self.hop();
            self.tunnel(card, &before, session, attached.teids, [time, back], true);
            let switched = back + self.hop();
            time = self.modify(card, attached.mme, attached.teids, session, switched);
            time = self.police(card, before.gateway, session, Stage::Update, time);
        }
        for session in &before.sessions {
            self.untunnel(card, &before, session, time);
        }
        self.attached.insert(card.index, Some(attached));
        time
    }

    /// A mobile that is attached uses its data; gives the end.
    pub(super) fn use_data(&mut self, card: &Card, at: Time) -> Time {
        if !self.knows_sessions() {
            return at;
        }
        let Some(mut attached) = self.attached_before(card, card.mme) else { return at };
        let mut time = at;
        for session in &mut attached.sessions {
            time = self.modify(card, attached.mme, attached.teids, session, time) + self.hop();
            self.credit(card, attached.gateway, session, Stage::Update, time);
        }
        self.attached.insert(card.index, Some(attached));
        time
    }

    /// All sessions end; gives when.
    pub(super) fn disconnect(&mut self, card: &Card, at: Time) -> Time {
        if !self.knows_sessions() {
            return at;
        }
        let Some(mut attached) = self.attached.insert(card.index, None).flatten() else { return at };
        let mut time = at;
        let before = attached.clone();
        for session in &mut attached.sessions {
            let end = self.untunnel(card, &before, session, time);
            self.police(card, before.gateway, session, Stage::Termination, time + (end - time) / 3);
            self.credit(card, before.gateway, session, Stage::Termination, time + (end - time) / 3);
            time = end;
        }
        time
    }

    /// The speech of a call over IMS gets a rule, and loses it.
    pub(super) fn speech(&mut self, card: &Card, begins: bool, at: Time) {
        if !self.on(Interface::Gx) {
            return;
        }
        let Some(attached) = self.attached_before(card, card.mme) else { return };
        let Some(session) = attached.sessions.iter().find(|session| session.apn == "ims") else { return };
        let question = Question {
            link: Link::Gx(attached.gateway),
            command: command::RE_AUTH,
            from_client: false,
            session: Some(&session.policy.0),
        };
        let rule = session.charging;
        self.ask_peer(
            question,
            at,
            |avps| {
                avps.base(285, &0u32.to_be_bytes()); // Re-Auth-Request-Type AUTHORIZE_ONLY
                policy::gx_speech(avps, begins, rule);
            },
            diameter::success,
        );
        self.attached.insert(card.index, Some(attached));
    }

    /// What is known of a mobile; who was attached before the beginning has sessions too.
    fn attached_before(&mut self, card: &Card, mme: usize) -> Option<Attached> {
        match self.attached.get(&card.index) {
            Some(known) => known.clone(),
            None => Some(self.fresh_sessions(card, mme)),
        }
    }

    fn teid(&mut self) -> u32 {
        self.teids = self.teids.wrapping_add(16 + (self.dice.word() & 0xf0));
        self.teids | 0x1000_0000
    }

    fn fresh_sessions(&mut self, card: &Card, mme: usize) -> Attached {
        let networks: &[_] = if card.access == Access::Volte { &["internet", "ims"] } else { &["internet"] };
        let [_, a, b, c] = (card.index as u32).to_be_bytes();
        let sessions = networks.iter().zip(5u8..).map(|(&apn, bearer)| {
            let [gx, gy] = [Link::Gx(mme), Link::Gy(mme)].map(|link| {
                let [client, _] = self.hosts(link);
                self.session_id(&client)
            });
            let online = apn == "internet";
            Session {
                apn,
                bearer,
                quality: if online { 9 } else { 5 },
                address: if online { [10, 128 + (a & 0x3f), b, c] } else { ims::ue(card).ip },
                charging: self.teid(),
                gateway: self.teid(),
                policy: (gx, 0),
                credit: online.then_some((gy, 0)),
            }
        });
        let sessions = sessions.collect();
        Attached { mme, gateway: mme, teids: [self.teid(), self.teid()], sessions }
    }

    fn described(&self, card: &Card, session: &Session) -> Described<'static> {
        Described {
            imsi: card.imsi,
            msisdn: card.msisdn,
            device: (card.imei, card.version),
            address: session.address,
            apn: session.apn,
            plmn: self.plmn,
            place: card.ecgi,
            quality: session.quality,
            charging: session.charging,
        }
    }

    /// One session stands up: tunnel, policy, credit.
    fn create(&mut self, card: &Card, attached: &mut Attached, index: usize, at: Time) -> Time {
        let (before, teids) = (attached.clone(), attached.teids);
        let Some(session) = attached.sessions.get_mut(index) else { return at };
        let asked = at + self.hop();
        let decided = self.police(card, before.gateway, session, Stage::Initial, asked);
        let back = self.credit(card, before.gateway, session, Stage::Initial, decided) + self.hop();
        self.tunnel(card, &before, session, teids, [at, back], false);
        back
    }

    /// The base station's ends of all sessions, once it has told them; gives when the gateway knows.
    pub(super) fn connected(&mut self, card: &Card, at: Time) -> Time {
        let Some(attached) = self.attached.get(&card.index).cloned().flatten() else { return at };
        attached
            .sessions
            .iter()
            .fold(at, |time, session| self.modify(card, attached.mme, attached.teids, session, time))
    }

    /// Network and address of the first session.
    pub(super) fn default_session(&self, card: &Card) -> (&'static str, [u8; 4]) {
        let attached = self.attached.get(&card.index).and_then(Option::as_ref);
        let session = attached.and_then(|attached| attached.sessions.first());
        session.map_or(("internet", [10, 128, 0, 0]), |session| (session.apn, session.address))
    }

    /// Bearer, class and user plane ends (serving gateway, base station) of all sessions.
    pub(super) fn tunnels(&mut self, card: &Card) -> Vec<(u8, u32, [End; 2])> {
        let Some(attached) = self.attached_before(card, card.mme) else { return Vec::new() };
        let (_, sgw) = Nodes::ends(Link::S11(attached.mme));
        let [ours, theirs] = attached.teids;
        let ends = attached.sessions.iter().map(|session| {
            let gateway = End { teid: theirs ^ u32::from(session.bearer), ip: sgw.ip };
            (session.bearer, session.quality, [gateway, station(attached.mme, ours, session.bearer)])
        });
        let ends = ends.collect();
        self.attached.insert(card.index, Some(attached));
        ends
    }

    /// A session gets a tunnel in the serving gateway of the card's MME; `known`: the packet gateway has it already.
    fn tunnel(
        &mut self,
        card: &Card,
        before: &Attached,
        session: &Session,
        [ours, theirs]: [u32; 2],
        [at, back]: [Time; 2],
        known: bool,
    ) {
        let described = self.described(card, session);
        let link = Link::S11(card.mme);
        let (mme, sgw) = Nodes::ends(link);
        let (gateway, _) = Nodes::ends(Link::Gx(before.gateway));
        let gateway = |known: bool| End { teid: if known { session.gateway } else { 0 }, ip: gateway.ip };
        let sequence = self.sequence();
        // The first session has no tunnel yet to send its request through.
        let to = if session.bearer == 5 { 0 } else { theirs };
        let bearer = session.bearer;
        let (mme, sgw) = (End { teid: ours, ip: mme.ip }, End { teid: theirs, ip: sgw.ip });
        let ask = gtp::create_request(to, sequence, &described, bearer, mme, gateway(known));
        let answer = gtp::create_response(ours, sequence, &described, bearer, sgw, gateway(true));
        self.push(at, link, Way::Forward, 0, vec![ask]);
        self.push(back, link, Way::Back, 0, vec![answer]);
    }

    fn modify(&mut self, card: &Card, mme: usize, [ours, theirs]: [u32; 2], session: &Session, at: Time) -> Time {
        let described = self.described(card, session);
        let link = Link::S11(mme);
        let (_, sgw) = Nodes::ends(link);
        let sequence = self.sequence();
        let back = at + self.hop();
        let station = station(mme, ours, session.bearer);
        let ask = gtp::modify_request(theirs, sequence, &described, session.bearer, station);
        let answer = gtp::modify_response(ours, sequence, session.bearer, End { teid: theirs, ip: sgw.ip });
        self.push(at, link, Way::Forward, 0, vec![ask]);
        self.push(back, link, Way::Back, 0, vec![answer]);
        back
    }

    /// A tunnel in the serving gateway of the MME before is given up.
    fn untunnel(&mut self, card: &Card, before: &Attached, session: &Session, at: Time) -> Time {
        let described = self.described(card, session);
        let link = Link::S11(before.mme);
        let [ours, theirs] = before.teids;
        let sequence = self.sequence();
        let back = at + self.hop() + self.hop() + self.hop();
        self.push(at, link, Way::Forward, 0, vec![gtp::delete_request(theirs, sequence, &described, session.bearer)]);
        self.push(back, link, Way::Back, 0, vec![gtp::delete_response(ours, sequence)]);
        back
    }

    fn sequence(&mut self) -> u32 {
        self.sequences = self.sequences.wrapping_add(1) & 0x007f_ffff;
        self.sequences
    }

    /// A CCR on Gx.
    fn police(&mut self, card: &Card, gateway: usize, session: &mut Session, stage: Stage, at: Time) -> Time {
        let described = self.described(card, session);
        let (id, number) = session.policy.clone();
        session.policy.1 += 1;
        let question = Question {
            link: Link::Gx(gateway),
            command: command::CREDIT_CONTROL,
            from_client: true,
            session: Some(&id),
        };
        self.ask_peer(
            question,
            at,
            |avps| {
                policy::stage(avps, stage, number);
                if stage == Stage::Termination {
                    policy::ended(avps);
                } else {
                    policy::gx_session(avps, &described, stage == Stage::Initial);
                }
            },
            |avps| {
                diameter::success(avps);
                policy::stage(avps, stage, number);
                if stage == Stage::Initial {
                    policy::gx_decision(avps, &described);
                }
            },
        )
    }

    /// A CCR on Gy, where the session is charged online.
    fn credit(&mut self, card: &Card, gateway: usize, session: &mut Session, stage: Stage, at: Time) -> Time {
        let described = self.described(card, session);
        let Some((id, number)) = session.credit.clone() else { return at };
        session.credit = Some((id.clone(), number + 1));
        let question = Question {
            link: Link::Gy(gateway),
            command: command::CREDIT_CONTROL,
            from_client: true,
            session: Some(&id),
        };
        let used = (stage != Stage::Initial).then(|| self.dice.lognormal(14.0, 2.0).clamp(200.0, 5e9) as u64);
        self.ask_peer(
            question,
            at,
            |avps| {
                policy::stage(avps, stage, number);
                policy::gy_session(avps, &described, stage, used);
                if stage == Stage::Termination {
                    policy::ended(avps);
                }
            },
            |avps| {
                diameter::success(avps);
                policy::stage(avps, stage, number);
                policy::gy_granted(avps, stage);
            },
        )
    }

    /// Echo between an MME and its serving gateway.
    pub(super) fn echo(&mut self, mme: usize, at: Time) {
        let link = Link::S11(mme);
        let sequence = self.sequence();
        let back = at + self.hop();
        self.push(at, link, Way::Forward, 0, vec![gtp::echo(gtp::kind::ECHO_REQUEST, sequence, 3)]);
        self.push(back, link, Way::Back, 0, vec![gtp::echo(gtp::kind::ECHO_RESPONSE, sequence, 5)]);
    }
}

/// The base station's end of a bearer.
fn station(mme: usize, ours: u32, bearer: u8) -> End {
    let (station, _) = Nodes::ends(Link::S1(mme));
    End { teid: ours ^ u32::from(bearer) << 24, ip: station.ip }
}
