//! Profiles of taps: which interfaces a probe at a usual place shows.

use super::{Interfaces, Sight};
use crate::event::Interface;

/// A usual place for a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TapProfile {
    /// Its name on the command line and in models.
    pub name: &'static str,
    /// Where that is.
    pub meaning: &'static str,
    /// The interfaces that it shows.
    pub interfaces: &'static [Interface],
}

macro_rules! profiles {
    ($($name:literal $meaning:literal: $($interface:ident)*;)*) => {
        /// All of them.
        pub const TAP_PROFILES: &[TapProfile] = &[$(TapProfile {
            name: $name,
            meaning: $meaning,
            interfaces: &[$(Interface::$interface,)*],
        },)*];
    };
}

profiles! {
    "hlr" "the home registers: MAP, S6a, S6d, Cx, Sh": MapD MapGr MapGc MapSms Map S6a S6d S6c Cx Sh;
    "roaming" "the edge to other networks: MAP, CAP, S6a": MapD MapGr MapSms Map Cap S6a S6d;
    "a-iu" "between radio network and exchanges: A, Iu": A IuCs IuPs;
    "packet-core" "around the nodes of packet data: S6a, S13, SGd, Gx, Gy, GTP, S1": S6a S13 SGd Gx Gy Gn S11 S5 S4 Gtp S1;
    "ims" "the edge of IMS: SIP, Cx, Sh": Sip Cx Sh;
    "charging" "service control and online charging: CAP, Ro": Cap Ro;
}

impl TapProfile {
    /// The profile of a name; an error names those that there are.
    pub fn named(name: &str) -> Result<&'static Self, String> {
        let names = || TAP_PROFILES.iter().map(|profile| profile.name).collect::<Vec<_>>().join(", ");
        TAP_PROFILES.iter().find(|profile| profile.name == name).ok_or_else(|| format!("none of {}", names()))
    }

    /// Its interfaces as a set.
    pub fn set(&self) -> Interfaces {
        self.interfaces.iter().copied().collect()
    }

    /// For each feature of the [`registry`](super::registry), whether it can be told there.
    pub fn features(&self) -> Vec<bool> {
        Sight::of(self.set()).features()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_shows_something_of_its_own_and_not_all() {
        for profile in TAP_PROFILES {
            let told = profile.features();
            assert!(told.contains(&true) && told.contains(&false), "{}", profile.name);
            let same = TAP_PROFILES.iter().filter(|other| other.features() == told).count();
            assert_eq!(same, 1, "{}", profile.name);
        }
        assert!(TapProfile::named("hlr").is_ok() && TapProfile::named("moon").unwrap_err().contains("ims"));
    }
}
