//! Faults on a command line: `KIND` or `KIND:VALUE`.

use std::str::FromStr;

use super::alteration::Alteration;
use super::endpoint::Endpoint;
use super::kinds::{Fault, InvalidFault, KINDS, Kind, KindValue};

/// `delay:MILLISECONDS`, `reset[:BYTES]`, `garbage`.
fn written(kind: &Kind) -> String {
    let name = kind.kind;
    match kind.value {
        Some(KindValue { name: value, required: true, .. }) => format!("{name}:{}", value.to_uppercase()),
        Some(KindValue { name: value, required: false, .. }) => format!("{name}[:{}]", value.to_uppercase()),
        None => name.to_owned(),
    }
}

impl FromStr for Fault {
    type Err = InvalidFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || {
            let names: Vec<String> = KINDS.iter().map(written).collect();
            let altered: Vec<&str> = Alteration::ALL.iter().map(|(name, ..)| *name).collect();
            InvalidFault(format!("{text:?} is no fault: write {}, {}", names.join(", "), altered.join(", ")))
        };
        let (kind, value) = text.split_once(':').map_or((text, None), |(kind, value)| (kind, Some(value)));
        let number = value.map(|value| value.parse::<u64>().map_err(|_| unknown())).transpose()?;
        let fault = match (kind, number) {
            ("delay", Some(milliseconds)) => Self::Delay { milliseconds },
            ("status", Some(status)) => Self::status(u16::try_from(status).map_err(|_| unknown())?),
            ("truncation", Some(bytes)) => Self::Truncation { bytes },
            ("reset", bytes) => Self::Reset { bytes },
            ("stall", bytes) => Self::Stall { bytes },
            ("garbage", None) => Self::Garbage {},
            ("wrong_length", None) => Self::WrongLength {},
            ("expired_token", None) => Self::ExpiredToken {},
            ("revoked_grant", None) => Self::RevokedGrant {},
            ("empty_budget", None) => Self::EmptyBudget {},
            ("rotated_keys", None) => Self::RotatedKeys {},
            (name, None) => Alteration::named(name).ok_or_else(unknown)?.into(),
            _ => return Err(unknown()),
        };
        fault.check()?;
        Ok(fault)
    }
}

impl FromStr for Endpoint {
    type Err = InvalidFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::named(text).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|(name, _)| *name).collect();
            InvalidFault(format!("{text:?} is no endpoint: write one of {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_can_be_written() {
        let kinds = [
            "delay:20",
            "status:429",
            "truncation:0",
            "reset",
            "reset:4",
            "stall",
            "stall:4",
            "garbage",
            "wrong_length",
            "expired_token",
            "revoked_grant",
            "empty_budget",
            "rotated_keys",
        ];
        for text in kinds.into_iter().chain(Alteration::ALL.iter().map(|(name, ..)| *name)) {
            let fault: Fault = text.parse().unwrap();
            assert_eq!(fault.kind(), text.split(':').next().unwrap());
            let json = serde_json::to_value(&fault).unwrap();
            assert_eq!(json["kind"], fault.kind());
            assert_eq!(serde_json::from_value::<Fault>(json).unwrap(), fault);
        }
        for text in ["", "delay", "delay:soon", "status:42", "status:70000", "garbage:1", "gzip:1", "flood"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
        for (name, endpoint) in Endpoint::ALL {
            assert_eq!(name.parse(), Ok(endpoint));
            assert_eq!(serde_json::to_value(endpoint).unwrap(), name);
        }
        assert!("kitchen".parse::<Endpoint>().is_err());
    }
}
