//! Location registration and authentication (MAP-MS-DataTypes).

use super::super::super::fields::Tag::{Context, Enumerated, Octets, Private, Sequence};
use super::super::super::fields::{Field, Role, into, take};
use super::super::super::places::{LOCATION, LOCATION_EPS, LOCATION_GPRS};
use super::{IMSI_BARE, PAGING_AREA, SUBSCRIBER_DATA};

// ADD-Info ::= SEQUENCE {imeisv [0] IMEI, ...}
const ADD_INFO: &[Field] = &[take(Context(0), Role::Imei)];

// UpdateLocationArg ::= SEQUENCE {
//     imsi IMSI, msc-Number [1] ISDN-AddressString (before version 3 a CHOICE with roamingNumber [0]),
//     vlr-Number ISDN-AddressString, lmsi [10] LMSI OPTIONAL, ..., add-info [13] ADD-Info OPTIONAL,
//     pagingArea [14] PagingArea OPTIONAL, ...}
pub(super) const UPDATE_LOCATION: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Imsi),
        take(Context(0), Role::Called),
        take(Context(1), Role::Node),
        take(Octets(1), Role::Node),
        take(Context(10), Role::Lmsi),
        into(Context(13), ADD_INFO),
        into(Context(14), PAGING_AREA),
    ],
)];

// UpdateGprsLocationArg ::= SEQUENCE {
//     imsi IMSI, sgsn-Number ISDN-AddressString, sgsn-Address GSN-Address, ...,
//     add-info [4] ADD-Info OPTIONAL, ..., mmeNumberforMTSMS [16] ISDN-AddressString OPTIONAL, ...}
pub(super) const UPDATE_GPRS_LOCATION: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Imsi),
        take(Octets(1), Role::Node),
        into(Context(4), ADD_INFO),
        take(Context(16), Role::Node),
    ],
)];

// UpdateLocationRes ::= ISDN-AddressString                       -- versions 1 and 2: hlr-Number
// UpdateLocationRes, UpdateGprsLocationRes, RestoreDataRes ::= SEQUENCE {hlr-Number ISDN-AddressString, ...}
pub(super) const HLR_NUMBER: &[Field] = &[take(Octets(0), Role::Node), into(Sequence, &[take(Octets(0), Role::Node)])];

// RestoreDataArg ::= SEQUENCE {imsi IMSI, lmsi LMSI OPTIONAL, ...}
pub(super) const RESTORE_DATA: &[Field] = &[into(Sequence, IMSI_WITH_LMSI)];

// ResetArg ::= SEQUENCE {sendingNodenumber CHOICE {hlr-Number ISDN-AddressString, css-Number [1] ISDN-AddressString},
//     ..., subscriptionData [2] InsertSubscriberDataArg OPTIONAL,
//     subscriptionDataDeletion [3] DeleteSubscriberDataArg OPTIONAL}
pub(super) const RESET: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Node),
        take(Context(1), Role::Node),
        into(Context(2), SUBSCRIBER_DATA),
        into(Context(3), &[take(Context(0), Role::Imsi)]),
    ],
)];

// Identity ::= CHOICE {imsi IMSI, imsi-WithLMSI IMSI-WithLMSI}
// IMSI-WithLMSI ::= SEQUENCE {imsi IMSI, lmsi LMSI, ...}
pub(super) const IMSI_WITH_LMSI: &[Field] = &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Lmsi)];

// CancelLocationArg ::= Identity                      -- versions 1 and 2
// CancelLocationArg ::= [3] SEQUENCE {identity Identity, cancellationType CancellationType OPTIONAL, ...,
//     newMSC-Number [3] ISDN-AddressString OPTIONAL, newVLR-Number [4] ISDN-AddressString OPTIONAL,
//     new-lmsi [5] LMSI OPTIONAL, ...}
// CancelVcsgLocationArg ::= SEQUENCE {identity Identity, ...}
pub(super) const CANCEL_LOCATION: &[Field] = &[
    take(Octets(0), Role::Imsi),
    into(Sequence, &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Lmsi), into(Sequence, IMSI_WITH_LMSI)]),
    into(
        Context(3),
        &[
            take(Octets(0), Role::Imsi),
            into(Sequence, IMSI_WITH_LMSI),
            take(Enumerated, Role::CancellationType),
            take(Context(3), Role::Node),
            take(Context(4), Role::Node),
            take(Context(5), Role::Lmsi),
        ],
    ),
];

// PurgeMS-Arg ::= SEQUENCE {imsi IMSI, vlr-Number ISDN-AddressString}     -- version 2
// PurgeMS-Arg ::= [3] SEQUENCE {
//     imsi IMSI, vlr-Number [0] ISDN-AddressString OPTIONAL, sgsn-Number [1] ISDN-AddressString OPTIONAL, ...,
//     locationInformation [2] LocationInformation OPTIONAL,
//     locationInformationGPRS [3] LocationInformationGPRS OPTIONAL,
//     locationInformationEPS [4] LocationInformationEPS OPTIONAL}
pub(super) const PURGE_MS: &[Field] = &[
    into(Sequence, &[take(Octets(0), Role::Imsi), take(Octets(1), Role::Node)]),
    into(
        Context(3),
        &[
            take(Octets(0), Role::Imsi),
            take(Context(0), Role::Node),
            take(Context(1), Role::Node),
            into(Context(2), LOCATION),
            into(Context(3), LOCATION_GPRS),
            into(Context(4), LOCATION_EPS),
        ],
    ),
];

