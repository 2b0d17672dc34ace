import type { Language } from './course.ts';

/** The headings under which a lesson does what every lesson does; the last one is its last part. */
export const sections = {
	id: { example: 'Contoh', activity: 'Kegiatan', reflection: 'Refleksi' },
	en: { example: 'Example', activity: 'Activity', reflection: 'Reflection' }
} satisfies Record<Language, Record<string, string>>;

/** The rendered text of a lesson before its reflection, where the sheet has its place, and the reflection. */
export function partsOf(html: string, language: Language): { text: string; reflection: string } {
	const at = html.lastIndexOf(`<h2>${sections[language].reflection}</h2>`);
	return at === -1
		? { text: html, reflection: '' }
		: { text: html.slice(0, at), reflection: html.slice(at) };
}
