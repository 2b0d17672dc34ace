/** The notebook to take along: plain text that every phone can open and send on. */
import { m } from '#lib/paraglide/messages.js';
import { formatInstant, type Locale } from '#lib/platform/calendar.ts';
import type { Line } from './filled-tool.ts';
import type { NotebookPage } from './notebook-pages.ts';

interface Cover {
	readonly name: string;
	readonly locale: Locale;
	readonly at: Date;
}

/** With line ends that old editors know, and a mark so that they take it for UTF-8. */
export function notebookFile(pages: readonly NotebookPage[], { name, locale, at }: Cover): string {
	const when = formatInstant(at, 'Asia/Jakarta', locale);
	const lines = [m.courses_notebook_cover({ name, when }, { locale }), ''];
	let chapter = '';
	for (const page of pages) {
		if (page.chapter !== chapter) lines.push('', page.chapter.toUpperCase(), '');
		chapter = page.chapter;
		lines.push(page.title, '-'.repeat(Math.min(60, page.title.length)), ...said(page.lines), '');
		for (const version of page.setAside) {
			const when = formatInstant(version.writtenAt, 'Asia/Jakarta', locale);
			lines.push(m.courses_note_version_of({ when }, { locale }), ...said(version.lines), '');
		}
	}
	return `\uFEFF${lines.join('\n').replaceAll('\n', '\r\n')}`;
}

const said = (lines: readonly Line[]) =>
	lines.map(({ label, text }) => (label === '' ? text : `${label}: ${text}`));
