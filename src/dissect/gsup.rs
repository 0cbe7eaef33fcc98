//! GSUP in the IPA multiplex.

use super::{Count, Dissected};
use crate::health::Layer;
use crate::wire::gsup::{Gsup, IPA_HEADER, Ipa, ipa};

/// One message of the multiplex.
pub(super) fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let message = match ipa(octets) {
        Some(Ipa::Gsup(message)) => message,
        Some(Ipa::Management) => {
            count.unread(Layer::Gsup, octets.len(), "connection management of IPA");
            return Dissected::Nothing;
        }
        _ => {
            count.unread(Layer::Gsup, octets.len(), "another stream of IPA");
            return Dissected::Nothing;
        }
    };
    match Gsup::parse(message) {
        Ok(message) => {
            count.layer(Layer::Gsup, octets.len(), message.stop.map(|stop| stop.at(IPA_HEADER)));
            Dissected::Gsup(message)
        }
        Err(error) => {
            count.layer(Layer::Gsup, octets.len(), Some(error.at(IPA_HEADER)));
            Dissected::Nothing
        }
    }
}
