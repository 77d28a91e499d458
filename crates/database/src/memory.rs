//! What a snapshot has told already, so that the fields of one request do not ask it twice.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OnceCell;

/// Things by their type, each read once.
#[derive(Default)]
pub(crate) struct Memory(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memory {
    /// What is known of this type, or else what `read` finds. Whoever asks meanwhile waits; an error is not kept.
    pub(crate) async fn once<T, E>(
        &self,
        read: impl Future<Output = Result<T, E>>,
    ) -> Result<Arc<T>, E>
    where
        T: Any + Send + Sync,
    {
        let cell = self.cell::<T>();
        let known = cell.get_or_try_init(|| async { read.await.map(Arc::new) });
        known.await.map(Arc::clone)
    }

    fn cell<T: Any + Send + Sync>(&self) -> Arc<OnceCell<Arc<T>>> {
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = cells
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(OnceCell::<Arc<T>>::new()));
        Arc::clone(cell).downcast().unwrap_or_default()
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Memory").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_thing_is_read_once_and_an_error_is_not_kept() {
        let memory = Memory::default();
        let failed = memory.once::<u8, &str>(async { Err("no") }).await;
        assert_eq!(failed, Err("no"));
        let first = memory.once::<u8, &str>(async { Ok(1) }).await;
        let again = memory.once::<u8, &str>(async { Ok(2) }).await;
        let other = memory.once::<u16, &str>(async { Ok(3) }).await;
        assert_eq!(
            (first, again, other),
            (Ok(Arc::new(1)), Ok(Arc::new(1)), Ok(Arc::new(3)))
        );
    }
}
