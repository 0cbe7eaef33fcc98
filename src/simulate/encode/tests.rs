//! Known answers: octets derived by hand from the specifications.

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::identity::{Imei, Imsi, Msisdn};
use crate::wire::testing::octets;

fn imsi() -> Imsi {
    "001010123456789".parse().unwrap()
}

fn msisdn() -> Msisdn {
    "999715550100".parse().unwrap()
}

#[test]
fn update_location_with_automatic_device_detection() {
    let imei: Imei = "001017000000018".parse().unwrap();
    assert_eq!(
        map::update_location(imsi(), msisdn(), Some((imei, 7)), 4),
        octets(
            "30 2e                            -- UpdateLocationArg, SEQUENCE
             04 08 00 01 01 21 43 65 87 f9    -- imsi 001010123456789
             81 07 91 99 79 51 55 10 00       -- msc-Number [1], international E.164
             04 07 91 99 79 51 55 10 00       -- vlr-Number
             a6 04 80 02 04 f0                -- vlr-Capability [6] { supportedCamelPhases [0] 1 to 4 }
             ad 0a 80 08 00 01 71 00 00 00 10 70  -- add-info [13] { imeisv [0] 00101700 000001 07 }"
        )
    );
}

#[test]
fn begin_with_dialogue_portion() {
    let message = tcap::message(
        tcap::Transaction::Begin { otid: 0x1001 },
        tcap::Dialogue::Request(map::ac::MS_PURGING),
        &[tcap::Component::Invoke(1, map::operation::PURGE_MS, map::purge_ms(imsi(), msisdn()))],
    );
    assert_eq!(
        message,
        octets(
            "62 45                            -- Begin
             48 04 00 00 10 01                -- otid
             6b 1e 28 1c                      -- dialogue portion, EXTERNAL
             06 07 00 11 86 05 01 01 01       -- id-as-dialogue
             a0 11 60 0f                      -- AARQ
             80 02 07 80                      -- version 1
             a1 09 06 07 04 00 00 01 00 1b 03 -- msPurgingContext-v3
             6c 1d a1 1b                      -- components, invoke
             02 01 01 02 01 43                -- invoke 1, purgeMS
             a3 13                            -- PurgeMS-Arg [3]
             04 08 00 01 01 21 43 65 87 f9    -- imsi
             80 07 91 99 79 51 55 10 00       -- vlr-Number [0]"
        )
    );
}

#[test]
fn end_that_accepts_the_dialogue() {
    assert_eq!(
        tcap::message(
            tcap::Transaction::End { dtid: 0x1001 },
            tcap::Dialogue::Response(cap::context(2)),
            &[tcap::Component::Result(1, 2, Vec::new())],
        ),
        octets(
            "64 39                            -- End
             49 04 00 00 10 01                -- dtid
             6b 2a 28 28                      -- dialogue portion, EXTERNAL
             06 07 00 11 86 05 01 01 01       -- id-as-dialogue
             a0 1d 61 1b                      -- AARE
             80 02 07 80                      -- version 1
             a1 09 06 07 04 00 00 01 00 32 01 -- CAP phase 2
             a2 03 02 01 00                   -- accepted
             a3 05 a1 03 02 01 00             -- dialogue-service-user, null
             6c 05 a2 03 02 01 01             -- result 1 without parameter"
        )
    );
}

#[test]
fn unitdata_between_global_titles() {
    let side = |subsystem| sccp::Address { title: "99970".parse().unwrap(), subsystem };
    assert_eq!(
        sccp::connectionless(side(6), side(7), &[0xaa, 0xbb], 1, false),
        [octets(
            "09 80 03 0b 13                   -- UDT, class 0 with return on error, pointers
             08 12 06 00 11 04 99 79 00       -- called: GT type 4, SSN 6, odd, international
             08 12 07 00 11 04 99 79 00       -- calling: SSN 7
             02 aa bb"
        )]
    );
}

#[test]
fn long_data_go_in_segments() {
    let side = sccp::Address { title: "999700".parse().unwrap(), subsystem: 6 };
    let data = vec![0x55; 300];
    let segments = sccp::connectionless(side, side, &data, 0x0012_3456, false);
    assert_eq!(segments.len(), 2);
    // Called and calling take 8 octets each; the data length stands behind them.
    let tail = |segment: &[u8]| segment[segment.len() - 7..].to_vec();
    assert_eq!(tail(&segments[0]), octets("10 04 c1 12 34 56 00"));
    assert_eq!(tail(&segments[1]), octets("10 04 40 12 34 56 00"));
    assert!(segments.iter().all(|segment| segment[0] == 0x11));
}

