//! Cx (TS 29.228, TS 29.229) and Sh (TS 29.328, TS 29.329): what the nodes of IMS ask of the HSS.

use super::diameter::Avps;
use crate::identity::Msisdn;

/// Application identifiers.
#[allow(missing_docs)]
pub mod application {
    pub const CX: u32 = 16_777_216;
    pub const SH: u32 = 16_777_217;
}

/// Command codes.
#[allow(missing_docs)]
pub mod command {
    pub const USER_AUTHORIZATION: u32 = 300;
    pub const SERVER_ASSIGNMENT: u32 = 301;
    pub const LOCATION_INFO: u32 = 302;
    pub const MULTIMEDIA_AUTH: u32 = 303;
    pub const USER_DATA: u32 = 306;
}

/// Server-Assignment-Type.
#[allow(missing_docs)]
pub mod assignment {
    pub const REGISTRATION: u32 = 1;
    pub const RE_REGISTRATION: u32 = 2;
    pub const USER_DEREGISTRATION: u32 = 5;
}

const SCHEME: &[u8] = b"Digest-AKAv1-MD5";

/// Public-Identity.
pub fn public(avps: &mut Avps, identity: &str) {
    avps.gpp(601, identity.as_bytes());
}

/// Server-Name of the S-CSCF.
pub fn server(avps: &mut Avps, name: &str) {
    avps.gpp(602, name.as_bytes());
}

/// Visited-Network-Identifier.
pub fn visited(avps: &mut Avps, network: &str) {
    avps.gpp(600, network.as_bytes());
}

/// Experimental-Result of a first registration: no S-CSCF yet.
pub fn first_registration(avps: &mut Avps) {
    avps.base_group(297, |result| {
        result.base(266, &10_415u32.to_be_bytes()).base(298, &2001u32.to_be_bytes());
    });
}

/// What a MAR asks for: one vector.
pub fn vector_wanted(avps: &mut Avps) {
    avps.number(607, 1);
    avps.group(612, |item| {
        item.gpp(608, SCHEME);
    });
}

/// One vector: RAND and AUTN, XRES, keys.
pub fn vector(avps: &mut Avps, rand: &[u8; 16], [xres, ck, ik, autn]: [&[u8]; 4]) {
    avps.number(607, 1);
    avps.group(612, |item| {
        item.number(613, 1).gpp(608, SCHEME).gpp(609, &[rand.as_slice(), autn].concat());
        item.gpp(610, xres).gpp(625, ck).gpp(626, ik);
    });
}

/// Server-Assignment-Type and User-Data-Already-Available.
pub fn assigned(avps: &mut Avps, kind: u32, known: bool) {
    avps.number(614, kind).number(624, u32::from(known));
}

/// User-Data of Cx: the service profile with its public identities, and the application server for telephony.
pub fn service_profile(avps: &mut Avps, private: &str, public: &[&str], server: &str) {
    let identities: String = public
        .iter()
        .map(|identity| format!("<PublicIdentity><Identity>{identity}</Identity></PublicIdentity>"))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><IMSSubscription><PrivateID>{private}</PrivateID><ServiceProfile>\
         {identities}<InitialFilterCriteria><Priority>0</Priority><TriggerPoint><ConditionTypeCNF>1</ConditionTypeCNF>\
         <SPT><ConditionNegated>0</ConditionNegated><Group>0</Group><Method>INVITE</Method></SPT></TriggerPoint>\
         <ApplicationServer><ServerName>{server}</ServerName><DefaultHandling>0</DefaultHandling></ApplicationServer>\
         </InitialFilterCriteria></ServiceProfile></IMSSubscription>"
    );
    avps.gpp(606, document.as_bytes());
    avps.group(618, |charging| {
        charging.gpp(619, b"aaa://ocs01.ims.mnc001.mcc001.3gppnetwork.org");
    });
}

/// User-Identity of Sh: the number.
pub fn user(avps: &mut Avps, msisdn: Msisdn) {
    avps.group(700, |identity| {
        identity.gpp(701, &super::digits::tbcd(msisdn.digits()));
    });
}

/// What a UDR asks for: the data of telephony, kept for the application server.
pub fn repository_wanted(avps: &mut Avps) {
    avps.gpp(704, b"mmtel").number(703, 0);
}

/// The data.
pub fn repository(avps: &mut Avps) {
    avps.gpp(
        702,
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Sh-Data><RepositoryData><ServiceIndication>mmtel</ServiceIndication>\
          <SequenceNumber>1</SequenceNumber><ServiceData><originating-identity-presentation active=\"true\"/>\
          </ServiceData></RepositoryData></Sh-Data>",
    );
}
