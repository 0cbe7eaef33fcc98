//! Service operations by method and resource: TS 29.502 (SMF), 29.503 (UDM), 29.504 (UDR), 29.507, 29.512 (PCF), 29.509
//! (AUSF), 29.510 (NRF), 29.511 (5G-EIR), 29.518 (AMF), 29.531 (NSSF), 29.540 (SMSF), 29.572 (LMF), 32.291 (CHF).

use super::Path;

/// What an operation is to its subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The AMF registers for it.
    Register,
    /// The AMF changes its registration, or ends it.
    RegisterUpdate,
    /// The registration ends.
    Deregister,
    /// Another AMF registered; the first one is told.
    Moved,
    /// Vectors are fetched.
    Vectors,
    /// An authentication begins.
    Authenticate,
    /// Its answer is checked.
    Confirm,
    /// The device is checked.
    EquipmentCheck,
    /// A PDU session is made.
    SessionStart,
    /// It changes.
    SessionUpdate,
    /// It ends.
    SessionEnd,
    /// A short message goes to the network.
    ShortMessage,
    /// It is located.
    Locate,
    /// Anything else.
    Other,
}

/// Service, method, resource (`{}` is any part), name, purpose.
type Row = (&'static str, &'static str, &'static str, &'static str, Purpose);

