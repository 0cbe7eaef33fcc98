//! One walk over the headers of a message.

use super::facts::{Facts, Party, Reason};
use super::frame::number;
use super::value::BrokenAddress;
use super::{Header, HeaderName, MAX_HEADERS, Method, NameAddr, NameAddrs, Oddity, Params, Sip};
use crate::identity::{Imsi, Number};
use crate::wire::ims;
use arrayvec::ArrayVec;

pub(super) struct Walk<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) from: Party,
    pub(super) to: Party,
    pub(super) asserted: Party,
    pub(super) called: Party,
    /// P-Served-User of the originating or the terminating side.
    pub(super) served: [Party; 2],
    /// Remote-Party-ID, what came before P-Asserted-Identity.
    pub(super) remote: Party,
    /// Who was called before, by Diversion and History-Info.
    pub(super) diverting: ArrayVec<Number, MAX_DIVERTING>,
    /// The IMSI of the private identity.
    pub(super) private: Option<Imsi>,
}

/// How many numbers of a redirection are kept.
const MAX_DIVERTING: usize = 8;

impl<'a> Walk<'a> {
    /// Reads all headers.
    pub(super) fn new(message: &Sip<'a>) -> Self {
        let mut walk = Self {
            facts: Facts { oddities: message.oddities, stop: message.stop, ..Facts::default() },
            from: Party::default(),
            to: Party::default(),
            asserted: Party::default(),
            called: Party::default(),
            served: [Party::default(); 2],
            remote: Party::default(),
            diverting: ArrayVec::new(),
            private: None,
        };
        let mut headers = message.headers();
        for header in headers.by_ref().take(MAX_HEADERS).flatten() {
            walk.header(&header);
        }
        if headers.next().is_some() {
            walk.odd(Oddity::TooManyHeaders);
        }
        walk.facts.oddities = walk.facts.oddities.union(headers.oddities());
        walk
    }

    pub(super) fn odd(&mut self, oddity: Oddity) {
        self.facts.oddities.add(oddity);
    }

    /// The first value of a header that comes once.
    fn once<T>(&mut self, field: impl for<'f> FnOnce(&'f mut Facts<'a>) -> &'f mut Option<T>, value: T) -> bool {
        let field = field(&mut self.facts);
        let first = field.is_none();
        if first {
            *field = Some(value);
        } else {
            self.odd(Oddity::Repeated);
        }
        first
    }

    fn header(&mut self, header: &Header<'a>) {
        let value = header.value;
        let facts = &mut self.facts;
        match header.name {
            HeaderName::Via if facts.branch.is_none() => {
                let at = memchr::memchr(b';', value).unwrap_or(value.len());
                let params = value.get(at..).unwrap_or_default();
                // Without a branch (RFC 2543) the header still counts as seen.
                facts.branch = Some(Params::new(params).find("branch").unwrap_or_default());
            }
            HeaderName::From => {
                if let Some(address) = self.first_address(value)
                    && self.once(|facts| &mut facts.from, address.uri)
                {
                    self.facts.from_tag = address.params().find("tag");
                    self.from = self.party(address.uri);
                }
            }
            HeaderName::To => {
                if let Some(address) = self.first_address(value)
                    && self.once(|facts| &mut facts.to, address.uri)
                {
                    self.facts.to_tag = address.params().find("tag");
                    self.to = self.party(address.uri);
                }
            }
            HeaderName::CallId => {
                self.once(|facts| &mut facts.call_id, value);
            }
            HeaderName::CSeq => self.cseq(value),
            HeaderName::Contact => self.contact(value),
            HeaderName::PAssertedIdentity | HeaderName::PPreferredIdentity => {
                self.addresses(value, |walk, address| {
                    let party = walk.party(address.uri);
                    walk.asserted = walk.asserted.or(party);
                });
            }
            HeaderName::PAssociatedUri => self.addresses(value, |walk, address| {
                let party = walk.party(address.uri);
                if let Some(imsi) = party.imsi {
                    walk.facts.named.imsi(imsi);
                }
                if let Some(msisdn) = party.number.and_then(Number::international) {
                    walk.facts.named.msisdn(msisdn);
                }
            }),
            HeaderName::PCalledPartyId => {
                if let Some(address) = self.first_address(value) {
                    self.called = self.party(address.uri);
                }
            }
            HeaderName::PServedUser => {
                if let Some(address) = self.first_address(value) {
                    // RFC 5502 §6: of which side; without it the originating one.
                    let side = usize::from(address.params().find("sescase") == Some(b"term"));
                    let party = self.party(address.uri);
                    if let Some(place) = self.served.get_mut(side) {
                        *place = party;
                    }
                }
            }
            HeaderName::RemotePartyId => {
                if let Some(address) = self.first_address(value)
                    && address.params().find("party").is_none_or(|party| party == b"calling")
                {
                    self.remote = self.party(address.uri);
                }
            }
            HeaderName::Diversion | HeaderName::HistoryInfo | HeaderName::ReferTo | HeaderName::ReferredBy => {
                self.addresses(value, |walk, address| {
                    let party = walk.party(address.uri);
                    if let Some(imsi) = party.imsi {
                        walk.facts.named.other_imsi(imsi);
                    }
                    if let Some(number) = party.number {
                        let _ = walk.diverting.try_push(number);
                    }
                });
            }
            HeaderName::Authorization | HeaderName::ProxyAuthorization => self.credentials(value),
            HeaderName::PAccessNetworkInfo | HeaderName::CellularNetworkInfo => self.access_network(value),
            HeaderName::PVisitedNetworkId => {
                facts.named.plmn = facts.named.plmn.or_else(|| ims::plmn_of_domain(value));
            }
            HeaderName::PChargingVector => {
                facts.icid = Params::new(value).find("icid-value").or(facts.icid);
            }
            HeaderName::Reason => self.reason(value),
            HeaderName::ContentLength => match number(value) {
                Some(length) => facts.content_length = Some(length),
                None => self.odd(Oddity::ContentLength),
            },
            HeaderName::Expires => facts.expires = number(value).or(facts.expires),
            HeaderName::UserAgent => facts.user_agent = Some(value),
            HeaderName::Server => facts.server = Some(value),
            HeaderName::ContentType => facts.content_type = Some(value),
            HeaderName::Event => facts.event = Some(value),
            HeaderName::Privacy => facts.privacy = Some(value),
            _ => {}
        }
    }

