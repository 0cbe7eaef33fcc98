//! SGsAP, and the layer 3 messages in it.

use super::access::layer3;
use super::{Count, Dissected};
use crate::health::Layer;
use crate::wire::DecodeError;
use crate::wire::layer3::Layer3;
use crate::wire::sgsap::Sgsap;

/// A message between MME and VLR.
#[derive(Debug, Clone)]
pub struct SgsMessage<'a> {
    /// The message.
    pub sgsap: Sgsap<'a>,
    /// The layer 3 message in it; its defect where not even its name could be read.
    pub layer3: Option<Result<Layer3<'a>, DecodeError>>,
}

pub(super) fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match Sgsap::parse(octets) {
        Ok(sgsap) => {
            count.layer(Layer::Sgsap, octets.len(), sgsap.stop);
            let layer3 = sgsap.layer3.map(|octets| layer3(octets, sgsap.message_type.uplink(), count));
            Dissected::Sgs(Box::new(SgsMessage { sgsap, layer3 }))
        }
        Err(error) => {
            count.layer(Layer::Sgsap, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}
