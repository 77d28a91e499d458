//! A radar: how far somebody has come on each of many axes.

use std::f64::consts::TAU;

use crate::{
    canvas::{Anchor, Canvas, Style, number, path},
    label, mark,
    palette::{self, ACCENT, GRID, MUTED},
};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 830.0;
const CENTRE: (f64, f64) = (480.0, 436.0);
/// Where the lowest value stands, so that marks do not cover each other there.
const INNER: f64 = 74.0;
const OUTER: f64 = 238.0;
const RIM: f64 = OUTER + 20.0;
const NAMES: f64 = OUTER + 44.0;
const NAME_SIZE: f64 = 17.0;
const NAME_STEP: f64 = 21.0;
const NAME_WIDTH: f64 = 170.0;

/// How far somebody has come on each of many axes, in groups.
#[derive(Clone, Debug)]
pub struct Radar {
    /// What it shows.
    pub title: String,
    /// In a few words: whose, when.
    pub subtitle: String,
    /// The highest value; the lowest is 1.
    pub highest: u8,
    /// The groups, clockwise from the top.
    pub groups: Vec<Group>,
}

/// Axes that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// What stands behind the name in the legend, such as an average.
    pub note: String,
    /// Its axes.
    pub axes: Vec<Axis>,
}

/// One axis.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// From 1 to the highest; `None` where there is none yet.
    pub value: Option<u8>,
}

impl Radar {
    /// The picture as an SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut canvas = Canvas::new(WIDTH, HEIGHT, &self.title, &self.description());
        head(&mut canvas, &self.title, &self.subtitle);
        self.scale(&mut canvas);
        self.rim(&mut canvas);
        self.outline(&mut canvas);
        let mut turn = 0;
        for (place, group) in self.groups.iter().enumerate() {
            for axis in &group.axes {
                self.axis(&mut canvas, turn, axis);
                if let Some(value) = axis.value {
                    let point = self.point(turn, self.radius(value));
                    mark::numbered(&mut canvas, point, place, &value.to_string());
                }
                turn += 1;
            }
        }
        self.legend(&mut canvas);
        canvas.finish()
    }

    /// Every value in words.
    fn description(&self) -> String {
        let group = |group: &Group| {
            let told = |axis: &Axis| match axis.value {
                Some(value) => format!("{} {value}", axis.name),
                None => format!("{} not rated", axis.name),
            };
            let axes: Vec<String> = group.axes.iter().map(told).collect();
            format!("{} ({}): {}.", group.name, group.note, axes.join(", "))
        };
        let groups: Vec<String> = self.groups.iter().map(group).collect();
        let scale = format!("On a scale from 1 to {}.", self.highest);
        format!("{}. {scale} {}", self.subtitle, groups.join(" "))
    }

    fn axes(&self) -> usize {
        self.groups.iter().map(|group| group.axes.len()).sum()
    }

    fn radius(&self, value: u8) -> f64 {
        let steps = f64::from(self.highest.saturating_sub(1).max(1));
        let value = f64::from(value.clamp(1, self.highest.max(1)) - 1);
        INNER + (OUTER - INNER) * value / steps
    }

    /// The angle of an axis, from the top clockwise.
    #[expect(clippy::cast_precision_loss, reason = "a picture has few axes")]
    fn angle(&self, turn: f64) -> f64 {
        TAU * turn / self.axes().max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "a picture has few axes")]
    fn point(&self, turn: usize, radius: f64) -> (f64, f64) {
        at(self.angle(turn as f64), radius)
    }

    fn scale(&self, canvas: &mut Canvas) {
        for value in 1..=self.highest {
            let ring: Vec<_> = (0..self.axes())
                .map(|turn| self.point(turn, self.radius(value)))
                .collect();
            canvas.shape(&format!(
                "path d=\"{}\" fill=\"none\" stroke=\"{GRID}\" stroke-width=\"1.5\"",
                path(&ring, true)
            ));
        }
        for turn in 0..self.axes() {
            let spoke = [self.point(turn, INNER), self.point(turn, OUTER)];
            canvas.shape(&format!(
                "path d=\"{}\" stroke=\"{GRID}\" stroke-width=\"1.5\"",
                path(&spoke, false)
            ));
        }
    }

    /// An arc for each group.
    #[expect(clippy::cast_precision_loss, reason = "a picture has few axes")]
    fn rim(&self, canvas: &mut Canvas) {
        let mut begun = 0;
        for (place, group) in self.groups.iter().enumerate() {
            let ended = begun + group.axes.len();
            if ended > begun {
                let (x, y) = at(self.angle(begun as f64 - 0.38), RIM);
                let (to_x, to_y) = at(self.angle(ended as f64 - 0.62), RIM);
                let large = u8::from(2 * (ended - begun) > self.axes());
                canvas.shape(&format!(
                    "path d=\"M{} {}A{RIM} {RIM} 0 {large} 1 {} {}\" fill=\"none\" stroke=\"{}\" \
                     stroke-width=\"5\" stroke-linecap=\"round\"",
                    number(x),
                    number(y),
                    number(to_x),
                    number(to_y),
                    palette::group(place)
                ));
            }
            begun = ended;
        }
    }

    /// The area between the values that there are.
    fn outline(&self, canvas: &mut Canvas) {
        let axes = self.groups.iter().flat_map(|group| &group.axes);
        let points: Vec<_> = axes
            .enumerate()
            .filter_map(|(turn, axis)| Some(self.point(turn, self.radius(axis.value?))))
            .collect();
        canvas.shape(&format!(
            "path d=\"{}\" fill=\"{ACCENT}\" fill-opacity=\"0.13\" stroke=\"{ACCENT}\" \
             stroke-width=\"2.5\" stroke-linejoin=\"round\"",
            path(&points, true)
        ));
    }

    fn axis(&self, canvas: &mut Canvas, turn: usize, axis: &Axis) {
        let (x, y) = self.point(turn, NAMES);
        let across = (x - CENTRE.0) / NAMES;
        let anchor = if across > 0.1 {
            Anchor::Start
        } else if across < -0.1 {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let lines = label::lines(&axis.name, NAME_SIZE, NAME_WIDTH, 3);
        let style = Style::new(NAME_SIZE).anchored(anchor);
        #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
        let height = (lines.len() - 1) as f64 * NAME_STEP;
        // Above the circle the last line is next to it, below the first, beside it the middle.
        let down = (y - CENTRE.1) / NAMES;
        let top = y + height * (down - 1.0) / 2.0 + NAME_SIZE * 0.35;
        let mut line_at = top;
        for line in lines {
            let style = match axis.value {
                Some(_) => style,
                None => style.in_colour(MUTED),
            };
            canvas.text((x, line_at), style, &line);
            line_at += NAME_STEP;
        }
    }

    fn legend(&self, canvas: &mut Canvas) {
        let widths = self.groups.iter().map(|group| {
            label::width(&group.name, 17.0) * 1.04 + label::width(&group.note, 17.0) + 76.0
        });
        let widths: Vec<f64> = widths.collect();
        // Behind the last one is no gap.
        let mut x = f64::midpoint(WIDTH - widths.iter().sum::<f64>(), 40.0);
        let y = HEIGHT - 38.0;
        for (place, (group, width)) in self.groups.iter().zip(widths).enumerate() {
            mark::plain(canvas, (x + 8.0, y - 6.0), place);
            let name = Style::new(17.0).bold();
            canvas.text((x + 24.0, y), name, &group.name);
            let beside = x + 32.0 + label::width(&group.name, 17.0) * 1.04;
            canvas.text((beside, y), Style::new(17.0).in_colour(MUTED), &group.note);
            x += width;
        }
    }
}

