//! `scripts/tshark-parity` on captures of the project: simhound and tshark name the same identities.
//!
//! Without tshark nothing is compared, and the test says so; with `SIMHOUND_REQUIRE_TSHARK=1` that is a failure.

use std::path::Path;
use std::process::Command;

fn has_tshark() -> bool {
    let found = Command::new("tshark").arg("--version").output().is_ok_and(|output| output.status.success());
    let required = std::env::var_os("SIMHOUND_REQUIRE_TSHARK").is_some_and(|value| value == "1");
    assert!(found || !required, "tshark is required (SIMHOUND_REQUIRE_TSHARK=1) and not installed");
    if !found {
        eprintln!("SKIPPED: tshark is not installed, nothing was compared with it");
    }
    found
}

/// Runs the script; gives back its exit code and all that it printed.
fn parity(arguments: &[&Path]) -> (Option<i32>, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/tshark-parity");
    let mut command = Command::new(script);
    command.args(arguments).arg("--simhound").arg(env!("CARGO_BIN_EXE_simhound"));
    let output = command.output().expect("scripts/tshark-parity runs (Python 3)");
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&printed).into_owned())
}

fn octets(hex: &str) -> Vec<u8> {
    let text: String = hex.lines().filter_map(|line| line.split("--").next()).collect();
    let digits: Vec<u8> = text.chars().filter_map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// A savefile of raw IPv4 packets (link type 101).
fn savefile(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut file = octets("d4c3b2a1 0200 0400 00000000 00000000 ffff0000 65000000");
    for (second, packet) in packets.iter().enumerate() {
        for word in [1_700_000_000 + second as u32, 0, packet.len() as u32, packet.len() as u32] {
            file.extend(word.to_le_bytes());
        }
        file.extend(packet);
    }
    file
}

fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let length = (20 + payload.len() as u16).to_be_bytes();
    let mut packet = octets("4500");
    packet.extend(length);
    packet.extend(octets("0001 0000 40"));
    packet.push(protocol);
    packet.extend(octets("0000 c0000201 c0000202"));
    packet.extend(payload);
    packet
}

fn sctp(port: u16, ppid: u32, tsn: u32, data: &[u8]) -> Vec<u8> {
    let mut packet = [port.to_be_bytes(), port.to_be_bytes()].concat();
    packet.extend(octets("00000001 00000000 0003"));
    packet.extend((16 + data.len() as u16).to_be_bytes());
    packet.extend(tsn.to_be_bytes());
    packet.extend(octets("0000 0000"));
    packet.extend(ppid.to_be_bytes());
    packet.extend(data);
    packet.resize(packet.len().next_multiple_of(4), 0);
    ipv4(132, &packet)
}

/// checkIMEI on M3UA and a registration on UDP.
fn hand_made() -> Vec<u8> {
    let check_imei = octets(
        "01 00 01 01 00000040                   -- M3UA DATA, 64 octets
         0210 0038                              --   protocol data, 56 octets
         00000064 000000c8 03 02 00 00          --     OPC 100, DPC 200, SCCP
         09 00 03 05 07 02 42 09 02 42 08 1c    --     UDT from subsystem 8 (MSC) to 9 (EIR)
         62 1a 48 04 00000001                   --       Begin
         6c 12 a1 10 02 01 01 02 01 2b          --         invoke 1, checkIMEI
         04 08 53 96 83 00 00 00 10 f0          --           IMEI 35693800 000001 0",
    );
    let register = b"REGISTER sip:ims.mnc001.mcc001.3gppnetwork.org SIP/2.0\r\n\
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
        From: <sip:001010000000001@ims.mnc001.mcc001.3gppnetwork.org>;tag=1\r\n\
        To: <sip:001010000000001@ims.mnc001.mcc001.3gppnetwork.org>\r\n\
        Call-ID: 1@192.0.2.1\r\nCSeq: 1 REGISTER\r\n\
        Contact: <sip:192.0.2.1>;+sip.instance=\"<urn:gsma:imei:35693800-000001-0>\"\r\n\
        Content-Length: 0\r\n\r\n";
    let mut udp = octets("13c4 13c4");
    udp.extend((8 + register.len() as u16).to_be_bytes());
    udp.extend(octets("0000"));
    udp.extend(register);
    savefile(&[sctp(2905, 3, 1, &check_imei), ipv4(17, &udp)])
}

#[test]
fn hand_made_messages() {
    if !has_tshark() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("simhound-parity-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let capture = folder.join("hand_made.pcap");
    std::fs::write(&capture, hand_made()).unwrap();
    let (code, printed) = parity(&[&capture, Path::new("--json")]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(code, Some(0), "{printed}");
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(report["total"]["map"]["same"], 1, "{printed}");
    assert_eq!(report["total"]["sip"]["same"], 2, "{printed}");
}

#[test]
fn captures_of_the_project() {
    let pcaps = Path::new(env!("CARGO_MANIFEST_DIR")).join("pcaps");
    if !pcaps.is_dir() {
        eprintln!("SKIPPED: the project has no pcaps/, only hand-made messages were compared with tshark");
        return;
    }
    if !has_tshark() {
        return;
    }
    // A folder without captures is an error of the script.
    let (code, printed) = parity(&[&pcaps]);
    assert_eq!(code, Some(0), "{printed}");
}
