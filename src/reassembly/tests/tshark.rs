//! What Wireshark sees in the same packets: one SIP request by every way that is read.

use super::*;
use crate::frame::build::every_way;
use std::process::Command;

/// A request whose Call-ID is the number of the frame that completes it.
fn request(frame: usize) -> Vec<u8> {
    format!(
        "OPTIONS sip:a@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{frame}\r\n\
         From: <sip:b@example.org>;tag=1\r\nTo: <sip:a@example.org>\r\nCall-ID: {frame}\r\nCSeq: 1 OPTIONS\r\n\
         Content-Length: 0\r\n\r\n"
    )
    .into_bytes()
}

fn datagram(frame: usize) -> Vec<u8> {
    ipv4(A, B, 17, &udp((5060, 5070), &request(frame)))
}

/// A pcapng with an interface for each packet.
fn pcapng(packets: &[(LinkType, Vec<u8>)]) -> Vec<u8> {
    let block = |kind: u32, body: &[u8]| {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = u32::try_from(12 + body.len()).unwrap().to_le_bytes();
        [&kind.to_le_bytes()[..], &length, &body, &length].concat()
    };
    let mut file = block(0x0a0d_0d0a, &[0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
    for (interface, (link, octets)) in packets.iter().enumerate() {
        let [low, high] = link.0.to_le_bytes();
        file.extend(block(1, &[low, high, 0, 0, 0, 0, 0, 0]));
        let interface = u32::try_from(interface).unwrap().to_le_bytes();
        let length = u32::try_from(octets.len()).unwrap().to_le_bytes();
        file.extend(block(6, &[&interface[..], &[0; 8], &length, &length, octets].concat()));
    }
    file
}

/// An IPv4 packet in two fragments.
fn fragments(packet: &[u8]) -> [Vec<u8>; 2] {
    let (head, payload) = packet.split_at(20);
    let part = |offset: usize, octets: &[u8], more: bool| {
        let mut part = [head, octets].concat();
        let length = u16::try_from(part.len()).unwrap().to_be_bytes();
        part[2..4].copy_from_slice(&length);
        part[4..6].copy_from_slice(&[0x12, 0x34]);
        part[6..8].copy_from_slice(&(u16::try_from(offset / 8).unwrap() | if more { 0x2000 } else { 0 }).to_be_bytes());
        part
    };
    [part(0, &payload[..64], true), part(64, &payload[64..], false)]
}

#[test]
fn wireshark_sees_the_same() {
    let mut packets: Vec<(LinkType, Vec<u8>)> = Vec::new();
    for way in 0..every_way(&[]).len() {
        let packet = every_way(&datagram(packets.len() + 1)).swap_remove(way);
        packets.push(packet);
    }
    let ways = packets.len();
    // SCTP: over UDP, and alone
    let on_sctp = |frame: usize, tsn| sctp((5060, 5070), 0x5eed_1234, &[data(tsn, 3, 0, &request(frame))]);
    packets.push((LinkType::RAW, ipv4(A, B, 17, &udp((9899, 9899), &on_sctp(ways + 1, 1)))));
    packets.push((LinkType::SCTP, on_sctp(ways + 2, 2)));
    packets.push((LinkType::UPPER_PDU, [&b"\0\x0c\0\x04sip\0\0\0\0\0"[..], &request(ways + 3)].concat()));
    // fragments: bare, reversed, in GRE
    let gre = |packet: Vec<u8>| ipv4(B, A, 47, &[&[0, 0, 8, 0][..], &packet].concat());
    for variant in 0..3 {
        let [first, last] = fragments(&datagram(packets.len() + 2));
        let pair = match variant {
            0 => [first, last],
            1 => [last, first],
            _ => [gre(first), gre(last)],
        };
        packets.extend(pair.map(|packet| (LinkType::RAW, packet)));
    }
    let mut rig = Rig::new();
    for (link, packet) in &packets {
        rig.on(*link, packet, 0);
    }
    let ours: Vec<(u64, String)> = rig
        .seen()
        .into_iter()
        .map(|(octets, frames, _)| {
            let text = String::from_utf8_lossy(&octets).into_owned();
            let call = text.split("Call-ID: ").nth(1).and_then(|rest| rest.split('\r').next());
            (*frames.last().unwrap(), call.unwrap_or_default().to_owned())
        })
        .collect();
    let expected: Vec<(u64, String)> = (1..=packets.len() as u64)
        .filter(|frame| *frame <= ways as u64 + 3 || (*frame - ways as u64 - 3).is_multiple_of(2))
        .map(|frame| (frame, frame.to_string()))
        .collect();
    assert_eq!(ours, expected);

    let path = std::env::temp_dir().join(format!("simhound-ways-{}.pcapng", std::process::id()));
    std::fs::write(&path, pcapng(&packets)).unwrap();
    let told = ["mpls.label==48,pwethcw", "mpls.label==49,pwethnocw", "udp.port==8472,vxlan"];
    let told = told.iter().flat_map(|what| ["-d", what]);
    let fields = ["-n", "-T", "fields", "-e", "frame.number", "-e", "sip.Call-ID", "-r"];
    let shown = Command::new("tshark").args(told).args(fields).arg(&path).output();
    std::fs::remove_file(&path).unwrap();
    let Ok(shown) = shown else {
        assert!(std::env::var_os("SIMHOUND_REQUIRE_TSHARK").is_none(), "tshark is missing");
        eprintln!("skipped: tshark is missing");
        return;
    };
    let theirs: Vec<(u64, String)> = String::from_utf8_lossy(&shown.stdout)
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, call)| !call.is_empty())
        .map(|(frame, call)| (frame.parse().unwrap(), call.to_owned()))
        .collect();
    let unseen: Vec<u64> = ours.iter().filter(|one| !theirs.contains(one)).map(|one| one.0).collect();
    // Wireshark 4.0 takes ERSPAN III with IP for data, and VXLAN-GPE without flag P, which is VXLAN
    // (draft-ietf-nvo3-vxlan-gpe-13 §3.1)
    assert_eq!(unseen, [47, 51], "{}", String::from_utf8_lossy(&shown.stderr));
}
