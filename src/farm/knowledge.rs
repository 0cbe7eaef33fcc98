//! What an operator knows and the wire does not: models of devices and ranges of subscriber identities, from optional
//! CSV files. Everything works without them, better with them.
//!
//! `tac,class[,model]` for models; `imsi_prefix,class` for ranges. Classes: `watch`, `phone`, `gateway`, `modem`,
//! `iot`, `router`.

use crate::identity::{Imsi, Tac};
use crate::table::{Cell, Frame, read};
use std::collections::BTreeMap;
use std::path::Path;

/// What kind of device a model is, or what kind of device a range of cards is sold for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeviceClass {
    /// A child's watch.
    Watch,
    /// A phone.
    Phone,
    /// A voice gateway (SIM box, GoIP).
    Gateway,
    /// A modem or modem pool.
    Modem,
    /// A machine: meter, lift, tracker, payment terminal.
    Iot,
    /// A router.
    Router,
}

impl DeviceClass {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Phone => "phone",
            Self::Gateway => "gateway",
            Self::Modem => "modem",
            Self::Iot => "iot",
            Self::Router => "router",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Watch, Self::Phone, Self::Gateway, Self::Modem, Self::Iot, Self::Router];
        all.into_iter().find(|class| class.name() == name.trim().to_ascii_lowercase())
    }
}

/// A file of knowledge cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// A column or value is wrong.
    #[error("{path}: {what}")]
    Content {
        /// The file.
        path: String,
        /// What is wrong.
        what: String,
    },
}

/// What an operator told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Knowledge {
    models: BTreeMap<Tac, DeviceClass>,
    ranges: BTreeMap<String, DeviceClass>,
}

impl Knowledge {
    /// Adds the models of a file with the columns `tac` and `class`.
    pub fn read_models(&mut self, path: &Path) -> Result<(), KnowledgeError> {
        for (tac, class) in pairs(path, "tac")? {
            let tac = tac.parse().map_err(|_| wrong(path, format!("{tac:?} is not a TAC of eight digits")))?;
            self.models.insert(tac, class);
        }
        Ok(())
    }

    /// Adds the ranges of a file with the columns `imsi_prefix` and `class`.
    pub fn read_ranges(&mut self, path: &Path) -> Result<(), KnowledgeError> {
        for (prefix, class) in pairs(path, "imsi_prefix")? {
            if prefix.is_empty() || prefix.len() > 15 || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(wrong(path, format!("{prefix:?} is not the start of an IMSI")));
            }
            self.ranges.insert(prefix, class);
        }
        Ok(())
    }

    /// What kind of device a model is.
    pub fn model(&self, tac: Tac) -> Option<DeviceClass> {
        self.models.get(&tac).copied()
    }

    /// What kind of device a card is sold for: the longest range that it is in.
    pub fn card(&self, imsi: Imsi) -> Option<DeviceClass> {
        let digits = imsi.to_string();
        (1..=digits.len()).rev().find_map(|len| self.ranges.get(digits.get(..len)?).copied())
    }
}

fn wrong(path: &Path, what: String) -> KnowledgeError {
    KnowledgeError::Content { path: path.display().to_string(), what }
}

fn pairs(path: &Path, key: &str) -> Result<Vec<(String, DeviceClass)>, KnowledgeError> {
    let frame: Frame = read(path, "", 0)?;
    let column = |name: &str| frame.column(name).ok_or_else(|| wrong(path, format!("no column {name:?}")));
    let (key, class) = (column(key)?, column("class")?);
    let text = |row: &[Cell], place: usize| row.get(place).and_then(Cell::text).unwrap_or_default();
    let pair = |row: &Vec<Cell>| {
        let name = text(row, class);
        let class = DeviceClass::from_name(&name).ok_or_else(|| wrong(path, format!("unknown class {name:?}")))?;
        Ok((text(row, key).trim().to_owned(), class))
    };
    frame.rows.iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_range_counts() {
        let mut knowledge = Knowledge::default();
        knowledge.ranges.insert("00101".into(), DeviceClass::Phone);
        knowledge.ranges.insert("0010177".into(), DeviceClass::Watch);
        assert_eq!(knowledge.card("001017700000001".parse().unwrap()), Some(DeviceClass::Watch));
        assert_eq!(knowledge.card("001011100000001".parse().unwrap()), Some(DeviceClass::Phone));
        assert_eq!(knowledge.card("999991100000001".parse().unwrap()), None);
    }
}
