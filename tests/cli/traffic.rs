//! What subscribers do, as packets: location updates over MAP and S6a, registrations and calls over SIP.

use crate::octets::{avp, ber, diameter, m3ua, sctp, tbcd, tcp, udp, udt};
use simhound::capture::{LinkType, PcapWriter};

/// 2026-01-01T00:00:00Z.
pub const START: i64 = 1_767_225_600_000_000_000;
pub const SECOND: i64 = 1_000_000_000;

/// A packet: when, and its octets.
pub type Packet = (i64, Vec<u8>);

pub fn imsi(number: usize) -> String {
    format!("00101{number:010}")
}

/// A valid IMEI without its check digit: TAC 00101999.
pub fn imei(number: usize) -> String {
    format!("00101999{number:06}0")
}

/// updateLocation and its result: two packets.
pub fn map_update(time: i64, number: usize) -> Vec<Packet> {
    let id = u32::try_from(number).unwrap().to_be_bytes();
    let context = |pdu, value: &[u8]| {
        // dialogue-as-id; protocol-version 1; networkLocUpContext-v3
        let name = ber(0xa1, &[&[6, 7, 4, 0, 0, 1, 0, 1, 3]]);
        let pdu = ber(pdu, &[&[0x80, 2, 7, 0x80], &name, value]);
        ber(0x6b, &[&ber(0x28, &[&[6, 7, 0, 0x11, 0x86, 5, 1, 1, 1], &ber(0xa0, &[&pdu])])])
    };
    let node = ber(0x04, &[&[0x91], &tbcd("15550120")]);
    let argument = ber(0x30, &[&ber(0x04, &[&tbcd(&imsi(number))]), &ber(0x81, &[&[0x91], &tbcd("15550120")]), &node]);
    let invoke = ber(0xa1, &[&[2, 1, 1, 2, 1, 2], &argument]);
    let begin = ber(0x62, &[&ber(0x48, &[&id]), &context(0x60, &[]), &ber(0x6c, &[&invoke])]);
    let answer = ber(0x30, &[&ber(0x04, &[&[0x91], &tbcd("15550140")])]);
    let result = ber(0xa2, &[&[2, 1, 1], &ber(0x30, &[&[2, 1, 2], &answer])]);
    let accepted = [0xa2, 3, 2, 1, 0, 0xa3, 5, 0xa1, 3, 2, 1, 0];
    let end = ber(0x64, &[&ber(0x49, &[&id]), &context(0x61, &accepted), &ber(0x6c, &[&result])]);
    let (vlr, hlr) = (("15550120", 7), ("15550140", 6));
    let tsn = u32::try_from(number).unwrap();
    vec![
        (time, sctp(1, 2, tsn, 3, &m3ua(&udt(hlr, vlr, &begin)))),
        (time + SECOND / 10, sctp(2, 1, tsn, 3, &m3ua(&udt(vlr, hlr, &end)))),
    ]
}

/// Update-Location over S6a and its answer, over SCTP or, where a sequence number is given, TCP: two packets.
pub fn s6a_update(time: i64, number: usize, sequence: Option<u32>) -> Vec<Packet> {
    const TGPP: u32 = 10415;
    let id = u32::try_from(number).unwrap();
    let session = avp(0, 263, format!("mme.example.org;1;{number}").as_bytes());
    let request = diameter(
        0xc0,
        316,
        16_777_251,
        id,
        &[
            session.clone(),
            avp(0, 264, b"mme.example.org"),
            avp(0, 296, b"example.org"),
            avp(0, 283, b"example.org"),
            avp(0, 1, imsi(number).as_bytes()),
            avp(TGPP, 1401, &[avp(TGPP, 1402, &imei(number).as_bytes()[..14]), avp(TGPP, 1403, b"01")].concat()),
            avp(TGPP, 1032, &1004u32.to_be_bytes()),
            avp(TGPP, 1405, &34u32.to_be_bytes()),
            avp(TGPP, 1407, &[0x00, 0xf1, 0x10]),
        ],
    );
    let answer = diameter(
        0x40,
        316,
        16_777_251,
        id,
        &[session, avp(0, 264, b"hss.example.org"), avp(0, 296, b"example.org"), avp(0, 268, &2001u32.to_be_bytes())],
    );
    let carried = |from, to, message: &[u8]| match sequence {
        Some(sequence) => tcp(from, to, sequence, message),
        None => sctp(from, to, id, 46, message),
    };
    vec![(time, carried(3, 4, &request)), (time + SECOND / 20, carried(4, 3, &answer))]
}

fn sip(first: &str, call: &str, sequence: &str, more: &str) -> Vec<u8> {
    format!(
        "{first}\r\nVia: SIP/2.0/UDP 192.0.2.5;branch=z9hG4bK{call}{}\r\nCall-ID: {call}\r\nCSeq: {sequence}\r\n{more}\
         Content-Length: 0\r\n\r\n",
        sequence.replace(' ', "")
    )
    .into_bytes()
}

