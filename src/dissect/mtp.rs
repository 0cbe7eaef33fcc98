//! The message transfer part: from a signal unit to the user part that it belongs to.

use super::ss7::{self, Route};
use super::variant::of_message;
use super::{Count, Dissected, isup};
use crate::health::Layer;
use crate::wire::sigtran::mtp2::Content;
use crate::wire::sigtran::mtp3::{management_name, test_name};
use crate::wire::sigtran::{Mtp2, Mtp3, service_indicator};

pub(super) fn mtp2<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match Mtp2::parse(octets) {
        Ok(unit) => {
            count.layer(Layer::Mtp2, octets.len(), unit.stop);
            if let Content::Msu(msu) = unit.content {
                return mtp3(msu.octets, count);
            }
            count.named(Layer::Mtp2, unit.name());
        }
        Err(error) => count.layer(Layer::Mtp2, octets.len(), Some(error)),
    }
    Dissected::Nothing
}

/// A message signal unit from its service information octet on.
pub(super) fn mtp3<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let variant = count.settings.ss7.unwrap_or_else(|| of_message(octets));
    match Mtp3::parse(octets, variant) {
        Ok(msu) => {
            count.layer(Layer::Mtp3, octets.len(), None);
            let route = Route { opc: Some(msu.opc), dpc: Some(msu.dpc), network: msu.ni, variant };
            user(route, msu.si, msu.data, count)
        }
        Err(error) => {
            count.layer(Layer::Mtp3, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

/// What the service indicator says.
pub(super) fn user<'a>(route: Route, si: u8, data: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let heading = data.first().copied().unwrap_or_default();
    match si {
        service_indicator::SCCP => return ss7::sccp(route, data, count),
        service_indicator::ISUP => return isup::message(route, Layer::Isup, data, count),
        service_indicator::BICC => return isup::message(route, Layer::Bicc, data, count),
        service_indicator::SNM => {
            count.named(Layer::Mtp3, management_name(heading).unwrap_or("management message without a name"));
        }
        service_indicator::TESTING | service_indicator::TESTING_SPECIAL => {
            count.named(Layer::Mtp3, test_name(heading).unwrap_or("test message without a name"));
        }
        _ => count.unread(Layer::Payload, data.len(), user_name(si)),
    }
    Dissected::Nothing
}

/// The name under which a user part that is not read is counted.
fn user_name(si: u8) -> &'static str {
    match si {
        service_indicator::TUP => "telephone user part",
        6 | 7 => "data user part",
        8 => "MTP testing user part",
        service_indicator::BROADBAND_ISUP => "broadband ISUP",
        10 => "satellite ISUP",
        14 => "gateway control (H.248)",
        _ => "MTP3 user that is not read",
    }
}
