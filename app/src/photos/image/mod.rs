//! What becomes of a photo: its pixels are decoded, turned upright and encoded anew. Nothing else of
//! the file survives: no place, no camera, no comment, no second file behind the first.

#[cfg(test)]
mod tests;

use crate::fault::Note;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// The heaviest file, in bytes (12 MB).
pub const HEAVIEST: usize = 12_000_000;
/// The most pixels (24 MP).
const MOST_PIXELS: u64 = 24_000_000;
/// The longest side of what is kept, in pixels, and its JPEG quality.
const LARGE: (u32, u8) = (2560, 85);
/// The same of the thumbnail.
const SMALL: (u32, u8) = (480, 80);
/// What a decoder may allocate, in bytes: enough for the most pixels at 16 bits a channel.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Progressive JPEGs have about ten; one made to keep a processor busy has thousands.
const MOST_SCANS: usize = 40;

/// A photo made anew: two JPEGs, each named by the SHA-256 of its bytes in hex.
#[derive(Debug)]
pub struct Processed {
    /// Longest side at most 2560 pixels.
    pub large: Vec<u8>,
    /// Its name.
    pub large_hash: String,
    /// Longest side at most 480 pixels.
    pub small: Vec<u8>,
    /// Its name.
    pub small_hash: String,
    /// Width of the large one, in pixels, upright.
    pub width: u32,
    /// Height of the large one, in pixels, upright.
    pub height: u32,
}

/// Makes a photo of a JPEG, PNG or WebP file: at most 12 MB, 24 megapixels. The first bytes decide what
/// it is, whatever its name says; the header is measured before anything is decoded. Pure, and slow.
pub fn process(bytes: &[u8]) -> Result<Processed, Note> {
    if bytes.len() > HEAVIEST {
        return Err(Note::TooHeavy(12));
    }
    let upright = decode(bytes)?;
    let large = encode(&upright, LARGE.1)?;
    let small = encode(&shrink(&upright, SMALL.0), SMALL.1)?;
    Ok(Processed {
        large_hash: name(&large),
        large,
        small_hash: name(&small),
        small,
        width: upright.width(),
        height: upright.height(),
    })
}

/// The pixels of a file, opaque, upright and no larger than what is kept.
fn decode(bytes: &[u8]) -> Result<DynamicImage, Note> {
    let format = format_of(bytes).ok_or(Note::NotAnImage)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Note::NotAnImage)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Note::TooManyPixels(24));
    }
    // The decoder would fill what is missing of a JPEG with grey.
    if format == ImageFormat::Jpeg && scans(bytes).is_none_or(|scans| scans > MOST_SCANS) {
        return Err(Note::NotAnImage);
    }
    let orientation = decoder.orientation().map_err(|_| Note::NotAnImage)?;
    let pixels = DynamicImage::from_decoder(decoder).map_err(|_| Note::NotAnImage)?;
    // Shrunk before it is turned: that is several times fewer pixels to move.
    let mut pixels = shrink(&DynamicImage::ImageRgb8(on_white(pixels)), LARGE.0);
    pixels.apply_orientation(orientation);
    Ok(pixels)
}

fn format_of(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        Some(ImageFormat::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(ImageFormat::WebP)
    } else {
        None
    }
}

/// The number of scans of a JPEG up to its end; none where the end is missing.
fn scans(bytes: &[u8]) -> Option<usize> {
    let (mut rest, mut scans) = (bytes.get(2..)?, 0);
    loop {
        let start = rest.iter().position(|byte| *byte == 0xFF)?;
        let marker = *rest.get(start + 1)?;
        rest = &rest[start + 1..];
        match marker {
            // The end.
            0xD9 => return Some(scans),
            // Filling, a stuffed byte of the data, and markers that stand alone.
            0xFF => {}
            0x00 | 0x01 | 0xD0..=0xD8 => rest = &rest[1..],
            _ => {
                let length = usize::from(u16::from_be_bytes([*rest.get(1)?, *rest.get(2)?]));
                scans += usize::from(marker == 0xDA);
                rest = rest.get(1 + length.max(2)..)?;
            }
        }
    }
}

/// The same picture without transparency, as if it lay on white paper.
fn on_white(pixels: DynamicImage) -> RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    let pixels = pixels.into_rgba8();
    let mut paper = RgbImage::new(pixels.width(), pixels.height());
    for (dot, from) in paper.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        // Between 0 and 255 by construction.
        dot.0 = [red, green, blue].map(|channel| ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8);
    }
    paper
}

/// Fits a picture into a square of that side; smaller ones stay as they are.
fn shrink(pixels: &DynamicImage, side: u32) -> DynamicImage {
    if pixels.width().max(pixels.height()) <= side {
        return pixels.clone();
    }
    pixels.resize(side, side, FilterType::CatmullRom)
}

fn encode(pixels: &DynamicImage, quality: u8) -> Result<Vec<u8>, Note> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
    // A side of more than 65535 pixels is the only refusal, and shrinking came first.
    pixels.write_with_encoder(encoder).map_err(|_| Note::NotAnImage)?;
    Ok(jpeg)
}

fn name(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
