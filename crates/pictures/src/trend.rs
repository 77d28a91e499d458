//! A trend: how a few values went over time.

use time::Date;

use crate::{
    canvas::{Anchor, Canvas, Style, number, path},
    label, mark,
    palette::{self, GRID, MUTED},
    radar::head,
};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;
const LEFT: f64 = 88.0;
const RIGHT: f64 = WIDTH - 236.0;
const TOP: f64 = 140.0;
const BOTTOM: f64 = HEIGHT - 74.0;
const NAME_SIZE: f64 = 17.0;
/// How far the names at the ends of lines stay apart.
const APART: f64 = 46.0;

/// How a few values went over time.
#[derive(Clone, Debug)]
pub struct Trend {
    /// What it shows.
    pub title: String,
    /// In a few words: whose, from when to when.
    pub subtitle: String,
    /// The lowest value of the scale.
    pub lowest: i32,
    /// The highest value of the scale.
    pub highest: i32,
    /// The lines; a handful.
    pub lines: Vec<Line>,
}

/// A value over time.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is about.
    pub name: String,
    /// Its points, earliest first.
    pub points: Vec<Point>,
}

/// A value on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// The value.
    pub value: f64,
}

/// What time lies between, and where its ends are in the picture.
#[derive(Clone, Copy)]
struct Span {
    first: i32,
    days: f64,
}

impl Trend {
    /// The picture as an SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut canvas = Canvas::new(WIDTH, HEIGHT, &self.title, &self.description());
        head(&mut canvas, &self.title, &self.subtitle);
        self.scale(&mut canvas);
        let days = self
            .lines
            .iter()
            .flat_map(|line| &line.points)
            .map(|point| point.day);
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        days.dedup();
        if let [first, .., last] | [first @ last] = days.as_slice() {
            let span = Span {
                first: first.to_julian_day(),
                days: f64::from(last.to_julian_day() - first.to_julian_day()),
            };
            dates(&mut canvas, span, &days);
            self.draw(&mut canvas, span);
        }
        canvas.finish()
    }

    /// Where each line began and ended, in words.
    fn description(&self) -> String {
        let line = |line: &Line| match line.points.as_slice() {
            [] => format!("{}: nothing yet.", line.name),
            [only] => format!("{}: {} on {}.", line.name, value(only.value), only.day),
            [first, .., last] => format!(
                "{}: from {} on {} to {} on {}.",
                line.name,
                value(first.value),
                first.day,
                value(last.value),
                last.day
            ),
        };
        let lines: Vec<String> = self.lines.iter().map(line).collect();
        let scale = format!("On a scale from {} to {}.", self.lowest, self.highest);
        format!("{}. {scale} {}", self.subtitle, lines.join(" "))
    }

    fn height(&self, value: f64) -> f64 {
        let steps = f64::from((self.highest - self.lowest).max(1));
        let share = (value - f64::from(self.lowest)) / steps;
        let share = if share.is_finite() { share } else { 0.0 };
        BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)
    }

    fn scale(&self, canvas: &mut Canvas) {
        for value in self.lowest..=self.highest {
            let y = self.height(f64::from(value));
            canvas.shape(&format!(
                "path d=\"M{} {y}H{}\" stroke=\"{GRID}\" stroke-width=\"1.5\"",
                number(LEFT),
                number(RIGHT),
                y = number(y)
            ));
            let style = Style::new(16.0).in_colour(MUTED).anchored(Anchor::End);
            canvas.text((LEFT - 18.0, y + 5.5), style, &value.to_string());
        }
    }

    fn draw(&self, canvas: &mut Canvas, span: Span) {
        let mut ends = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            let at = |point: &Point| (span.across(point.day), self.height(point.value));
            let points: Vec<_> = line.points.iter().map(at).collect();
            let colour = palette::group(place);
            let dashes = ["", "10 6", "3 6", "14 5 3 5"][place % 4];
            canvas.shape(&format!(
                "path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"3\" \
                 stroke-dasharray=\"{dashes}\" stroke-linejoin=\"round\"",
                path(&points, false)
            ));
            if let (Some(end), Some(last)) = (points.last(), line.points.last()) {
                ends.push((place, *end, last.value, line.name.as_str()));
            }
            for point in points {
                mark::plain(canvas, point, place);
            }
        }
        let wanted: Vec<f64> = ends.iter().map(|(_, (_, y), ..)| *y).collect();
        for ((place, from, last, name), y) in ends.iter().zip(spread(&wanted)) {
            end(canvas, *place, (*from, y), &value(*last), name);
        }
    }
}

impl Span {
    fn across(self, day: Date) -> f64 {
        if self.days > 0.0 {
            let share = f64::from(day.to_julian_day() - self.first) / self.days;
            LEFT + 14.0 + (RIGHT - LEFT - 28.0) * share
        } else {
            f64::midpoint(LEFT, RIGHT)
        }
    }
}

