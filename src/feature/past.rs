//! Change: a subscriber against its own past. What it was in earlier windows is kept as a baseline that fades: rates halve
//! their weight in a week, contacts and cells are remembered as a sample of those with the smallest ranks.
//!
//! In the part of a window that follows a change of device, the part before it belongs to the past.

use super::definition::definitions;
use super::sample::Sample;
use super::{Accumulator, Definition, Span, share};
use crate::identity::{Digits, Imei};

/// Parties and cells that are remembered.
const MAX_CONTACTS: usize = 48;
const MAX_CELLS: usize = 16;
/// Hours in which a rate loses half of its weight.
const HALF_LIFE: f64 = 168.0;
/// A rate that makes no difference: one in a day.
const LEAST_RATE: f64 = 1.0 / 24.0;

const NO_PAST: &str = "nothing earlier was seen of it";
const NO_CHANGE: &str = "no change to another model of device";
const WATCH: &str = "reports of 2025 on cards from children's watches: another device, other contacts, other cells";
const MIIT: &str = "MIIT 2021 on dormant cards that wake up";

pub(super) const DEFINITIONS: &[Definition] = definitions! {
    "known_hours" Hours: "time since it was seen first",
        says "was first seen {} ago", from MIIT, needs [], absent NO_PAST;
    "past_active_share" Share: "earlier windows with a call or message of its own / earlier windows in which it was seen",
        says "called or wrote in {} of the earlier windows",
        from "Sichuan 2020: active days", needs [CallsOut], absent NO_PAST;
    "dormancy_hours" Hours: "silence before its first call or message: since the last earlier one, or since first seen",
        says "was silent for {} before its first call or message",
        from MIIT, needs [CallsOut], absent "nothing earlier was seen, or no call or message now";
    "calls_out_change" Ratio: "logarithm to base 2 of its rate of outgoing calls over that of its past (one a day added to each)",
        says "made {times} as many calls as before",
        from WATCH, needs [CallsOut], absent NO_PAST;
    "calls_in_change" Ratio: "the same of incoming calls",
        says "was called {times} as often as before", from WATCH, needs [CallsIn], absent NO_PAST;
    "sms_out_change" Ratio: "the same of messages sent",
        says "sent {times} as many messages as before", from WATCH, needs [SmsOut], absent NO_PAST;
    "sms_in_change" Ratio: "the same of messages received",
        says "got {times} as many messages as before", from WATCH, needs [SmsIn], absent NO_PAST;
    "contacts_new_share" Share: "parties of calls that its past does not have / parties",
        says "{} of its parties are new to it",
        from WATCH, needs [CallsOut], absent "nothing earlier was seen, or no call with a known party";
    "cells_new_share" Share: "events in cells that its past does not have / events with a cell",
        says "{} of its events were in cells that are new to it",
        from WATCH, needs [Cell], absent "nothing earlier was seen in a cell, or no cell now";
    "device_new" Share: "1 where its device is not the last one of its past, else 0",
        says "{is in the same device as before|is in another device than before}",
        from WATCH, needs [Device], absent "no device was named earlier or now";
    "device_age_hours" Hours: "time since its last change of device",
        says "came into its device {} ago", from WATCH, needs [Device], absent "no change was seen";
    "break_contacts" Share: "contacts before and after its change to another model: common ones / all (Jaccard)",
        says "kept {} of its contacts when it changed to another model of device",
        from WATCH, needs [Device, CallsOut], absent "no change to another model of device, or no contacts on both sides";
    "break_cells" Share: "cells before and after its change to another model: common ones / all (Jaccard)",
        says "kept {} of its cells when it changed to another model of device",
        from WATCH, needs [Device, Cell], absent "no change to another model of device, or no cells on both sides";
    "break_calls_out" Ratio: "calls_out_change where it changed to another model",
        says "made {times} as many calls in another model of device as before", from WATCH, needs [Device, CallsOut],
        absent NO_CHANGE;
    "break_calls_in" Ratio: "calls_in_change where it changed to another model",
        says "was called {times} as often in another model of device as before", from WATCH, needs [Device, CallsIn],
        absent NO_CHANGE;
};

/// What is remembered of a subscriber.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Past {
    /// First seen, and the last call or message of its own: seconds, 0 for never.
    first: u32,
    active: u32,
    /// Windows in which it was seen, and those with a call or message of its own.
    windows: u16,
    active_windows: u16,
    /// The last device, and when it came into it from another.
    device: Option<Imei>,
    changed: u32,
    /// Hours, then calls out and in, messages out and in, all fading alike.
    hours: f32,
    counts: [f32; 4],
    contacts: Sample<u64, u32, MAX_CONTACTS>,
    cells: Sample<u64, u32, MAX_CELLS>,
}

fn first_device(of: &Accumulator) -> Option<Imei> {
    of.stays().iter().map(|stay| stay.imei).find(|imei| !imei.is_zero())
}

