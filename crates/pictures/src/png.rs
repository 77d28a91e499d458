//! The same picture of points, for where no SVG is shown.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        fontdb::{Database, Source},
    },
};

/// Points of the PNG for each point of the picture, so that it is sharp on most screens.
const SCALE: f32 = 2.0;

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.otf");

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in [REGULAR, SEMI_BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    Arc::new(fonts)
});

/// What can go wrong with a PNG; all of it is a fault of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is no SVG document.
    #[error("the picture is no SVG document")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture has no size.
    #[error("the picture has no size")]
    Size,
    /// The points could not be written.
    #[error("the picture was not written")]
    Write(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A picture of this crate as a PNG, twice as large in each direction. It takes some time, so not on a thread that
/// others wait for.
pub fn png(svg: &str) -> Result<Vec<u8>, Error> {
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size().scale_by(SCALE);
    let size = size.ok_or(Error::Size)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(Error::Size)?;
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| Error::Write(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::{Canvas, Style};

    fn picture(text: &str) -> Vec<u8> {
        let mut canvas = Canvas::new(200.0, 40.0, "A picture", "of a word");
        canvas.text((10.0, 30.0), Style::new(20.0), text);
        canvas.text((100.0, 30.0), Style::new(20.0).bold(), text);
        png(&canvas.finish()).unwrap()
    }

    #[test]
    fn a_png_has_the_size_and_the_letters_of_the_picture() {
        let made = picture("Öfen");
        assert_eq!(&made[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(made[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (400, 80));
        assert_eq!(made, picture("Öfen"), "the same each time");
        assert_ne!(made, picture(""), "letters are drawn");
        assert_ne!(made, picture("Ofen"));
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(matches!(png("<svg"), Err(Error::Svg(_))));
    }
}
