//! SCCP (Q.713) connections of class 2 between radio network and core, and unit data between their subsystems: both are
//! addressed by subsystem, the point codes stand in the layer below.

/// The subsystem of BSSAP on both sides.
pub const BSSAP: u8 = 254;
/// That of RANAP.
pub const RANAP: u8 = 142;

/// The most data of a data form 1, whose length field has one octet.
const DATA_MOST: usize = 250;

/// Q.713 §3.4: subsystem number alone, routing on it.
fn address(subsystem: u8) -> Vec<u8> {
    vec![2, 0x42, subsystem]
}

fn local(reference: u32) -> [u8; 3] {
    let [_, a, b, c] = reference.to_be_bytes();
    [a, b, c]
}

fn sized(value: &[u8]) -> Vec<u8> {
    [&[value.len() as u8], value].concat()
}

/// Connection request (§4.2) with data.
pub fn request(subsystem: u8, source: u32, data: &[u8]) -> Vec<u8> {
    let head = [[0x01].as_slice(), &local(source), &[0x02, 0x02, 0x04], &address(subsystem)].concat();
    [head.as_slice(), &[0x0f], &sized(data), &[0x00]].concat()
}

/// Connection confirm (§4.3).
pub fn confirm(destination: u32, source: u32) -> Vec<u8> {
    [[0x02].as_slice(), &local(destination), &local(source), &[0x02, 0x00]].concat()
}

/// Data form 1 (§4.7): one message, or segments where the data do not fit.
pub fn data(destination: u32, data: &[u8]) -> Vec<Vec<u8>> {
    let pieces = data.chunks(DATA_MOST);
    let last = pieces.len().saturating_sub(1);
    let form = |(index, piece)| {
        let more = u8::from(index < last);
        [[0x06].as_slice(), &local(destination), &[more, 0x01], &sized(piece)].concat()
    };
    pieces.enumerate().map(form).collect()
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
pub fn unitdata(subsystem: u8, data: &[u8]) -> Vec<u8> {
    let address = address(subsystem);
    [[0x09, 0x00, 0x03, 0x05, 0x07].as_slice(), &address, &address, &sized(data)].concat()
}
