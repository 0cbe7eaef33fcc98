//! Services: what the card asks of the network, and what others ask the network about it.

use super::definition::{NEVER, definitions};
use super::{Definition, Family, Occasional, Span, share};
use crate::event::{Event, EventKind, Result};

const HLR: &str = "3GPP TS 29.002: routing and location requests to the home register";

/// See the module.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Services {
    ussd: u32,
    supplementary: u32,
    routes: u32,
    locates: u32,
    pages: u32,
    unanswered: u32,
}

impl Occasional for Services {
    fn concerns(event: &Event) -> bool {
        matches!(
            event.kind,
            EventKind::Ussd
                | EventKind::SupplementaryService
                | EventKind::RouteQuery
                | EventKind::Locate
                | EventKind::Paging
        )
    }
}

impl Family for Services {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "ussd_per_hour" PerHour: "USSD dialogues by the hour (balances of prepaid cards)",
            says "dialled USSD {} times an hour",
            from "Reaves et al. 2015: top-up of cards in boxes", needs [Services], absent NEVER;
        "supplementary_per_hour" PerHour: "changes of supplementary services by the hour (forwarding)",
            says "changed its services {} times an hour",
            from "Sahin et al. 2017: fraud by call forwarding", needs [Services], absent NEVER;
        "route_queries_per_hour" PerHour: "questions where to route a call or message to it, by the hour",
            says "the way to it was asked {} times an hour",
            from HLR, needs [Queries], absent NEVER;
        "locates_per_hour" PerHour: "questions where it is, by the hour",
            says "its place was asked {} times an hour", from HLR, needs [Queries], absent NEVER;
        "pages_per_hour" PerHour: "times it was paged, by the hour",
            says "was paged {} times an hour", from "3GPP TS 24.008 §4.4", needs [Pages], absent NEVER;
        "pages_unanswered_share" Share: "pages without an answer / pages",
            says "left {} of its pages unanswered",
            from "3GPP TS 24.008 §4.4", needs [Pages], absent "it was not paged";
    };

    fn push(&mut self, event: &Event) {
        let count = match event.kind {
            EventKind::Ussd => &mut self.ussd,
            EventKind::SupplementaryService => &mut self.supplementary,
            EventKind::RouteQuery => &mut self.routes,
            EventKind::Locate => &mut self.locates,
            EventKind::Paging => {
                self.unanswered = self.unanswered.saturating_add(u32::from(event.outcome == Result::NoAnswer));
                &mut self.pages
            }
            _ => return,
        };
        *count = count.saturating_add(1);
    }

    fn merge(&mut self, later: &Self) {
        for (count, more) in [
            (&mut self.ussd, later.ussd),
            (&mut self.supplementary, later.supplementary),
            (&mut self.routes, later.routes),
            (&mut self.locates, later.locates),
            (&mut self.pages, later.pages),
            (&mut self.unanswered, later.unanswered),
        ] {
            *count = count.saturating_add(more);
        }
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        for count in [self.ussd, self.supplementary, self.routes, self.locates, self.pages] {
            out.push(f64::from(count) / span.hours());
        }
        out.push(share(self.unanswered, self.pages));
    }
}
