//! Bars: which share of something was reached, for each of a few things.

use crate::{
    canvas::{Anchor, Canvas, Style, number},
    label,
    palette::{ACCENT, MUTED, PAPER, TRACK},
    radar::head,
};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 48.0;
const LENGTH: f64 = WIDTH - 2.0 * LEFT;
const TOP: f64 = 132.0;
const STEP: f64 = 78.0;
const THICK: f64 = 22.0;

/// Which share of something was reached, for each of a few things.
#[derive(Clone, Debug)]
pub struct Bars {
    /// What it shows.
    pub title: String,
    /// In a few words: of what, when.
    pub subtitle: String,
    /// From the top.
    pub bars: Vec<Bar>,
    /// Shares at which something else begins, such as a tier; drawn across the bars.
    pub limits: Vec<f64>,
}

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it is about.
    pub name: String,
    /// From 0 to 1.
    pub share: f64,
    /// What it means in a word, such as the tier.
    pub note: String,
}

impl Bars {
    /// The picture as an SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a picture has few bars")]
        let height = TOP + STEP * self.bars.len() as f64 + 24.0;
        let mut canvas = Canvas::new(WIDTH, height, &self.title, &self.description());
        head(&mut canvas, &self.title, &self.subtitle);
        let mut top = TOP;
        for bar in &self.bars {
            self.bar(&mut canvas, top, bar);
            top += STEP;
        }
        canvas.finish()
    }

    /// Every share in words.
    fn description(&self) -> String {
        let bar = |bar: &Bar| format!("{}: {}, {}.", bar.name, percent(bar.share), bar.note);
        let bars: Vec<String> = self.bars.iter().map(bar).collect();
        format!("{}. {}", self.subtitle, bars.join(" "))
    }

    fn bar(&self, canvas: &mut Canvas, top: f64, bar: &Bar) {
        let line = top + 18.0;
        let value = percent(bar.share);
        let end = Style::new(18.0).anchored(Anchor::End);
        canvas.text((WIDTH - LEFT, line), end.bold(), &value);
        let beside = WIDTH - LEFT - label::width(&value, 18.0) * 1.05 - 12.0;
        canvas.text((beside, line), end.in_colour(MUTED), &bar.note);
        let room = beside - label::width(&bar.note, 18.0) - LEFT - 24.0;
        for name in label::lines(&bar.name, 18.0, room, 1) {
            canvas.text((LEFT, line), Style::new(18.0), &name);
        }
        let upper = top + 30.0;
        strip(canvas, upper, 1.0, TRACK);
        strip(canvas, upper, within(bar.share), ACCENT);
        for limit in &self.limits {
            let x = number(LEFT + LENGTH * within(*limit));
            let (from, to) = (number(upper), number(upper + THICK));
            canvas.shape(&format!(
                "path d=\"M{x} {from}V{to}\" stroke=\"{PAPER}\" stroke-width=\"3\""
            ));
        }
    }
}

fn strip(canvas: &mut Canvas, top: f64, share: f64, colour: &str) {
    let length = LENGTH * share;
    if length > 0.0 {
        canvas.shape(&format!(
            "rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{colour}\"",
            number(LEFT),
            number(top),
            number(length),
            number(THICK),
            number((THICK / 2.0).min(length / 2.0))
        ));
    }
}

/// Whatever is no share counts as none.
fn within(share: f64) -> f64 {
    if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// Rounded half up, as shares are told elsewhere; what a fraction lacks in its last digits is given back first.
fn percent(share: f64) -> String {
    let percent = (100.0 * within(share) + 0.5 + 1e-9).floor();
    format!("{percent:.0} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_says_it() {
        let bars = |shares: &[f64]| {
            let bar = |share: &f64| Bar {
                name: "Planning".to_owned(),
                share: *share,
                note: "developing".to_owned(),
            };
            let bars = shares.iter().map(bar).collect();
            let limits = vec![0.5, 0.7];
            let (title, subtitle) = ("Core I".to_owned(), String::new());
            Bars {
                title,
                subtitle,
                bars,
                limits,
            }
        };
        let svg = bars(&[0.5]).svg();
        assert!(svg.contains("width=\"864\"") && svg.contains("width=\"432\""));
        assert!(svg.contains("Planning: 50 %, developing."));
        for (share, told) in [(0.125, "13 %"), (57.0 / 200.0, "29 %"), (0.624, "62 %")] {
            assert!(bars(&[share]).svg().contains(told), "{share}");
        }
        let odd = bars(&[f64::NAN, -1.0, 7.0]).svg();
        assert!(!odd.contains("NaN") && odd.contains("Planning: 100 %, developing."));
    }
}
