/**
 * Diagrams: `content/diagrams/<name>.<language>.svg`, drawn into the page.
 *
 * Only what is listed here gets through, and the text is written anew from what was read: no
 * script, no style, no address of anything, no id that could meet another one in the page.
 * Colours come from classes alone (LessonBody), so that a picture follows light and dark.
 */
import { readFileSync } from 'node:fs';
import sax from 'sax';
import type { Mistakes } from './mistakes.ts';

export interface Diagram {
	readonly viewBox: string;
	/** What stands between <svg> and </svg>. */
	readonly drawing: string;
}

const COLOURS = ['d-ink', 'd-line', 'd-leaf', 'd-turmeric', 'd-clay', 'd-paper', 'd-soft'];
/** On each fill of a diagram these are legible, in light and in dark. */
const COLOURS_OF_TEXT = ['d-ink', 'd-soft', 'd-leaf', 'd-turmeric', 'd-clay'];

const NUMBER = String.raw`-?(?:\d+\.?\d*|\.\d+)`;
const number = new RegExp(`^${NUMBER}$`);
const numbers = new RegExp(`^${NUMBER}(?:[\\s,]+${NUMBER})*$`);
const oneOf = (...words: string[]) => new RegExp(`^(?:${words.join('|')})$`);

const SHAPE = ['class', 'fill', 'transform', 'stroke-width', 'stroke-dasharray', 'stroke-linecap'];
const TEXT = ['class', 'transform', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'];

/** Element → attributes. Everything else is a mistake. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	svg: ['viewBox', 'xmlns'],
	g: [...new Set([...SHAPE, ...TEXT])],
	path: [...SHAPE, 'd', 'stroke-linejoin'],
	line: [...SHAPE, 'x1', 'y1', 'x2', 'y2'],
	polyline: [...SHAPE, 'points', 'stroke-linejoin'],
	polygon: [...SHAPE, 'points', 'stroke-linejoin'],
	rect: [...SHAPE, 'x', 'y', 'width', 'height', 'rx', 'ry'],
	circle: [...SHAPE, 'cx', 'cy', 'r'],
	ellipse: [...SHAPE, 'cx', 'cy', 'rx', 'ry'],
	text: [...TEXT, 'x', 'y', 'dx', 'dy'],
	tspan: [...TEXT, 'x', 'y', 'dx', 'dy']
};

const SHAPES = ['path', 'line', 'polyline', 'polygon', 'rect', 'circle', 'ellipse'];

/** What an attribute may say, where it is not a plain number. */
const VALUES: Readonly<Record<string, RegExp>> = {
	viewBox: numbers,
	xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
	class: new RegExp(`^(?:${COLOURS.join('|')})(?: (?:${COLOURS.join('|')}))*$`),
	fill: oneOf('none'),
	d: /^[\d\s,.MmLlHhVvCcSsQqTtAaZz-]+$/,
	points: numbers,
	// No scale: what is measured as text of 14 units stays that large.
	transform: /^(?:(?:translate|rotate)\([\d\s,.-]+\)\s*)+$/,
	'stroke-dasharray': numbers,
	'stroke-linecap': oneOf('butt', 'round', 'square'),
	'stroke-linejoin': oneOf('miter', 'round', 'bevel'),
	'font-weight': oneOf('400', '600', '700', 'normal', 'bold'),
	'text-anchor': oneOf('start', 'middle', 'end'),
	'dominant-baseline': oneOf('auto', 'middle', 'central', 'hanging')
};

/** Text of this size, in a picture as wide as a phone, can be read without glasses. */
const SMALLEST_TEXT = { units: 14, ofWidth: 360 };
/** As set by LessonBody, in units of the picture. */
const USUAL_TEXT_UNITS = 16;

/** `null` when it cannot be drawn; the reasons are among the mistakes. */
export function readDiagram(file: string, mistakes: Mistakes): Diagram | null {
	const reading = new Reading(file, mistakes);
	return reading.read(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
}

class Reading {
	readonly #file: string;
	readonly #mistakes: Mistakes;
	readonly #parser = sax.parser(true, {});
	/** What an element hands down to those in it, the innermost last. */
	readonly #around: { readonly size: number; readonly coloured: boolean }[] = [];
	#viewBox: string | null = null;
	#drawing = '';
	#sound = true;
	#broken = false;

	constructor(file: string, mistakes: Mistakes) {
		this.#file = file;
		this.#mistakes = mistakes;
	}

	read(source: string): Diagram | null {
		const parser = this.#parser;
		parser.onopentag = (tag) => this.#open(tag.name, tag.attributes as Record<string, string>);
		parser.onclosetag = (name) => this.#close(name);
		parser.ontext = (text) => this.#write(text);
		parser.oncdata = () => this.#refuse('a CDATA section has no place in a diagram');
		parser.ondoctype = () => this.#refuse('a DOCTYPE has no place in a diagram');
		parser.onprocessinginstruction = ({ name }) => {
			if (name !== 'xml') this.#refuse(`<?${name}?> has no place in a diagram`);
		};
		parser.onerror = (error) => {
			// What follows the first is its echo; sax goes on when told.
			if (!this.#broken) this.#refuse(`is not valid SVG: ${error.message.split('\n')[0] ?? ''}`);
			this.#broken = true;
			parser.resume();
		};
		parser.write(source).close();
		if (this.#viewBox === null) this.#refuse('the picture has no viewBox', 1);
		if (!this.#drawing.includes('<')) this.#refuse('the picture is empty', 1);
		return this.#sound && this.#viewBox !== null
			? { viewBox: this.#viewBox, drawing: this.#drawing }
			: null;
	}

	#open(name: string, attributes: Readonly<Record<string, string>>): void {
		const outermost = this.#around.length === 0;
		const around = this.#around.at(-1) ?? { size: USUAL_TEXT_UNITS, coloured: false };
		const size = Number(attributes['font-size'] ?? around.size);
		const coloured = around.coloured || attributes.class !== undefined;
		this.#around.push({ size, coloured });
		const allowed = (name === 'svg') === outermost ? ALLOWED[name] : undefined;
		if (!allowed) return this.#refuse(`<${name}> has no place in a diagram`);
		for (const [attribute, value] of Object.entries(attributes)) {
			if (!allowed.includes(attribute)) {
				this.#refuse(`the attribute "${attribute}" has no place on <${name}>`);
			} else if (!(VALUES[attribute] ?? number).test(value.trim())) {
				this.#refuse(`the attribute "${attribute}" cannot be "${value.slice(0, 40)}"`);
			}
		}
		if (outermost) return this.#frame(attributes);
		if (name === 'text' || name === 'tspan') this.#checkText(attributes, size);
		if (SHAPES.includes(name) && !coloured)
			this.#refuse(`<${name}> has no colour: give it a class`);
		this.#drawing += `<${name}${attributesOf(attributes)}>`;
	}

	#frame({ viewBox = '' }: Readonly<Record<string, string>>): void {
		const box = viewBox.trim().split(/[\s,]+/);
		if (box.length !== 4 || Number(box[2]) <= 0 || Number(box[3]) <= 0) return;
		this.#viewBox = box.join(' ');
	}

	#checkText(attributes: Readonly<Record<string, string>>, size: number): void {
		const width = Number(this.#viewBox?.split(' ')[2] ?? SMALLEST_TEXT.ofWidth);
		const smallest = (SMALLEST_TEXT.units * width) / SMALLEST_TEXT.ofWidth;
		if (size < smallest) {
			this.#refuse(`text of ${size} units is too small: at least ${Math.ceil(smallest)} here`);
		}
		for (const colour of (attributes.class ?? '').split(' ').filter(Boolean)) {
			if (COLOURS_OF_TEXT.includes(colour)) continue;
			this.#refuse(`"${colour}" is no colour for text: ${COLOURS_OF_TEXT.join(', ')}`);
		}
	}

	#close(name: string): void {
		this.#around.pop();
		if (name !== 'svg') this.#drawing += `</${name}>`;
	}

	/** Blanks between elements say nothing; those beside words do. */
	#write(text: string): void {
		if (text.trim() !== '') this.#drawing += escaped(text.replace(/\s+/g, ' '));
	}

	#refuse(sentence: string, line = this.#parser.line + 1): void {
		this.#sound = false;
		this.#mistakes.add(this.#file, line, sentence);
	}
}

function attributesOf(attributes: Readonly<Record<string, string>>): string {
	return Object.entries(attributes)
		.map(([name, value]) => ` ${name}="${escaped(value.trim().replace(/\s+/g, ' '))}"`)
		.join('');
}

export function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
