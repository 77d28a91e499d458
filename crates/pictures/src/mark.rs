//! The marks of groups: each has a shape as well as a colour, and room for a number.

use crate::{
    canvas::{Anchor, Canvas, Style, number, path},
    palette,
};

/// Half the width of a mark with a number in it.
const LARGE: f64 = 12.0;
const SMALL: f64 = 7.0;

/// The shape of a group without a number, as a legend has it.
pub(crate) fn plain(canvas: &mut Canvas, centre: (f64, f64), group: usize) {
    shape(canvas, centre, group, SMALL);
}

/// The shape of a group with a number of one or two digits in it.
pub(crate) fn numbered(canvas: &mut Canvas, centre: (f64, f64), group: usize, value: &str) {
    shape(canvas, centre, group, LARGE);
    let style = Style::new(14.0)
        .bold()
        .in_colour(palette::PAPER)
        .anchored(Anchor::Middle);
    canvas.text((centre.0, centre.1 + 5.0), style, value);
}

fn shape(canvas: &mut Canvas, (x, y): (f64, f64), group: usize, half: f64) {
    let paint = format!(
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"",
        palette::group(group),
        palette::PAPER
    );
    let (cx, cy) = (number(x), number(y));
    match group % 4 {
        0 => {
            let r = number(half);
            canvas.shape(&format!("circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" {paint}"));
        }
        1 => {
            let half = half - 1.0;
            let (left, top, side) = (number(x - half), number(y - half), number(2.0 * half));
            canvas.shape(&format!(
                "rect x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" rx=\"3\" {paint}"
            ));
        }
        2 => {
            let half = half * 1.3;
            let corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
            canvas.shape(&format!("path d=\"{}\" {paint}", path(&corners, true)));
        }
        _ => {
            let corner = |turn: f64| {
                let angle = turn.to_radians();
                (x + half * 1.15 * angle.sin(), y - half * 1.15 * angle.cos())
            };
            let corners = [30.0, 90.0, 150.0, 210.0, 270.0, 330.0].map(corner);
            canvas.shape(&format!("path d=\"{}\" {paint}", path(&corners, true)));
        }
    }
}
