//! IMS over Gm: registration, calls, messages and keep-alives between a UE and the P-CSCF.

use super::super::clock::Time;
use super::super::encode::sip::{Message, Style};
use super::super::transport::{Endpoint, Way};
use super::core::OnGm;
use super::luck::{Luck, PROOF_IN_IMS};
use super::nodes::Nodes;
use super::{Card, Link, Net};

/// Seconds for which a UE registers (TS 24.229 §5.1.1.2).
const EXPIRES: u32 = 600_000;

/// Why a UE sends REGISTER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// For the first time: challenged.
    Initial,
    /// Again, with the same credentials.
    Refresh,
    /// For the last time.
    Off,
}

/// One SIP dialog as its messages name it.
pub(super) struct Dialog {
    /// Call-ID.
    pub id: String,
    /// From of the caller's requests.
    pub caller: String,
    /// To of them.
    pub called: String,
    /// Request-URI.
    pub target: String,
    /// Branch of the transaction.
    pub branch: u32,
}

/// The address of a UE: one for each subscriber.
pub fn ue(card: &Card) -> Endpoint {
    let [_, a, b, c] = (card.index as u32).to_be_bytes();
    let port = if card.model.tcp { 49_152 + (card.index % 16_000) as u16 } else { 5060 };
    Endpoint { ip: [10, 64 + a, b, c], port }
}

/// The link of a UE.
pub fn link(card: &Card) -> Link {
    if card.model.tcp { Link::SipTcp(card.index, ue(card)) } else { Link::SipUdp(ue(card)) }
}

pub(super) fn text(ip: [u8; 4]) -> String {
    let [a, b, c, d] = ip;
    format!("{a}.{b}.{c}.{d}")
}

impl Net {
    fn transmit(&mut self, card: &Card, from_ue: bool, at: Time, message: Vec<u8>) {
        let way = if from_ue { Way::Forward } else { Way::Back };
        self.push(at, link(card), way, 0, vec![message]);
    }

    pub(super) fn radio(&mut self) -> Time {
        self.span(0.03, 0.12)
    }

    /// `001010123456789@ims.mnc001.mcc001.3gppnetwork.org`.
    pub(super) fn impi(&self, card: &Card) -> String {
        format!("{}@{}", card.imsi, self.nodes.ims)
    }

    /// TS 24.229 §7.2A.4: PLMN, tracking area in hexadecimal, cell in seven hexadecimal digits.
    pub(super) fn access_network(&self, card: &Card) -> String {
        let (tac, eci) = card.ecgi;
        let plmn = self.plmn.to_string().replace('-', "");
        format!("3GPP-E-UTRAN-FDD;utran-cell-id-3gpp={plmn}{tac:04x}{eci:07x}")
    }

    pub(super) fn contact(card: &Card) -> String {
        let imei = card.imei.to_string();
        let (tac, rest) = imei.split_at_checked(8).unwrap_or((&imei, ""));
        let (serial, _) = rest.split_at_checked(6).unwrap_or((rest, ""));
        let Endpoint { ip, port } = ue(card);
        let transport = if card.model.tcp { ";transport=tcp" } else { "" };
        format!(
            "<sip:{}@{}:{port}{transport}>;+sip.instance=\"<urn:gsma:imei:{tac}-{serial}-0>\";\
             +g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel\";+g.3gpp.smsip",
            card.imsi,
            text(ip)
        )
    }

    fn via(&mut self, card: &Card, from_ue: bool, branch: u32) -> String {
        let end = if from_ue { ue(card) } else { Nodes::PCSCF };
        let transport = if card.model.tcp { "TCP" } else { "UDP" };
        format!("SIP/2.0/{transport} {}:{};branch=z9hG4bK{branch:08x}", text(end.ip), end.port)
    }

    fn style(card: &Card, from_ue: bool) -> Style {
        if from_ue { card.model.style } else { Style::default() }
    }

    pub(super) fn call_id(&mut self, card: &Card) -> String {
        format!("{:08x}{:08x}@{}", self.dice.word(), self.dice.word(), text(ue(card).ip))
    }

