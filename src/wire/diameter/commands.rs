//! Commands and applications: RFC 6733 §3.1, TS 29.230 clauses 4 and 5.

/// A command: a request and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Command code.
    pub code: u32,
    /// The specification's name without `-Request` or `-Answer`.
    pub name: &'static str,
    /// Abbreviation of the request, as `ULR`.
    pub request: &'static str,
    /// Abbreviation of the answer, as `ULA`.
    pub answer: &'static str,
    /// Applications that use it; empty where any session may (RFC 6733 §8: RAR, ACR, ASR, STR).
    pub applications: &'static [u32],
}

impl Command {
    /// The abbreviation for one direction.
    pub fn abbreviation(&self, request: bool) -> &'static str {
        if request { self.request } else { self.answer }
    }
}

/// An application: what runs on one interface (or a few).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application {
    /// Application id.
    pub id: u32,
    /// The interface in lower case, as in the `interface` field of messages.
    pub interface: &'static str,
}

macro_rules! applications {
    ($($constant:ident = $id:literal, $interface:literal;)*) => {
        $(const $constant: u32 = $id;)*
        /// All known applications, in ascending order of their id.
        const APPLICATIONS: &[Application] = &[$(Application { id: $constant, interface: $interface },)*];
    };
}

applications! {
    BASE = 0, "base";
    NASREQ = 1, "nasreq";
    MIP4 = 2, "mip4";
    ACCOUNTING = 3, "rf"; // base accounting: Rf of TS 32.299
    CREDIT_CONTROL = 4, "ro"; // Gy is told apart by Service-Context-Id
    EAP = 5, "eap";
    SIP = 6, "sip";
    MIP6_IKE = 7, "mip6i";
    MIP6_AUTH = 8, "mip6a";
    QOS = 9, "qos";
    CAPABILITIES_UPDATE = 10, "base"; // RFC 6737
    IKE_SK = 11, "ikesk";
    NAT_CONTROL = 12, "nat";
    ERP = 13, "erp";
    CX = 16_777_216, "cx"; // and Dx
    SH = 16_777_217, "sh"; // and Dh
    RE = 16_777_218, "re";
    WX = 16_777_219, "wx";
    ZN = 16_777_220, "zn";
    ZH = 16_777_221, "zh";
    GQ = 16_777_222, "gq";
    GMB = 16_777_223, "gmb";
    GX_R5 = 16_777_224, "gx"; // TS 29.210, before Release 7
    GX_GY_R6 = 16_777_225, "gx"; // Gx over Gy, TS 29.210
    MM10 = 16_777_226, "mm10";
    RX_R6 = 16_777_229, "rx"; // TS 29.211
    PR = 16_777_230, "pr";
    E4 = 16_777_231, "e4"; // ETSI ES 283 034
    RS = 16_777_235, "rs"; // ITU-T Q.3301.1
    RX = 16_777_236, "rx";
    GX = 16_777_238, "gx";
    STA = 16_777_250, "sta";
    S6A = 16_777_251, "s6a"; // and S6d
    S13 = 16_777_252, "s13"; // and S13'
    RE_ETSI = 16_777_253, "re"; // ETSI TS 183 060
    GOCAP = 16_777_254, "gocap";
    SLG = 16_777_255, "slg";
    RW = 16_777_256, "rw"; // ITU-T Q.3303.3
    A4 = 16_777_257, "a4"; // ETSI
    SWM = 16_777_264, "swm";
    SWX = 16_777_265, "swx";
    GXX = 16_777_266, "gxx";
    S9 = 16_777_267, "s9";
    ZPN = 16_777_268, "zpn";
    S6B = 16_777_272, "s6b";
    RR_REQUEST = 16_777_278, "rr"; // ETSI TS 183 071
    RR_DELEGATED = 16_777_279, "rr";
    SLH = 16_777_291, "slh";
    SGMB = 16_777_292, "sgmb";
    SY = 16_777_302, "sy";
    SD = 16_777_303, "sd";
    S7A = 16_777_308, "s7a";
    TSP = 16_777_309, "tsp";
    S6M = 16_777_310, "s6m";
    T4 = 16_777_311, "t4";
    S6C = 16_777_312, "s6c";
    SGD = 16_777_313, "sgd"; // and Gdd
    S15 = 16_777_318, "s15";
    S9A = 16_777_319, "s9a";
    S9A_STAR = 16_777_320, "s9a*";
    MB2C = 16_777_335, "mb2c";
    PC4A = 16_777_336, "pc4a";
    PC2_OLD = 16_777_337, "pc2";
    PC6 = 16_777_340, "pc6"; // and PC7
    NP = 16_777_342, "np";
    S6T = 16_777_345, "s6t";
    T6A = 16_777_346, "t6a"; // and T6b
    NS = 16_777_347, "ns";
    NT = 16_777_348, "nt";
    ST = 16_777_349, "st";
    PC2 = 16_777_350, "pc2";
    DATA_MANAGEMENT = 16_777_351, "ddm"; // TS 29.283
    V4 = 16_777_355, "v4";
    V6 = 16_777_356, "v6";
    NTA = 16_777_358, "nta";
    RELAY = 0xffff_ffff, "relay";
}

