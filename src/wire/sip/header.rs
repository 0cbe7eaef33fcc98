//! Header lines: RFC 3261 §7.3.

use super::start::is_token;
use super::{Oddities, Oddity};

macro_rules! header_names {
    ($($name:ident = $text:literal, $($lower:literal)|+;)*) => {
        /// The headers that are told apart. The compact forms are those of RFC 3261 §7.3.3 and of IANA's registry.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum HeaderName {
            $($name,)*
            /// Another one.
            Other,
        }

        impl HeaderName {
            fn of_lower(lower: &[u8]) -> Self {
                match lower {
                    $($($lower)|+ => Self::$name,)*
                    _ => Self::Other,
                }
            }

            /// The long form; empty for another one.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Other => "",
                }
            }
        }
    };
}

header_names! {
    AcceptContact = "Accept-Contact", b"accept-contact" | b"a";
    AllowEvents = "Allow-Events", b"allow-events" | b"u";
    Authorization = "Authorization", b"authorization";
    CSeq = "CSeq", b"cseq";
    CallId = "Call-ID", b"call-id" | b"i";
    Contact = "Contact", b"contact" | b"m";
    CellularNetworkInfo = "Cellular-Network-Info", b"cellular-network-info";
    ContentEncoding = "Content-Encoding", b"content-encoding" | b"e";
    ContentLength = "Content-Length", b"content-length" | b"l";
    ContentType = "Content-Type", b"content-type" | b"c";
    Diversion = "Diversion", b"diversion";
    Event = "Event", b"event" | b"o";
    Expires = "Expires", b"expires";
    From = "From", b"from" | b"f";
    Geolocation = "Geolocation", b"geolocation";
    HistoryInfo = "History-Info", b"history-info";
    Identity = "Identity", b"identity" | b"y";
    IdentityInfo = "Identity-Info", b"identity-info" | b"n";
    PAccessNetworkInfo = "P-Access-Network-Info", b"p-access-network-info";
    PAssertedIdentity = "P-Asserted-Identity", b"p-asserted-identity";
    PAssociatedUri = "P-Associated-URI", b"p-associated-uri";
    PCalledPartyId = "P-Called-Party-ID", b"p-called-party-id";
    PChargingVector = "P-Charging-Vector", b"p-charging-vector";
    PPreferredIdentity = "P-Preferred-Identity", b"p-preferred-identity";
    PServedUser = "P-Served-User", b"p-served-user";
    PVisitedNetworkId = "P-Visited-Network-ID", b"p-visited-network-id";
    Privacy = "Privacy", b"privacy";
    ProxyAuthorization = "Proxy-Authorization", b"proxy-authorization";
    Reason = "Reason", b"reason";
    ReferTo = "Refer-To", b"refer-to" | b"r";
    ReferredBy = "Referred-By", b"referred-by" | b"b";
    RejectContact = "Reject-Contact", b"reject-contact" | b"j";
    RemotePartyId = "Remote-Party-ID", b"remote-party-id";
    RequestDisposition = "Request-Disposition", b"request-disposition" | b"d";
    Server = "Server", b"server";
    SessionExpires = "Session-Expires", b"session-expires" | b"x";
    Subject = "Subject", b"subject" | b"s";
    Supported = "Supported", b"supported" | b"k";
    To = "To", b"to" | b"t";
    UserAgent = "User-Agent", b"user-agent";
    Via = "Via", b"via" | b"v";
}

impl HeaderName {
    /// The longest name of the list.
    const LONGEST: usize = 24;

    /// The header of that name, in any case, long or compact.
    pub fn of(name: &[u8]) -> Self {
        let mut lower = [0u8; Self::LONGEST];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Self::Other;
        };
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        Self::of_lower(lower)
    }
}

/// One header line with its continuations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// Which header.
    pub name: HeaderName,
    /// The name as sent.
    pub text: &'a [u8],
    /// The value as sent, without white space around it. Where `folded`, line breaks stand in it: see [`unfold`].
    pub value: &'a [u8],
    /// The value goes over more than one line.
    pub folded: bool,
    /// Offset of the line within the headers.
    pub offset: usize,
}

/// Walks the header lines. A line that is no header is an error; the walk goes on after it.
#[derive(Debug, Clone)]
pub struct Headers<'a> {
    rest: &'a [u8],
    offset: usize,
    oddities: Oddities,
}

impl<'a> Headers<'a> {
    /// Over the header lines.
    pub fn new(head: &'a [u8]) -> Self {
        Self { rest: head, offset: 0, oddities: Oddities::default() }
    }

    /// What was odd about the lines so far.
    pub fn oddities(&self) -> Oddities {
        self.oddities
    }

    /// Takes one line and its continuations, the line break at the end left out; whether it is folded.
    fn line(&mut self) -> (&'a [u8], bool) {
        let mut from = 0usize;
        let mut folded = false;
        let end = loop {
            let rest = self.rest.get(from..).unwrap_or_default();
            let Some(at) = memchr::memchr(b'\n', rest) else {
                break self.rest.len();
            };
            if at == 0 || rest.get(at.wrapping_sub(1)) != Some(&b'\r') {
                self.oddities.add(Oddity::LineFeed);
            }
            from = from.saturating_add(at).saturating_add(1);
            match self.rest.get(from) {
                Some(b' ' | b'\t') => {}
                // None of these begins a header name.
                Some(b';' | b',' | b'<' | b'"') => self.oddities.add(Oddity::Continuation),
                _ => break from,
            }
            folded = true;
        };
        let (line, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, &[]));
        self.rest = rest;
        self.offset = self.offset.saturating_add(end);
        (line.trim_ascii_end(), folded)
    }
}

impl<'a> Iterator for Headers<'a> {
    type Item = Result<Header<'a>, Oddity>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let offset = self.offset;
        let (line, folded) = self.line();
        // Names are short: looking octet by octet finds the colon sooner than many at once.
        let colon = line.iter().position(|octet| *octet == b':');
        let Some((text, value)) = colon.and_then(|colon| line.split_at_checked(colon)) else {
            self.oddities.add(Oddity::NoColon);
            return Some(Err(Oddity::NoColon));
        };
        let text = text.trim_ascii_end();
        let name = HeaderName::of(text);
        if name == HeaderName::Other && (text.is_empty() || !text.iter().all(|&byte| is_token(byte))) {
            self.oddities.add(Oddity::HeaderName);
        }
        Some(Ok(Header { name, text, value: value.get(1..).unwrap_or_default().trim_ascii_start(), folded, offset }))
    }
}

/// A folded value in one line: each line break and the white space around it become one space (RFC 3261 §7.3.1). Cut
/// where `buffer` is full.
pub fn unfold<'b>(value: &[u8], buffer: &'b mut [u8]) -> &'b [u8] {
    let mut len = 0usize;
    let mut put = |byte: u8| {
        if let Some(place) = buffer.get_mut(len) {
            *place = byte;
            len = len.saturating_add(1);
        }
    };
    let mut lines = value.split(|&byte| byte == b'\n').map(|line| line.trim_ascii());
    for &byte in lines.next().unwrap_or_default() {
        put(byte);
    }
    for line in lines {
        put(b' ');
        line.iter().for_each(|&byte| put(byte));
    }
    buffer.get(..len).unwrap_or_default()
}
