//! Messages about circuits: ISUP and BICC.

use super::{Count, Dissected, Route};
use crate::health::Layer;
use crate::wire::sigtran::Variant;
use crate::wire::ss7::isup::{CircuitWidth, Isup, circuit};

/// A message about a circuit with the routing label around it.
#[derive(Debug, Clone)]
pub struct IsupMessage<'a> {
    /// The routing label.
    pub route: Route,
    /// It is one of BICC, where the circuit is a call instance.
    pub bicc: bool,
    /// The circuit.
    pub circuit: u32,
    /// The message.
    pub message: Isup<'a>,
    /// Its octets, from the circuit on.
    pub octets: &'a [u8],
}

/// User data of MTP3; the layer is that of ISUP or BICC.
pub(super) fn message<'a>(route: Route, layer: Layer, octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    let width = match (layer, route.variant) {
        (Layer::Bicc, _) => CircuitWidth::Bicc,
        (_, Variant::Ansi) => CircuitWidth::Ansi,
        _ => CircuitWidth::Itu,
    };
    let read = circuit(octets, width).and_then(|(circuit, body)| {
        let before = octets.len().saturating_sub(body.len());
        let mut message = Isup::parse(body).map_err(|error| error.at(before))?;
        message.stop = message.stop.map(|stop| stop.at(before));
        Ok((circuit, message))
    });
    match read {
        Ok((circuit, message)) => {
            count.layer(layer, octets.len(), message.stop);
            Dissected::Isup(IsupMessage { route, bicc: layer == Layer::Bicc, circuit, message, octets })
        }
        Err(error) => {
            count.layer(layer, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}
