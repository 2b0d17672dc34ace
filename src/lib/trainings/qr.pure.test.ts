import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { drawQr } from './qr.ts';

test('the path paints exactly the dark modules of the code', () => {
	const text = 'https://rembuk.example/gabung/7KPQM3XA';
	const { size, path } = drawQr(text);
	const painted = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		painted[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
	}
	expect(painted).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
});
