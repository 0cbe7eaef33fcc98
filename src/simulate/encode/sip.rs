//! SIP (RFC 3261) as text: start line, headers in the sender's style, body with its length.

use std::fmt::Write as _;

/// How a User-Agent writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Compact header names (RFC 3261 §7.3.3).
    pub compact: bool,
    /// Long headers folded over two lines (§7.3.1).
    pub folded: bool,
}

/// A message being written.
#[derive(Debug)]
pub struct Message {
    text: String,
    style: Style,
}

impl Message {
    /// `METHOD uri SIP/2.0` or `SIP/2.0 200 OK`.
    pub fn new(start: &str, style: Style) -> Self {
        let mut text = String::with_capacity(1200);
        text.push_str(start);
        text.push_str("\r\n");
        Self { text, style }
    }

    /// One header.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        let shown = if self.style.compact { compact(name) } else { name };
        let folded = self.style.folded.then(|| fold_at(name, value)).flatten();
        let written = match folded {
            Some((head, tail)) => write!(self.text, "{shown}: {head};\r\n {tail}\r\n"),
            None => write!(self.text, "{shown}: {value}\r\n"),
        };
        debug_assert!(written.is_ok(), "a String takes all");
        self
    }

    /// The message with Content-Type, Content-Length and body.
    pub fn body(mut self, kind: &str, body: &[u8]) -> Vec<u8> {
        if !body.is_empty() {
            self.header("Content-Type", kind);
        }
        self.header("Content-Length", &body.len().to_string());
        self.text.push_str("\r\n");
        let mut octets = self.text.into_bytes();
        octets.extend_from_slice(body);
        octets
    }

    /// The message without a body.
    pub fn end(self) -> Vec<u8> {
        self.body("", &[])
    }
}

fn compact(name: &str) -> &str {
    match name {
        "Via" => "v",
        "From" => "f",
        "To" => "t",
        "Call-ID" => "i",
        "Contact" => "m",
        "Content-Type" => "c",
        "Content-Length" => "l",
        "Supported" => "k",
        other => other,
    }
}

/// Where a long Via, Contact or P-Access-Network-Info is folded: after its first parameter separator outside of
/// angle brackets.
fn fold_at<'a>(name: &str, value: &'a str) -> Option<(&'a str, &'a str)> {
    if !matches!(name, "Contact" | "Via" | "P-Access-Network-Info") || value.len() < 50 {
        return None;
    }
    let from = value.find('>').unwrap_or(0);
    let at = from + value.get(from..)?.find(';')?;
    Some((value.get(..at)?, value.get(at + 1..)?))
}

/// SDP of an AMR-WB audio call (RFC 4566, TS 26.114).
pub fn sdp(ip: [u8; 4], port: u16, session: u32) -> Vec<u8> {
    let [a, b, c, d] = ip;
    format!(
        "v=0\r\no=- {session} 1 IN IP4 {a}.{b}.{c}.{d}\r\ns=-\r\nc=IN IP4 {a}.{b}.{c}.{d}\r\nt=0 0\r\n\
         m=audio {port} RTP/AVP 104 101\r\na=rtpmap:104 AMR-WB/16000\r\na=fmtp:104 mode-change-capability=2\r\n\
         a=rtpmap:101 telephone-event/16000\r\na=ptime:20\r\na=sendrecv\r\n"
    )
    .into_bytes()
}
