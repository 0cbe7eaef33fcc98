//! Mixed: what families say together. A gateway calls and does nothing else; a person does some of everything.

use super::definition::definitions;
use super::{Accumulator, Definition, share};

const KOUAM: &str = "Kouam et al. 2024: traffic of a card beside calls";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "voice_only" Share: "1 where it calls and no data session was seen, else 0",
        says "{calls and uses data|calls and uses no data}",
        from KOUAM, needs [CallsOut, Data], absent "no outgoing call";
    "calls_share" Share: "outgoing calls / outgoing calls and messages sent",
        says "{} of what it did were calls, the rest messages",
        from KOUAM, needs [CallsOut, SmsOut], absent "no call or message of its own";
    "own_share" Share: "calls and messages of its own / all its calls and messages",
        says "began {} of its calls and messages itself",
        from KOUAM, needs [CallsOut, CallsIn, SmsOut, SmsIn], absent "no call or message";
    "calls_per_register" Ratio: "outgoing calls / registrations",
        says "made {} calls for each registration",
        from "CN113660721A: switched on to call", needs [CallsOut, Registers], absent "no registration";
    "idle_share" Share: "hours in which it was seen without a call or message of its own / hours in which it was seen",
        says "neither called nor wrote in {} of the hours in which it was seen",
        from "CN113660721A: registered without use", needs [CallsOut, Registers], absent "never";
};

impl Accumulator {
    /// Calls out and in, messages sent and received.
    pub(super) fn traffic(&self) -> [u32; 4] {
        let (calls, messages) = (self.calls.get(), self.messages.get());
        let (out, incoming) = calls.map_or((0, 0), |calls| (calls.outgoing(), calls.incoming()));
        let (sent, received) = messages.map_or((0, 0), |messages| (messages.sent(), messages.received()));
        [out, incoming, sent, received]
    }
}

pub(super) fn finish(of: &Accumulator, out: &mut Vec<f64>) {
    let [called, was_called, sent, received] = of.traffic().map(f64::from);
    let data = of.data.get().is_some_and(super::data::Data::any);
    let (seen, used) = of.life.hours();
    out.push(if called > 0.0 { f64::from(u8::from(!data)) } else { f64::NAN });
    out.push(share(called, called + sent));
    out.push(share(called + sent, called + sent + was_called + received));
    out.push(share(called, of.registration.registers()));
    out.push(share(seen.saturating_sub(used), seen));
}