    fn first_address(&mut self, value: &'a [u8]) -> Option<NameAddr<'a>> {
        let address = NameAddrs::new(value).next()?;
        if address.is_err() {
            self.odd(Oddity::Address);
        }
        address.ok()
    }

    fn addresses(&mut self, value: &'a [u8], mut each: impl FnMut(&mut Self, NameAddr<'a>)) {
        for address in NameAddrs::new(value) {
            match address {
                Ok(address) => each(self, address),
                Err(BrokenAddress) => self.odd(Oddity::Address),
            }
        }
    }

    fn party(&mut self, uri: &[u8]) -> Party {
        match ims::Uri::parse(uri) {
            Some(uri) => self.party_of(&uri),
            None => Party::default(),
        }
    }

    pub(super) fn party_of(&mut self, uri: &ims::Uri<'_>) -> Party {
        let imsi = uri.imsi();
        if imsi.is_none() && ims::imsi_contradicts(uri.user, uri.host) {
            self.odd(Oddity::ForeignImsi);
        }
        let number = if imsi.is_none() { uri.user_number() } else { None };
        Party { number, imsi }
    }

    /// `1*DIGIT LWS Method`
    fn cseq(&mut self, value: &'a [u8]) {
        let end = value.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(value.len());
        let (digits, method) = value.split_at_checked(end).unwrap_or((value, &[]));
        let method = method.trim_ascii();
        match number(digits) {
            Some(cseq) if !method.is_empty() => {
                if self.once(|facts| &mut facts.cseq, cseq) {
                    self.facts.method = Some(Method::parse(method));
                }
            }
            _ => self.odd(Oddity::CSeq),
        }
    }

    fn contact(&mut self, value: &'a [u8]) {
        self.addresses(value, |walk, address| {
            walk.facts.contact_all |= address.uri == b"*";
            // A globally routable URI of the device (RFC 5627 §6.1, RFC 7254 §4.1).
            if memchr::memmem::find(address.uri, b"gr=urn:").is_some()
                && let Some(imei) = ims::imei_in(address.uri)
            {
                walk.facts.named.imei(imei);
            }
            for param in address.params() {
                if param.is("+sip.instance") {
                    let urn = param.value.strip_prefix(b"<").unwrap_or(param.value);
                    let urn = urn.strip_suffix(b">").unwrap_or(urn);
                    if let Some(imei) = ims::imei_of_urn(urn) {
                        walk.facts.named.imei(imei);
                    }
                } else if param.is("expires") {
                    let first = walk.facts.contact_expires;
                    walk.facts.contact_expires = first.or_else(|| number(param.value));
                }
            }
        });
    }

    /// `Digest username="...", realm="...", ...` (RFC 3261 §22, TS 24.229 §5.1.1.2)
    fn credentials(&mut self, value: &'a [u8]) {
        let at = memchr::memchr(b' ', value).unwrap_or(0);
        let params = Params::with_commas(value.get(at..).unwrap_or_default());
        let Some(user) = params.clone().find("username").filter(|user| !user.is_empty()) else {
            return;
        };
        self.facts.private_identity = Some(user);
        self.private = self.private.or_else(|| ims::imsi_of_nai(user));
        if let Some((user, realm)) = memchr::memchr(b'@', user).and_then(|at| user.split_at_checked(at))
            && ims::imsi_contradicts(user, realm)
        {
            self.odd(Oddity::ForeignImsi);
        }
    }

    /// A list: the access network, and perhaps what the network itself provides (TS 24.229 §7.2A.4.2).
    fn access_network(&mut self, value: &'a [u8]) {
        for value in value.split(|&byte| byte == b',') {
            match ims::access_network_cell(value) {
                Ok(Some(cell)) => self.facts.named.cell(cell),
                Ok(None) => {}
                Err(_) => self.odd(Oddity::Cell),
            }
        }
    }

    /// `Q.850;cause=16;text="..."`, a list.
    fn reason(&mut self, value: &'a [u8]) {
        self.addresses(value, |walk, reason| {
            let cause = reason.params().find("cause").and_then(number);
            let protocol = reason.uri;
            if walk.facts.reason.is_none() || protocol.eq_ignore_ascii_case(b"Q.850") {
                walk.facts.reason = Some(Reason { protocol, cause });
            }
        });
    }
}
