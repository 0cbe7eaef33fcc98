//! Radio resource management (TS 44.018 §9.1): the messages of it that pass the base station system.

use super::{Reader, identity};
use crate::wire::DecodeError;
use crate::wire::layer3::{Layer3, Step};

pub(super) fn read<'a>(message: &mut Layer3<'a>, code: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
    match code {
        // PAGING RESPONSE: ciphering key sequence, classmark 2, mobile identity.
        0x27 => {
            message.step = Step::PagingResponse;
            reader.octet()?;
            reader.sized()?;
            let value = reader.sized()?;
            identity(&mut message.named, reader, value)
        }
        // CIPHERING MODE COMPLETE: IMEISV where it was asked for.
        0x32 => {
            while let Some((identifier, value)) = reader.element(|_| None)? {
                if identifier == 0x17 {
                    identity(&mut message.named, reader, value)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
