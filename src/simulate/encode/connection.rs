//! SCCP (Q.713) connections of class 2 between base stations and MSC, and unit data between their subsystems: both are
//! addressed by subsystem, the point codes stand in the layer below.

/// The subsystem of BSSAP on both sides.
const BSSAP: u8 = 254;
/// Q.713 §3.4: subsystem number alone, routing on it.
const ADDRESS: [u8; 2] = [0x42, BSSAP];

fn local(reference: u32) -> [u8; 3] {
    let [_, a, b, c] = reference.to_be_bytes();
    [a, b, c]
}

fn sized(value: &[u8]) -> Vec<u8> {
    [&[value.len() as u8], value].concat()
}

/// Connection request (§4.2) with data.
pub fn request(source: u32, data: &[u8]) -> Vec<u8> {
    let head = [[0x01].as_slice(), &local(source), &[0x02, 0x02, 0x04], &sized(&ADDRESS)].concat();
    [head.as_slice(), &[0x0f], &sized(data), &[0x00]].concat()
}

/// Connection confirm (§4.3).
pub fn confirm(destination: u32, source: u32) -> Vec<u8> {
    [[0x02].as_slice(), &local(destination), &local(source), &[0x02, 0x00]].concat()
}

/// Data form 1 (§4.7), whole.
pub fn data(destination: u32, data: &[u8]) -> Vec<u8> {
    [[0x06].as_slice(), &local(destination), &[0x00, 0x01], &sized(data)].concat()
}

/// Released (§4.5), by the end user.
pub fn released(destination: u32, source: u32) -> Vec<u8> {
    [[0x04].as_slice(), &local(destination), &local(source), &[0x00, 0x00]].concat()
}

/// Release complete (§4.6).
pub fn complete(destination: u32, source: u32) -> Vec<u8> {
    [[0x05].as_slice(), &local(destination), &local(source)].concat()
}

/// Unit data (§4.10) of class 0.
pub fn unitdata(data: &[u8]) -> Vec<u8> {
    let address = sized(&ADDRESS);
    [[0x09, 0x00, 0x03, 0x05, 0x07].as_slice(), &address, &address, &sized(data)].concat()
}