const ANY: &[u32] = &[];
const PEER: &[u32] = &[BASE, RELAY];
const CREDIT: &[u32] = &[CREDIT_CONTROL, RE, GX_R5, GX_GY_R6, GX, GXX, S9, SD, S15, ST];

macro_rules! commands {
    ($($code:literal, $name:literal, $request:literal, $answer:literal, $applications:expr;)*) => {
        /// All known commands, in ascending order of their code.
        const COMMANDS: &[Command] = &[$(Command {
            code: $code, name: $name, request: $request, answer: $answer, applications: $applications,
        },)*];
    };
}

commands! {
    257, "Capabilities-Exchange", "CER", "CEA", PEER;
    258, "Re-Auth", "RAR", "RAA", ANY;
    260, "AA-Mobile-Node", "AMR", "AMA", &[MIP4];
    262, "Home-Agent-MIP", "HAR", "HAA", &[MIP4];
    265, "AA", "AAR", "AAA", &[NASREQ, GQ, GMB, RX_R6, RX, STA, SWM, S6B, GXX, S9, SGMB, RS, GOCAP, RE_ETSI, RR_REQUEST, RR_DELEGATED];
    268, "Diameter-EAP", "DER", "DEA", &[EAP, STA, SWM, S6B, MIP6_IKE, WX, PR];
    271, "Accounting", "ACR", "ACA", ANY;
    272, "Credit-Control", "CCR", "CCA", CREDIT;
    274, "Abort-Session", "ASR", "ASA", ANY;
    275, "Session-Termination", "STR", "STA", ANY;
    280, "Device-Watchdog", "DWR", "DWA", PEER;
    282, "Disconnect-Peer", "DPR", "DPA", PEER;
    283, "User-Authorization", "UAR", "UAA", &[SIP];
    284, "Server-Assignment", "SAR", "SAA", &[SIP];
    285, "Location-Info", "LIR", "LIA", &[SIP];
    286, "Multimedia-Auth", "MAR", "MAA", &[SIP];
    287, "Registration-Termination", "RTR", "RTA", &[SIP];
    288, "Push-Profile", "PPR", "PPA", &[SIP];
    300, "User-Authorization", "UAR", "UAA", &[CX];
    301, "Server-Assignment", "SAR", "SAA", &[CX, WX, SWX];
    302, "Location-Info", "LIR", "LIA", &[CX];
    303, "Multimedia-Auth", "MAR", "MAA", &[CX, WX, ZH, SWX];
    304, "Registration-Termination", "RTR", "RTA", &[CX, WX, SWX];
    305, "Push-Profile", "PPR", "PPA", &[CX, WX, SWX];
    306, "User-Data", "UDR", "UDA", &[SH, E4];
    307, "Profile-Update", "PUR", "PUA", &[SH];
    308, "Subscribe-Notifications", "SNR", "SNA", &[SH];
    309, "Push-Notification", "PNR", "PNA", &[SH, E4];
    310, "Boostrapping-Info", "BIR", "BIA", &[ZN]; // so written in TS 29.109
    311, "Message-Process", "MPR", "MPA", &[MM10];
    312, "GBAPush-Info", "GPR", "GPA", &[ZPN];
    314, "Policy-Data", "PDR", "PDA", &[RS, RW];
    315, "Policy-Install", "PIR", "PIA", &[RS, RW];
    316, "Update-Location", "ULR", "ULA", &[S6A];
    317, "Cancel-Location", "CLR", "CLA", &[S6A];
    318, "Authentication-Information", "AIR", "AIA", &[S6A];
    319, "Insert-Subscriber-Data", "IDR", "IDA", &[S6A];
    320, "Delete-Subscriber-Data", "DSR", "DSA", &[S6A];
    321, "Purge-UE", "PUR", "PUA", &[S6A];
    322, "Reset", "RSR", "RSA", &[S6A];
    323, "Notify", "NOR", "NOA", &[S6A];
    324, "ME-Identity-Check", "ECR", "ECA", &[S13];
    325, "MIP6", "MIR", "MIA", &[MIP6_AUTH];
    326, "QoS-Authorization", "QAR", "QAA", &[QOS];
    327, "QoS-Install", "QIR", "QIA", &[QOS];
    328, "Capabilities-Update", "CUR", "CUA", &[CAPABILITIES_UPDATE];
    329, "IKEv2-SK", "IKESKR", "IKESKA", &[IKE_SK];
    330, "NAT-Control", "NCR", "NCA", &[NAT_CONTROL];
    8_388_620, "Provide-Location", "PLR", "PLA", &[SLG];
    8_388_621, "Location-Report", "LRR", "LRA", &[SLG];
    8_388_622, "LCS-Routing-Info", "RIR", "RIA", &[SLH];
    8_388_635, "Spending-Limit", "SLR", "SLA", &[SY];
    8_388_636, "Spending-Status-Notification", "SNR", "SNA", &[SY];
    8_388_637, "TDF-Session", "TSR", "TSA", &[SD, ST];
    8_388_638, "Update-VCSG-Location", "UVR", "UVA", &[S7A];
    8_388_639, "Device-Action", "DAR", "DAA", &[TSP];
    8_388_640, "Device-Notification", "DNR", "DNA", &[TSP];
    8_388_641, "Subscriber-Information", "SIR", "SIA", &[S6M];
    8_388_642, "Cancel-VCSG-Location", "CVR", "CVA", &[S7A];
    8_388_643, "Device-Trigger", "DTR", "DTA", &[T4];
    8_388_644, "Delivery-Report", "DRR", "DRA", &[T4];
    8_388_645, "MO-Forward-Short-Message", "OFR", "OFA", &[SGD];
    8_388_646, "MT-Forward-Short-Message", "TFR", "TFA", &[SGD];
    8_388_647, "Send-Routing-Info-for-SM", "SRR", "SRA", &[S6C];
    8_388_648, "Alert-Service-Centre", "ALR", "ALA", &[S6C, SGD];
    8_388_649, "Report-SM-Delivery-Status", "RDR", "RDA", &[S6C];
    8_388_656, "Trigger-Establishment", "TER", "TEA", &[S9A, S9A_STAR];
    8_388_662, "GCS-Action", "GAR", "GAA", &[MB2C];
    8_388_663, "GCS-Notification", "GNR", "GNA", &[MB2C];
    8_388_664, "ProSe-Subscriber-Information", "PIR", "PIA", &[PC4A];
    8_388_665, "Update-ProSe-Subscriber-Data", "UPR", "UPA", &[PC4A];
    8_388_666, "ProSe-Notify", "PNR", "PNA", &[PC4A];
    8_388_667, "Reset", "RSR", "RSA", &[PC4A];
    8_388_668, "ProSe-Authorization", "PAR", "PAA", &[PC6];
    8_388_669, "ProSe-Discovery", "PDR", "PDA", &[PC6];
    8_388_670, "ProSe-Match", "PMR", "PMA", &[PC6];
    8_388_671, "ProSe-Match-Report-Info", "PIR", "PIA", &[PC6];
    8_388_672, "ProSe-Proximity", "PRR", "PRA", &[PC6];
    8_388_673, "ProSe-Location-Update", "PLR", "PLA", &[PC6];
    8_388_674, "ProSe-Alert", "ALR", "ALA", &[PC6];
    8_388_675, "ProSe-Cancellation", "RPR", "RPA", &[PC6];
    8_388_676, "ProXimity-Action", "PXR", "PXA", &[PC2_OLD, PC2];
    8_388_713, "ProSe-Initial-Location-Information", "PSR", "PSA", &[PC4A];
    8_388_718, "Configuration-Information", "CIR", "CIA", &[S6T, T6A];
    8_388_719, "Reporting-Information", "RIR", "RIA", &[S6T, T6A];
    8_388_720, "Non-Aggregated-RUCI-Report", "NRR", "NRA", &[NP];
    8_388_721, "Aggregated-RUCI-Report", "ARR", "ARA", &[NP];
    8_388_722, "Modify-Uecontext", "MUR", "MUA", &[NP];
    8_388_723, "Background-Data-Transfer", "BTR", "BTA", &[NT];
    8_388_724, "Network-Status", "NSR", "NSA", &[NS];
    8_388_725, "Network-Status-Continuous-Report", "NCR", "NCA", &[NS];
    8_388_726, "NIDD-Information", "NIR", "NIA", &[S6T];
    8_388_727, "ProXimity-Application", "XAR", "XAA", &[PC2_OLD, PC2];
    8_388_728, "Data-Pull", "DPR", "DPA", &[DATA_MANAGEMENT];
    8_388_729, "Data-Update", "DMR", "DMA", &[DATA_MANAGEMENT];
    8_388_730, "Notification-Data", "NDR", "NDA", &[DATA_MANAGEMENT];
    8_388_731, "TSSF-Notification", "TNR", "TNA", &[ST];
    8_388_732, "Connection-Management", "CMR", "CMA", &[T6A];
    8_388_733, "MO-Data", "ODR", "ODA", &[T6A];
    8_388_734, "MT-Data", "TDR", "TDA", &[T6A];
}

