use super::*;
use image::{ImageEncoder, Rgb, Rgba, RgbaImage};

/// Red on the left, blue on the right: which way up is visible.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) })
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&flag(width, height)).expect("a JPEG");
    bytes
}

fn file(pixels: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).expect("a file");
    bytes.into_inner()
}

/// One entry of a TIFF directory, little-endian.
fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
    let (tag, kind) = (tag.to_le_bytes(), kind.to_le_bytes());
    [&tag[..], &kind[..], &count.to_le_bytes()[..], &value.to_le_bytes()[..]].concat()
}

/// What a camera writes: orientation 6, its maker, and 22° 16′ 41″ N.
fn exif() -> Vec<u8> {
    let first = [entry(0x010F, 2, 8, 50), entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, 58)].concat();
    let place = [entry(0x0001, 2, 2, u32::from(b'N')), entry(0x0002, 5, 3, 88)].concat();
    let degrees: Vec<u8> = [22_u32, 1, 16, 1, 41, 1].into_iter().flat_map(u32::to_le_bytes).collect();
    let head = [b"II*\0", &8_u32.to_le_bytes()[..], &3_u16.to_le_bytes()].concat();
    [head, first, vec![0; 4], b"Acmecam\0".to_vec(), 2_u16.to_le_bytes().to_vec(), place, vec![0; 4], degrees].concat()
}

/// A JPEG as a phone sends it: EXIF before the picture, a film behind it.
fn from_a_camera(width: u32, height: u32) -> Vec<u8> {
    let (plain, exif) = (jpeg(width, height), exif());
    let length = u16::try_from(exif.len() + 8).expect("short").to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, b"Exif\0\0", &exif, &plain[2..], b"ftypmp42 and a film"].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn colour(bytes: &[u8], x: u32, y: u32) -> [u8; 3] {
    image::load_from_memory(bytes).expect("an image").into_rgb8().get_pixel(x, y).0
}

#[test]
fn a_camera_photo_keeps_its_pixels_and_nothing_else() {
    let sent = from_a_camera(640, 400);
    assert!(holds(&sent, b"Exif") && holds(&sent, b"Acmecam"));
    let photo = process(&sent).expect("a photo");
    assert_eq!((photo.width, photo.height), (400, 640), "turned upright");
    for kept in [&photo.large, &photo.small] {
        for trace in [&b"Exif"[..], b"Acmecam", b"II*\0", b"ftyp"] {
            assert!(!holds(kept, trace));
        }
    }
    // Orientation 6: the left side of the stored picture is the top of the upright one.
    let [top, bottom] = [colour(&photo.large, 200, 20), colour(&photo.large, 200, 620)];
    assert!(top[0] > 150 && bottom[2] > 150, "{top:?} {bottom:?}");
    let small = image::load_from_memory(&photo.small).expect("an image");
    assert_eq!((small.width(), small.height()), (300, 480));
}

#[test]
fn every_orientation_is_undone() {
    for orientation in 1..=8_u8 {
        let mut sent = from_a_camera(64, 40);
        // The value of the second entry: APP1 head 12, TIFF head 10, one entry 12, tag, kind and count 8.
        sent[42] = orientation;
        let photo = process(&sent).expect("a photo");
        let upright = if orientation < 5 { (64, 40) } else { (40, 64) };
        assert_eq!((photo.width, photo.height), upright, "{orientation}");
    }
}

#[test]
fn names_are_hashes_of_what_is_kept() {
    let photo = process(&jpeg(50, 50)).expect("a photo");
    assert_eq!(photo.large_hash, name(&photo.large));
    assert_eq!(photo.small_hash.len(), 64);
    assert_eq!(process(&jpeg(50, 50)).expect("a photo").large_hash, photo.large_hash);
}

#[test]
fn large_pictures_are_shrunk_and_small_ones_left() {
    let photo = process(&jpeg(3000, 1000)).expect("a photo");
    assert_eq!((photo.width, photo.height), (2560, 853));
    let photo = process(&jpeg(1, 1)).expect("a photo");
    assert_eq!((photo.width, photo.height), (1, 1));
    let photo = process(&jpeg(9000, 2)).expect("a photo");
    assert_eq!((photo.width, photo.height), (2560, 1));
}

#[test]
fn what_was_transparent_is_white() {
    let mut glass = RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0]));
    glass.put_pixel(0, 0, Rgba([10, 10, 10, 255]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let photo = process(&file(&glass.clone().into(), format)).expect("a photo");
        assert!(colour(&photo.large, 30, 30).into_iter().all(|channel| channel > 250), "{format:?}");
    }
    let deep = DynamicImage::ImageRgba8(glass).into_rgba16();
    process(&file(&deep.into(), ImageFormat::Png)).expect("16 bits a channel");
}

#[test]
fn other_kinds_of_files_are_no_images() {
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for other in [&b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"[..], gif, svg, b"", b"\xFF\xD8\xFF", b"RIFF\0\0\0\0WEBP", b"MZ"]
    {
        assert_eq!(process(other).err(), Some(Note::NotAnImage));
    }
    // A PDF that begins like a JPEG is none either.
    assert_eq!(process(b"\xFF\xD8\xFF%PDF-1.7\n1 0 obj\n<<>>\nendobj\n").err(), Some(Note::NotAnImage));
}

#[test]
fn half_a_file_is_no_image() {
    let pixels = DynamicImage::ImageRgb8(flag(300, 200));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(&pixels, format);
        process(&whole).expect("a photo");
        for share in 1..10 {
            assert_eq!(
                process(&whole[..whole.len() * share / 10]).err(),
                Some(Note::NotAnImage),
                "{format:?} {share}/10"
            );
        }
    }
    let camera = from_a_camera(300, 200);
    assert_eq!(process(&camera[..camera.len() - 40]).err(), Some(Note::NotAnImage));
}

#[test]
fn damage_never_panics() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(&DynamicImage::ImageRgb8(flag(64, 48)), format);
        for place in (2..whole.len()).step_by(7) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x5A;
            let _ = process(&damaged);
        }
    }
}

#[test]
fn too_many_pixels_are_refused_before_they_are_decoded() {
    // The size in the frame header: 40 megapixels, of which no data follow.
    let mut sent = jpeg(64, 64);
    let frame = sent.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a baseline frame");
    sent[frame + 5..frame + 9].copy_from_slice(&[0x13, 0x88, 0x1F, 0x40]);
    assert_eq!(process(&sent).err(), Some(Note::TooManyPixels(24)));

    let mut sent = Vec::new();
    let wide = image::codecs::png::PngEncoder::new(&mut sent);
    wide.write_image(&vec![0; 8000 * 5000], 8000, 5000, image::ExtendedColorType::L8).expect("a PNG");
    assert_eq!(process(&sent).err(), Some(Note::TooManyPixels(24)));
}

#[test]
fn too_heavy_a_file_is_refused_unread() {
    assert_eq!(process(&vec![0; HEAVIEST + 1]).err(), Some(Note::TooHeavy(12)));
    assert_eq!(process(&vec![0; HEAVIEST]).err(), Some(Note::NotAnImage));
}

#[test]
fn thousands_of_scans_are_refused() {
    let plain = jpeg(16, 16);
    let scan = plain.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan");
    let body = &plain[scan..plain.len() - 2];
    let many = [&plain[..scan], &body.repeat(1000), &[0xFF, 0xD9]].concat();
    assert_eq!(scans(&plain), Some(1));
    assert_eq!(scans(&many), Some(1000));
    assert_eq!(process(&many).err(), Some(Note::NotAnImage));
}
