//! Amounts of money at the edge.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use dreamtree_api::{Plain, Plan, plain};

/// The largest whole number that every client reads exactly.
const LARGEST: u64 = (1 << 53) - 1;

/// An amount of money in whole minor units of its currency, such as cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinorUnits(pub i64);

/// An amount of money: a JSON integer of magnitude at most 2^53 − 1 (9,007,199,254,740,991), in whole minor
/// units of the currency, such as cents. A currency without minor units, such as JPY, counts in itself.
#[Scalar]
impl ScalarType for MinorUnits {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::Number(number) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        number
            .as_i64()
            .filter(|amount| amount.unsigned_abs() <= LARGEST)
            .map(Self)
            .ok_or_else(|| {
                InputValueError::custom("is not a whole number of at most 9,007,199,254,740,991")
            })
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

impl Plain for MinorUnits {
    fn write(&self, _: &Plan<'_>, out: &mut Vec<u8>) {
        plain::write_scalar(self, out);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    #[test]
    fn whole_numbers_that_every_client_reads_are_taken() {
        for amount in [0, 1_250, -1, 9_007_199_254_740_991, -9_007_199_254_740_991] {
            assert_eq!(
                MinorUnits::parse(Value::from(amount)).ok(),
                Some(MinorUnits(amount))
            );
            assert_eq!(MinorUnits(amount).to_value(), Value::from(amount));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let too_large = [9_007_199_254_740_992, i64::MIN, i64::MAX].map(Value::from);
        let others = [
            value!(12.5),
            value!("12"),
            value!(true),
            value!(null),
            Value::from(u64::MAX),
        ];
        for value in too_large.into_iter().chain(others) {
            assert!(MinorUnits::parse(value).is_err());
        }
    }
}
