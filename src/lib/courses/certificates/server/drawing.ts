/**
 * Draws a certificate on A4, as a tagged PDF: what a screen reader needs is in it
 * (language, headings, a table that is one, a text for the code), what is only
 * decoration is marked as such. The same sheet gives the same bytes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { drawable } from '../drawable.ts';
import type { Sheet } from '../sheet.ts';

const LEAF = '#1f6b3a';
const INK = '#23261f';
const SOFT = '#575b50';
const LINE = '#d9d2c0';

/** In points: A4 lying down. */
const PAGE = { width: 841.89, height: 595.28 };
const SIDE = 90;
const WIDTH = PAGE.width - 2 * SIDE;
const QR_SIZE = 104;

type Doc = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Doc['struct']>;

/** `folder` holds the letters: fonts/ of the project. */
export function drawCertificate(sheet: Sheet, folder = 'fonts'): Promise<Uint8Array> {
	const doc = new PDFDocument({
		size: 'A4',
		layout: 'landscape',
		margin: 0,
		pdfVersion: '1.7',
		tagged: true,
		lang: sheet.lang,
		displayTitle: true,
		bufferPages: true,
		// No letters but our own: the built-in ones lack most accents and may be missing on a phone.
		font: null as unknown as string,
		info: {
			Title: drawable(sheet.title),
			Author: 'Rembuk',
			Creator: 'Rembuk',
			Producer: 'Rembuk',
			CreationDate: new Date(sheet.issuedAt),
			ModDate: new Date(sheet.issuedAt)
		}
	});
	doc.registerFont('text', readFileSync(join(folder, 'NotoSerif-Regular.ttf')));
	doc.registerFont('strong', readFileSync(join(folder, 'NotoSerif-SemiBold.ttf')));
	const done = bytesOf(doc);
	const root = doc.struct('Document');
	doc.addStructure(root);
	drawFront(doc, root, sheet);
	drawSessions(doc, root, sheet);
	root.end();
	drawFooters(doc, sheet);
	doc.end();
	return done;
}

function bytesOf(doc: Doc): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	return new Promise((resolve, reject) => {
		doc.on('data', (part: Uint8Array) => parts.push(part));
		doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
		doc.on('error', reject);
	});
}

interface Written {
	readonly font: 'text' | 'strong';
	readonly size: number;
	readonly colour: string;
	/** The smallest size that keeps it on one line, or a second line. */
	readonly least?: number;
}

const styles = {
	heading: { font: 'strong', size: 34, colour: LEAF },
	small: { font: 'text', size: 10.5, colour: SOFT },
	plain: { font: 'text', size: 13, colour: INK },
	name: { font: 'strong', size: 30, colour: INK, least: 17 },
	training: { font: 'strong', size: 19, colour: INK, least: 14 },
	title: { font: 'strong', size: 18, colour: LEAF },
	cell: { font: 'text', size: 10.5, colour: INK },
	head: { font: 'strong', size: 10.5, colour: SOFT }
} satisfies Record<string, Written>;

interface Place {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly align?: 'left' | 'center' | 'right';
}

/** Writes a text as an element of its own and says where the next one can begin. */
function write(
	doc: Doc,
	parent: Element,
	[tag, text, style]: readonly [tag: string, text: string, style: Written],
	{ x, y, width, align = 'center' }: Place
): number {
	const shown = drawable(text);
	set(doc, style, shown, width);
	const lines = linesOf(doc, shown, width);
	const height = doc.currentLineHeight(true);
	const element = doc.struct(tag, {}, [
		() => {
			doc.fillColor(style.colour);
			lines.forEach((line, n) => {
				const room = width - doc.widthOfString(line);
				const indent = { left: 0, center: room / 2, right: room }[align];
				// The blank at the end keeps a reader from joining the last word with the next line's first.
				doc.text(`${line} `, x + indent, y + n * height, { lineBreak: false });
			});
		}
	]);
	parent.add(element);
	element.end();
	return y + lines.length * height;
}

/** A word that is wider than the line stands on one of its own. */
function linesOf(doc: Doc, text: string, width: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		const longer = last === undefined ? word : `${last} ${word}`;
		if (last === undefined || doc.widthOfString(longer) > width) lines.push(word);
		else lines[lines.length - 1] = longer;
	}
	return lines;
}

function set(doc: Doc, { font, size, least = size }: Written, text: string, width: number): void {
	let fitting = size;
	doc.font(font).fontSize(fitting);
	while (fitting > least && doc.widthOfString(text) > width) doc.fontSize((fitting -= 0.5));
}

