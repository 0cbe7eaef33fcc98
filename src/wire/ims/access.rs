//! Access networks and devices in text: TS 24.229 §7.2A.4, RFC 7254.

use super::network::plmn_of_digits;
use super::{hex, is};
use crate::identity::{CellId, CellKind, Digits, Imei};

/// The cell in one value of P-Access-Network-Info (TS 24.229 §7.2A.4.3): `None` where the access has no cell, an error
/// where the parameter's digits cannot be one.
///
/// ```text
/// 3GPP-GERAN      cgi-3gpp              MCC MNC LAC(4 hex) CI(4 hex)
/// 3GPP-UTRAN-*    utran-cell-id-3gpp    MCC MNC LAC(4) UTRAN cell identity(7), some send CI(4)
/// 3GPP-UTRAN-*    utran-sai-3gpp        MCC MNC LAC(4) SAC(4)
/// 3GPP-E-UTRAN-*  utran-cell-id-3gpp    MCC MNC TAC(4) ECI(7)
/// 3GPP-NR-*       utran-cell-id-3gpp    MCC MNC TAC(6) NCI(9)
/// ```
///
/// The MNC has two or three digits: the length of the whole tells.
pub fn access_network_cell(value: &[u8]) -> Result<Option<CellId>, &'static str> {
    let end = memchr::memchr(b';', value).unwrap_or(value.len());
    let (access, params) = value.split_at_checked(end).unwrap_or((value, &[]));
    let access = access.trim_ascii();
    let named = |prefix: &[u8]| access.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    // Access type ⇒ kind, hex digits of the area, possible counts of hex digits of the cell.
    let (kind, area, cells): (_, usize, &[usize]) = if named(b"3GPP-E-UTRAN") {
        (CellKind::Ecgi, 4, &[7])
    } else if named(b"3GPP-NR") {
        (CellKind::Ncgi, 6, &[9])
    } else if named(b"3GPP-UTRAN") {
        (CellKind::Cgi, 4, &[7, 4])
    } else if named(b"3GPP-GERAN") {
        (CellKind::Cgi, 4, &[4])
    } else {
        return Ok(None);
    };
    for param in params.split(|&byte| byte == b';') {
        let Some(equals) = memchr::memchr(b'=', param) else {
            continue;
        };
        let (name, value) = param.split_at_checked(equals).unwrap_or((param, &[]));
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        let value = value.strip_prefix(b"\"").unwrap_or(value);
        let value = value.strip_suffix(b"\"").unwrap_or(value);
        let name = name.trim_ascii();
        let (kind, cells) = if is(name, b"utran-sai-3gpp") {
            (CellKind::Sai, [4].as_slice())
        } else if is(name, b"utran-cell-id-3gpp") || is(name, b"cgi-3gpp") {
            (kind, cells)
        } else {
            continue;
        };
        return cells
            .iter()
            .find_map(|&cell| cell_of(value, kind, area, cell))
            .map(Some)
            .ok_or("P-Access-Network-Info with a cell of a wrong form");
    }
    Ok(None)
}

fn cell_of(text: &[u8], kind: CellKind, area: usize, cell: usize) -> Option<CellId> {
    let network = text.len().checked_sub(area.saturating_add(cell))?;
    let (network, rest) = text.split_at_checked(network)?;
    let (area, cell) = rest.split_at_checked(area)?;
    Some(CellId {
        plmn: plmn_of_digits(network)?,
        area: Some(u32::try_from(hex(area)?).ok()?),
        cell: Some(hex(cell)?),
        kind,
    })
}

/// The IMEI of an instance identity `urn:gsma:imei:TAC-SNR-spare` (RFC 7254 §4.1), with or without hyphens. With a
/// software version (`;svn=`) the result is the IMEISV.
pub fn imei_of_urn(urn: &[u8]) -> Option<Imei> {
    let (scheme, rest) = urn.split_at_checked(4)?;
    if !is(scheme, b"urn:") {
        return None;
    }
    // "gsma" in RFC 7254; other namespaces were in use before it.
    let colon = memchr::memchr(b':', rest)?;
    let rest = rest.get(colon.saturating_add(1)..)?;
    let colon = memchr::memchr(b':', rest)?;
    let (kind, rest) = rest.split_at_checked(colon)?;
    if !is(kind, b"imei") && !is(kind, b"imeisv") {
        return None;
    }
    let mut parts = rest.get(1..)?.split(|&byte| byte == b';');
    let mut digits = Digits::EMPTY;
    for &byte in parts.next()?.iter().filter(|&&byte| byte != b'-') {
        digits = digits.push(byte.is_ascii_digit().then_some(byte & 0x0f)?)?;
    }
    let imei = Imei::new(digits)?;
    let version = parts.find_map(|param| {
        let (name, value) = param.split_at_checked(4)?;
        is(name, b"svn=").then_some(value)
    });
    let Some(&[s1 @ b'0'..=b'9', s2 @ b'0'..=b'9']) = version else {
        return Some(imei);
    };
    let device = imei.device().push(s1 & 0x0f)?.push(s2 & 0x0f)?;
    Imei::new(device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_access_networks() {
        let cell = |text: &str| match access_network_cell(text.as_bytes()) {
            Ok(Some(cell)) => format!("{cell:?}"),
            Ok(None) => "none".to_owned(),
            Err(what) => what.to_owned(),
        };
        assert_eq!(cell("3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=001010001000019B"), "ecgi 001-01-1-411");
        assert_eq!(
            cell("3gpp-e-utran-tdd;local-time-zone=\"x\" ; utran-cell-id-3gpp=\"31015000010000101\""),
            "ecgi 310-150-1-257"
        );
        assert_eq!(cell("3GPP-NR-FDD;utran-cell-id-3gpp=00101000001000000101"), "ncgi 001-01-1-257");
        assert_eq!(cell("3GPP-GERAN;cgi-3gpp=00101000A00FF"), "cgi 001-01-10-255");
        assert_eq!(cell("3GPP-UTRAN-FDD;utran-cell-id-3gpp=00101000A0010001"), "cgi 001-01-10-65537");
        assert_eq!(cell("3GPP-UTRAN-FDD;utran-sai-3gpp=00101000A00FF"), "sai 001-01-10-255");
        assert_eq!(cell("IEEE-802.11;i-wlan-node-id=00"), "none");
        assert_eq!(cell("3GPP-E-UTRAN-FDD"), "none");
        assert_eq!(
            cell("3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=00101"),
            "P-Access-Network-Info with a cell of a wrong form"
        );
    }

    #[test]
    fn instance_identities() {
        let imei = |text: &str| imei_of_urn(text.as_bytes()).map(|imei| imei.to_string());
        assert_eq!(imei("urn:gsma:imei:00101999-000001-0").unwrap(), "001019990000010");
        assert_eq!(imei("URN:GSMA:IMEI:00101999-000001-0;svn=42").unwrap(), "0010199900000142");
        assert_eq!(imei("urn:gsma:imei:00101999-000001-0;vers=0").unwrap(), "001019990000010");
        assert_eq!(imei("urn:gsma:imeisv:0010199900000142").unwrap(), "0010199900000142");
        assert_eq!(imei("urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF"), None);
    }
}
