//! Handover between exchanges and tracing (MAP-MS-DataTypes, MAP-OM-DataTypes; versions 1 and 2 from TS 09.02).
//!
//! What the radio side says to the other exchange (BSSAP, RANAP or layer 3) lies whole in these operations.

use super::super::super::fields::Tag::{Context, Octets, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::{ACCESS_SIGNAL, EXTERNAL_SIGNAL};

// PrepareHO-Arg ::= SEQUENCE {targetCellId GlobalCellId OPTIONAL, ho-NumberNotRequired NULL OPTIONAL,
//     bss-APDU ExternalSignalInfo OPTIONAL, ...}                 -- version 2
// PrepareHO-Arg ::= [3] SEQUENCE {targetCellId [0] GlobalCellId OPTIONAL, ...,
//     an-APDU [2] AccessNetworkSignalInfo OPTIONAL, ..., imsi [4] IMSI OPTIONAL, ..., imeisv [22] IMEI OPTIONAL, ...}
pub(super) const PREPARE_HANDOVER: &[Field] = &[
    into(Sequence, &[take(Octets(0), Role::CgiOrLai), into(Sequence, EXTERNAL_SIGNAL)]),
    into(
        Context(3),
        &[
            take(Context(0), Role::CgiOrLai),
            into(Context(2), ACCESS_SIGNAL),
            take(Context(4), Role::Imsi),
            take(Context(22), Role::Imei),
        ],
    ),
];

// PrepareHO-Res ::= SEQUENCE {handoverNumber ISDN-AddressString OPTIONAL, bss-APDU ExternalSignalInfo OPTIONAL, ...}
// PrepareHO-Res ::= [3] SEQUENCE {handoverNumber [0] ISDN-AddressString OPTIONAL,
//     relocationNumberList [1] SEQUENCE OF SEQUENCE {handoverNumber ISDN-AddressString, ...} OPTIONAL,
//     an-APDU [2] AccessNetworkSignalInfo OPTIONAL, ...}
pub(super) const PREPARE_HANDOVER_RES: &[Field] = &[
    into(Sequence, &[take(Octets(0), Role::Called), into(Sequence, EXTERNAL_SIGNAL)]),
    into(
        Context(3),
        &[
            take(Context(0), Role::Called),
            into(Context(1), &[into(Sequence, &[take(Octets(0), Role::Called)])]),
            into(Context(2), ACCESS_SIGNAL),
        ],
    ),
];

// PerformHO-Arg ::= SEQUENCE {targetCellId GlobalCellId, servingCellId GlobalCellId, ...}      -- version 1
// PerformHO-Res ::= SEQUENCE {handoverNumber ISDN-AddressString, accessSignalInfo ExternalSignalInfo OPTIONAL}
pub(super) const PERFORM_HANDOVER: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::CgiOrLai), take(Octets(1), Role::CgiOrLai)])];
pub(super) const PERFORM_HANDOVER_RES: &[Field] = PREPARE_HANDOVER_RES;

// PerformSubsequentHO-Arg ::= SEQUENCE {targetCellId GlobalCellId, servingCellId GlobalCellId,
//     targetMSC-Number ISDN-AddressString, ...}                  -- version 1
pub(super) const PERFORM_SUBSEQUENT_HANDOVER: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::CgiOrLai), take(Octets(1), Role::CgiOrLai), take(Octets(2), Role::Node)])];

// PrepareSubsequentHO-Arg ::= SEQUENCE {targetCellId GlobalCellId, targetMSC-Number ISDN-AddressString,
//     bss-APDU ExternalSignalInfo}                               -- version 2
// PrepareSubsequentHO-Arg ::= [3] SEQUENCE {targetCellId [0] GlobalCellId OPTIONAL,
//     targetMSC-Number [1] ISDN-AddressString, ..., an-APDU [3] AccessNetworkSignalInfo OPTIONAL, ...}
pub(super) const PREPARE_SUBSEQUENT_HANDOVER: &[Field] = &[
    into(Sequence, &[take(Octets(0), Role::CgiOrLai), take(Octets(1), Role::Node), into(Sequence, EXTERNAL_SIGNAL)]),
    into(
        Context(3),
        &[take(Context(0), Role::CgiOrLai), take(Context(1), Role::Node), into(Context(3), ACCESS_SIGNAL)],
    ),
];

// SendEndSignal-Arg, ProcessAccessSignalling-Arg, ForwardAccessSignalling-Arg, PrepareSubsequentHO-Res
//     ::= ExternalSignalInfo                                     -- version 2
//     ::= [3] SEQUENCE {an-APDU AccessNetworkSignalInfo, ..., imeisv [21] IMEI OPTIONAL, ...}
pub(super) const ACCESS_SIGNALLING: &[Field] = &[
    into(Sequence, EXTERNAL_SIGNAL),
    into(Context(3), &[into(Sequence, ACCESS_SIGNAL), take(Context(21), Role::Imei)]),
];

// NoteInternalHO-Arg ::= SEQUENCE {handoverType [0] ..., targetCellId [1] GlobalCellId OPTIONAL, ...}  -- version 1
pub(super) const NOTE_INTERNAL_HANDOVER: &[Field] = &[into(Sequence, &[take(Context(1), Role::CgiOrLai)])];

// ActivateTraceModeArg ::= SEQUENCE {imsi [0] IMSI OPTIONAL, ...}; its omc-Id and the areas of MDT are the operator's.
