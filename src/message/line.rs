//! A message as one line for reading.

use super::{Dialogue, Message, Party, Role, Status};
use crate::identity::Imei;
use crate::time::Rfc3339;
use anstyle::{AnsiColor, Style};
use std::fmt;

const TIME: Style = Style::new().dimmed();
const PROTOCOL: Style = AnsiColor::Cyan.on_default();
const OPERATION: Style = Style::new().bold();
const SUBSCRIBER: Style = AnsiColor::Green.on_default();
const PLACE: Style = AnsiColor::Yellow.on_default();
const WRONG: Style = AnsiColor::Red.on_default();

/// `time frame protocol operation role  sender > receiver  what it names`.
pub struct Line<'a> {
    /// The message.
    pub message: &'a Message<'a>,
    /// The path of its file, where there are several.
    pub file: Option<&'a str>,
    /// Whether the line is coloured.
    pub colour: bool,
    /// Without time, file and frame.
    pub brief: bool,
}

impl Line<'_> {
    fn paint(&self, f: &mut fmt::Formatter<'_>, style: Style, what: impl fmt::Display) -> fmt::Result {
        match self.colour {
            true => write!(f, "{style}{what}{style:#}"),
            false => write!(f, "{what}"),
        }
    }

    fn field(
        &self,
        f: &mut fmt::Formatter<'_>,
        style: Style,
        name: &str,
        value: Option<impl fmt::Display>,
    ) -> fmt::Result {
        let Some(value) = value else { return Ok(()) };
        write!(f, " {name}=")?;
        self.paint(f, style, value)
    }
}

/// A failure stands out.
fn is_refusal(role: Role) -> bool {
    matches!(role, Role::Error | Role::Reject | Role::Abort | Role::Status(400..))
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, file, .. } = self;
        if !self.brief {
            self.paint(f, TIME, Rfc3339(message.time))?;
            match file {
                Some(file) => write!(f, " {file}:{} ", message.source.frame)?,
                None => write!(f, " #{} ", message.source.frame)?,
            }
        }
        self.paint(f, PROTOCOL, message.interface.map_or(message.protocol.name(), |interface| interface.name()))?;
        f.write_str(" ")?;
        self.paint(f, OPERATION, message.operation)?;
        f.write_str(" ")?;
        self.paint(f, if is_refusal(message.role) { WRONG } else { Style::new() }, message.role)?;
        if (message.calling, message.called) != (Party::None, Party::None) {
            write!(f, "  {} > {}", OrDash(&message.calling), OrDash(&message.called))?;
        }
        f.write_str(" ")?;
        let named = &message.named;
        self.field(f, SUBSCRIBER, "imsi", named.imsi)?;
        self.field(f, SUBSCRIBER, "msisdn", named.msisdn)?;
        let device = if named.imei.is_some_and(Imei::is_imeisv) { "imeisv" } else { "imei" };
        self.field(f, SUBSCRIBER, device, named.imei)?;
        self.field(f, SUBSCRIBER, "tmsi", named.tmsi.map(|tmsi| format!("{tmsi:08x}")))?;
        self.field(f, SUBSCRIBER, "guti", named.guti)?;
        self.field(f, PLACE, "cell", named.cell)?;
        self.field(f, PLACE, "plmn", named.plmn)?;
        self.field(f, Style::new(), "from", named.calling)?;
        self.field(f, Style::new(), "to", named.called)?;
        self.field(f, Style::new(), "node", named.serving_node)?;
        for identity in &named.more {
            write!(f, " {identity}")?;
        }
        self.field(f, WRONG, "cause", message.cause)?;
        if message.dialogue != Dialogue::None {
            f.write_str("  ")?;
            self.paint(f, TIME, message.dialogue)?;
        }
        self.field(f, TIME, "repeat_of", message.repeat_of.map(|source| source.frame))?;
        let status = Some(message.status).filter(|status| *status != Status::Complete);
        self.field(f, WRONG, "status", status.map(Status::name))
    }
}

struct OrDash<'a>(&'a Party<'a>);

impl fmt::Display for OrDash<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Party::None => f.write_str("-"),
            party => party.fmt(f),
        }
    }
}