function drawFront(doc: Doc, root: Element, sheet: Sheet): void {
	decorate(doc, () => {
		doc
			.lineWidth(2)
			.strokeColor(LEAF)
			.rect(26, 26, PAGE.width - 52, PAGE.height - 52)
			.stroke();
		doc
			.lineWidth(0.5)
			.rect(32, 32, PAGE.width - 64, PAGE.height - 64)
			.stroke();
	});
	const page = doc.struct('Sect');
	root.add(page);
	const middle = { x: SIDE, width: WIDTH };
	let y = write(doc, page, ['H1', sheet.heading, styles.heading], { ...middle, y: 72 });
	y = write(doc, page, ['P', sheet.number, styles.small], { ...middle, y: y + 2 });
	y = write(doc, page, ['P', sheet.given, styles.plain], { ...middle, y: y + 22 });
	y = write(doc, page, ['P', nameOf(sheet), styles.name], { ...middle, y: y + 6 });
	const rule = y + 6;
	decorate(doc, () => {
		doc.lineWidth(1).strokeColor(LINE);
		doc
			.moveTo(SIDE + 120, rule)
			.lineTo(PAGE.width - SIDE - 120, rule)
			.stroke();
	});
	y = write(doc, page, ['P', sheet.completed, styles.plain], { ...middle, y: rule + 10 });
	y = write(doc, page, ['P', sheet.training, styles.training], { ...middle, y: y + 6 });
	y = write(doc, page, ['P', sheet.where, styles.plain], { ...middle, y: y + 8 });
	write(doc, page, ['P', sheet.hours, styles.plain], { ...middle, y: y + 4 });
	drawFoot(doc, page, sheet);
	page.end();
}

/** A name that only has letters we cannot draw is found by its number. */
const nameOf = ({ name, number }: Sheet): string => drawable(name) || number;

function drawFoot(doc: Doc, page: Element, { issued, note, check }: Sheet): void {
	const right = PAGE.width - SIDE - QR_SIZE;
	const left = { x: SIDE, width: right - SIDE - 30, align: 'left' } as const;
	const top = 398;
	let y = write(doc, page, ['P', issued, styles.plain], { ...left, y: top + 4 });
	y = write(doc, page, ['P', check.say, styles.small], { ...left, y: y + 12 });
	y = write(doc, page, ['P', check.address, styles.cell], { ...left, y });
	write(doc, page, ['P', note, styles.small], { ...left, y: y + 12 });
	const figure = doc.struct('Figure', { alt: drawable(check.qrSays) }, [
		() => {
			doc
				.save()
				.translate(right, top)
				.scale(QR_SIZE / check.qr.size);
			doc.rect(0, 0, check.qr.size, check.qr.size).fill('#fff');
			doc.path(check.qr.path).fill('#000').restore();
		}
	]);
	page.add(figure);
	figure.end();
}

const COLUMNS = [
	{ x: SIDE, width: 200, align: 'left' },
	{ x: SIDE + 215, width: 370, align: 'left' },
	{ x: SIDE + 600, width: WIDTH - 600, align: 'right' }
] as const;
/** Rows begin above this line; what comes after stands on the next page. */
const LAST_ROW_AT = PAGE.height - 100;

function drawSessions(doc: Doc, root: Element, { sessions, number }: Sheet): void {
	doc.addPage();
	const page = doc.struct('Sect');
	root.add(page);
	const left = { x: SIDE, width: WIDTH, align: 'left' } as const;
	let y = write(doc, page, ['H2', sessions.heading, styles.title], { ...left, y: 60 });
	y = write(doc, page, ['P', number, styles.small], { ...left, y: y + 2 });
	const table = doc.struct('Table');
	page.add(table);
	y = drawRow(doc, table, { cells: sessions.columns, tag: 'TH', style: styles.head, y: y + 14 });
	for (const { day, session, jp } of sessions.rows) {
		if (y > LAST_ROW_AT) {
			doc.addPage();
			y = 60;
		}
		y = drawRow(doc, table, {
			cells: [day, session, String(jp)],
			tag: 'TD',
			style: styles.cell,
			y
		});
	}
	const sum = [sessions.sumSays, '', String(sessions.sum)];
	drawRow(doc, table, { cells: sum, tag: 'TD', style: { ...styles.cell, font: 'strong' }, y });
	table.end();
	page.end();
}

interface Row {
	readonly cells: readonly string[];
	readonly tag: 'TH' | 'TD';
	readonly style: Written;
	readonly y: number;
}

function drawRow(doc: Doc, table: Element, { cells, tag, style, y }: Row): number {
	const row = doc.struct('TR');
	table.add(row);
	const ends = cells.map((text, n) =>
		write(doc, row, [tag, text, style], { ...(COLUMNS[n] ?? COLUMNS[0]), y })
	);
	row.end();
	const end = Math.max(...ends) + 5;
	decorate(doc, () => {
		doc
			.lineWidth(0.5)
			.strokeColor(LINE)
			.moveTo(SIDE, end)
			.lineTo(SIDE + WIDTH, end)
			.stroke();
	});
	return end + 5;
}

function drawFooters(doc: Doc, { number, name }: Sheet): void {
	const { count } = doc.bufferedPageRange();
	for (let n = 0; n < count; n++) {
		doc.switchToPage(n);
		decorate(doc, () => {
			const says = [number, ...(n > 0 ? [drawable(name)] : []), `${n + 1}/${count}`];
			const text = says.filter(Boolean).join('  ·  ');
			doc.font('text').fontSize(8.5).fillColor(SOFT);
			const x = (PAGE.width - doc.widthOfString(text)) / 2;
			doc.text(text, x, PAGE.height - 48, { lineBreak: false });
		});
	}
}

/** What is no part of what is read. */
function decorate(doc: Doc, draw: () => void): void {
	doc.markContent('Artifact', { type: 'Layout' });
	doc.save();
	draw();
	doc.restore();
	doc.endMarkedContent();
}
