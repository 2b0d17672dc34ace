import { PDFiumLibrary } from '@hyzyla/pdfium';
import jsQr from 'jsqr';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { Locale } from '#lib/platform/calendar.ts';
import { sheetOf, type Certified } from '../sheet.ts';
import { drawCertificate } from './drawing.ts';
import { printCertificate } from './printing.ts';
import { certifiedSari as certified } from './testing/certified-sari.ts';

const sheetIn = (locale: Locale, changed: Partial<Certified> = {}) =>
	sheetOf(
		{ ...certified, ...changed },
		{ origin: 'https://rembuk.example', zone: 'Asia/Jakarta', locale }
	);

const open = (pdf: Uint8Array) => getDocumentProxy(pdf.slice());

interface Node {
	readonly role?: string;
	readonly alt?: string;
	readonly id?: string;
	readonly children?: readonly Node[];
}

/** What a screen reader is given: the tags in order, with the text that stands in each. */
async function asRead(pdf: Uint8Array): Promise<string> {
	const document = await open(pdf);
	const info = (await document.getMetadata()).info as Record<string, unknown>;
	const marks = await document.getMarkInfo();
	const lines = [`lang ${info.Language}`, `title ${info.Title}`, `marked ${marks?.Marked}`];
	for (let n = 1; n <= document.numPages; n++) {
		const page = await document.getPage(n);
		const texts = await textsById(page);
		lines.push(`page ${n}`);
		const walk = (node: Node, depth: number): void => {
			const own = (node.children ?? []).flatMap(({ id }) => (id ? (texts.get(id) ?? '') : []));
			const says = [node.alt && `[${node.alt}]`, own.join('').trim()].filter(Boolean).join(' ');
			if (node.role) lines.push(`${'  '.repeat(depth)}${node.role} ${says}`.trimEnd());
			for (const child of node.children ?? []) walk(child, depth + 1);
		};
		walk((await page.getStructTree()) as Node, 0);
	}
	return `${lines.join('\n')}\n`;
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['getPage']>>;

async function textsById(page: Page): Promise<Map<string, string>> {
	const { items } = await page.getTextContent({ includeMarkedContent: true });
	const texts = new Map<string, string>();
	let inside = '';
	for (const item of items as { type?: string; id?: string; str?: string }[]) {
		if (item.type?.startsWith('beginMarkedContent')) inside = item.id ?? '';
		else if (item.type === 'endMarkedContent') inside = '';
		else texts.set(inside, (texts.get(inside) ?? '') + (item.str ?? ''));
	}
	return texts;
}

const textOf = async (pdf: Uint8Array) => {
	const document = await open(pdf);
	const pages = Array.from({ length: document.numPages }, (_, n) => document.getPage(n + 1));
	const contents = await Promise.all(
		pages.map(async (page) => (await (await page).getTextContent()).items)
	);
	return contents
		.flat()
		.map((item) => ('str' in item ? item.str : ''))
		.join('');
};

describe('the PDF of a certificate', () => {
	for (const locale of ['id', 'en'] as const) {
		test(`is read out as it is seen, in ${locale}`, async () => {
			const read = await asRead(await drawCertificate(sheetIn(locale)));
			await expect(read).toMatchFileSnapshot(`golden/certificate.${locale}.txt`);
		});
	}

	test('leads by its QR code to the page that checks it', async () => {
		const library = await PDFiumLibrary.init();
		const document = await library.loadDocument(await drawCertificate(sheetIn('id')));
		const { data, width, height } = await document.getPage(0).render({ scale: 2 });
		document.destroy();
		library.destroy();
		const found = jsQr(new Uint8ClampedArray(data), width, height);
		expect(found?.data).toBe('https://rembuk.example/sertifikat/7KPQM3X09T1Z');
	});

	test('is A4 lying down, has its own letters, and is small', async () => {
		const pdf = await drawCertificate(sheetIn('id'));
		const page = await (await open(pdf)).getPage(1);
		expect(page.view.map(Math.round)).toEqual([0, 0, 842, 595]);
		const source = Buffer.from(pdf).toString('latin1');
		expect(source).toMatch(/\/FontFile2/);
		expect(source).not.toMatch(/Helvetica/);
		expect(pdf.byteLength).toBeLessThan(80_000);
	});

	test('is the same, byte for byte, as long as it says the same, on the thread too', async () => {
		const drawn = await drawCertificate(sheetIn('en'));
		expect(Buffer.from(await printCertificate(sheetIn('en'))).equals(Buffer.from(drawn))).toBe(
			true
		);
		expect(await printCertificate(sheetIn('en'))).toBe(await printCertificate(sheetIn('en')));
	});

	test('prints a name with strange signs as far as there are letters, and runs none of them', async () => {
		const name = 'Sri 🌸 <script>alert(1)</script> (Ny.)';
		const text = await textOf(await drawCertificate(sheetIn('id', { name })));
		expect(text).toContain('Sri <script>alert(1)</script> (Ny.)');
		const nameless = await textOf(await drawCertificate(sheetIn('id', { name: '漢字' })));
		expect(nameless).toContain('Nomor 7KPQ-M3X0-9T1Z');
	});

	test('keeps a long name, a long title and a long agenda whole', async () => {
		const sessions = Array.from({ length: 40 }, (_, n) => ({
			onDay: '2026-05-19',
			title: `Sesi ${n + 1} tentang peningkatan layanan informasi dan pelibatan masyarakat desa`,
			jp: 2
		}));
		const title =
			'Bimbingan Teknis Strategi Pengembangan Perpustakaan dan Teknologi Informasi '.repeat(2);
		const name =
			'Prof. Dr. Hj. Siti Nurhaliza Rahmawati Kusumaningrum binti Abdurrahman Wahid, M.Hum.';
		const contents = { ...certified.contents, title: title.trim(), sessions, totalJp: 80 };
		const pdf = await drawCertificate(sheetIn('id', { name, contents }));
		const close = (written: string) => written.replace(/\s+/g, '');
		const text = close(await textOf(pdf));
		for (const part of [name, title, 'Sesi 40 tentang']) expect(text).toContain(close(part));
		expect((await open(pdf)).numPages).toBeGreaterThan(2);
	});
});
