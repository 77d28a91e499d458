//! Private columns: a JSON value sealed under its owner's data key, for one place only.

use crate::{
    aad::associated,
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    key::DataKey,
};
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Lengths are rounded up to this many bytes, so that an envelope does not tell "yes" from "no".
const STEP: usize = 32;

/// Where a sealed value belongs. A value copied to any other place does not open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldAddress<'a> {
    /// Whose value it is.
    pub user: Uuid,
    /// The table's name in SQL.
    pub table: &'a str,
    /// The column's name in SQL.
    pub column: &'a str,
    /// The row's key as text; for a composed key its parts in the order of the constraint, joined with '/'.
    pub row: &'a str,
}

impl FieldAddress<'_> {
    fn aad(&self) -> Vec<u8> {
        associated(
            "field",
            &[
                self.user.as_bytes(),
                self.table.as_bytes(),
                self.column.as_bytes(),
                self.row.as_bytes(),
            ],
        )
    }
}

/// Seals `value` for `address`: compact JSON, padded with spaces to a multiple of 32 bytes.
pub fn seal_field(
    key: &DataKey,
    address: &FieldAddress<'_>,
    value: &Value,
    entropy: &mut dyn Entropy,
) -> Result<String> {
    let mut plain = Zeroizing::new(serde_json::to_vec(value).map_err(|_| Error::Malformed)?);
    let padded = plain.len().next_multiple_of(STEP);
    plain.resize(padded, b' ');
    envelope::seal(key.expose(), &plain, &address.aad(), entropy)
}

/// Opens what [`seal_field`] made for the same address; errors as in [`envelope::open`].
pub fn open_field(key: &DataKey, address: &FieldAddress<'_>, sealed: &str) -> Result<Value> {
    let plain = envelope::open(key.expose(), sealed, &address.aad())?;
    serde_json::from_slice(&plain).map_err(|_| Error::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;
    use serde_json::json;

    const HERE: FieldAddress<'_> = FieldAddress {
        user: Uuid::from_u128(1),
        table: "stories",
        column: "body",
        row: "r1",
    };

    fn key() -> DataKey {
        DataKey::copy_of(&[3; 32])
    }

    fn sealed(value: &Value) -> String {
        seal_field(&key(), &HERE, value, &mut Seeded::new(1)).unwrap()
    }

    #[test]
    fn values_come_back_whole() {
        for value in [
            json!(null),
            json!("  blanks  "),
            json!({"a": [1, 2.5, "ü\0"]}),
            json!(""),
        ] {
            assert_eq!(open_field(&key(), &HERE, &sealed(&value)).unwrap(), value);
        }
    }

    #[test]
    fn a_moved_value_is_refused() {
        let envelope = sealed(&json!("mine"));
        for elsewhere in [
            FieldAddress {
                user: Uuid::from_u128(2),
                ..HERE
            },
            FieldAddress {
                table: "tales",
                ..HERE
            },
            FieldAddress {
                column: "title",
                ..HERE
            },
            FieldAddress { row: "r2", ..HERE },
            FieldAddress {
                table: "storiesb",
                column: "ody",
                ..HERE
            },
        ] {
            assert_eq!(
                open_field(&key(), &elsewhere, &envelope),
                Err(Error::Refused)
            );
        }
    }

    #[test]
    fn another_persons_key_is_refused() {
        let other = DataKey::copy_of(&[4; 32]);
        assert_eq!(
            open_field(&other, &HERE, &sealed(&json!(1))),
            Err(Error::Refused)
        );
    }

    #[test]
    fn lengths_show_only_in_steps() {
        let length = |text: usize| sealed(&json!("x".repeat(text))).len();
        assert_eq!(length(0), length(30));
        assert!(length(30) < length(31));
        assert_eq!(length(31), length(62));
    }

    #[test]
    fn sealing_twice_differs() {
        let mut entropy = Seeded::new(1);
        let first = seal_field(&key(), &HERE, &json!(1), &mut entropy).unwrap();
        assert_ne!(
            first,
            seal_field(&key(), &HERE, &json!(1), &mut entropy).unwrap()
        );
    }
}
