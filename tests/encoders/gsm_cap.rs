//! The crate `gsm_cap`.

use gsm_cap::operations::{ConnectArg, EventReportBcsmArg, InitialDpArg, InitialDpSmsArg};
use gsm_cap::types::{
    CellGlobalIdOrServiceAreaIdOrLai, EventTypeBcsm, InitialDpArgExtension, LEG2, LocationInformation, MiscCallInfo,
    ReceivingSideId,
};
use simhound::simulate::encode::cap as ours;
use simhound::wire::Named;
use simhound::wire::ss7::Direction;
use simhound::wire::ss7::cap::{BcsmEvent, CallExtra, Operation, argument};

const CELL: [u8; 7] = [0x99, 0xf9, 0x10, 0x00, 0x07, 0x00, 0x08];
const IMSI: [u8; 8] = [0x00, 0x01, 0x01, 0x21, 0x43, 0x65, 0x87, 0xf9];

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn read(operation: Operation, octets: &[u8]) -> (Named, CallExtra<'_>) {
    let (mut named, mut extra) = (Named::default(), CallExtra::default());
    argument(operation, octets, &mut named, &mut extra).unwrap();
    (named, extra)
}

#[test]
fn calls() {
    let octets = gsm_cap::encode(&InitialDpArg {
        calling_party_number: Some(vec![0x04, 0x13, 0x51, 0x55, 0x10, 0x10].into()),
        event_type_bcsm: Some(EventTypeBcsm::CollectedInfo),
        imsi: Some(IMSI.to_vec().into()),
        location_information: Some(LocationInformation {
            vlr_number: Some(vec![0x91, 0x51, 0x55, 0x10, 0x00].into()),
            cell_global_id_or_service_area_id_or_lai: Some(
                CellGlobalIdOrServiceAreaIdOrLai::CellGlobalIdOrServiceAreaIdFixedLength(CELL.to_vec().into()),
            ),
            ..LocationInformation::default()
        }),
        called_party_bcd_number: Some(vec![0x91, 0x51, 0x55, 0x10, 0x20].into()),
        initial_dp_arg_extension: Some(InitialDpArgExtension {
            imei: Some(vec![0x00, 0x01, 0x00, 0x00, 0x21, 0x43, 0x65, 0xf0].into()),
            ..InitialDpArgExtension::default()
        }),
        ..InitialDpArg::new(42i64.into())
    })
    .unwrap();
    let (named, extra) = read(Operation::InitialDp, &octets);
    assert_eq!((text(named.imsi), text(named.cell)), ("001010123456789".into(), "999-01-7-8".into()));
    assert_eq!((text(named.calling), text(named.called)), ("15550101".into(), "15550102".into()));
    assert_eq!((text(named.msisdn), text(named.imei)), ("15550101".into(), "001000001234560".into()));
    assert_eq!((extra.direction, extra.service_key), (Some(Direction::Originating), Some(42)));
    let octets = gsm_cap::encode(&EventReportBcsmArg {
        leg_id: Some(ReceivingSideId::leg(LEG2)),
        misc_call_info: Some(MiscCallInfo::notification()),
        ..EventReportBcsmArg::new(EventTypeBcsm::OAnswer)
    })
    .unwrap();
    let (_, extra) = read(Operation::EventReportBcsm, &octets);
    assert_eq!((extra.event, extra.leg), (Some(BcsmEvent::O_ANSWER), Some(2)));
    let octets = gsm_cap::encode(&ConnectArg::new(vec![0x04, 0x10, 0x51, 0x55, 0x10, 0x20].into())).unwrap();
    assert_eq!(text(read(Operation::Connect, &octets).0.called), "15550102");
}

#[test]
fn short_messages() {
    let octets = gsm_cap::encode(&InitialDpSmsArg {
        imsi: Some(IMSI.to_vec().into()),
        destination_subscriber_number: Some(vec![0x91, 0x51, 0x55, 0x10, 0x20].into()),
        ..InitialDpSmsArg::new(42i64.into())
    })
    .unwrap();
    let (named, _) = read(Operation::InitialDpSms, &octets);
    assert_eq!((text(named.imsi), text(named.called)), ("001010123456789".into(), "15550102".into()));
}

/// What the simulator encodes, the other crate decodes.
#[test]
fn ours_is_understood() {
    let dp = ours::InitialDp {
        half: ours::Half::Originating,
        phase: 4,
        imsi: "001010123456789".parse().unwrap(),
        imei: Some("001000001234560".parse().unwrap()),
        calling: Some("15550101".parse().unwrap()),
        called: "15550102".parse().unwrap(),
        msc: "15550100201".parse().unwrap(),
        cell: Some((CELL, 3)),
        reference: [1; 8],
        local_time: [0x02, 0x62, 0x01, 0x80, 0x21, 0x43, 0x65, 0x00],
    };
    let decoded: InitialDpArg = gsm_cap::decode(&ours::initial_dp(&dp)).unwrap();
    assert_eq!(decoded.imsi, Some(IMSI.to_vec().into()));
    assert_eq!(decoded.event_type_bcsm, Some(EventTypeBcsm::CollectedInfo));
    let report = ours::event_report_bcsm(ours::Half::Originating, ours::Event::Answer, 2, 0);
    let decoded: EventReportBcsmArg = gsm_cap::decode(&report).unwrap();
    assert_eq!(decoded.event_type_bcsm, EventTypeBcsm::OAnswer);
    let _: gsm_cap::operations::ReleaseCallArg = gsm_cap::decode(&ours::release_call(31)).unwrap();
    let charge = gsm_cap::decode::<gsm_cap::operations::ApplyChargingReportArg>(&ours::apply_charging_report(300));
    assert!(charge.unwrap().call_result().is_ok());
}
