//! Protocols as octets, each layer a function around the one within.

use etherparse::{IpFragOffset, IpHeaders, IpNumber, Ipv4Header, PacketBuilder};

/// Two digits an octet, low half first, filled up with 15 (TS 29.002, TBCD-STRING).
pub fn tbcd(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().map(|digit| digit - b'0').collect();
    digits.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&15) << 4).collect()
}

/// A BER element; lengths up to 255.
pub fn ber(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let value = parts.concat();
    let length = u8::try_from(value.len()).unwrap();
    let mut element = if length < 128 { vec![tag, length] } else { vec![tag, 0x81, length] };
    element.extend(value);
    element
}

/// Ethernet and IPv4 between two hosts of 192.0.2.0/24 (RFC 5737).
fn ip(from: u8, to: u8, protocol: IpNumber, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap();
    let mut header = Ipv4Header::new(length, 64, protocol, [192, 0, 2, from], [192, 0, 2, to]).unwrap();
    header.fragment_offset = IpFragOffset::ZERO;
    let ethernet = PacketBuilder::ethernet2([2, 0, 0, 0, 0, from], [2, 0, 0, 0, 0, to]);
    let mut frame = Vec::new();
    let headers = IpHeaders::Ipv4(header, etherparse::Ipv4Extensions::default());
    ethernet.ip(headers).write(&mut frame, protocol, payload).unwrap();
    frame
}

/// A frame with a UDP datagram between ports 5060.
pub fn udp(from: u8, to: u8, payload: &[u8]) -> Vec<u8> {
    let builder = PacketBuilder::ethernet2([2, 0, 0, 0, 0, from], [2, 0, 0, 0, 0, to]);
    let builder = builder.ipv4([192, 0, 2, from], [192, 0, 2, to], 64).udp(5060, 5060);
    let mut frame = Vec::new();
    builder.write(&mut frame, payload).unwrap();
    frame
}

/// A frame with a TCP segment between ports 3868.
pub fn tcp(from: u8, to: u8, sequence: u32, payload: &[u8]) -> Vec<u8> {
    let builder = PacketBuilder::ethernet2([2, 0, 0, 0, 0, from], [2, 0, 0, 0, 0, to]);
    let builder = builder.ipv4([192, 0, 2, from], [192, 0, 2, to], 64).tcp(3868, 3868, sequence, 8192).ack(1);
    let mut frame = Vec::new();
    builder.write(&mut frame, payload).unwrap();
    frame
}

/// A frame with one unfragmented SCTP DATA chunk (RFC 9260 §3.3.1); ports and tag are those of the payload protocol.
pub fn sctp(from: u8, to: u8, tsn: u32, ppid: u32, payload: &[u8]) -> Vec<u8> {
    let port: u16 = if ppid == 3 { 2905 } else { 3868 };
    let mut packet = [port.to_be_bytes(), port.to_be_bytes()].concat();
    packet.extend([0, 0, from, to, 0, 0, 0, 0]);
    packet.extend([0, 3]); // DATA, beginning and end
    packet.extend(u16::try_from(16 + payload.len()).unwrap().to_be_bytes());
    packet.extend(tsn.to_be_bytes());
    packet.extend([0, 1, 0, 0]); // stream 1, sequence number 0
    packet.extend(ppid.to_be_bytes());
    packet.extend(payload);
    packet.resize(packet.len().next_multiple_of(4), 0);
    ip(from, to, IpNumber(132), &packet)
}

/// M3UA DATA from point code 1 to point code 2 with an SCCP message (RFC 4666 §3.3.1).
pub fn m3ua(sccp: &[u8]) -> Vec<u8> {
    let length = u16::try_from(16 + sccp.len()).unwrap();
    let mut message = vec![1, 0, 1, 1];
    message.extend(u32::from(8 + length.next_multiple_of(4)).to_be_bytes());
    message.extend([0x02, 0x10]); // Protocol Data
    message.extend(length.to_be_bytes());
    message.extend([0, 0, 0, 1, 0, 0, 0, 2, 3, 2, 0, 0]); // OPC, DPC, SI SCCP, NI, MP, SLS
    message.extend(sccp);
    message.resize(message.len().next_multiple_of(4), 0);
    message
}

/// UDT between two global titles with subsystem numbers (Q.713 §4.10).
pub fn udt(called: (&str, u8), calling: (&str, u8), data: &[u8]) -> Vec<u8> {
    // GTI 4 and SSN, routed on GT; TT 0, E.164 with even or odd digits, international
    let address = |(digits, ssn): (&str, u8)| {
        let scheme = if digits.len() % 2 == 0 { 0x12 } else { 0x11 };
        let mut digits = tbcd(digits);
        if let (Some(last), 0x11) = (digits.last_mut(), scheme) {
            *last &= 15;
        }
        [&[0x12, ssn, 0, scheme, 4], digits.as_slice()].concat()
    };
    let (called, calling) = (address(called), address(calling));
    let at = |before: usize| u8::try_from(before).unwrap();
    let mut message = vec![0x09, 0x00, 3, at(3 + called.len()), at(3 + called.len() + calling.len())];
    for part in [&called, &calling, &data.to_vec()] {
        message.push(at(part.len()));
        message.extend(part);
    }
    message
}

/// A Diameter AVP (RFC 6733 §4.1).
pub fn avp(vendor: u32, code: u32, data: &[u8]) -> Vec<u8> {
    let head: usize = if vendor == 0 { 8 } else { 12 };
    let mut avp = code.to_be_bytes().to_vec();
    avp.push(if vendor == 0 { 0x40 } else { 0xc0 });
    avp.extend_from_slice(&u32::try_from(head + data.len()).unwrap().to_be_bytes()[1..]);
    if vendor != 0 {
        avp.extend(vendor.to_be_bytes());
    }
    avp.extend(data);
    avp.resize(avp.len().next_multiple_of(4), 0);
    avp
}

/// A Diameter message (RFC 6733 §3); its number is both identifiers.
pub fn diameter(flags: u8, command: u32, application: u32, number: u32, avps: &[Vec<u8>]) -> Vec<u8> {
    let body = avps.concat();
    let mut message = u32::try_from(20 + body.len()).unwrap().to_be_bytes().to_vec();
    message[0] = 1;
    message.extend((command | u32::from(flags) << 24).to_be_bytes());
    message.extend(application.to_be_bytes());
    message.extend([number.to_be_bytes(), number.to_be_bytes()].concat());
    message.extend(body);
    message
}
