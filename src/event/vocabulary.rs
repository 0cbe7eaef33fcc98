//! The closed sets of words in events and messages: interfaces, kinds, directions, radio access.

/// A closed set of words: the `enum`, its names, and its text form.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The word in records.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
            /// The one with that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

words! {
    /// What a subscriber did, or what was done to it.
    EventKind {
        /// Came under a serving node (update location, attach, REGISTER).
        Register = "register",
        /// Left (purge, detach, expiry).
        Deregister = "deregister",
        /// Was cancelled because it came up elsewhere.
        Moved = "moved",
        /// Was authenticated, or authentication vectors were fetched for it.
        Authenticate = "authenticate",
        /// Its equipment was checked.
        EquipmentCheck = "equipment_check",
        /// A call was set up.
        CallAttempt = "call_attempt",
        /// The call was answered.
        CallAnswer = "call_answer",
        /// The call ended.
        CallEnd = "call_end",
        /// A short message was sent.
        SmsSubmit = "sms_submit",
        /// A short message was delivered.
        SmsDeliver = "sms_deliver",
        /// An unstructured supplementary service dialogue.
        Ussd = "ussd",
        /// A supplementary service was changed.
        SupplementaryService = "supplementary_service",
        /// A data session began.
        DataStart = "data_start",
        /// A data session changed.
        DataUpdate = "data_update",
        /// A data session ended.
        DataEnd = "data_end",
        /// Was paged.
        Paging = "paging",
        /// Changed its cell in a call.
        Handover = "handover",
        /// Somebody asked where to route a call or message to it.
        RouteQuery = "route_query",
        /// Somebody asked where it is.
        Locate = "locate",
    }
}

words! {
    /// Who started it, seen from the subscriber.
    Direction {
        /// Mobile originated: the subscriber did it.
        Mo = "mo",
        /// Mobile terminated: it was done to the subscriber.
        Mt = "mt",
        /// Neither.
        None = "none",
    }
}

words! {
    /// Radio access technology.
    Rat {
        /// 2G.
        Geran = "geran",
        /// 3G.
        Utran = "utran",
        /// 4G.
        Eutran = "eutran",
        /// 5G.
        Nr = "nr",
        /// Wireless LAN.
        Wlan = "wlan",
    }
}