    /// REGISTER, challenged with 401 the first time; gives the end.
    pub fn register_ims(&mut self, card: &Card, kind: Registration, at: Time) -> Time {
        let (impi, realm) = (self.impi(card), self.nodes.ims.clone());
        let id = self.call_id(card);
        let tag = self.dice.word();
        let mut nonce = String::new();
        let mut time = at;
        let rounds: &[bool] = if kind == Registration::Initial { &[false, true] } else { &[true] };
        for (&proven, sequence) in rounds.iter().zip(1..) {
            if nonce.is_empty() && proven {
                nonce = format!("{:08x}{:08x}", self.dice.word(), self.dice.word());
            }
            let proof = if proven {
                format!("{:08x}{:08x}{:08x}{:08x}", self.dice.word(), self.dice.word(), self.dice.word(), tag)
            } else {
                String::new()
            };
            let branch = self.dice.word();
            let via = self.via(card, true, branch);
            let expires = if kind == Registration::Off { 0 } else { EXPIRES };
            let mut m = Message::new(&format!("REGISTER sip:{realm} SIP/2.0"), Self::style(card, true));
            m.header("Via", &via)
                .header("Max-Forwards", "70")
                .header("From", &format!("<sip:{impi}>;tag={tag:08x}"))
                .header("To", &format!("<sip:{impi}>"))
                .header("Call-ID", &id)
                .header("CSeq", &format!("{sequence} REGISTER"))
                .header("Contact", &format!("{};expires={expires}", Self::contact(card)))
                .header("Expires", &expires.to_string())
                .header(
                    "Authorization",
                    &format!(
                        "Digest username=\"{impi}\",realm=\"{realm}\",nonce=\"{nonce}\",uri=\"sip:{realm}\",\
                         response=\"{proof}\",algorithm=AKAv1-MD5"
                    ),
                )
                .header("P-Access-Network-Info", &self.access_network(card))
                .header("Supported", "path")
                .header("User-Agent", card.model.agent);
            self.transmit(card, true, time, m.end());
            let dialog = |tag_of_to: Option<u32>| Dialog {
                id: id.clone(),
                caller: format!("<sip:{impi}>;tag={tag:08x}"),
                called: tag_of_to.map_or(format!("<sip:{impi}>"), |to| format!("<sip:{impi}>;tag={to:08x}")),
                target: format!("sip:{realm}"),
                branch,
            };
            let sequence_text = format!("{sequence} REGISTER");
            let asked = [
                ("Contact", format!("{};expires={expires}", Self::contact(card))),
                ("Expires", expires.to_string()),
                ("Path", format!("<sip:term@pcscf.{realm};lr>")),
                ("P-Access-Network-Info", self.access_network(card)),
                ("P-Visited-Network-ID", realm.clone()),
            ];
            let start = format!("REGISTER sip:{realm} SIP/2.0");
            let to_core = OnGm {
                start: &start,
                via: &via,
                dialog: &dialog(None),
                sequence: &sequence_text,
                extra: &asked,
                body: ("", &[]),
            };
            self.hand_on(card, true, true, time, &to_core);
            let arrived = time + self.radio() + self.hop();
            time = self.registered_at_home(card, kind, proven, arrived) + self.hop();
            let to_tag = self.dice.word();
            let status = if proven { "SIP/2.0 200 OK" } else { "SIP/2.0 401 Unauthorized" };
            let mut told = Vec::new();
            if proven {
                told.push(("P-Associated-URI", format!("<sip:+{0}@{realm}>, <tel:+{0}>", card.msisdn)));
                if kind != Registration::Off {
                    told.push(("Contact", format!("{};expires={EXPIRES}", Self::contact(card))));
                    told.push(("Service-Route", format!("<sip:orig@scscf.{realm};lr>")));
                }
            } else {
                nonce = format!("{:08x}{:08x}", self.dice.word(), self.dice.word());
                let challenge = format!("Digest realm=\"{realm}\",nonce=\"{nonce}\",algorithm=AKAv1-MD5,qop=\"auth\"");
                told.push(("WWW-Authenticate", challenge));
            }
            let dialog = dialog(Some(to_tag));
            let from_core = OnGm {
                start: status,
                via: &via,
                dialog: &dialog,
                sequence: &sequence_text,
                extra: &told,
                body: ("", &[]),
            };
            self.hand_on(card, false, false, time, &from_core);
            let mut m = Message::new(status, Style::default());
            m.header("Via", &via)
                .header("From", &dialog.caller)
                .header("To", &dialog.called)
                .header("Call-ID", &id)
                .header("CSeq", &sequence_text);
            for (name, value) in &told {
                m.header(name, value);
            }
            self.transmit(card, false, time, m.end());
            if !proven {
                time += Luck::of(card, at).answers_after(PROOF_IN_IMS) + card.latency;
            }
        }
        time
    }

