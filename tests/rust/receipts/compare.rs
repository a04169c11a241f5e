//! What a photo shows beside what was read of it.

use std::collections::BTreeMap;

use aipass_photo_tests::truth::{Entry, Printed};
use serde::{Deserialize, Serialize};

/// One field: what is printed and what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Such as `amount` or `items.total`.
    pub field: String,
    pub printed: Option<String>,
    pub read: Option<String>,
}

impl Compared {
    pub fn is_wrong(&self) -> bool {
        self.read.is_some() && self.read != self.printed
    }

    /// Whether it is an amount of money.
    pub fn is_amount(&self) -> bool {
        const AMOUNTS: [&str; 9] =
            ["amount", "subtotal", "tip", "rounding", "tendered", "change", "total", "unit_price", "base"];
        AMOUNTS.contains(&self.field.rsplit('.').next().unwrap_or_default())
    }
}

/// Compares all that is printed with what was read, which are the fields of [`fields::of`](super::fields::of).
pub fn compared(printed: &Printed, read: &BTreeMap<String, String>) -> Vec<Compared> {
    let mut all: Vec<Compared> =
        printed.single.iter().map(|(field, printed)| one(field, printed.as_ref(), read.get(*field))).collect();
    let lists = [
        ("items", &printed.items, &["description", "quantity", "unit_price", "discount", "total"][..]),
        ("taxes", &printed.taxes, &["rate", "base", "amount"]),
        ("discounts", &printed.discounts, &["amount"]),
        ("payments", &printed.payments, &["last_four", "amount"]),
    ];
    for (list, printed, names) in lists {
        let read = entries(read, list);
        for (printed, read) in aligned(printed, &read) {
            let fields = names.iter().map(|name| {
                let printed = printed.and_then(|entry| entry.get(name));
                one(&format!("{list}.{name}"), printed, read.and_then(|entry| entry.get(*name)))
            });
            all.extend(fields);
        }
    }
    all.retain(|field| field.printed.is_some() || field.read.is_some());
    all
}

fn one(field: &str, printed: Option<&String>, read: Option<&String>) -> Compared {
    Compared { field: field.to_owned(), printed: printed.cloned(), read: read.cloned() }
}

/// The entries of a list, from fields such as `items.0.total`.
fn entries(read: &BTreeMap<String, String>, list: &str) -> Vec<BTreeMap<String, String>> {
    let mut entries: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for (field, value) in read {
        let mut parts = field.split('.');
        if let (Some(name), Some(index), Some(member)) = (parts.next(), parts.next(), parts.next())
            && name == list
        {
            let index = index.parse().expect("a position");
            entries.entry(index).or_default().insert(member.to_owned(), value.clone());
        }
    }
    entries.into_values().collect()
}

type Pair<'a> = (Option<&'a Entry>, Option<&'a BTreeMap<String, String>>);

/// Which entry was read of which printed line, in their order: so that as many fields as possible are the same.
fn aligned<'a>(printed: &'a [Entry], read: &'a [BTreeMap<String, String>]) -> Vec<Pair<'a>> {
    let alike = |one: &Entry, other: &BTreeMap<String, String>| {
        1 + 4 * one.iter().filter(|(name, value)| other.get(**name) == Some(*value)).count()
    };
    let mut best = vec![vec![0; read.len() + 1]; printed.len() + 1];
    for i in (0..printed.len()).rev() {
        for j in (0..read.len()).rev() {
            let both = best[i + 1][j + 1] + alike(&printed[i], &read[j]);
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < printed.len() || j < read.len() {
        let is_both =
            i < printed.len() && j < read.len() && best[i][j] == best[i + 1][j + 1] + alike(&printed[i], &read[j]);
        if is_both {
            pairs.push((Some(&printed[i]), Some(&read[j])));
            (i, j) = (i + 1, j + 1);
        } else if i < printed.len() && (j == read.len() || best[i][j] == best[i + 1][j]) {
            pairs.push((Some(&printed[i]), None));
            i += 1;
        } else {
            pairs.push((None, Some(&read[j])));
            j += 1;
        }
    }
    pairs
}

// A line that was not read does not make the lines below it wrong
#[test]
fn lines_are_compared_with_what_was_read_of_them() {
    let item = |name: &str, total: &str| Entry::from([("description", name.to_owned()), ("total", total.to_owned())]);
    let printed = Printed {
        single: vec![("amount", Some("6".to_owned())), ("tip", None)],
        items: vec![item("A", "1"), item("B", "2"), item("C", "3")],
        taxes: Vec::new(),
        discounts: Vec::new(),
        payments: Vec::new(),
    };
    let read =
        [("amount", "6"), ("items.0.description", "A"), ("items.0.total", "1"), ("items.1.total", "3"), ("tip", "9")];
    let read = read.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
    let all = compared(&printed, &read);
    let said = |is: fn(&Compared) -> bool| -> Vec<&str> {
        all.iter().filter(|one| is(one)).map(|one| one.field.as_str()).collect()
    };
    assert_eq!(said(Compared::is_wrong), ["tip"]);
    assert_eq!(said(|one| one.read.is_none()), ["items.description", "items.total", "items.description"]);
}