#[test]
fn protocol_data_is_padded() {
    assert_eq!(
        m3ua::data(7, m3ua::Label { opc: 0x101, dpc: 0x102, service: m3ua::service::SCCP, sls: 5 }, &[1, 2, 3]),
        octets(
            "01 00 01 01 00 00 00 24          -- M3UA version 1, DATA, 36 octets
             00 06 00 08 00 00 00 07          -- routing context 7
             02 10 00 13                      -- protocol data, 19 octets
             00 00 01 01 00 00 01 02          -- OPC, DPC
             03 02 00 05                      -- SCCP, national, priority 0, SLS 5
             01 02 03 00                      -- SCCP, one octet of padding"
        )
    );
}

#[test]
fn diameter_header_and_vendor_avp() {
    let header = diameter::Header {
        application: diameter::application::S6A,
        command: diameter::command::NOTIFY,
        request: true,
        hop: 1,
        end: 2,
    };
    let imei: Imei = "001017000000018".parse().unwrap();
    assert_eq!(
        diameter::message(header, |avps| diameter::terminal(avps, imei, 3)),
        octets(
            "01 00 00 4c c0 00 01 43          -- version 1, 76 octets, request and proxiable, 323
             01 00 00 23 00 00 00 01 00 00 00 02
             00 00 05 79 c0 00 00 38 00 00 28 af  -- Terminal-Information 1401, V and M, 56, 3GPP
             00 00 05 7a c0 00 00 1b 00 00 28 af  -- IMEI 1402, 27 octets
             30 30 31 30 31 37 30 30 30 30 30 30 30 31 38 00
             00 00 05 7b c0 00 00 0e 00 00 28 af 30 33 00 00"
        )
    );
}

#[test]
fn short_message_with_packed_text() {
    assert_eq!(
        sms::submit(9, msisdn(), "hello"),
        octets(
            "11 09                            -- SMS-SUBMIT with relative validity, reference 9
             0c 91 99 79 51 55 10 00          -- to +999715550100
             00 00 a7                         -- PID, default alphabet, 24 hours
             05 e8 32 9b fd 06                -- five septets"
        )
    );
}

#[test]
fn initial_dp_of_both_phases() {
    let dp = |phase| cap::InitialDp {
        half: cap::Half::Originating,
        phase,
        imsi: imsi(),
        imei: "001017000000018".parse().ok(),
        calling: Some(msisdn()),
        called: msisdn(),
        msc: msisdn(),
        cell: Some(([0x00, 0xf1, 0x10, 0x00, 0x10, 0x01, 0x02], 0)),
        reference: [1; 8],
        local_time: [2; 8],
    };
    let body = "80 01 0b                         -- serviceKey [0]
         83 08 04 13 99 79 51 55 10 00    -- callingPartyNumber [3]
         85 01 0a                         -- callingPartysCategory [5]
         bb 05 80 03 80 90 a3             -- bearerCapability [27] { bearerCap [0] }
         9c 01 02                         -- eventTypeBCSM [28] collectedInfo
         9f 32 08 00 01 01 21 43 65 87 f9 -- iMSI [50]
         bf 34 17                         -- locationInformation [52]
         02 01 00 81 07 91 99 79 51 55 10 00
         a3 09 80 07 00 f1 10 00 10 01 02
         bf 35 03 83 01 11                -- ext-basicServiceCode [53]
         9f 36 08 01 01 01 01 01 01 01 01 -- callReferenceNumber [54]
         9f 37 07 91 99 79 51 55 10 00    -- mscAddress [55]
         9f 38 07 91 99 79 51 55 10 00    -- calledPartyBCDNumber [56]
         9f 39 08 02 02 02 02 02 02 02 02 -- timeAndTimezone [57]";
    let extension = "bf 3b 0a 83 08 00 01 71 00 00 00 10 f8 -- initialDPArgExtension [59] { iMEI [3] }";
    assert_eq!(cap::initial_dp(&dp(2)), octets(&format!("30 6f\n{body}")));
    assert_eq!(cap::initial_dp(&dp(4)), octets(&format!("30 7c\n{body}\n{extension}")));
}

#[test]
fn sip_styles() {
    let style = sip::Style { compact: true, folded: true };
    let mut message = sip::Message::new("OPTIONS sip:x SIP/2.0", style);
    message
        .header("Call-ID", "a@b")
        .header("P-Access-Network-Info", "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=0010100010000101");
    assert_eq!(
        String::from_utf8(message.body("text/plain", b"hi")).unwrap(),
        "OPTIONS sip:x SIP/2.0\r\ni: a@b\r\nP-Access-Network-Info: 3GPP-E-UTRAN-FDD;\r\n \
         utran-cell-id-3gpp=0010100010000101\r\nc: text/plain\r\nl: 2\r\n\r\nhi"
    );
}
