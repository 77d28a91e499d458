//! Where in the workbook something stands.

use std::fmt;

/// Part, module, exercise and activity. It is counted from the files and changes with them; it is
/// no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// 1 and up.
    pub part: i32,
    /// Within the part; 0 opens the part.
    pub module: i32,
    /// Within the module; 0 opens the module.
    pub exercise: i32,
    /// Within the exercise; 0 opens the exercise.
    pub activity: i32,
}

impl Location {
    /// The module, such as `1.1`.
    #[must_use]
    pub fn module_id(&self) -> String {
        format!("{}.{}", self.part, self.module)
    }

    /// The exercise, such as `1.1.2`.
    #[must_use]
    pub fn exercise_id(&self) -> String {
        format!("{}.{}.{}", self.part, self.module, self.exercise)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}.{}.{}",
            self.part, self.module, self.exercise, self.activity
        )
    }
}
