//! Documents that name subscribers: presence with a location (PIDF-LO, RFC 4119; cells of RFC 7105 §5.6), registration
//! information (RFC 3680, with instance identities of RFC 5628).

use super::xml::elements;
use super::{Uri, imei_of_urn};
use crate::identity::{CellId, CellKind, Imei, Imsi, Msisdn, Number, Plmn};

/// The cells of a PIDF-LO, and how many positions and addresses stand beside them.
pub fn location(document: &[u8], mut each: impl FnMut(CellId)) -> u16 {
    let mut cell = Parts::default();
    let mut positions = 0u16;
    for element in elements(document) {
        let number = || super::decimal(element.text);
        match element.name {
            b"servingCell" | b"neighbourCell" => {
                cell = Parts { serving: element.name == b"servingCell", ..Parts::default() }
            }
            b"mcc" => cell.mcc = number(),
            b"mnc" => (cell.mnc, cell.mnc_digits) = (number(), element.text.len()),
            b"lac" | b"tac" => cell.area = number(),
            b"rnc" => cell.rnc = number(),
            b"cid" => cell.tell(number(), CellKind::Cgi, &mut each),
            b"eucid" => cell.tell(number(), CellKind::Ecgi, &mut each),
            b"pos" | b"civicAddress" => positions = positions.saturating_add(1),
            _ => {}
        }
    }
    positions
}

/// What has been seen of a cell.
#[derive(Default)]
struct Parts {
    serving: bool,
    mcc: Option<u32>,
    mnc: Option<u32>,
    mnc_digits: usize,
    area: Option<u32>,
    rnc: Option<u32>,
}

impl Parts {
    /// The last element of a cell has come.
    fn tell(&self, cell: Option<u32>, kind: CellKind, each: &mut impl FnMut(CellId)) {
        let place = || {
            let (mcc, mnc) = (u16::try_from(self.mcc?).ok()?, u16::try_from(self.mnc?).ok()?);
            let plmn = Plmn::new(mcc, mnc, if self.mnc_digits > 2 { 3 } else { 2 })?;
            // A cell of UTRAN is the radio network controller's number and its own (TS 25.401 §6.1.5).
            let rnc = u64::from(self.rnc.unwrap_or(0)).checked_mul(1 << 16)?;
            Some(CellId { plmn, area: self.area, cell: Some(u64::from(cell?) | rnc), kind })
        };
        if let Some(place) = place().filter(|_| self.serving) {
            each(place);
        }
    }
}

/// What registration information tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Registration {
    /// The first subscriber among its addresses of record.
    pub imsi: Option<Imsi>,
    /// The first number among them.
    pub msisdn: Option<Msisdn>,
    /// The first device among its contacts.
    pub imei: Option<Imei>,
    /// It has registrations, and all of them are terminated.
    pub terminated: bool,
}

/// Reads registration information.
pub fn registration(document: &[u8]) -> Registration {
    let mut told = Registration::default();
    let (mut count, mut terminated) = (0u32, 0u32);
    for element in elements(document) {
        match element.name {
            b"registration" => {
                count = count.saturating_add(1);
                if element.attribute(b"state") == Some(b"terminated") {
                    terminated = terminated.saturating_add(1);
                }
                if let Some(uri) = element.attribute(b"aor").and_then(Uri::parse) {
                    told.imsi = told.imsi.or(uri.imsi());
                    told.msisdn = told.msisdn.or_else(|| uri.number().and_then(Number::international));
                }
            }
            // `<unknown-param name="+sip.instance">"&lt;urn:gsma:imei:...&gt;"`
            b"unknown-param" if element.attribute(b"name") == Some(b"+sip.instance") => {
                told.imei = told.imei.or_else(|| imei_in(element.text));
            }
            b"pub-gruu" | b"uri" => {
                let text = element.attribute(b"uri").unwrap_or(element.text);
                told.imei = told.imei.or_else(|| imei_in(text));
            }
            _ => {}
        }
    }
    // A document that is cut does not tell of all.
    told.terminated = count > 0 && count == terminated && document.trim_ascii_end().ends_with(b"reginfo>");
    told
}

/// The first IMEI URN within a text.
pub fn imei_in(text: &[u8]) -> Option<Imei> {
    let from = memchr::memmem::find(text, b"urn:gsma:imei")?;
    let urn = text.get(from..)?;
    let end = urn.iter().position(|byte| matches!(byte, b'&' | b'>' | b'"' | b' ' | b'?'));
    imei_of_urn(urn.get(..end.unwrap_or(urn.len()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_location() {
        let document = b"<presence xmlns:gml='x'><gml:pos>1.0 2.0</gml:pos><cellular><servingCell><mcc>001</mcc>
            <mnc>01</mnc><tac>7</tac><eucid>257</eucid></servingCell><neighbourCell><mcc>001</mcc><mnc>01</mnc>
            <rnc>1</rnc><cid>2</cid></neighbourCell><servingCell><mcc>310</mcc><mnc>150</mnc><lac>7</lac><rnc>1</rnc>
            <cid>2</cid></servingCell></cellular></presence>";
        let mut cells = Vec::new();
        assert_eq!(location(document, |cell| cells.push(format!("{cell:?}"))), 1);
        assert_eq!(cells, ["ecgi 001-01-7-257", "cgi 310-150-7-65538"]);
        for end in 0..document.len() {
            location(&document[..end], |_| {});
        }
    }

    #[test]
    fn registrations() {
        let document = br#"<reginfo><registration aor="sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org" id="a"
            state="terminated"><contact id="1" state="terminated" event="deactivated"><uri>sip:192.0.2.1</uri>
            <unknown-param name="+sip.instance">"&lt;urn:gsma:imei:00101999-000001-0&gt;"</unknown-param></contact>
            </registration><registration aor="tel:+15550100" state="terminated"/></reginfo>"#;
        let told = registration(document);
        assert!(told.terminated);
        assert_eq!(told.imsi.unwrap().to_string(), "001011234567890");
        assert_eq!(told.msisdn.unwrap().to_string(), "15550100");
        assert_eq!(told.imei.unwrap().to_string(), "001019990000010");
        assert!(!registration(b"<reginfo/>").terminated);
        assert!(!registration(&document[..document.len() - 40]).terminated);
    }
}
