//! Where the subscriber is, and which network serves it.

use super::Avp;
use super::dictionary::keys;
use super::location;
use super::walk::Walk;
use crate::identity::Plmn;
use crate::wire::ims;

impl Walk<'_> {
    pub(super) fn visited(&mut self, avp: &Avp<'_>) {
        let plmn = match avp.key() {
            keys::VISITED_PLMN_ID => avp.data.try_into().ok().and_then(Plmn::from_octets),
            keys::TGPP_SGSN_MCC_MNC => ims::plmn_of_digits(avp.data),
            _ => match ims::plmn_of_domain(avp.data) {
                // Any text may name a network here (TS 29.229 §6.3.1).
                None => return,
                plmn => plmn,
            },
        };
        match plmn {
            Some(plmn) => {
                self.facts.named.plmn.get_or_insert(plmn);
            }
            None => self.wrong(avp, "PLMN is not three digits and two or three"),
        }
    }

    pub(super) fn place(&mut self, avp: &Avp<'_>) {
        let data = avp.data;
        let place = match avp.key() {
            keys::E_UTRAN_CELL_GLOBAL_IDENTITY | keys::ECGI => {
                let cell = location::ecgi(data);
                if self.cell.is_none() && cell.is_some() {
                    self.cell = cell;
                    return;
                }
                cell
            }
            keys::TRACKING_AREA_IDENTITY => {
                let area = location::tai(data);
                if self.area.is_none() && area.is_some() {
                    self.area = area;
                    return;
                }
                area
            }
            keys::CELL_GLOBAL_IDENTITY => location::cgi(data),
            keys::SERVICE_AREA_IDENTITY => location::sai(data),
            keys::ACCESS_NETWORK_INFORMATION | keys::CELLULAR_NETWORK_INFORMATION => {
                for value in data.split(|&byte| byte == b',') {
                    match ims::access_network_cell(value) {
                        Ok(Some(place)) => self.facts.named.cell(place),
                        Ok(None) => {}
                        Err(_) => self.wrong(avp, "location is not as its type says"),
                    }
                }
                return;
            }
            keys::TGPP_USER_LOCATION_INFO => match location::user_location(data) {
                Ok(None) => {
                    self.facts.other_places = self.facts.other_places.saturating_add(1);
                    return;
                }
                place => place.ok().flatten(),
            },
            _ => location::lai(data),
        };
        match place {
            Some(place) => self.facts.named.cell(place),
            None => self.wrong(avp, "location is not as its type says"),
        }
    }
}