/// The command with that code in that application.
pub fn command(code: u32, application: u32) -> Option<&'static Command> {
    let at = COMMANDS.binary_search_by_key(&code, |command| command.code).ok()?;
    COMMANDS.get(at).filter(|command| {
        if command.applications.is_empty() {
            self::application(application).is_some()
        } else {
            command.applications.contains(&application)
        }
    })
}

/// The application with that id.
pub fn application(id: u32) -> Option<&'static Application> {
    let at = APPLICATIONS.binary_search_by_key(&id, |application| application.id).ok()?;
    APPLICATIONS.get(at)
}

/// The interface of an application id, before a message's AVPs are asked (`s6a` for S6a and S6d, `ro` for Ro and Gy).
pub fn interface(id: u32) -> Option<&'static str> {
    application(id).map(|application| application.interface)
}

/// How the User-Name of an application names the subscriber.
pub(super) fn user_name_is_imsi(application: u32) -> bool {
    // TS 29.272 §7.3.2 (S6a, S6d, S13, S7a), TS 29.172, TS 29.173, TS 29.273 §8.2.3 (SWx), TS 29.336, TS 29.337,
    // TS 29.338, TS 29.128: User-Name holds the IMSI as digits.
    matches!(application, S6A | S13 | S7A | SLG | SLH | SWX | S6M | T4 | S6C | SGD | S6T | T6A | PC4A)
}

pub(super) const S6A_S6D: u32 = S6A;
pub(super) const CREDIT_CONTROL_APPLICATION: u32 = CREDIT_CONTROL;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_without_doubles() {
        assert!(COMMANDS.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(APPLICATIONS.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn commands_are_looked_up_in_their_application() {
        assert_eq!(command(316, S6A).unwrap().name, "Update-Location");
        assert_eq!(command(316, GX), None);
        assert_eq!(command(258, GX).unwrap().abbreviation(false), "RAA");
        assert_eq!(command(258, 0x1234_5678), None);
        assert_eq!(command(303, SWX).unwrap().request, "MAR");
        assert_eq!(interface(16_777_252), Some("s13"));
    }
}
