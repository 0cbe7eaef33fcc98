#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

fn of_path(path: &str) -> Facts {
    let mut facts = Facts::default();
    facts.path(path.as_bytes());
    facts
}

fn of_body(body: &str) -> Facts {
    let mut facts = Facts::default();
    facts.body(body.as_bytes());
    facts
}

const REGISTRATION: &str = r#"{
    "amfInstanceId": "7f1e5a52-0000-41ef-8e4d-c1d2a3b4c5d6",
    "pei": "imeisv-0100001234567891",
    "guami": {"plmnId": {"mcc": "001", "mnc": "01"}, "amfId": "020040"},
    "ratType": "NR",
    "purgeFlag": false
}"#;

const CONTEXT: &str = r#"{
    "supi": "imsi-001011234567890", "gpsi": "msisdn-15550100123", "pei": "imei-010000123456789",
    "servingNetwork": {"mcc": "001", "mnc": "01"},
    "ueLocation": {"nrLocation": {
        "tai": {"plmnId": {"mcc": "001", "mnc": "01"}, "tac": "000007"},
        "ncgi": {"plmnId": {"mcc": "001", "mnc": "01"}, "nrCellId": "000000101"}}},
    "n": [1, -2, 3.5, null, true, {"tai": {"tac": "9"}}]
}"#;

