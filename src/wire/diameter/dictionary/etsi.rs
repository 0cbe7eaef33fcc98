//! AVPs of ETSI (ES 283 034, ES 283 026, TS 183 033).

super::avps! {
    298 Bits32 "Experimental-Result-Code"; 300 Group "Globally-Unique-Address"; 301 Octets "Address-Realm";
    302 Octets "Logical-Access-ID"; 303 Group "Initial-Gate-Setting"; 304 Group "QoS-Profile";
    305 Bits32 "IP-Connectivity-Status"; 306 Group "Access-Network-Type"; 307 Bits32 "Aggregation-Network-Type";
    308 Bits32 "Maximum-Allowed-Bandwidth-UL"; 309 Bits32 "Maximum-Allowed-Bandwidth-DL";
    310 Bits32 "Maximum-Priority"; 311 Bits32 "Transport-Class"; 312 Text "Application-Class-ID";
    313 Text "Physical-Access-ID"; 314 Bits32 "Initial-Gate-Setting-ID"; 315 Bits32 "QoS-Profile-ID";
    350 Group "Location-Information"; 351 Text "RACS-Contact-Point"; 352 Octets "Terminal-Type";
    353 Bits32 "Requested-Information"; 354 Bits32 "Event-Type"; 355 Octets "Civic-Location";
    356 Octets "Geospatial-Location"; 400 Bits32 "Session-Bundle-Id"; 420 Bits32 "Event-Type";
    450 Group "Binding-information"; 451 Group "Binding-Input-List"; 452 Group "Binding-Output-List";
    453 Group "V6-Transport-Address"; 454 Group "V4-Transport-Address"; 455 Bits32 "Port-Number";
    456 Bits32 "Reservation-Class"; 457 Bits32 "Requested-Information"; 458 Bits32 "Reservation-Priority";
    459 Text "Service-Class"; 462 Text "Media-Authorization-Context-Id"; 500 Octets "Line-Identifier";
    501 Group "SIP-Authenticate"; 502 Group "SIP-Authorization"; 503 Group "SIP-Authentication-Info";
    504 Text "Digest-Realm"; 505 Text "Digest-Nonce"; 506 Text "Digest-Domain"; 507 Text "Digest-Opaque";
    508 Text "Digest-Stale"; 509 Text "Digest-Algorithm"; 510 Text "Digest-QoP"; 511 Text "Digest-HA1";
    512 Text "Digest-Auth-Param"; 513 Text "Digest-Username"; 514 Text "Digest-URI"; 515 Text "Digest-Response";
    516 Text "Digest-CNonce"; 517 Text "Digest-Nonce-Count"; 518 Text "Digest-Method";
    519 Text "Digest-Entity-Body-Hash"; 520 Text "Digest-Nextnonce"; 521 Text "Digest-Response-Auth";
}
