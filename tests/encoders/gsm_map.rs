//! The crate `gsm_map`.

use gsm_map::address::{imsi, international_e164};
use gsm_map::operations::call_handling::{ProvideRoamingNumberArg, ProvideRoamingNumberRes};
use gsm_map::operations::location::{CancelLocationArg, PurgeMsArg, UpdateLocationArg, UpdateLocationRes};
use gsm_map::operations::mo_forward_sm::MoForwardSmArg;
use gsm_map::operations::mt_forward_sm::MtForwardSmArg;
use gsm_map::operations::sri_sm::{RoutingInfoForSmArg, RoutingInfoForSmRes};
use gsm_map::operations::subscriber_info::{
    AnyTimeInterrogationRes, CellGlobalIdOrServiceAreaIdOrLai, LocationInformation, SubscriberInfo,
};
use gsm_map::{LocationInfoWithLmsi, SmRpDa, SmRpOa};
use simhound::simulate::encode::map as ours;
use simhound::wire::Named;
use simhound::wire::ss7::Direction;
use simhound::wire::ss7::map::{MapExtra, Operation, argument, result};

const IMSI: &str = "001010123456789";
const MSISDN: &str = "15550100123";
const MSC: &str = "15550100201";

fn subscriber() -> gsm_map::Imsi {
    imsi(IMSI).unwrap().into()
}

fn number(digits: &str) -> gsm_map::IsdnAddressString {
    international_e164(digits).unwrap().into()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn of_argument(operation: Operation, octets: &[u8]) -> Named {
    let (mut named, mut extra) = (Named::default(), MapExtra::default());
    argument(operation, octets, &mut named, &mut extra).unwrap();
    named
}

fn of_result(operation: Operation, octets: &[u8]) -> Named {
    let (mut named, mut extra) = (Named::default(), MapExtra::default());
    result(operation, octets, &mut named, &mut extra).unwrap();
    named
}

#[test]
fn mobility() {
    let octets = gsm_map::encode(&UpdateLocationArg::new(subscriber(), number(MSC), number("15550100202"))).unwrap();
    let named = of_argument(Operation::UpdateLocation, &octets);
    assert_eq!((text(named.imsi), text(named.serving_node)), (IMSI.into(), MSC.into()));
    assert_eq!(text(named.more.first().copied()), "node=15550100202");
}

#[test]
fn short_messages() {
    let octets = gsm_map::encode(&MoForwardSmArg {
        sm_rp_da: SmRpDa::ServiceCentreAddressDa(number("15550100999")),
        sm_rp_oa: SmRpOa::MsIsdn(number(MSISDN)),
        sm_rp_ui: vec![1, 2, 3].into(),
        extension_container: None,
        imsi: Some(subscriber()),
        correlation_id: None,
        sm_delivery_outcome: None,
    })
    .unwrap();
    let (mut named, mut extra) = (Named::default(), MapExtra::default());
    argument(Operation::MoForwardSm, &octets, &mut named, &mut extra).unwrap();
    assert_eq!((text(named.imsi), text(named.msisdn)), (IMSI.into(), MSISDN.into()));
    assert_eq!((text(extra.service_centre), extra.direction), ("15550100999".into(), Some(Direction::Originating)));
    assert_eq!(extra.tpdu, Some(&[1, 2, 3][..]));
    let octets = gsm_map::encode(&RoutingInfoForSmRes {
        imsi: subscriber(),
        location_info_with_lmsi: LocationInfoWithLmsi::new(number(MSC)),
        extension_container: None,
        ip_sm_gw_guidance: None,
    })
    .unwrap();
    let named = of_result(Operation::SendRoutingInfoForSm, &octets);
    assert_eq!((text(named.imsi), text(named.serving_node)), (IMSI.into(), MSC.into()));
}

#[test]
fn location() {
    let cell = [0x99, 0xf9, 0x10, 0x00, 0x07, 0x00, 0x08];
    let octets = gsm_map::encode(&AnyTimeInterrogationRes {
        subscriber_info: SubscriberInfo {
            location_information: Some(LocationInformation {
                age_of_location_information: Some(17i64.into()),
                vlr_number: Some(number(MSC)),
                cell_global_id_or_service_area_id_or_lai: Some(
                    CellGlobalIdOrServiceAreaIdOrLai::CellGlobalIdOrServiceAreaIdFixedLength(cell.to_vec().into()),
                ),
                ..LocationInformation::default()
            }),
            imei: Some(vec![0x00, 0x01, 0x00, 0x00, 0x21, 0x43, 0x65, 0xf0].into()),
            ..SubscriberInfo::default()
        },
        extension_container: None,
    })
    .unwrap();
    let named = of_result(Operation::AnyTimeInterrogation, &octets);
    assert_eq!((text(named.cell), text(named.serving_node)), ("999-01-7-8".into(), MSC.into()));
    assert_eq!(text(named.imei), "001000001234560");
}

/// What the simulator encodes, the other crate decodes.
#[test]
fn ours_is_understood() {
    let (imsi, msisdn, msc) = (IMSI.parse().unwrap(), MSISDN.parse().unwrap(), MSC.parse().unwrap());
    let argument: UpdateLocationArg = gsm_map::decode(&ours::update_location(imsi, msc, None, 4)).unwrap();
    assert_eq!((argument.imsi, argument.msc_number), (subscriber(), number(MSC)));
    let result: UpdateLocationRes = gsm_map::decode(&ours::update_location_result(msc)).unwrap();
    assert_eq!(result.hlr_number, number(MSC));
    let _: CancelLocationArg = gsm_map::decode(&ours::cancel_location(imsi)[..]).unwrap();
    let argument: PurgeMsArg = gsm_map::decode(&ours::purge_ms(imsi, msc)).unwrap();
    assert_eq!(argument.imsi, subscriber());
    let octets = ours::provide_roaming_number(imsi, msc, msisdn, msc, &[1, 2, 3]);
    let argument: ProvideRoamingNumberArg = gsm_map::decode(&octets).unwrap();
    assert_eq!((argument.imsi, argument.msisdn), (subscriber(), Some(number(MSISDN))));
    let result: ProvideRoamingNumberRes = gsm_map::decode(&ours::provide_roaming_number_result(msisdn)).unwrap();
    assert_eq!(result.roaming_number, number(MSISDN));
    let argument: RoutingInfoForSmArg = gsm_map::decode(&ours::send_routing_info_for_sm(msisdn, msc)).unwrap();
    assert_eq!(argument.msisdn, number(MSISDN));
    let argument: MoForwardSmArg = gsm_map::decode(&ours::mo_forward_sm(imsi, msisdn, msc, &[1])).unwrap();
    assert_eq!((argument.imsi, argument.sm_rp_oa), (Some(subscriber()), SmRpOa::MsIsdn(number(MSISDN))));
    let argument: MtForwardSmArg = gsm_map::decode(&ours::mt_forward_sm(imsi, msc, &[1])).unwrap();
    assert_eq!(argument.sm_rp_da, SmRpDa::Imsi(subscriber()));
}
