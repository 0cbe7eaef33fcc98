//! Service based interfaces of the 5G core: what requests and answers of HTTP say (TS 29.500, TS 29.571).
//!
//! ```text
//! {apiRoot}/nudm-uecm/v1/imsi-001010000000001/registrations/amf-3gpp-access
//!           service   version  resource of the service, with the subscriber in it
//! body      JSON; or multipart/related with JSON first and binary parts (N1, N2) behind it
//! ```
//!
//! Called by `session` with paths and bodies that it put together from HTTP/2 frames. Calls nothing.
//!
//! **Handled:** SUPI, GPSI, PEI, SUCI of the null scheme, 5G-GUTI, wherever a path, a query or a JSON text has them;
//! locations (NR, E-UTRA, UTRA, GERA) and serving networks; radio access; service operations by name ([`service`]).
//! **Not handled:** concealed SUCI (counted), the binary parts, bodies that are compressed, other forms of SUPI (NAI,
//! GCI, GLI).

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod body;
mod identities;
mod json;
mod path;
mod service;
#[cfg(test)]
mod tests;

pub use path::{Path, template};
pub use service::{Purpose, service};

use super::{DecodeError, Named};
use crate::health::Layer;

const LAYER: Layer = Layer::Sbi;

/// What a request or an answer says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it names.
    pub named: Named,
    /// Radio access, in the words of TS 29.571 §5.4.3.2.
    pub rat_type: Option<&'static str>,
    /// Subscribers whose identity is concealed.
    pub concealed: u32,
    /// Octets of parts that are not JSON.
    pub binary: usize,
    /// Whether an authentication succeeded, where it says so.
    pub authenticated: Option<bool>,
    /// The registration ends with it.
    pub purged: bool,
    /// Its first defect.
    pub stop: Option<DecodeError>,
}

impl Facts {
    /// Reads a path with its query.
    pub fn path(&mut self, path: &[u8]) {
        path::name(self, path);
    }

    /// Reads a body: JSON, or several parts.
    pub fn body(&mut self, body: &[u8]) {
        body::name(self, body);
    }

    fn defect(&mut self, error: DecodeError) {
        self.stop = self.stop.or(Some(error));
    }
}