/// REGISTER and its 200: two packets.
pub fn sip_register(time: i64, number: usize) -> Vec<Packet> {
    let own = format!("sip:{}@ims.mnc001.mcc001.3gppnetwork.org", imsi(number));
    let more = format!(
        "From: <{own}>;tag=a{number}\r\nTo: <{own}>\r\nContact: <{own}>;expires=600\r\nUser-Agent: tester\r\n\
         P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=0010100010000101\r\n\
         P-Asserted-Identity: <tel:+1555{number:07}>\r\n"
    );
    let call = format!("r{number}");
    vec![
        (time, udp(5, 6, &sip("REGISTER sip:ims.mnc001.mcc001.3gppnetwork.org SIP/2.0", &call, "1 REGISTER", &more))),
        (time + SECOND / 50, udp(6, 5, &sip("SIP/2.0 200 OK", &call, "1 REGISTER", &more))),
    ]
}

/// A call of half a minute to +1 555 0199: INVITE, 200, ACK, BYE, 200.
pub fn sip_call(time: i64, number: usize) -> Vec<Packet> {
    let own = format!("sip:{}@ims.mnc001.mcc001.3gppnetwork.org", imsi(number));
    let call = format!("c{number}");
    let steps: [(i64, u8, &str, &str, &str); 5] = [
        (0, 5, "INVITE tel:+15550199 SIP/2.0", "1 INVITE", ""),
        (2, 6, "SIP/2.0 200 OK", "1 INVITE", ";tag=b"),
        (3, 5, "ACK tel:+15550199 SIP/2.0", "1 ACK", ";tag=b"),
        (30, 5, "BYE tel:+15550199 SIP/2.0", "2 BYE", ";tag=b"),
        (31, 6, "SIP/2.0 200 OK", "2 BYE", ";tag=b"),
    ];
    let packet = |(after, from, first, sequence, tag): (i64, u8, &str, &str, &str)| {
        let more = format!(
            "From: <{own}>;tag=a\r\nTo: <tel:+15550199>{tag}\r\nContact: <{own}>\r\nP-Asserted-Identity: <{own}>\r\n"
        );
        (time + after * SECOND, udp(from, 11 - from, &sip(first, &call, sequence, &more)))
    };
    steps.into_iter().map(packet).collect()
}

/// One of everything, each by a subscriber of its own (1 to 4), in the order of time: 11 packets.
pub fn scene() -> Vec<Packet> {
    [
        map_update(START, 1),
        s6a_update(START + SECOND, 2, None),
        s6a_update(START + 2 * SECOND, 3, Some(1)),
        sip_call(START + 3 * SECOND, 4),
    ]
    .concat()
}

/// Many subscribers that update their location, register and call, over an hour or so, in the order of time.
pub fn crowd(subscribers: usize) -> Vec<Packet> {
    let mut packets: Vec<Packet> = (1..=subscribers)
        .flat_map(|number| {
            // no two packets at the same time
            let time = START + i64::try_from((number * 7919 % 3600) * 1_000_000_000 + number * 1000).unwrap();
            match number % 3 {
                0 => map_update(time, number),
                1 => s6a_update(time, number, None),
                _ => [sip_register(time, number), sip_call(time + SECOND, number)].concat(),
            }
        })
        .collect();
    packets.sort_by_key(|(time, _)| *time);
    packets
}

/// A savefile.
pub fn pcap(packets: &[Packet]) -> Vec<u8> {
    cut_pcap(packets, usize::MAX)
}

/// A savefile that holds no more than `snaplen` octets of a packet.
pub fn cut_pcap(packets: &[Packet], snaplen: usize) -> Vec<u8> {
    let mut writer = PcapWriter::new(Vec::new(), LinkType::ETHERNET).unwrap();
    for (time, octets) in packets {
        let there = &octets[..octets.len().min(snaplen)];
        writer.cut_packet(*time, there, u32::try_from(octets.len()).unwrap()).unwrap();
    }
    writer.finish().unwrap()
}

/// The same packets as pcapng: a section, an interface with nanoseconds, enhanced packets.
pub fn pcapng(packets: &[Packet]) -> Vec<u8> {
    fn block(kind: u32, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(12 + body.len()).unwrap().to_le_bytes();
        [&kind.to_le_bytes(), length.as_slice(), body, &length].concat()
    }
    let mut file = block(0x0a0d_0d0a, &[0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
    file.extend(block(1, &[1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0])); // Ethernet, if_tsresol 9
    for (time, octets) in packets {
        let (time, length) = (time.cast_unsigned(), u32::try_from(octets.len()).unwrap().to_le_bytes());
        let high = u32::try_from(time >> 32).unwrap().to_le_bytes();
        let low = u32::try_from(time & 0xffff_ffff).unwrap().to_le_bytes();
        let mut body = [&[0; 4], high.as_slice(), &low, &length, &length, octets].concat();
        body.resize(body.len().next_multiple_of(4), 0);
        file.extend(block(6, &body));
    }
    file
}