/// The name and the last value of a line, beside its end.
fn end(
    canvas: &mut Canvas,
    place: usize,
    ((from_x, from_y), y): ((f64, f64), f64),
    value: &str,
    name: &str,
) {
    let x = RIGHT + 24.0;
    let colour = palette::group(place);
    let lead = [(from_x + 10.0, from_y), (RIGHT + 4.0, y), (x - 6.0, y)];
    canvas.shape(&format!(
        "path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\"",
        path(&lead, false)
    ));
    let style = Style::new(NAME_SIZE).bold().in_colour(colour);
    canvas.text((x, y + 6.0), style, value);
    let beside = x + label::width("0.00", NAME_SIZE) * 1.1 + 8.0;
    for line in label::lines(name, NAME_SIZE, WIDTH - beside - 24.0, 1) {
        canvas.text((beside, y + 6.0), Style::new(NAME_SIZE), &line);
    }
}

/// Days below the scale: the first, the last and as many between as there is room for.
fn dates(canvas: &mut Canvas, span: Span, days: &[Date]) {
    let mut free = f64::NEG_INFINITY;
    let last = days.last().map(|day| span.across(*day));
    for (place, day) in days.iter().enumerate() {
        let x = span.across(*day);
        let text = format!("{} {} {}", day.day(), month(*day), day.year());
        let half = label::width(&text, 16.0) / 2.0 + 10.0;
        let is_last = place + 1 == days.len();
        let room = last.is_none_or(|last| is_last || x + half < last - half);
        if x - half >= free && room {
            let style = Style::new(16.0).in_colour(MUTED).anchored(Anchor::Middle);
            canvas.text((x, BOTTOM + 36.0), style, &text);
            free = x + half;
        }
    }
}

fn month(day: Date) -> &'static str {
    [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][usize::from(u8::from(day.month())) - 1]
}

fn value(value: f64) -> String {
    if value.is_finite() {
        number_of_two(value)
    } else {
        "–".to_owned()
    }
}

/// With two decimals at most.
fn number_of_two(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The same heights, moved so that no two are closer than names can stand, and as little as that takes.
fn spread(wanted: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]));
    let mut placed = wanted.to_vec();
    let mut free = f64::NEG_INFINITY;
    for place in &order {
        placed[*place] = wanted[*place].max(free);
        free = placed[*place] + APART / 1.6;
    }
    let below = order
        .last()
        .map_or(0.0, |last| (placed[*last] - BOTTOM).max(0.0));
    for height in &mut placed {
        *height -= below;
    }
    placed
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn trend(lines: &[&[(Date, f64)]]) -> Trend {
        let point = |&(day, value): &(Date, f64)| Point { day, value };
        let line = |points: &&[(Date, f64)]| Line {
            name: "Overall".to_owned(),
            points: points.iter().map(point).collect(),
        };
        Trend {
            title: "Over time".to_owned(),
            subtitle: "Since 2025".to_owned(),
            lowest: 1,
            highest: 5,
            lines: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn a_trend_says_where_it_began_and_ended() {
        let points = [(date!(2025 - 03 - 01), 2.5), (date!(2026 - 03 - 01), 3.27)];
        let svg = trend(&[&points]).svg();
        assert!(svg.contains("Overall: from 2.5 on 2025-03-01 to 3.27 on 2026-03-01."));
        assert!(svg.contains(">1 Mar 2025<") && svg.contains(">1 Mar 2026<"));
        assert_eq!(svg, trend(&[&points]).svg());
    }

    #[test]
    fn few_points_and_odd_values_make_a_picture_too() {
        let day = date!(2026 - 03 - 01);
        for lines in [
            &[][..],
            &[&[][..]],
            &[&[(day, f64::NAN)][..]],
            &[&[(day, 99.0)][..]],
        ] {
            let svg = trend(lines).svg();
            assert!(!svg.contains("NaN") && svg.ends_with("</svg>\n"));
        }
    }

    #[test]
    fn names_at_the_same_height_are_moved_apart() {
        let placed = spread(&[200.0, 200.0, 210.0, BOTTOM, BOTTOM]);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(
            sorted.windows(2).all(|pair| pair[1] - pair[0] > 20.0),
            "{placed:?}"
        );
        assert!(placed.iter().all(|height| *height <= BOTTOM + 1.0));
    }

    #[test]
    fn a_later_day_lies_further_right_and_a_higher_value_further_up() {
        let trend = trend(&[]);
        assert!(trend.height(4.0) < trend.height(3.0));
        let span = Span {
            first: date!(2026 - 01 - 01).to_julian_day(),
            days: 100.0,
        };
        assert!(span.across(date!(2026 - 02 - 01)) > span.across(date!(2026 - 01 - 15)));
    }
}
