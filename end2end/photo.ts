// A photo as a phone takes one: lying on its side with a note how to turn it (orientation 6), and in
// EXIF the maker of the phone and the place where it was taken.
import type { Browser, Page } from '@playwright/test';

/** What the EXIF of the photo says and nobody else may read. */
export const MAKER = 'Pear Inc.';
/** The picture once it stands upright: red above, blue below. */
export const UPRIGHT = { width: 600, height: 900, above: 'red', below: 'blue' };

/** The JPEG of a camera. Stored it is 900 × 600, red on the left; turned a quarter right it stands. */
export async function cameraPhoto(browser: Browser): Promise<Buffer> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const base64 = await page.evaluate(async ([width, height]) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = 'red';
    pen.fillRect(0, 0, width / 2, height);
    pen.fillStyle = 'blue';
    pen.fillRect(width / 2, 0, width / 2, height);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  }, [UPRIGHT.height, UPRIGHT.width] as const);
  await context.close();
  const plain = Buffer.from(base64!, 'base64');
  const exif = app1();
  return Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
}

/** What a browser sees in the bytes of a photo, and what they still tell besides. Upright without EXIF is
 * upright in its pixels: no note is left that could turn it. */
export async function look(page: Page, bytes: Buffer) {
  const seen = await page.evaluate(async (base64) => {
    const raw = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([raw]));
    const canvas = document.createElement('canvas');
    const { width, height } = picture;
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext('2d')!;
    pen.drawImage(picture, 0, 0);
    const colour = (x: number, y: number) => {
      const [red = 0, , blue = 0] = pen.getImageData(x, y, 1, 1).data;
      return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : `${red}/${blue}`;
    };
    return { width, height, above: colour(width / 2, height / 8), below: colour(width / 2, (height * 7) / 8) };
  }, bytes.toString('base64'));
  const tells = ['Exif\0', 'http://ns.adobe.com/xap', MAKER].filter((mark) => bytes.includes(mark));
  return { ...seen, tells };
}

type Tag = [tag: number, type: 2 | 3 | 4 | 5, values: number[] | string];

/** An APP1 segment: maker, orientation 6, and a place in degrees, minutes, seconds. */
function app1(): Buffer {
  const gpsAt = 8 + 2 + 3 * 12 + 4 + 16;
  const first = directory(8, [[0x010f, 2, `${MAKER}\0`.padEnd(16, '\0')], [0x0112, 3, [6]], [0x8825, 4, [gpsAt]]]);
  const gps = directory(gpsAt, [
    [0x0001, 2, 'N\0'],
    [0x0002, 5, [22, 1, 32, 1, 3391, 100]],
    [0x0003, 2, 'E\0'],
    [0x0004, 5, [114, 1, 3, 1, 2801, 100]],
  ]);
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'), first, gps]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** One TIFF directory that stands at an offset, with what does not fit its entries behind it. */
function directory(at: number, tags: Tag[]): Buffer {
  const entries = Buffer.alloc(2 + tags.length * 12 + 4);
  entries.writeUInt16BE(tags.length, 0);
  const behind: Buffer[] = [];
  let end = at + entries.length;
  tags.forEach(([tag, type, values], index) => {
    const size = { 2: 1, 3: 2, 4: 4, 5: 4 }[type];
    let bytes: Buffer;
    if (typeof values === 'string') {
      bytes = Buffer.from(values, 'latin1');
    } else {
      bytes = Buffer.alloc(values.length * size);
      values.forEach((value, place) => bytes.writeUIntBE(value, place * size, size));
    }
    const count = type === 5 ? bytes.length / 8 : bytes.length / size;
    const entry = 2 + index * 12;
    entries.writeUInt16BE(tag, entry);
    entries.writeUInt16BE(type, entry + 2);
    entries.writeUInt32BE(count, entry + 4);
    if (bytes.length <= 4) {
      bytes.copy(entries, entry + 8);
    } else {
      entries.writeUInt32BE(end, entry + 8);
      behind.push(bytes);
      end += bytes.length;
    }
  });
  return Buffer.concat([entries, ...behind]);
}
