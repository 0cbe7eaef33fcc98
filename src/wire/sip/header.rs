//! Header lines: RFC 3261 §7.3.

use super::start::is_token;
use super::{Oddities, Oddity};

macro_rules! header_names {
    ($($name:ident = $text:literal $(or $short:literal)?;)*) => {
        /// The headers that are told apart. The compact forms are those of RFC 3261 §7.3.3 and of IANA's registry.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum HeaderName {
            $($name,)*
            /// Another one.
            Other,
        }

        /// The long forms, to be compared.
        #[allow(non_upper_case_globals)]
        mod keys {
            $(pub(super) const $name: Option<super::Key> = super::key($text.as_bytes());)*
        }

        impl HeaderName {
            fn of_short(octet: u8) -> Self {
                match octet.to_ascii_lowercase() {
                    $($($short => Self::$name,)?)*
                    _ => Self::Other,
                }
            }

            fn of_long(key: Option<Key>) -> Self {
                match key {
                    $(keys::$name => Self::$name,)*
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
    AcceptContact = "Accept-Contact" or b'a';
    AllowEvents = "Allow-Events" or b'u';
    Authorization = "Authorization";
    CSeq = "CSeq";
    CallId = "Call-ID" or b'i';
    Contact = "Contact" or b'm';
    CellularNetworkInfo = "Cellular-Network-Info";
    ContentEncoding = "Content-Encoding" or b'e';
    ContentLength = "Content-Length" or b'l';
    ContentType = "Content-Type" or b'c';
    Diversion = "Diversion";
    Event = "Event" or b'o';
    Expires = "Expires";
    From = "From" or b'f';
    Geolocation = "Geolocation";
    HistoryInfo = "History-Info";
    Identity = "Identity" or b'y';
    IdentityInfo = "Identity-Info" or b'n';
    PAccessNetworkInfo = "P-Access-Network-Info";
    PAssertedIdentity = "P-Asserted-Identity";
    PAssociatedUri = "P-Associated-URI";
    PCalledPartyId = "P-Called-Party-ID";
    PChargingVector = "P-Charging-Vector";
    PPreferredIdentity = "P-Preferred-Identity";
    PServedUser = "P-Served-User";
    PVisitedNetworkId = "P-Visited-Network-ID";
    Privacy = "Privacy";
    ProxyAuthorization = "Proxy-Authorization";
    Reason = "Reason";
    ReferTo = "Refer-To" or b'r';
    ReferredBy = "Referred-By" or b'b';
    RejectContact = "Reject-Contact" or b'j';
    RemotePartyId = "Remote-Party-ID";
    RequestDisposition = "Request-Disposition" or b'd';
    Server = "Server";
    SessionExpires = "Session-Expires" or b'x';
    Subject = "Subject" or b's';
    Supported = "Supported" or b'k';
    To = "To" or b't';
    UserAgent = "User-Agent";
    Via = "Via" or b'v';
}

/// A name in lower case as numbers, which compare eight octets at once.
type Key = [u64; HeaderName::LONGEST / 8];

/// The key of a name; none where it is longer than all that are told apart.
const fn key(name: &[u8]) -> Option<Key> {
    let mut lower = [0; HeaderName::LONGEST];
    let Some((place, _)) = lower.split_at_mut_checked(name.len()) else {
        return None;
    };
    place.copy_from_slice(name);
    lower.make_ascii_lowercase();
    match lower.as_chunks() {
        ([a, b, c], _) => Some([u64::from_le_bytes(*a), u64::from_le_bytes(*b), u64::from_le_bytes(*c)]),
        _ => None,
    }
}

impl HeaderName {
    /// No name that is told apart is longer.
    const LONGEST: usize = 24;

    /// The header of that name, in any case, long or compact.
    pub fn of(name: &[u8]) -> Self {
        match name {
            [octet] => Self::of_short(*octet),
            name => Self::of_long(key(name)),
        }
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
    head: &'a [u8],
    /// Where the next line begins.
    offset: usize,
    /// Where lines end.
    breaks: memchr::Memchr<'a>,
    oddities: Oddities,
}

impl<'a> Headers<'a> {
    /// Over the header lines.
    pub fn new(head: &'a [u8]) -> Self {
        Self { head, offset: 0, breaks: memchr::memchr_iter(b'\n', head), oddities: Oddities::default() }
    }

    /// What was odd about the lines so far.
    pub fn oddities(&self) -> Oddities {
        self.oddities
    }

    /// Takes one line and its continuations, the line break at the end left out; whether it is folded.
    fn line(&mut self) -> (&'a [u8], bool) {
        let start = self.offset;
        let mut folded = false;
        let end = loop {
            let Some(at) = self.breaks.next() else {
                break self.head.len();
            };
            if self.head.get(at.wrapping_sub(1)) != Some(&b'\r') {
                self.oddities.add(Oddity::LineFeed);
            }
            let next = at.saturating_add(1);
            match self.head.get(next) {
                Some(b' ' | b'\t') => {}
                // None of these begins a header name.
                Some(b';' | b',' | b'<' | b'"') => self.oddities.add(Oddity::Continuation),
                _ => break next,
            }
            folded = true;
        };
        self.offset = end;
        (self.head.get(start..end).unwrap_or_default().trim_ascii_end(), folded)
    }
}

impl<'a> Iterator for Headers<'a> {
    type Item = Result<Header<'a>, Oddity>;

    fn next(&mut self) -> Option<Self::Item> {
        let offset = self.offset;
        if offset >= self.head.len() {
            return None;
        }
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