#[rustfmt::skip]
const OPERATIONS: &[Row] = &[
    ("nudm-uecm", "PUT", "{}/registrations/amf-3gpp-access", "Nudm_UECM_Registration", Purpose::Register),
    ("nudm-uecm", "PATCH", "{}/registrations/amf-3gpp-access", "Nudm_UECM_Update", Purpose::RegisterUpdate),
    ("nudm-uecm", "GET", "{}/registrations/amf-3gpp-access", "Nudm_UECM_Get", Purpose::Other),
    ("nudm-uecm", "PUT", "{}/registrations/amf-non-3gpp-access", "Nudm_UECM_Registration", Purpose::Register),
    ("nudm-uecm", "PATCH", "{}/registrations/amf-non-3gpp-access", "Nudm_UECM_Update", Purpose::RegisterUpdate),
    ("nudm-uecm", "POST", "{}/registrations/amf-3gpp-access/dereg-amf", "Nudm_UECM_AMFDeregistration", Purpose::Deregister),
    ("nudm-uecm", "PUT", "{}/registrations/smf-registrations/{}", "Nudm_UECM_Registration", Purpose::Other),
    ("nudm-uecm", "DELETE", "{}/registrations/smf-registrations/{}", "Nudm_UECM_Deregistration", Purpose::Other),
    ("nudm-uecm", "PUT", "{}/registrations/smsf-3gpp-access", "Nudm_UECM_Registration", Purpose::Other),
    ("nudm-uecm", "DELETE", "{}/registrations/smsf-3gpp-access", "Nudm_UECM_Deregistration", Purpose::Other),
    ("nudm-sdm", "GET", "{}/{}", "Nudm_SDM_Get", Purpose::Other),
    ("nudm-sdm", "GET", "{}", "Nudm_SDM_Get", Purpose::Other),
    ("nudm-sdm", "POST", "{}/sdm-subscriptions", "Nudm_SDM_Subscribe", Purpose::Other),
    ("nudm-sdm", "DELETE", "{}/sdm-subscriptions/{}", "Nudm_SDM_Unsubscribe", Purpose::Other),
    ("nudm-sdm", "PATCH", "{}/sdm-subscriptions/{}", "Nudm_SDM_ModifySubscription", Purpose::Other),
    ("nudm-ueau", "POST", "{}/security-information/generate-auth-data", "Nudm_UEAuthentication_Get", Purpose::Vectors),
    ("nudm-ueau", "POST", "{}/auth-events", "Nudm_UEAuthentication_ResultConfirmation", Purpose::Other),
    ("nudm-ueau", "PUT", "{}/auth-events/{}", "Nudm_UEAuthentication_ResultConfirmation", Purpose::Other),
    ("nudm-ee", "POST", "{}/ee-subscriptions", "Nudm_EventExposure_Subscribe", Purpose::Other),
    ("nausf-auth", "POST", "ue-authentications", "Nausf_UEAuthentication_Authenticate", Purpose::Authenticate),
    ("nausf-auth", "PUT", "ue-authentications/{}/5g-aka-confirmation", "Nausf_UEAuthentication_Authenticate", Purpose::Confirm),
    ("nausf-auth", "DELETE", "ue-authentications/{}/5g-aka-confirmation", "Nausf_UEAuthentication_Deregister", Purpose::Other),
    ("nausf-auth", "POST", "ue-authentications/{}/eap-session", "Nausf_UEAuthentication_Authenticate", Purpose::Confirm),
    ("n5g-eir-eic", "GET", "equipment-status", "N5g-eir_EquipmentIdentityCheck_Get", Purpose::EquipmentCheck),
    ("nsmf-pdusession", "POST", "sm-contexts", "Nsmf_PDUSession_CreateSMContext", Purpose::SessionStart),
    ("nsmf-pdusession", "POST", "sm-contexts/{}/modify", "Nsmf_PDUSession_UpdateSMContext", Purpose::SessionUpdate),
    ("nsmf-pdusession", "POST", "sm-contexts/{}/release", "Nsmf_PDUSession_ReleaseSMContext", Purpose::SessionEnd),
    ("nsmf-pdusession", "POST", "sm-contexts/{}/retrieve", "Nsmf_PDUSession_RetrieveSMContext", Purpose::Other),
    ("nsmf-pdusession", "POST", "pdu-sessions", "Nsmf_PDUSession_Create", Purpose::SessionStart),
    ("nsmf-pdusession", "POST", "pdu-sessions/{}/modify", "Nsmf_PDUSession_Update", Purpose::SessionUpdate),
    ("nsmf-pdusession", "POST", "pdu-sessions/{}/release", "Nsmf_PDUSession_Release", Purpose::SessionEnd),
    ("namf-comm", "PUT", "ue-contexts/{}", "Namf_Communication_CreateUEContext", Purpose::Other),
    ("namf-comm", "POST", "ue-contexts/{}/release", "Namf_Communication_ReleaseUEContext", Purpose::Other),
    ("namf-comm", "POST", "ue-contexts/{}/transfer", "Namf_Communication_UEContextTransfer", Purpose::Other),
    ("namf-comm", "POST", "ue-contexts/{}/transfer-update", "Namf_Communication_RegistrationStatusUpdate", Purpose::Other),
    ("namf-comm", "POST", "ue-contexts/{}/n1-n2-messages", "Namf_Communication_N1N2MessageTransfer", Purpose::Other),
    ("namf-comm", "POST", "ue-contexts/{}/n1-n2-messages/subscriptions", "Namf_Communication_N1N2MessageSubscribe", Purpose::Other),
    ("namf-comm", "POST", "subscriptions", "Namf_Communication_AMFStatusChangeSubscribe", Purpose::Other),
    ("namf-evts", "POST", "subscriptions", "Namf_EventExposure_Subscribe", Purpose::Other),
    ("namf-loc", "POST", "{}/provide-loc-info", "Namf_Location_ProvideLocationInfo", Purpose::Locate),
    ("namf-loc", "POST", "{}/provide-pos-info", "Namf_Location_ProvidePositioningInfo", Purpose::Locate),
    ("namf-mt", "GET", "ue-contexts/{}", "Namf_MT_ProvideDomainSelectionInfo", Purpose::Other),
    ("namf-mt", "PUT", "ue-contexts/{}/ue-reachind", "Namf_MT_EnableUEReachability", Purpose::Other),
    ("npcf-am-policy-control", "POST", "policies", "Npcf_AMPolicyControl_Create", Purpose::Other),
    ("npcf-am-policy-control", "POST", "policies/{}/update", "Npcf_AMPolicyControl_Update", Purpose::Other),
    ("npcf-am-policy-control", "DELETE", "policies/{}", "Npcf_AMPolicyControl_Delete", Purpose::Other),
    ("npcf-smpolicycontrol", "POST", "sm-policies", "Npcf_SMPolicyControl_Create", Purpose::Other),
    ("npcf-smpolicycontrol", "POST", "sm-policies/{}/update", "Npcf_SMPolicyControl_Update", Purpose::Other),
    ("npcf-smpolicycontrol", "POST", "sm-policies/{}/delete", "Npcf_SMPolicyControl_Delete", Purpose::Other),
    ("npcf-ue-policy-control", "POST", "policies", "Npcf_UEPolicyControl_Create", Purpose::Other),
    ("nbsf-management", "POST", "pcfBindings", "Nbsf_Management_Register", Purpose::Other),
    ("nbsf-management", "DELETE", "pcfBindings/{}", "Nbsf_Management_Deregister", Purpose::Other),
    ("nchf-convergedcharging", "POST", "chargingdata", "Nchf_ConvergedCharging_Create", Purpose::Other),
    ("nchf-convergedcharging", "POST", "chargingdata/{}/update", "Nchf_ConvergedCharging_Update", Purpose::Other),
    ("nchf-convergedcharging", "POST", "chargingdata/{}/release", "Nchf_ConvergedCharging_Release", Purpose::Other),
    ("nsmsf-sms", "PUT", "ue-contexts/{}", "Nsmsf_SMService_Activate", Purpose::Other),
    ("nsmsf-sms", "DELETE", "ue-contexts/{}", "Nsmsf_SMService_Deactivate", Purpose::Other),
    ("nsmsf-sms", "POST", "ue-contexts/{}/sendsms", "Nsmsf_SMService_UplinkSMS", Purpose::ShortMessage),
    ("nlmf-loc", "POST", "determine-location", "Nlmf_Location_DetermineLocation", Purpose::Locate),
    ("ngmlc-loc", "POST", "provide-location", "Ngmlc_Location_ProvideLocation", Purpose::Locate),
    ("nnssf-nsselection", "GET", "network-slice-information", "Nnssf_NSSelection_Get", Purpose::Other),
    ("nnrf-disc", "GET", "nf-instances", "Nnrf_NFDiscovery_Request", Purpose::Other),
    ("nnrf-nfm", "PUT", "nf-instances/{}", "Nnrf_NFManagement_NFRegister", Purpose::Other),
    ("nnrf-nfm", "PATCH", "nf-instances/{}", "Nnrf_NFManagement_NFUpdate", Purpose::Other),
    ("nnrf-nfm", "DELETE", "nf-instances/{}", "Nnrf_NFManagement_NFDeregister", Purpose::Other),
    ("nnrf-nfm", "GET", "nf-instances", "Nnrf_NFManagement_NFListRetrieval", Purpose::Other),
    ("nnrf-nfm", "GET", "nf-instances/{}", "Nnrf_NFManagement_NFProfileRetrieval", Purpose::Other),
    ("nnrf-nfm", "POST", "subscriptions", "Nnrf_NFManagement_NFStatusSubscribe", Purpose::Other),
    ("nnrf-nfm", "PATCH", "subscriptions/{}", "Nnrf_NFManagement_NFStatusSubscribe", Purpose::Other),
    ("nnrf-nfm", "DELETE", "subscriptions/{}", "Nnrf_NFManagement_NFStatusUnsubscribe", Purpose::Other),
    ("nnrf-nfm", "POST", "nf-status-notify", "Nnrf_NFManagement_NFStatusNotify", Purpose::Other),
];

/// The service operation of a request, with what it is to its subscriber. A method that is not known (it may refer to
/// what came before the capture) fits where one operation alone has the resource.
pub fn service(method: Option<&[u8]>, path: &Path<'_>) -> Option<(&'static str, Purpose)> {
    let mut fitting = OPERATIONS.iter().filter(|(service, own_method, resource, ..)| {
        *service == path.service
            && method.is_none_or(|method| method == own_method.as_bytes())
            && fits(resource, path.resource)
    });
    let (.., name, purpose) = fitting.next()?;
    let other = fitting.find(|(.., other, _)| other != name);
    if method.is_none() && other.is_some() { None } else { Some((name, *purpose)) }
}

fn fits(template: &str, resource: &str) -> bool {
    let mut parts = resource.trim_end_matches('/').split('/');
    let all = template.split('/').all(|own| match parts.next() {
        Some(part) => own == part || own == "{}" && !part.is_empty(),
        None => false,
    });
    all && parts.next().is_none()
}