// SendIdentificationArg ::= TMSI                      -- version 2
// SendIdentificationArg ::= SEQUENCE {tmsi TMSI, ..., msc-Number ISDN-AddressString OPTIONAL,
//     previous-LAI [0] LAIFixedLength OPTIONAL, ..., newVLR-Number [3] ISDN-AddressString OPTIONAL,
//     new-lmsi [4] LMSI OPTIONAL, ...}
pub(super) const SEND_IDENTIFICATION: &[Field] = &[
    take(Octets(0), Role::Tmsi),
    into(
        Sequence,
        &[
            take(Octets(0), Role::Tmsi),
            take(Octets(1), Role::Node),
            take(Context(0), Role::Lai),
            take(Context(3), Role::Node),
            take(Context(4), Role::Lmsi),
        ],
    ),
];

// SendIdentificationRes ::= SEQUENCE {imsi IMSI, ...}          -- version 2
// SendIdentificationRes ::= [3] SEQUENCE {imsi IMSI OPTIONAL, ...}
pub(super) const SEND_IDENTIFICATION_RES: &[Field] = &[into(Sequence, IMSI_BARE), into(Context(3), IMSI_BARE)];

// UpdateVcsgLocationArg ::= SEQUENCE {imsi IMSI, msisdn [2] ISDN-AddressString OPTIONAL,
//     vlr-Number [0] ISDN-AddressString OPTIONAL, sgsn-Number [1] ISDN-AddressString OPTIONAL, ...}
pub(super) const UPDATE_VCSG_LOCATION: &[Field] = &[into(
    Sequence,
    &[
        take(Octets(0), Role::Imsi),
        take(Context(2), Role::Msisdn),
        take(Context(0), Role::Node),
        take(Context(1), Role::Node),
    ],
)];

// NoteMM-EventArg ::= SEQUENCE {serviceKey ServiceKey, eventMet [0] MM-Code, imsi [1] IMSI,
//     msisdn [2] ISDN-AddressString, locationInformation [3] LocationInformation OPTIONAL, ...,
//     locationInformationGPRS [7] LocationInformationGPRS OPTIONAL, ...}
pub(super) const NOTE_MM_EVENT: &[Field] = &[into(
    Sequence,
    &[
        take(Context(1), Role::Imsi),
        take(Context(2), Role::Msisdn),
        into(Context(3), LOCATION),
        into(Context(7), LOCATION_GPRS),
    ],
)];

// Authentication and equipment.

// SendAuthenticationInfoArg ::= IMSI                  -- version 2
// SendAuthenticationInfoArg ::= SEQUENCE {imsi [0] IMSI, ..., requestingPLMN-Id [4] PLMN-Id OPTIONAL, ...}
pub(super) const SEND_AUTHENTICATION_INFO: &[Field] =
    &[take(Octets(0), Role::Imsi), into(Sequence, &[take(Context(0), Role::Imsi), take(Context(4), Role::Plmn)])];

// SendParametersArg ::= SEQUENCE {subscriberId CHOICE {imsi [0] IMSI, tmsi [1] TMSI}, ...}   -- version 1
pub(super) const SEND_PARAMETERS: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), take(Context(1), Role::Tmsi)])];

// SendParametersRes ::= SEQUENCE OF CHOICE {imsi [0] IMSI, authenticationSet [1] ...,
//     subscriberData [2] SubscriberData, ...}                    -- version 1
pub(super) const SEND_PARAMETERS_RES: &[Field] =
    &[into(Sequence, &[take(Context(0), Role::Imsi), into(Context(2), SUBSCRIBER_DATA)])];

// AuthenticationFailureReportArg ::= SEQUENCE {imsi IMSI, ..., vlr-Number [0] ISDN-AddressString OPTIONAL,
//     sgsn-Number [1] ISDN-AddressString OPTIONAL}
pub(super) const AUTHENTICATION_FAILURE_REPORT: &[Field] =
    &[into(Sequence, &[take(Octets(0), Role::Imsi), take(Context(0), Role::Node), take(Context(1), Role::Node)])];

// CheckIMEI-Arg ::= IMEI                              -- versions 1 and 2
// CheckIMEI-Arg ::= SEQUENCE {imei IMEI, requestedEquipmentInfo RequestedEquipmentInfo, ...}
// One vendor's equipment adds imsi [PRIVATE 1] IMSI.
pub(super) const CHECK_IMEI: &[Field] =
    &[take(Octets(0), Role::Imei), into(Sequence, &[take(Octets(0), Role::Imei), take(Private(1), Role::Imsi)])];

// CheckIMEI-Res ::= EquipmentStatus                   -- versions 1 and 2
// CheckIMEI-Res ::= SEQUENCE {equipmentStatus EquipmentStatus OPTIONAL, ...}
pub(super) const CHECK_IMEI_RES: &[Field] = &[
    take(Enumerated, Role::EquipmentStatus),
    into(Sequence, &[take(Enumerated, Role::EquipmentStatus), take(Private(1), Role::Imsi)]),
];