words! {
    /// The interface that showed it.
    Interface {
        /// MAP between VLR or MSC and HLR (TS 29.002; C and D).
        MapD = "map-c/d",
        /// MAP between SGSN and HLR (Gr).
        MapGr = "map-gr",
        /// MAP between GGSN and HLR (Gc).
        MapGc = "map-gc",
        /// MAP towards the equipment register (F, Gf).
        MapF = "map-f",
        /// MAP for short messages (C, E, Gd).
        MapSms = "map-sms",
        /// MAP, other.
        Map = "map",
        /// CAP between gsmSSF and gsmSCF.
        Cap = "cap",
        /// Diameter base.
        DiameterBase = "base",
        /// MME and HSS.
        S6a = "s6a",
        /// SGSN and HSS.
        S6d = "s6d",
        /// MME and EIR.
        S13 = "s13",
        /// Policy control.
        Gx = "gx",
        /// Online charging of packet data.
        Gy = "gy",
        /// Online charging.
        Ro = "ro",
        /// Offline charging.
        Rf = "rf",
        /// Policy control for IMS.
        Rx = "rx",
        /// CSCF and HSS.
        Cx = "cx",
        /// Application server and HSS.
        Sh = "sh",
        /// 3GPP AAA and HSS.
        SWx = "swx",
        /// 3GPP AAA and packet gateway.
        S6b = "s6b",
        /// SMS centre and HSS.
        S6c = "s6c",
        /// SMS centre and MME.
        SGd = "sgd",
        /// Location, MME.
        SLg = "slg",
        /// Location, HSS.
        SLh = "slh",
        /// Roaming policy.
        S9 = "s9",
        /// Exposure, HSS.
        S6t = "s6t",
        /// Packet gateway of untrusted access and 3GPP AAA.
        SWm = "swm",
        /// Trusted access and 3GPP AAA.
        STa = "sta",
        /// Policy control of access gateways.
        Gxx = "gxx",
        /// Policy counters of online charging.
        Sy = "sy",
        /// Traffic detection.
        Sd = "sd",
        /// Closed subscriber groups, home register.
        S7a = "s7a",
        /// Machine type communication, HSS.
        S6m = "s6m",
        /// Device triggers.
        T4 = "t4",
        /// Exposure, MME and SGSN.
        T6a = "t6a",
        /// Congestion awareness of the radio network.
        Np = "np",
        /// Proximity services, HSS.
        Pc4a = "pc4a",
        /// Traffic steering.
        St = "st",
        /// Another Diameter application.
        Diameter = "diameter",
        /// SIP between user equipment and CSCF or among IMS nodes.
        Sip = "sip",
        /// BSC and MSC (TS 48.008).
        A = "a",
        /// RNC and MSC (TS 25.413).
        IuCs = "iu-cs",
        /// RNC and SGSN (TS 25.413).
        IuPs = "iu-ps",
        /// MME and VLR (TS 29.118).
        Sgs = "sgs",
        /// eNodeB and MME (TS 36.413).
        S1 = "s1",
        /// gNodeB and AMF (TS 38.413).
        N2 = "n2",
        /// SGSN and GGSN (TS 29.060; also Gp).
        Gn = "gn",
        /// MME and serving gateway (TS 29.274).
        S11 = "s11",
        /// Serving and packet gateway (TS 29.274; also S8).
        S5 = "s5/s8",
        /// SGSN and serving gateway (TS 29.274).
        S4 = "s4",
        /// Trusted WLAN and packet gateway (TS 29.274).
        S2a = "s2a",
        /// Untrusted WLAN (ePDG) and packet gateway (TS 29.274).
        S2b = "s2b",
        /// MME and SGSN (TS 29.274).
        S3 = "s3",
        /// MME and MME (TS 29.274).
        S10 = "s10",
        /// SGSN and SGSN (TS 29.274).
        S16 = "s16",
        /// MME or SGSN and MSC, for single radio voice call continuity (TS 29.280).
        Sv = "sv",
        /// MME and AMF (TS 29.274).
        N26 = "n26",
        /// Control and user plane (TS 29.244; also Sxa, Sxb).
        N4 = "n4",
        /// GTPv2-C, other.
        Gtp = "gtp",
        /// MSC or SGSN and HLR by GSUP.
        Gsup = "gsup",
        /// Exchanges of the fixed and mobile network (Q.764, Q.1902).
        Isup = "isup",
        /// Service switching and control points (Q.1218).
        Inap = "inap",
        /// Cellular radiotelecommunications intersystem operations (ANSI-41).
        AnsiMap = "ansi-map",
        /// Service based interfaces of the 5G core (TS 29.500).
        Sbi = "sbi",
        /// Call records of an operator.
        Cdr = "cdr",
    }
}

words! {
    /// How the subscriber of an event was known.
    ResolvedBy {
        /// The message itself named the IMSI.
        Direct = "direct",
        /// Another message of the same dialogue, session or call did.
        Dialogue = "dialogue",
        /// Its number was tied to an IMSI before.
        Msisdn = "msisdn",
        /// Its device was tied to an IMSI before.
        Imei = "imei",
        /// Its temporary identity was.
        Tmsi = "tmsi",
        /// It was not known.
        Unresolved = "unresolved",
    }
}

words! {
    /// How it ended, in words that all protocols share.
    Result {
        /// As asked.
        Success = "success",
        /// Refused or failed.
        Failure = "failure",
        /// The other party did not answer.
        NoAnswer = "no_answer",
        /// The other party was busy.
        Busy = "busy",
        /// Not (yet) seen.
        Unknown = "unknown",
    }
}

pub(crate) use words;
