//! SS7: SCCP, TCAP and the applications above it: MAP, CAP, INAP and the MAP of ANSI networks; beside them the user
//! part of calls, ISUP and BICC.
//!
//! `dissect` calls these decoders one after the other: SCCP gives its data to TCAP, TCAP the parameters of its
//! components to an application. Which one comes from the application context; a message without one is decided by the
//! subsystem numbers ([`family_of_ssn`]), since the operation codes of MAP, CAP and INAP collide. ANSI TCAP tells by the
//! family in its operation codes.

pub mod ansi_map;
pub mod bssap;
pub mod cap;
mod fields;
pub mod inap;
pub mod isup;
pub mod map;
pub mod number;
mod places;
pub mod sccp;
pub mod tcap;

pub use isup::Isup;
pub use sccp::Sccp;
pub use tcap::{ApplicationContext, Family, Tcap};

/// Which way a call or a short message goes, seen from the subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the subscriber (MO).
    Originating,
    /// To the subscriber (MT).
    Terminating,
}

/// The application behind a subsystem number (TS 23.003 §8.2), for dialogues whose application context is not known.
/// `None` for a number that says nothing.
pub fn family_of_ssn(ssn: u8) -> Option<Family> {
    match ssn {
        // MAP, HLR, VLR, MSC, EIR, AuC; GMLC, gsmSCF (MAP), SIWF, SGSN, GGSN.
        5..=10 | 145 | 147..=150 => Some(Family::Map),
        146 => Some(Family::Cap),
        // National use; the values that networks and tools have in common.
        106 | 241 => Some(Family::Inap),
        _ => None,
    }
}

/// One list of operations: the `enum`, its codes, its names and one further column.
macro_rules! operations {
    (
        $(#[$doc:meta])*
        $column:ident: $type:ty = $column_doc:literal;
        $($variant:ident = $code:literal => $name:literal, $value:expr;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[allow(missing_docs)]
        pub enum Operation {
            $($variant,)*
        }

        impl Operation {
            /// All of them, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The local value of its code.
            pub fn code(self) -> i32 {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// Its name in the specification.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            #[doc = $column_doc]
            pub fn $column(self) -> $type {
                match self {
                    $(Self::$variant => $value,)*
                }
            }

            /// The first of the list with this code.
            #[allow(unreachable_patterns)]
            fn of_code(code: i32) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
use operations;

/// Numbers with names: an error or event list.
macro_rules! names {
    ($(#[$doc:meta])* $function:ident($type:ty); $($code:literal => $name:literal,)*) => {
        $(#[$doc])*
        pub fn $function(code: $type) -> Option<&'static str> {
            match code {
                $($code => Some($name),)*
                _ => None,
            }
        }
    };
}
pub(crate) use names;

#[cfg(test)]
mod tests {
    use super::*;

    /// An operation code alone does not tell the application.
    #[test]
    fn map_and_cap_codes_collide() {
        let both: Vec<_> = map::Operation::ALL
            .iter()
            .flat_map(|map| {
                let cap = cap::Operation::ALL.iter();
                cap.filter(|cap| cap.code() == map.code()).map(|cap| (map.code(), map.name(), cap.name()))
            })
            .collect();
        for collision in [
            (20, "releaseResources", "connect"),
            (22, "sendRoutingInfo", "releaseCall"),
            (23, "updateGprsLocation", "requestReportBCSMEvent"),
            (24, "sendRoutingInfoForGprs", "eventReportBCSM"),
            (44, "mt-ForwardSM", "callInformationReport"),
            (45, "sendRoutingInfoForSM", "callInformationRequest"),
            (46, "mo-ForwardSM", "sendChargingInformation"),
            (60, "unstructuredSS-Request", "initialDPSMS"),
        ] {
            assert!(both.contains(&collision), "{collision:?}");
        }
    }

    #[test]
    fn the_context_decides_between_them() {
        let context = |family, number, version| Some(ApplicationContext { family, number, version });
        let (map, cap) = (context(Family::Map, 44, 3), context(Family::Cap, 4, 3));
        let name = |op: Option<map::Operation>| op.map(map::Operation::name);
        assert_eq!(name(map::operation(map, 20)), Some("releaseResources"));
        assert_eq!(name(map::operation(cap, 20)), None);
        let name = |op: Option<cap::Operation>| op.map(cap::Operation::name);
        assert_eq!(name(cap::operation(cap, 20)), Some("connect"));
        assert_eq!(name(cap::operation(map, 20)), None);
    }

    #[test]
    fn subsystems() {
        assert_eq!(family_of_ssn(6), Some(Family::Map));
        assert_eq!(family_of_ssn(146), Some(Family::Cap));
        assert_eq!(family_of_ssn(147), Some(Family::Map));
        assert_eq!(family_of_ssn(254), None);
    }
}
