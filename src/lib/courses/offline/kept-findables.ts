/** What can be searched without a signal: the text of the packs that are saved as a whole. */
import type { Language } from '../course.ts';
import { findablesPath } from '../pack.ts';
import type { Findable } from '../search.ts';
import { keptAt, savedPacks } from './pack-store.ts';

export async function keptFindables(language: Language): Promise<Findable[]> {
	const saved = (await savedPacks()).filter((pack) => pack.language === language);
	const prefix = language === 'en' ? '/en/paket' : '/paket';
	const kept = saved.map(async ({ name }) => {
		const file = await keptAt(prefix + findablesPath(name));
		return file ? ((await file.json()) as Findable[]) : [];
	});
	return (await Promise.all(kept)).flat();
}
