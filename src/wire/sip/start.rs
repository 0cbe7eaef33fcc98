//! The start line: RFC 3261 §7.1, §7.2.

use super::{Oddities, Oddity};

macro_rules! methods {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// A method. Names are case-sensitive (RFC 3261 §7.1).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Method<'a> {
            $($(#[$doc])* $name,)*
            /// Another one, as sent.
            Other(&'a [u8]),
        }

        impl<'a> Method<'a> {
            /// The method of that name.
            pub fn parse(text: &'a [u8]) -> Self {
                $(if text == $text.as_bytes() { return Self::$name; })*
                Self::Other(text)
            }

            /// Its name, as sent.
            pub fn name(self) -> &'a [u8] {
                match self {
                    $(Self::$name => $text.as_bytes(),)*
                    Self::Other(text) => text,
                }
            }
        }
    };
}

methods! {
    /// Begins a call. RFC 3261
    Invite = "INVITE";
    /// Confirms the final answer to INVITE. RFC 3261
    Ack = "ACK";
    /// Ends a call. RFC 3261
    Bye = "BYE";
    /// Gives up a request. RFC 3261
    Cancel = "CANCEL";
    /// Binds a contact to an address of record. RFC 3261
    Register = "REGISTER";
    /// Asks for abilities. RFC 3261
    Options = "OPTIONS";
    /// Confirms a provisional answer. RFC 3262
    Prack = "PRACK";
    /// Asks for notifications. RFC 6665
    Subscribe = "SUBSCRIBE";
    /// Tells of an event. RFC 6665
    Notify = "NOTIFY";
    /// Publishes a state. RFC 3903
    Publish = "PUBLISH";
    /// Carries other information within a session. RFC 6086
    Info = "INFO";
    /// Asks to contact a third party. RFC 3515
    Refer = "REFER";
    /// Carries a message, an SMS over IP among them. RFC 3428
    Message = "MESSAGE";
    /// Changes a session before it is established. RFC 3311
    Update = "UPDATE";
}

impl Method<'_> {
    /// True for a method of the list.
    pub fn is_known(self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// The first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartLine<'a> {
    /// `METHOD uri SIP/2.0`
    Request {
        /// What is asked.
        method: Method<'a>,
        /// The Request-URI.
        uri: &'a [u8],
    },
    /// `SIP/2.0 code reason`
    Response {
        /// Status code.
        code: u16,
        /// Reason phrase.
        reason: &'a [u8],
    },
}

pub(super) struct Found<'a> {
    pub line: StartLine<'a>,
    /// Offset of the line after it.
    pub end: usize,
    pub oddities: Oddities,
}

/// How many lines of junk are passed over before the start line.
const JUNK_LINES: usize = 4;

/// Finds the start line, after line breaks (RFC 3261 §7.5) and perhaps junk.
pub(super) fn find(octets: &[u8]) -> Option<Found<'_>> {
    let breaks = octets.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let mut at = breaks;
    for _ in 0..JUNK_LINES {
        let rest = octets.get(at..)?;
        let line_len = memchr::memchr(b'\n', rest);
        let line = rest.get(..line_len.unwrap_or(rest.len()))?;
        let end = match line_len {
            Some(len) => at.checked_add(len)?.checked_add(1)?,
            None => octets.len(),
        };
        if let Some((line_read, mut oddities)) = parse(line) {
            if at > breaks {
                oddities.add(Oddity::Junk);
            }
            if line_len.is_some() && !line.ends_with(b"\r") {
                oddities.add(Oddity::LineFeed);
            }
            return Some(Found { line: line_read, end, oddities });
        }
        at = end;
    }
    None
}

/// Reads one line as a start line.
pub(super) fn parse(line: &[u8]) -> Option<(StartLine<'_>, Oddities)> {
    let mut oddities = Oddities::default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.starts_with(b"SIP/") {
        let (version, rest) = split_at_space(line)?;
        if version != b"SIP/2.0" {
            oddities.add(Oddity::Version);
        }
        let (code, reason) = split_at_space(rest).unwrap_or((rest, &[]));
        let &[a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9'] = code else {
            return None;
        };
        let digit = |ascii: u8, unit: u16| u16::from(ascii & 0x0f).wrapping_mul(unit);
        let code = digit(a, 100).wrapping_add(digit(b, 10)).wrapping_add(digit(c, 1));
        if !(100..=699).contains(&code) {
            oddities.add(Oddity::StatusCode);
        }
        return Some((StartLine::Response { code, reason }, oddities));
    }
    let line = line.trim_ascii_end();
    let (method, rest) = split_at_space(line)?;
    let known = Method::parse(method).is_known();
    let (uri, version) = match memchr::memrchr(b' ', rest).and_then(|at| rest.split_at_checked(at)) {
        Some((uri, version)) => (uri, version.get(1..).unwrap_or_default()),
        None => (rest, Default::default()),
    };
    let (uri, version) = match version {
        b"SIP/2.0" => (uri, true),
        _ if version.starts_with(b"SIP/") => (uri, false),
        // Without a version only a method that is known and a URI make it SIP.
        _ if known && memchr::memchr(b':', rest).is_some() => (rest, false),
        _ => return None,
    };
    if !version {
        oddities.add(Oddity::Version);
    }
    let uri_trimmed = uri.trim_ascii();
    if uri_trimmed.is_empty() || uri_trimmed.len() != uri.len() || memchr::memchr2(b' ', b'\t', uri).is_some() {
        oddities.add(Oddity::RequestUri);
    }
    let method = match method.iter().rposition(|&byte| !is_token(byte)) {
        None if method.is_empty() => {
            oddities.add(Oddity::Method);
            Method::Other(method)
        }
        None => Method::parse(method),
        Some(last) => {
            let tail = method.get(last.saturating_add(1)..).unwrap_or_default();
            let tail = Method::parse(tail);
            if tail.is_known() {
                oddities.add(Oddity::Junk);
                tail
            } else {
                oddities.add(Oddity::Method);
                Method::Other(method)
            }
        }
    };
    let uri = uri_trimmed;
    Some((StartLine::Request { method, uri }, oddities))
}

fn split_at_space(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (head, tail) = text.split_at_checked(memchr::memchr(b' ', text)?)?;
    Some((head, tail.get(1..)?))
}

/// RFC 3261 §25.1 token.
pub(super) fn is_token(byte: u8) -> bool {
    matches!(
        byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'
            | b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~'
    )
}