#[test]
fn registrations() {
    let facts = of_body(REGISTRATION);
    assert_eq!(facts.named.imei.unwrap().to_string(), "0100001234567891");
    assert_eq!(facts.named.plmn.unwrap().to_string(), "001-01");
    assert_eq!((facts.rat_type, facts.purged, facts.stop), (Some("NR"), false, None));
    assert!(of_body(r#"{"purgeFlag": true}"#).purged);
}

#[test]
fn session_contexts_with_places() {
    let facts = of_body(CONTEXT);
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(facts.named.msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(facts.named.imei.unwrap().to_string(), "010000123456789");
    assert_eq!(format!("{:?}", facts.named.cell.unwrap()), "ncgi 001-01-7-257");
    assert!(facts.named.more.is_empty());
    let place = |body: &str| format!("{:?}", of_body(body).named.cell.unwrap());
    let network = r#""plmnId":{"mcc":"001","mnc":"001"}"#;
    assert_eq!(place(&format!(r#"{{"ecgi":{{{network},"eutraCellId":"0000101"}}}}"#)), "ecgi 001-001-?-257");
    assert_eq!(place(&format!(r#"{{"cgi":{{{network},"lac":"0007","cellId":"0009"}}}}"#)), "cgi 001-001-7-9");
    assert_eq!(place(&format!(r#"{{"sai":{{{network},"lac":"0007","sac":"0009"}}}}"#)), "sai 001-001-7-9");
    assert_eq!(place(&format!(r#"{{"tai":{{{network},"tac":"0007"}}}}"#)), "tai 001-001-7");
    assert_eq!(of_body(&format!(r#"{{"taiList":[{{{network},"tac":"0007"}}]}}"#)).named.cell, None);
}

#[test]
fn parts_of_a_body() {
    let parts = "--gc0pJq08\r\nContent-Type: application/json\r\n\r\n{\"supi\": \"imsi-001011234567890\"}\r\n--gc0pJq08\r\n\
                 Content-Type: application/vnd.3gpp.5gnas\r\nContent-Id: n1\r\n\r\n\u{1}\u{2}\u{3}\r\n--gc0pJq08--";
    let facts = of_body(parts);
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!((facts.binary, facts.stop), (3, None));
    assert_eq!(of_body("--").stop.unwrap().reason(), "parts without a boundary");
    assert_eq!(of_body("\u{1f}\u{8b}").binary, 3);
}

#[test]
fn paths_and_queries() {
    let facts = of_path("/n5g-eir-eic/v1/equipment-status?pei=imei-010000123456789&supi=imsi-001011234567890");
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(facts.named.imei.unwrap().to_string(), "010000123456789");
    let facts = of_path("http://127.0.0.1/npcf-smpolicycontrol/v1/sm-policies/imsi-001011234567890-10");
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    let facts = of_path("/nudm-sdm/v2/imsi-001011234567890/am-data?plmn-id=%7B%22mcc%22%3A%22001%22%7D");
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    let tai =
        "/n/v1/x?tai=%7B%22plmnId%22%3A%7B%22mcc%22%3A%22001%22%2C%22mnc%22%3A%2201%22%7D%2C%22tac%22%3A%2207%22%7D";
    assert_eq!(of_path(tai).named.cell.unwrap().to_string(), "001-01-7");
    let facts = of_path("/namf-comm/v1/ue-contexts/5g-guti-00101020041c0000001/transfer");
    assert_eq!(facts.named.guti.unwrap().to_string(), "001-01-2.1-1-c0000001");
}

#[test]
fn subscribers_of_the_null_scheme_and_concealed_ones() {
    let facts = of_path("/nudm-ueau/v1/suci-0-001-01-0000-0-0-1234567890/security-information/generate-auth-data");
    assert_eq!(facts.named.imsi.unwrap().to_string(), "001011234567890");
    let facts = of_body(
        r#"{"supiOrSuci": "suci-0-001-01-0000-1-1-abcdef", "servingNetworkName": "5G:mnc002.mcc001.3gppnetwork.org"}"#,
    );
    assert_eq!((facts.named.imsi, facts.concealed), (None, 1));
    assert_eq!(facts.named.plmn.unwrap().to_string(), "001-02");
}

#[test]
fn operations() {
    let named = |method: &str, path: &str| service(Some(method.as_bytes()), &Path::parse(path.as_bytes()).unwrap());
    let register = "/nudm-uecm/v1/imsi-001011234567890/registrations/amf-3gpp-access";
    assert_eq!(named("PUT", register), Some(("Nudm_UECM_Registration", Purpose::Register)));
    assert_eq!(service(None, &Path::parse(register.as_bytes()).unwrap()), None, "it may be asked, or changed");
    let released = "http://smf.example/api/nsmf-pdusession/v1/sm-contexts/7/release";
    assert_eq!(named("POST", released), Some(("Nsmf_PDUSession_ReleaseSMContext", Purpose::SessionEnd)));
    let path = Path::parse(released.as_bytes()).unwrap();
    assert_eq!((path.service, path.resource), ("nsmf-pdusession", "sm-contexts/7/release"));
    assert_eq!(path.within().nth(1), Some("nsmf-pdusession/v1/sm-contexts/7"));
    let other =
        Path::parse(b"/nudr-dr/v1/subscription-data/imsi-001011234567890/context-data/amf-3gpp-access").unwrap();
    assert_eq!(template(b"PUT", &other), "PUT nudr-dr/subscription-data/{}/context-data/amf-3gpp-access");
    assert_eq!(Path::parse(b"/index.html"), None);
    assert_eq!(Path::parse(b"/nothing/x/y"), None);
}

#[test]
fn every_prefix_keeps_what_came_before() {
    for length in 0..CONTEXT.len() {
        let facts = of_body(&CONTEXT[..length]);
        assert!(length == 0 || facts.stop.is_some(), "{length}");
        assert_eq!(facts.named.imsi.is_some(), length >= CONTEXT.find(", \"gpsi").unwrap());
    }
    let deep = "[".repeat(100_000);
    assert!(of_body(&deep).stop.is_some());
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut facts = Facts::default();
        facts.body(&octets);
        facts.path(&octets);
        if let Some(path) = Path::parse(&octets) {
            let _ = (template(b"GET", &path), service(None, &path), path.within().count());
        }
    }

    #[test]
    fn mutated(place in any::<prop::sample::Index>(), value: u8) {
        let mut octets = CONTEXT.as_bytes().to_vec();
        let place = place.index(octets.len());
        octets[place] = value;
        Facts::default().body(&octets);
    }

    #[test]
    fn any_path(path in "/?[a-z0-9%?&={}\"/.-]{0,80}") {
        of_path(&path);
        let _ = Path::parse(path.as_bytes()).map(|path| service(Some(b"GET"), &path));
    }
}
