//! The colours. Text has a contrast of 4.5 to 1 or more against its ground, shapes that matter 3 to 1.

/// The ground.
pub(crate) const PAPER: &str = "#ffffff";
/// Titles and names.
pub(crate) const INK: &str = "#17262e";
/// What stands back: scales, dates.
pub(crate) const MUTED: &str = "#52636d";
/// Lines of a scale; only help the eye.
pub(crate) const GRID: &str = "#d7e0e5";
/// Where a bar could reach to.
pub(crate) const TRACK: &str = "#e6edf0";
/// What is not told apart by groups.
pub(crate) const ACCENT: &str = "#14594a";
/// One for each group, in turns.
const GROUPS: [&str; 4] = ["#0b6b50", "#6a3d9a", "#b04a0e", "#1f5f99"];

/// The colour of a group by its place.
pub(crate) const fn group(place: usize) -> &'static str {
    GROUPS[place % GROUPS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn the_measure_is_that_of_the_guidelines() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_can_be_read() {
        for colour in [INK, MUTED, ACCENT].iter().chain(&GROUPS) {
            let contrast = contrast(colour, PAPER);
            assert!(contrast >= 4.5, "{colour} has {contrast:.2}");
        }
        for colour in [ACCENT].iter().chain(&GROUPS) {
            assert!(contrast(colour, TRACK) >= 3.0, "{colour} on a track");
        }
    }
}
