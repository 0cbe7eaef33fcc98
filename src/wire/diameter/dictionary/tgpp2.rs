//! AVPs of 3GPP2 (X.S0057, X.S0013).

super::avps! {
    800 Bits32 "Flow-Operation"; 801 Group "3GPP2-Charging-Rule-Install"; 802 Group "3GPP2-Charging-Rule-Definition";
    803 Bits32 "3GPP2-Event-Trigger"; 804 Group "3GPP2-QoS-Information"; 805 Group "3GPP2-Charging-Rule-Report";
    806 Address "AGW-IP-Address"; 807 Address "AGW-IPv6-Address"; 808 Bits32 "3GPP2-RAT-Type"; 809 Group "Flow-Info";
    810 Text "Flow-Identifier"; 811 Group "Granted-QoS"; 812 Group "Requested-QoS"; 813 Group "Flow-Description-Info";
    814 Bits32 "Rule-Reason-Code"; 815 Text "AGW-MCC-MNC"; 898 Octets "Access-Network-Physical-Access-ID-Realm";
    899 Octets "Access-Network-Physical-Access-ID-Value"; 900 Group "Access-Network-Physical-Access-ID";
    9010 Text "3GPP2-BSID";
}
