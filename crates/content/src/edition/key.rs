//! UUIDs for what authors name by keys.

use uuid::Uuid;

/// Never changes: every id that was ever derived hangs on it.
const NAMESPACE: Uuid = Uuid::from_u128(0x5f0c_9d57_7a1e_4c0b_9d35_6b1f_2e84_a7c3);

/// The key itself where it is a UUID; otherwise one that follows from kind and key alone.
pub(crate) fn uuid_of(kind: &str, key: &str) -> Uuid {
    Uuid::try_parse(key)
        .unwrap_or_else(|_| Uuid::new_v5(&NAMESPACE, format!("{kind}:{key}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_id_for_ever() {
        let id = uuid_of("skill", "analyzing-data");
        assert_eq!(id, uuid_of("skill", "analyzing-data"));
        assert_ne!(id, uuid_of("competency", "analyzing-data"));
        assert_eq!(id.get_version_num(), 5);
    }

    #[test]
    fn a_uuid_stays_itself() {
        let id = Uuid::now_v7();
        assert_eq!(uuid_of("skill", &id.to_string()), id);
    }
}