    /// OPTIONS of the P-CSCF to see whether the UE is there.
    pub fn options(&mut self, card: &Card, at: Time) -> Time {
        let uri = format!("sip:{}@{}", card.imsi, text(ue(card).ip));
        let dialog = Dialog {
            id: self.call_id(card),
            caller: format!("<sip:pcscf.{}>;tag={:08x}", self.nodes.ims, self.dice.word()),
            called: format!("<{uri}>"),
            target: uri,
            branch: self.dice.word(),
        };
        self.request(card, &dialog, false, "OPTIONS", 1, at, &[], ("", &[]));
        let time = at + self.radio() + self.radio();
        self.respond(card, &dialog, true, "200 OK", (1, "OPTIONS"), time, &[], ("", &[]));
        time
    }

    /// MESSAGE with an RP-DATA (TS 24.341); gives the end.
    pub fn ims_message(&mut self, card: &Card, rp_data: &[u8], from_ue: bool, at: Time) -> Time {
        let realm = self.nodes.ims.clone();
        let (us, centre) =
            (format!("sip:+{}@{realm}", card.msisdn), format!("sip:+{}@{realm};user=phone", self.nodes.smsc));
        let (from, to) = if from_ue { (&us, &centre) } else { (&centre, &us) };
        let dialog = Dialog {
            id: self.call_id(card),
            caller: format!("<{from}>;tag={:08x}", self.dice.word()),
            called: format!("<{to}>"),
            target: if from_ue { centre.clone() } else { format!("sip:{}@{}", card.imsi, text(ue(card).ip)) },
            branch: self.dice.word(),
        };
        self.awake(card, !from_ue, at, at);
        let at = at + self.waking(!from_ue);
        let extra = self.identity_headers(card, from_ue, from);
        let body = ("application/vnd.3gpp.sms", rp_data);
        self.request(card, &dialog, from_ue, "MESSAGE", 1, at, &extra, body);
        let time = at + self.radio() + self.hop() + self.hop();
        self.respond(card, &dialog, !from_ue, "202 Accepted", (1, "MESSAGE"), time, &[], ("", &[]));
        time
    }

    /// Who it is: the UE says where it is, the network says who calls.
    pub(super) fn identity_headers(&self, card: &Card, from_ue: bool, caller: &str) -> Vec<(&'static str, String)> {
        if from_ue {
            vec![
                ("P-Preferred-Identity", format!("<{caller}>")),
                ("P-Access-Network-Info", self.access_network(card)),
                ("User-Agent", card.model.agent.to_owned()),
            ]
        } else {
            vec![("P-Asserted-Identity", format!("<{caller}>"))]
        }
    }

    #[allow(clippy::too_many_arguments)] // the parts of a request
    pub(super) fn request(
        &mut self,
        card: &Card,
        dialog: &Dialog,
        from_ue: bool,
        method: &str,
        sequence: u32,
        at: Time,
        extra: &[(&str, String)],
        (kind, body): (&str, &[u8]),
    ) {
        let via = self.via(card, from_ue, dialog.branch);
        let style = Self::style(card, from_ue);
        let (start, sequence) = (format!("{method} {} SIP/2.0", dialog.target), format!("{sequence} {method}"));
        if method != "OPTIONS" {
            let here = OnGm { start: &start, via: &via, dialog, sequence: &sequence, extra, body: (kind, body) };
            self.hand_on(card, from_ue, true, at, &here);
        }
        let mut m = Message::new(&start, style);
        m.header("Via", &via)
            .header("Max-Forwards", "68")
            .header("From", &dialog.caller)
            .header("To", &dialog.called)
            .header("Call-ID", &dialog.id)
            .header("CSeq", &sequence);
        for (name, value) in extra {
            m.header(name, value);
        }
        let message = m.body(kind, body);
        self.transmit(card, from_ue, at, message);
    }

    #[allow(clippy::too_many_arguments)] // the parts of a response
    pub(super) fn respond(
        &mut self,
        card: &Card,
        dialog: &Dialog,
        from_ue: bool,
        status: &str,
        (sequence, method): (u32, &str),
        at: Time,
        extra: &[(&str, String)],
        (kind, body): (&str, &[u8]),
    ) {
        let via = self.via(card, !from_ue, dialog.branch);
        let (start, sequence) = (format!("SIP/2.0 {status}"), format!("{sequence} {method}"));
        if method != "OPTIONS" {
            let here = OnGm { start: &start, via: &via, dialog, sequence: &sequence, extra, body: (kind, body) };
            self.hand_on(card, from_ue, false, at, &here);
        }
        let mut m = Message::new(&start, Self::style(card, from_ue));
        m.header("Via", &via)
            .header("From", &dialog.caller)
            .header("To", &dialog.called)
            .header("Call-ID", &dialog.id)
            .header("CSeq", &sequence);
        for (name, value) in extra {
            m.header(name, value);
        }
        let message = m.body(kind, body);
        self.transmit(card, from_ue, at, message);
    }
}