/// Keys in common / all keys, among the ranks that both know.
fn jaccard(a: impl Iterator<Item = u64> + Clone, b: &[u64], horizon: u64) -> f64 {
    let a = a.filter(|key| *key <= horizon);
    let (left, right) = (a.clone().count(), b.iter().filter(|key| **key <= horizon).count());
    let common = a.filter(|key| b.contains(key)).count();
    if left == 0 || right == 0 {
        return f64::NAN;
    }
    share(common as f64, left.saturating_add(right).saturating_sub(common) as f64)
}

impl Past {
    /// Remembers what was gathered in a window or in a part of one.
    pub(super) fn learn(&mut self, of: &Accumulator, span: Span) {
        if self.first == 0 {
            self.first = of.life.first();
        }
        if let Some((_, last)) = of.life.own() {
            self.active = last;
            self.active_windows = self.active_windows.saturating_add(1);
        }
        self.windows = self.windows.saturating_add(1);
        self.changed = self.device_changed(of).unwrap_or(self.changed);
        let last = of.stays().iter().rev().map(|stay| stay.imei).find(|imei| !imei.is_zero());
        self.device = last.or(self.device);
        let fading = (-span.hours() / HALF_LIFE).exp2();
        let faded = |old: f32, new: f64| (f64::from(old) * fading + new) as f32;
        self.hours = faded(self.hours, span.hours());
        for (old, new) in self.counts.iter_mut().zip(of.traffic()) {
            *old = faded(*old, f64::from(new));
        }
        if let Some(calls) = of.calls.get() {
            calls.contacts().iter().for_each(|(key, _)| self.contacts.add(key, 1));
        }
        of.cells().for_each(|(spot, _)| self.cells.add(spot.place(), 1));
    }

    /// When the card last came into another device, in seconds.
    fn device_changed(&self, of: &Accumulator) -> Option<u32> {
        let stays = of.stays();
        let start = |stay: &super::Stay| super::spot::second(stay.first().time());
        if stays.len() > 1 {
            return stays.last().map(start);
        }
        let only = stays.first()?;
        (self.device?.device() != only.imei.device()).then(|| start(only))
    }

    /// The values of a window, or of a part of one, against this past.
    pub(super) fn finish(&self, of: &Accumulator, span: Span, out: &mut Vec<f64>) {
        let known = |value: f64| if self.windows > 0 { value } else { f64::NAN };
        let hours = |from: u32, to: u32| f64::from(to.saturating_sub(from)) / 3600.0;
        let end = super::spot::second(span.end);
        let since = if self.active > 0 { self.active } else { self.first };
        let wait = of.life.own().map_or(f64::NAN, |(first, _)| hours(since, first));
        let rates: [f64; 4] = {
            let now = of.traffic().map(f64::from);
            let mut rates = now;
            for ((rate, now), past) in rates.iter_mut().zip(now).zip(self.counts) {
                let before = f64::from(past) / f64::from(self.hours).max(1e-9);
                *rate = known(((now / span.hours() + LEAST_RATE) / (before + LEAST_RATE)).log2());
            }
            rates
        };
        let [calls_out, calls_in, ..] = rates;
        let device = first_device(of);
        let model = |imei: Imei| imei.tac();
        let moved = self.device.zip(device).is_some_and(|(past, now)| model(past) != model(now));
        let at_break = |value: f64| if moved { value } else { f64::NAN };
        let other = |now: Imei, past: Digits| f64::from(u8::from(now.device() != past));

        let parties: Vec<u64> = self.contacts.iter().map(|(key, _)| key).collect();
        let cells: Vec<u64> = self.cells.iter().map(|(key, _)| key).collect();
        let contacts = of.calls.get().map(super::Calls::contacts);
        let horizon = self.contacts.horizon().min(contacts.map_or(u64::MAX, Sample::horizon));
        let now: Vec<u64> = contacts.into_iter().flat_map(Sample::iter).map(|(key, _)| key).collect();
        let within = now.iter().filter(|key| **key <= horizon);
        let new = within.clone().filter(|key| !parties.contains(key)).count();
        let (mut in_new, mut in_all) = (0.0, 0.0);
        for (spot, count) in of.cells().filter(|(spot, _)| spot.place() <= self.cells.horizon()) {
            in_all += f64::from(count);
            if !cells.contains(&spot.place()) {
                in_new += f64::from(count);
            }
        }
        let changed = self.device_changed(of).unwrap_or(self.changed);
        out.push(known(hours(self.first, end)));
        out.push(share(self.active_windows, self.windows));
        out.push(known(wait));
        out.extend(rates);
        out.push(known(share(new as f64, within.count() as f64)));
        out.push(if cells.is_empty() { f64::NAN } else { share(in_new, in_all) });
        out.push(device.zip(self.device).map_or(f64::NAN, |(now, past)| other(now, past.device())));
        out.push(if changed > 0 { hours(changed, end) } else { f64::NAN });
        out.push(at_break(jaccard(now.iter().copied(), &parties, horizon)));
        let places = of.cells().map(|(spot, _)| spot.place());
        let places: Vec<u64> = places.collect();
        out.push(at_break(jaccard(places.iter().copied(), &cells, self.cells.horizon())));
        out.push(at_break(calls_out));
        out.push(at_break(calls_in));
    }
}
