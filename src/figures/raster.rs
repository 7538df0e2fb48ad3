//! SVG to PNG, with fonts of our own, so that a letter looks the same whatever the server has installed.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        fontdb::{Database, Source},
    },
};
use thiserror::Error;

use super::{Svg, Theme};

/// Pictures above this are drawn smaller: 8 megapixels take 32 MB while they are drawn.
const MAX_PIXELS: f64 = 8e6;

#[derive(Debug, Error)]
pub enum RasterError {
    #[error("a figure of the page has no colours of its own; draw it with Theme::Light")]
    NotSelfContained,
    #[error("the figure is not valid SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("the picture could not be written: {0}")]
    Png(String),
}

/// A PNG of a self-contained figure at `scale` pixels per CSS pixel (2 for mail), smaller if it would be very large.
/// Takes some ten milliseconds: keep it off the request threads.
pub fn png(svg: &Svg, scale: f64) -> Result<Vec<u8>, RasterError> {
    if svg.theme == Theme::Page {
        return Err(RasterError::NotSelfContained);
    }
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: "Noto Sans".to_owned(),
        // Nothing outside the text is read, whatever it may name.
        resources_dir: None,
        ..Options::default()
    };
    let tree = Tree::from_str(&svg.text, &options)?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = scale.min((MAX_PIXELS / (width * height)).sqrt()).max(0.01);
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or_else(|| RasterError::Png("no size".into()))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| RasterError::Png(error.to_string()))
}

/// Noto Sans (Latin, Greek, Cyrillic) in two weights, Noto Sans SC (GB 2312); see `assets/fonts/OFL.txt`.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    const FILES: [&[u8]; 3] = [
        include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
        include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"),
        include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf"),
    ];
    let mut fonts = Database::new();
    for file in FILES {
        fonts.load_font_source(Source::Binary(Arc::new(file)));
    }
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});
