/**
 * What is on this phone, beside what the server has: the state of a module or of the whole course,
 * and the saving and removing of it.
 */
import type { Language } from '../course.ts';
import { BASE_PACK, sizeOf, type Pack } from '../pack.ts';
import {
	missingFiles,
	NotTheSameBytes,
	removePack,
	savedPacks,
	savePack,
	type SavedPack
} from './pack-store.ts';

export type PackState =
	| { readonly kind: 'absent' | 'partly' | 'outdated'; readonly bytes: number }
	| { readonly kind: 'saved' }
	/** Not here, and nobody to ask for it. */
	| { readonly kind: 'out of reach' };

export class Shelf {
	readonly #address: string;
	readonly #language: Language;
	readonly #modules: readonly string[];
	/** What the server has; null as long as it cannot be asked. */
	#packs: readonly Pack[] | null = null;
	#saved: readonly SavedPack[] = [];

	/** `modules`: slugs of all that could be saved, also when nobody can be asked. */
	constructor(address: string, language: Language, modules: readonly string[]) {
		this.#address = address;
		this.#language = language;
		this.#modules = modules;
	}

	/** Looks again at both. Without a signal only at the phone. */
	async look(): Promise<void> {
		this.#packs = (await this.#ask()) ?? this.#packs;
		this.#saved = (await savedPacks()).filter(({ language }) => language === this.#language);
	}

	/** Pack → its newest edition; null as long as the server cannot be asked. */
	editions(): Record<string, string> | null {
		return (
			this.#packs && Object.fromEntries(this.#packs.map(({ name, edition }) => [name, edition]))
		);
	}

	/** Of a module, or of everything when there is no slug. */
	async stateOf(slug: string): Promise<PackState> {
		const names = this.#namesFor(slug);
		const whole = names.length > 0 && names.every((name) => this.#has(name));
		if (!this.#packs) return { kind: whole ? 'saved' : 'out of reach' };
		const packs = this.#packs.filter(({ name }) => names.includes(name));
		const missing = (await Promise.all(packs.map(missingFiles))).flat();
		const bytes = sizeOf(distinct(missing));
		if (whole) return bytes === 0 ? { kind: 'saved' } : { kind: 'outdated', bytes };
		const own = packs.filter(({ name }) => name !== BASE_PACK).flatMap(({ files }) => files);
		const begun = own.some(({ url }) => isPage(url) && !missing.some((file) => file.url === url));
		return { kind: begun ? 'partly' : 'absent', bytes };
	}

	/** Saves what is missing; `onProgress` hears how many bytes have come so far. */
	async save(slug: string, onProgress: (bytes: number) => void): Promise<void> {
		let bytes = 0;
		const onFetched = ({ gzipBytes }: { gzipBytes: number }) => onProgress((bytes += gzipBytes));
		for (const name of this.#namesFor(slug)) {
			try {
				await savePack(this.#packOf(name), { onFetched });
			} catch (thrown) {
				if (!(thrown instanceof NotTheSameBytes)) throw thrown;
				// Renewed between the list and the file: once more, by the new list.
				await this.look();
				await savePack(this.#packOf(name), { onFetched });
			}
		}
	}

	/** What the last module leaned on goes with it. */
	async remove(slug: string): Promise<void> {
		const others = this.#saved.filter(({ name }) => name !== slug && name !== BASE_PACK);
		const all = slug === '' || others.length === 0;
		const gone = all ? this.#saved : this.#saved.filter(({ name }) => name === slug);
		await Promise.all(gone.map(removePack));
	}

	#namesFor(slug: string): string[] {
		if (slug !== '') return [BASE_PACK, slug];
		return this.#packs?.map(({ name }) => name) ?? [BASE_PACK, ...this.#modules];
	}

	#has(name: string): boolean {
		return this.#saved.some((pack) => pack.name === name);
	}

	#packOf(name: string): Pack {
		const pack = this.#packs?.find((known) => known.name === name);
		if (!pack) throw new TypeError(`no list of the files of ${name}`);
		return pack;
	}

	async #ask(): Promise<Pack[] | null> {
		const answer = await fetch(this.#address, { redirect: 'error' }).catch(() => null);
		return answer?.ok ? ((await answer.json()) as Pack[]) : null;
	}
}

const isPage = (url: string) => !url.startsWith('/_app/') && !url.endsWith('.svg');

/** A file that several packs need is fetched once. */
function distinct<File extends { readonly url: string }>(files: readonly File[]): File[] {
	return [...new Map(files.map((file) => [file.url, file])).values()];
}
