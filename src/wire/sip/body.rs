//! Bodies: RFC 3261 §7.4, multipart of RFC 2046 §5.1 (RFC 5621 in SIP).
//!
//! ```text
//! Content-Type: multipart/mixed;boundary=b
//!
//! --b
//! Content-Type: application/sdp           headers of a part, then a blank line
//!
//! v=0 ...
//! --b--
//! ```

use super::header::{HeaderName, Headers};
use super::value::Params;
use super::{MAX_PARTS, end_of_head};

/// The media type of a Content-Type, without parameters.
fn media_type(value: &[u8]) -> &[u8] {
    let end = memchr::memchr(b';', value).unwrap_or(value.len());
    value.get(..end).unwrap_or(value).trim_ascii()
}

/// One body, or one part of a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its Content-Type, with parameters.
    pub content_type: &'a [u8],
    /// Its octets.
    pub octets: &'a [u8],
}

impl<'a> Part<'a> {
    /// True where the media type is that, in any case.
    pub fn is(&self, media: &str) -> bool {
        media_type(self.content_type).eq_ignore_ascii_case(media.as_bytes())
    }

    /// True where the media type begins so, in any case.
    pub fn is_of(&self, family: &str) -> bool {
        let head = self.content_type.trim_ascii_start().get(..family.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(family.as_bytes()))
    }

    /// The parts of a multipart body; the body itself where it is none. The first delimiter may be missing, the last one
    /// as well.
    pub fn parts(self) -> Parts<'a> {
        if !self.is_of("multipart/") {
            return Parts { whole: Some(self), rest: &[], boundary: &[], left: 0, broken: false };
        }
        let params = memchr::memchr(b';', self.content_type).and_then(|at| self.content_type.get(at..));
        let boundary = params.and_then(|params| Params::new(params).find("boundary")).unwrap_or_default();
        let (rest, broken) = match after_delimiter(self.octets, boundary) {
            Some((_, rest)) if !boundary.is_empty() => (rest, false),
            _ => (Default::default(), true),
        };
        Parts { whole: None, rest, boundary, left: MAX_PARTS, broken }
    }
}

/// Walks the parts of a body.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    whole: Option<Part<'a>>,
    rest: &'a [u8],
    boundary: &'a [u8],
    left: usize,
    broken: bool,
}

impl Parts<'_> {
    /// A multipart body whose boundary is not named or does not come, or with too many parts.
    pub fn is_broken(&self) -> bool {
        self.broken
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if let Some(whole) = self.whole.take() {
            return Some(whole);
        }
        if self.rest.is_empty() || self.rest.starts_with(b"-") {
            return None;
        }
        let Some(left) = self.left.checked_sub(1) else {
            self.broken = true;
            return None;
        };
        self.left = left;
        let (part, rest) = after_delimiter(self.rest, self.boundary).unwrap_or((self.rest, &[]));
        self.rest = rest;
        // What follows the boundary on its line is white space.
        let line = memchr::memchr(b'\n', part).map_or(part.len(), |at| at.saturating_add(1));
        let part = part.get(line..).unwrap_or_default();
        let (head, body) = end_of_head(part).unwrap_or((0, 0));
        let mut content_type: &[u8] = b"text/plain";
        for header in Headers::new(part.get(..head).unwrap_or_default()).flatten() {
            if header.name == HeaderName::ContentType {
                content_type = header.value;
            }
        }
        Some(Part { content_type, octets: part.get(body..).unwrap_or_default() })
    }
}

/// What stands before the next delimiter, without the line break that belongs to it, and what after.
fn after_delimiter<'a>(octets: &'a [u8], boundary: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    memchr::memmem::find_iter(octets, boundary).find_map(|at| {
        let before = octets.get(..at)?.strip_suffix(b"--")?;
        let line = before.is_empty() || before.ends_with(b"\n");
        let before = before.strip_suffix(b"\n").unwrap_or(before);
        let before = before.strip_suffix(b"\r").unwrap_or(before);
        let after = octets.get(at.checked_add(boundary.len())?..)?;
        let ends = after.first().is_none_or(|byte| *byte == b'-' || byte.is_ascii_whitespace());
        (line && ends).then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(content_type: &str, body: &str) -> (Vec<(String, String)>, bool) {
        let mut parts = Part { content_type: content_type.as_bytes(), octets: body.as_bytes() }.parts();
        let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
        let all = parts.by_ref().map(|part| (text(part.content_type), text(part.octets))).collect();
        (all, parts.is_broken())
    }

    const MIXED: &str = "preamble\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n\
        --b1  \r\nc: application/isup;version=itu-t92+\r\nContent-Disposition: signal\r\n\r\n\x01--b1x\r\n--b1--\r\n";

    #[test]
    fn parts_of_a_mixed_body() {
        let (parts, broken) = parts("Multipart/Mixed; boundary=\"b1\"", MIXED);
        assert!(!broken);
        let expected = [("application/sdp", "v=0\r\n"), ("application/isup;version=itu-t92+", "\x01--b1x")];
        assert_eq!(parts, expected.map(|(kind, body)| (kind.to_owned(), body.to_owned())));
    }

    #[test]
    fn a_body_that_is_no_multipart_is_its_own_part() {
        let expected = vec![("application/sdp".to_owned(), "v=0".to_owned())];
        assert_eq!(parts("application/sdp", "v=0"), (expected, false));
    }

    #[test]
    fn broken_multiparts() {
        assert_eq!(parts("multipart/mixed", MIXED), (vec![], true));
        assert_eq!(parts("multipart/mixed;boundary=other", MIXED), (vec![], true));
        let many = "--b\r\n\r\nx\r\n".repeat(MAX_PARTS + 1);
        let (parts_read, broken) = parts("multipart/mixed;boundary=b", &many);
        assert_eq!((parts_read.len(), broken), (MAX_PARTS, true));
        // Every prefix gives what came whole, and perhaps a part that is cut.
        for end in 0..MIXED.len() {
            assert!(parts("multipart/mixed;boundary=b1", &MIXED[..end]).0.len() <= 2);
        }
    }

    proptest! {
        #[test]
        fn any_octets(body in "[-b\r\n:c a]{0,60}", boundary in "[-b]{0,3}") {
            let _ = parts(&format!("multipart/x;boundary={boundary}"), &body);
        }
    }
}
