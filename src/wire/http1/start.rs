//! The first line: RFC 9112 §3 (request line), §4 (status line); methods of RFC 9110 §9 and RFC 5789.

/// The first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<'a> {
    /// `METHOD target HTTP/1.1`
    Request {
        /// What is asked.
        method: &'a [u8],
        /// Path and query, or a whole URI.
        target: &'a [u8],
    },
    /// `HTTP/1.1 status reason`
    Answer {
        /// Status code.
        status: u16,
    },
}

const METHODS: [&[u8]; 7] = [b"GET", b"PUT", b"POST", b"PATCH", b"DELETE", b"OPTIONS", b"HEAD"];
const VERSION: &[u8] = b"HTTP/1.1";

impl<'a> Start<'a> {
    /// Reads a line, without its end.
    pub fn parse(line: &'a [u8]) -> Option<Self> {
        if let Some(rest) = line.strip_prefix(VERSION) {
            let [b' ', a @ b'1'..=b'5', b, c, rest @ ..] = rest else { return None };
            let is_whole = matches!(rest, [] | [b' ', ..]);
            if !is_whole || !b.is_ascii_digit() || !c.is_ascii_digit() {
                return None;
            }
            let status = [*a, *b, *c]
                .iter()
                .fold(0u16, |status, digit| status.saturating_mul(10).saturating_add(u16::from(digit & 0x0f)));
            return Some(Self::Answer { status });
        }
        let (method, rest) = method(line)?;
        let target = rest.strip_suffix(VERSION)?.strip_suffix(b" ")?;
        let is_target = is_target(target) && !target.contains(&b' ');
        is_target.then_some(Self::Request { method, target })
    }
}

/// The method at the head, and what follows the space behind it.
fn method(line: &[u8]) -> Option<(&[u8], &[u8])> {
    METHODS.iter().find_map(|method| Some((*method, line.strip_prefix(*method)?.strip_prefix(b" ")?)))
}

fn is_target(target: &[u8]) -> bool {
    target.starts_with(b"/") || target.starts_with(b"http://") || target == b"*"
}

/// The first line without its end, and where the next one begins.
pub(super) fn line(octets: &[u8]) -> Option<(&[u8], usize)> {
    let end = memchr::memchr(b'\n', octets.get(..octets.len().min(super::MAX_HEAD))?)?;
    let line = octets.get(..end)?;
    Some((line.strip_suffix(b"\r").unwrap_or(line), end.saturating_add(1)))
}

/// The beginning of a line that may yet become a start line.
pub(super) fn may_begin(text: &[u8]) -> bool {
    if VERSION.starts_with(text) || text.starts_with(VERSION) {
        return true;
    }
    match method(text) {
        Some((_, rest)) => rest.is_empty() || is_target(rest) || b"http://".starts_with(rest),
        None => METHODS.iter().any(|method| method.starts_with(text)),
    }
}

/// The next place behind the first octet where a message begins, or may begin at the end of what is there. A body has
/// no end of line, so a start line may stand behind it on the same line.
pub(super) fn next(octets: &[u8]) -> usize {
    let whole = memchr::memmem::find_iter(octets, VERSION).find_map(|version| {
        let before = octets.get(..version)?;
        let line = before.get(memchr::memrchr(b'\n', before).map_or(0, |at| at.saturating_add(1))..)?;
        let start = match before.last() {
            Some(b' ') => last_method(line).map(|at| version.saturating_sub(line.len()).saturating_add(at)),
            _ => Some(version),
        }?;
        let (line, _) = self::line(octets.get(start..)?)?;
        (start > 0 && Start::parse(line).is_some()).then_some(start)
    });
    whole.unwrap_or_else(|| {
        let last = memchr::memrchr(b'\n', octets).map_or(0, |at| at.saturating_add(1));
        let line = octets.get(last..).unwrap_or_default();
        let version = memchr::memmem::rfind(line, b"HTTP/1.1 ");
        let places = [last_method(line).max(version), (!line.is_empty() && may_begin(line)).then_some(0)];
        let place = places.into_iter().flatten().map(|at| last.saturating_add(at)).find(|at| *at > 0);
        place.unwrap_or(octets.len())
    })
}

/// Where the last method with a path behind it stands.
fn last_method(line: &[u8]) -> Option<usize> {
    let mut end = line.len();
    while let Some(space) = memchr::memmem::rfind(line.get(..end)?, b" /") {
        let before = line.get(..space)?;
        if let Some(method) = METHODS.iter().find(|method| before.ends_with(method)) {
            return space.checked_sub(method.len());
        }
        end = space;
    }
    None
}
