//! What the tests of decoders share.

/// Octets from hexadecimal digits in lines; what follows `--` in a line is a comment.
pub(crate) fn octets(hex: &str) -> Vec<u8> {
    let text: String = hex.lines().filter_map(|line| line.split("--").next()).collect();
    let digits: Vec<u8> = text.chars().filter_map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    assert_eq!(digits.len() % 2, 0, "{hex}");
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
