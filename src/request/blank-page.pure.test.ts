import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { blank } from '../routes/blanks.ts';
import { BlankPage } from './blank-page.server.ts';

const page = new BlankPage(
	`<h1>Halo, ${blank('name')} – ${blank('name')}</h1><textarea>${blank('text')}</textarea>✓`
);
const words = { name: 'Sri', text: 'Tangga' };
const texts: Record<string, string> = {
	'a short word': 'Tangga',
	'no word': '',
	'letters of several bytes': 'Ñoño – 漢字 👍',
	'the longest note there can be, all of it to be escaped': '&'.repeat(15_000)
};

describe('a page with blanks', () => {
	test('has the words of its reader in them', () => {
		const filled = page.filledWith(words).toString();
		expect(filled).toBe('<h1>Halo, Sri – Sri</h1><textarea>Tangga</textarea>✓');
	});

	test('takes words as text, whatever they are', () => {
		const hostile = { name: '<b>"&lt;', text: `</textarea>${blank('name')}$&` };
		const filled = page.filledWith(hostile).toString();
		expect(filled).toContain('Halo, &lt;b>&quot;&amp;lt;');
		expect(filled).toContain(`<textarea>&lt;/textarea>${blank('name')}$&amp;</textarea>`);
	});

	for (const [what, text] of Object.entries(texts)) {
		test(`is the same compressed, with ${what}`, () => {
			const own = { name: 'Sri', text };
			expect(gunzipSync(page.gzippedWith(own)).equals(page.filledWith(own))).toBe(true);
		});
	}

	test('is another page for a browser when a word or the rest is another', () => {
		const same = page.etag({ ...words });
		expect(page.etag(words)).toBe(same);
		expect(page.etag({ ...words, text: 'Pintu' })).not.toBe(same);
		expect(new BlankPage(`<h1>${blank('name')}</h1>`).etag(words)).not.toBe(same);
	});

	test('without blanks is a page like any other', () => {
		const plain = new BlankPage('<p>Sama</p>');
		expect(gunzipSync(plain.gzippedWith(words)).toString()).toBe('<p>Sama</p>');
	});
});
