//! The kinds of people and machines.

/// What a subscriber is; the `archetype` of `truth.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Archetype {
    /// A person with a phone.
    Ordinary,
    /// A person who hardly calls.
    Light,
    /// A person who calls and is called all day.
    Heavy,
    /// A student, often in a dormitory.
    Student,
    /// An old person who stays at home.
    Elderly,
    /// A person who works at night and sleeps by day.
    NightWorker,
    /// The second phone of somebody who carries two.
    SecondPhone,
    /// A stranger in town with a prepaid card for some days.
    PrepaidVisitor,
    /// A child's watch.
    Watch,
    /// An agent of a call centre.
    CallCentre,
    /// A seller who calls number after number.
    Telesales,
    /// A courier.
    Courier,
    /// A taxi driver.
    Taxi,
    /// A shop's telephone.
    Shop,
    /// A new card that its dealer tries in the phone on his counter before the customer has it.
    DealerCard,
    /// A repair shop's test card, which is put into phone after phone.
    RepairShop,
    /// A meter.
    Meter,
    /// A lift's emergency telephone.
    Lift,
    /// An alarm panel.
    Alarm,
    /// A payment terminal.
    PaymentTerminal,
    /// A tracker on wheels.
    Tracker,
    /// A home router, some with a telephone on it.
    Router,
    /// A network test probe: it calls by the clock and looks like a gateway.
    Probe,
    /// A modem from which a firm's software sends messages.
    Application,
    /// A visitor from another network.
    Visitor,
    /// A card that a gateway started with.
    Gateway,
}

impl Archetype {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Ordinary,
        Self::Light,
        Self::Heavy,
        Self::Student,
        Self::Elderly,
        Self::NightWorker,
        Self::SecondPhone,
        Self::PrepaidVisitor,
        Self::Watch,
        Self::CallCentre,
        Self::Telesales,
        Self::Courier,
        Self::Taxi,
        Self::Shop,
        Self::DealerCard,
        Self::RepairShop,
        Self::Meter,
        Self::Lift,
        Self::Alarm,
        Self::PaymentTerminal,
        Self::Tracker,
        Self::Router,
        Self::Probe,
        Self::Application,
        Self::Visitor,
        Self::Gateway,
    ];

    /// As in `truth.csv` and in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Light => "light",
            Self::Heavy => "heavy",
            Self::Student => "student",
            Self::Elderly => "elderly",
            Self::NightWorker => "night_worker",
            Self::SecondPhone => "second_phone",
            Self::PrepaidVisitor => "prepaid_visitor",
            Self::Watch => "watch",
            Self::CallCentre => "call_centre",
            Self::Telesales => "telesales",
            Self::Courier => "courier",
            Self::Taxi => "taxi",
            Self::Shop => "shop",
            Self::DealerCard => "dealer_card",
            Self::RepairShop => "repair_shop",
            Self::Meter => "meter",
            Self::Lift => "lift",
            Self::Alarm => "alarm",
            Self::PaymentTerminal => "payment_terminal",
            Self::Tracker => "tracker",
            Self::Router => "router",
            Self::Probe => "probe",
            Self::Application => "application",
            Self::Visitor => "visitor",
            Self::Gateway => "gateway",
        }
    }

    /// The archetype of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|archetype| archetype.name() == name)
    }

    /// A person with a telephone of its own, which is what records of calls of private customers are about.
    pub fn personal(self) -> bool {
        self <= Self::PrepaidVisitor || matches!(self, Self::Courier | Self::Taxi | Self::DealerCard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for archetype in Archetype::ALL {
            assert_eq!(Archetype::named(archetype.name()), Some(archetype));
        }
        assert_eq!(Archetype::named("nobody"), None);
    }
}
