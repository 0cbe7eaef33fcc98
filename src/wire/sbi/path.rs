//! Paths: `/service/version/resource?query`, behind what the deployment puts before them.

use super::{Facts, identities, json};
use std::borrow::Cow;

/// The longest path that is looked at, and its parts.
const LONGEST: usize = 8 << 10;
const MAX_PARTS: usize = 64;

/// A path, cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path<'a> {
    /// The service, as `nudm-uecm`.
    pub service: &'a str,
    /// What follows the version, without the query.
    pub resource: &'a str,
    /// All of it from the service on, without the query: the name of a resource.
    pub name: &'a str,
}

impl<'a> Path<'a> {
    /// Cuts a path, or a URI; `None` where it is none of a service of the core: a name that begins with `n`, then a
    /// version.
    pub fn parse(path: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(path.get(..path.len().min(LONGEST))?).ok()?;
        let text = text.split(['?', '#']).next()?;
        let mut start = 0usize;
        let mut parts = text.split('/').take(MAX_PARTS).peekable();
        while let Some(service) = parts.next() {
            let is_service = service.starts_with('n')
                && service.bytes().all(|octet| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-'));
            if is_service && let Some(version) = parts.peek().filter(|version| is_version(version)) {
                let name = text.get(start..)?;
                let skip = service.len().saturating_add(version.len()).saturating_add(2);
                return Some(Self { service, resource: name.get(skip..).unwrap_or(""), name });
            }
            start = start.saturating_add(service.len()).saturating_add(1);
        }
        None
    }

    /// The resources that this one may be a part of, itself first: up to two parts are left out at the end.
    pub fn within(self) -> impl Iterator<Item = &'a str> {
        let whole = self.name.trim_end_matches('/');
        std::iter::successors(Some(whole), |name| name.rsplit_once('/').map(|(before, _)| before)).take(3)
    }
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// Names what stands in a path and its query.
pub(super) fn name(facts: &mut Facts, path: &[u8]) {
    let path = path.get(..path.len().min(LONGEST)).unwrap_or_default();
    let (path, query) = match path.iter().position(|octet| *octet == b'?') {
        Some(at) => (path.get(..at).unwrap_or_default(), path.get(at.saturating_add(1)..).unwrap_or_default()),
        None => (path, &[][..]),
    };
    for part in path.split(|octet| *octet == b'/').take(MAX_PARTS) {
        identities::name(facts, &plain(part));
    }
    for pair in query.split(|octet| *octet == b'&').take(MAX_PARTS) {
        let at = pair.iter().position(|octet| *octet == b'=').unwrap_or(pair.len());
        let member = pair.get(..at).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or("");
        let value = plain(pair.get(at.saturating_add(1)..).unwrap_or_default());
        match (member, value.first()) {
            (_, Some(b'{' | b'[')) => {
                // A query that is no JSON says nothing; the request is none the worse.
                let _ = json::name(facts, member, &value);
            }
            ("supi", _) => identities::supi(facts, &value),
            ("pei", _) => identities::pei(facts, &value),
            _ => identities::name(facts, &value),
        }
    }
}

/// Takes back percent encoding (RFC 3986 §2.1).
fn plain(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'%') {
        return Cow::Borrowed(text);
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let coded = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match coded.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(octet) => {
                plain.push(octet);
                rest = after.get(2..).unwrap_or_default();
            }
            None => plain.push(*first),
        }
    }
    Cow::Owned(plain)
}

/// A path with what differs between resources of one kind put in braces: the name of an operation that is not known.
pub fn template(method: &[u8], path: &Path<'_>) -> String {
    let mut text = String::from_utf8_lossy(method).into_owned();
    text.push(' ');
    text.push_str(path.service);
    for part in path.resource.split('/').filter(|part| !part.is_empty()).take(MAX_PARTS) {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let is_word = part.len() <= 40 && (digits == 0 || digits <= 2 && part.bytes().any(|octet| octet == b'-'));
        text.push('/');
        text.push_str(if is_word { part } else { "{}" });
    }
    text
}
