import fc from 'fast-check';
import sax from 'sax';
import { expect, test } from 'vitest';
import { element, xmlDocument } from './xml.ts';

interface Seen {
	name: string;
	attribute: string;
	text: string;
}

function read(xml: string): Seen {
	const seen: Seen = { name: '', attribute: '', text: '' };
	const parser = sax.parser(true);
	parser.onopentag = ({ name, attributes }) => {
		seen.name = name;
		seen.attribute = String(attributes.a ?? '');
	};
	parser.ontext = (text) => (seen.text += text);
	parser.onerror = (mistake) => {
		throw mistake;
	};
	parser.write(xml).close();
	return seen;
}

test('elements stand in each other, texts are escaped, what is undefined is left out', () => {
	const { xml } = element(
		'item',
		{ id: 'QA1', max: 2, none: undefined },
		element('title', {}, 'Bapak & Ibu <b>'),
		[element('empty', {}), 'selesai']
	);
	expect(xml).toBe(
		'<item id="QA1" max="2"><title>Bapak &amp; Ibu &lt;b&gt;</title><empty/>selesai</item>'
	);
});

test('whatever is written, a reader finds the same text and no other element', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
			const whole = xmlDocument(element('p', { a: text }, 'x', text));
			const seen = read(whole);
			const kept = text.replace(
				// eslint-disable-next-line no-control-regex
				/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu,
				''
			);
			expect(seen.name).toBe('p');
			expect(seen.text.trim()).toBe(`x${kept}`.trim());
			expect(seen.attribute).toBe(kept);
		}),
		{ numRuns: 300 }
	);
});
