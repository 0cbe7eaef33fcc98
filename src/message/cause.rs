//! The names of causes: errors, problems and aborts as their specifications call them.

use super::{Message, Protocol, Role};
use crate::event::Interface;
use crate::wire::ss7::{ansi_map, cap, inap, map, tcap};

impl Message<'_> {
    /// The name of the cause, where its protocol has a list of them and the list has it.
    pub fn cause_name(&self) -> Option<&'static str> {
        let cause = i32::try_from(self.cause?).ok()?;
        match (self.role, self.protocol) {
            (Role::Error, Protocol::Map) => map::error_name(cause),
            (Role::Error, Protocol::Cap) => cap::error_name(cause),
            (Role::Error, Protocol::Inap) => inap::error_name(cause),
            (Role::Error, Protocol::AnsiMap) => ansi_map::error_name(cause),
            (Role::Reject, Protocol::AnsiMap) => tcap::ansi_problem_name(cause),
            (Role::Reject, Protocol::Map | Protocol::Cap | Protocol::Inap | Protocol::Tcap) => {
                tcap::problem_name(cause)
            }
            (Role::Abort, Protocol::Tcap) => {
                let cause = u8::try_from(cause).ok()?;
                match self.interface {
                    Some(Interface::AnsiMap) => tcap::ansi_p_abort_cause_name(cause),
                    _ => tcap::p_abort_cause_name(cause),
                }
            }
            _ => None,
        }
    }
}