/// The title of a picture and the line below it.
pub(crate) fn head(canvas: &mut Canvas, title: &str, subtitle: &str) {
    let title = label::lines(title, 30.0, (WIDTH - 96.0) * 0.95, 1);
    for line in title {
        canvas.text((48.0, 62.0), Style::new(30.0).bold(), &line);
    }
    for line in label::lines(subtitle, 18.0, WIDTH - 96.0, 1) {
        canvas.text((48.0, 93.0), Style::new(18.0).in_colour(MUTED), &line);
    }
}

fn at(angle: f64, radius: f64) -> (f64, f64) {
    (
        CENTRE.0 + radius * angle.sin(),
        CENTRE.1 - radius * angle.cos(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn radar(values: &[Option<u8>]) -> Radar {
        let axis = |(place, value): (usize, &Option<u8>)| Axis {
            name: format!("Axis {place}"),
            value: *value,
        };
        Radar {
            title: "Competencies".to_owned(),
            subtitle: "1 March 2026".to_owned(),
            highest: 5,
            groups: vec![Group {
                name: "Delivery".to_owned(),
                note: "average 3.5".to_owned(),
                axes: values.iter().enumerate().map(axis).collect(),
            }],
        }
    }

    #[test]
    fn every_value_stands_in_the_description_too() {
        let svg = radar(&[Some(4), None, Some(1)]).svg();
        let words = "Delivery (average 3.5): Axis 0 4, Axis 1 not rated, Axis 2 1.";
        assert!(svg.contains(words), "{svg}");
        assert!(svg.contains("role=\"img\" aria-labelledby=\"title desc\""));
        assert_eq!(svg.matches("<circle").count(), 3, "two marks and a legend");
    }

    #[test]
    fn the_same_values_give_the_same_bytes_whatever_they_are() {
        for values in [vec![], vec![Some(0)], vec![None; 3], vec![Some(200); 40]] {
            let svg = radar(&values).svg();
            assert_eq!(svg, radar(&values).svg());
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
        }
    }

    #[test]
    fn higher_lies_further_out() {
        let radar = radar(&[Some(1); 4]);
        let radii: Vec<_> = (1..=5).map(|value| radar.radius(value)).collect();
        assert!(radii.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!((radii[0], radii[4]), (INNER, OUTER));
    }
}
