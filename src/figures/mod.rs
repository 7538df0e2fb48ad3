//! Data to SVG, and SVG to PNG.
