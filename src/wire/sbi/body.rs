//! Bodies: JSON, or several parts of which JSON is the first (RFC 2387, TS 29.500 §5.2.2.5).
//!
//! The content type may refer to what came before the capture, so a body tells itself what it is.

use super::{Facts, LAYER, json};
use crate::wire::DecodeError;

/// Parts that are looked at.
const MAX_PARTS: usize = 16;

pub(super) fn name(facts: &mut Facts, body: &[u8]) {
    match body.trim_ascii_start() {
        [] => {}
        [b'{' | b'[', ..] => of_json(facts, body),
        [b'-', b'-', ..] => of_parts(facts, body),
        _ => facts.binary = facts.binary.saturating_add(body.len()),
    }
}

fn of_json(facts: &mut Facts, text: &[u8]) {
    if let Err(error) = json::name(facts, "", text) {
        let what = if error.is_eof() { "JSON that is not whole" } else { "not JSON" };
        facts.defect(DecodeError::malformed(LAYER, 0, what));
    }
}

/// Parts between lines of the boundary, which is the first line.
fn of_parts(facts: &mut Facts, body: &[u8]) {
    let body = body.trim_ascii_start();
    let line = memchr::memchr(b'\n', body).unwrap_or(body.len());
    let boundary = body.get(..line).unwrap_or_default().trim_ascii_end();
    if boundary.len() < 3 {
        return facts.defect(DecodeError::malformed(LAYER, 0, "parts without a boundary"));
    }
    let mut starts = memchr::memmem::find_iter(body, boundary);
    let mut start = starts.next();
    for _ in 0..MAX_PARTS {
        let Some(at) = start else { return };
        start = starts.next();
        let part = body.get(at.saturating_add(boundary.len())..start.unwrap_or(body.len())).unwrap_or_default();
        // Headers end with an empty line.
        let Some(end) = memchr::memmem::find(part, b"\r\n\r\n") else { continue };
        let content = part.get(end.saturating_add(4)..).unwrap_or_default();
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        match content.trim_ascii_start() {
            [b'{' | b'[', ..] => of_json(facts, content),
            _ => facts.binary = facts.binary.saturating_add(content.len()),
        }
    }
}
