/** The page on which modules are saved to the phone: sizes first, progress meanwhile, removal. */
import { m } from '#lib/paraglide/messages.js';
import { fileSize, rupiah } from '#lib/platform/sizes.ts';
import type { Language } from '../course.ts';
import { canKeepPacks } from '../offline/pack-store.ts';
import { Shelf, type PackState } from '../offline/shelf.ts';
import { registerWorker } from '../offline/worker.ts';
import { costOf } from '../pack.ts';
import type { CoursePage } from './enhancer.ts';
import { noteEditions } from './news.ts';

export async function offerPacks(page: CoursePage): Promise<void> {
	const { root, locale } = page;
	const list = root.querySelector<HTMLElement>('[data-packs]');
	if (!list) return;
	if (!canKeepPacks()) {
		root.querySelector('[data-pack-cannot]')?.removeAttribute('hidden');
		return;
	}
	const elements = [...list.querySelectorAll<HTMLElement>('[data-pack]')];
	const modules = elements.map(({ dataset }) => dataset.pack ?? '').filter((slug) => slug !== '');
	const shelf = new Shelf(list.dataset.packs ?? '', locale, modules);
	const price = Number(list.dataset.rupiahPerMb);
	const cards = elements.map(
		(element) => new Card(element, { shelf, locale, price, changed: () => refresh() })
	);
	const refresh = async () => {
		await shelf.look();
		const editions = shelf.editions();
		if (editions) noteEditions(page, editions);
		await Promise.all(cards.map((card) => card.show()));
	};
	addEventListener('online', () => void refresh());
	await refresh();
}

interface Surroundings {
	readonly shelf: Shelf;
	readonly locale: Language;
	/** Rupiah for a megabyte. */
	readonly price: number;
	/** Other cards may show something else now. */
	readonly changed: () => Promise<void>;
}

class Card {
	readonly #slug: string;
	readonly #around: Surroundings;
	readonly #sentence: HTMLElement;
	readonly #bar: HTMLProgressElement;
	readonly #acts: HTMLElement;
	readonly #save: HTMLButtonElement;
	readonly #remove: HTMLButtonElement;
	#busy = false;

	constructor(element: HTMLElement, around: Surroundings) {
		const part = <E extends Element>(name: string) =>
			element.querySelector(`[data-pack-${name}]`) as E;
		this.#slug = element.dataset.pack ?? '';
		this.#around = around;
		this.#sentence = part('state');
		this.#bar = part('progress');
		this.#acts = part('acts');
		this.#save = part('save');
		this.#remove = part('remove');
		this.#save.addEventListener('click', () => void this.#saveIt());
		this.#remove.addEventListener('click', () => void this.#removeIt());
	}

	async show(): Promise<void> {
		if (this.#busy) return;
		const state = await this.#around.shelf.stateOf(this.#slug);
		this.#say(this.#sentenceFor(state), state.kind);
		this.#acts.hidden = state.kind === 'out of reach';
		this.#save.hidden = state.kind === 'saved' || state.kind === 'out of reach';
		this.#save.textContent = this.#saveWord(state);
		this.#remove.hidden = state.kind !== 'saved' && state.kind !== 'outdated';
	}

	async #saveIt(): Promise<void> {
		const { shelf, locale, changed } = this.#around;
		const before = await shelf.stateOf(this.#slug);
		const total = 'bytes' in before ? before.bytes : 0;
		const progress = (bytes: number) => {
			this.#bar.value = total > 0 ? Math.min(1, bytes / total) : 1;
			const sizes = { done: fileSize(bytes, locale), total: fileSize(total, locale) };
			this.#say(m.courses_pack_saving(sizes, { locale }), 'saving');
		};
		this.#beBusy(true);
		progress(0);
		let failed: unknown = null;
		try {
			await registerWorker();
			// Asked for, not relied on: a phone that runs full may otherwise clear what was saved.
			await navigator.storage?.persist?.();
			await shelf.save(this.#slug, progress);
		} catch (thrown) {
			failed = thrown;
		}
		this.#beBusy(false);
		await changed();
		if (failed) this.#say(sentenceOfFailure(failed, locale), 'failed');
	}

	async #removeIt(): Promise<void> {
		await this.#around.shelf.remove(this.#slug);
		await this.#around.changed();
		this.#save.focus();
	}

	#beBusy(busy: boolean): void {
		this.#busy = busy;
		this.#bar.hidden = !busy;
		this.#acts.hidden = busy;
	}

	#say(sentence: string, kind: string): void {
		this.#sentence.textContent = sentence;
		this.#sentence.dataset.packState = kind;
	}

	#saveWord({ kind }: PackState): string {
		const { locale } = this.#around;
		if (kind === 'partly') return m.courses_pack_continue({}, { locale });
		if (kind === 'outdated') return m.courses_pack_update({}, { locale });
		return m.courses_pack_save({}, { locale });
	}

	#sentenceFor(state: PackState): string {
		const { locale, price } = this.#around;
		if (state.kind === 'saved') return m.courses_pack_saved({}, { locale });
		if (state.kind === 'out of reach') return m.courses_pack_out_of_reach({}, { locale });
		const size = fileSize(state.bytes, locale);
		const cost = rupiah(costOf(state.bytes, price), locale);
		const sentences = {
			absent: m.courses_pack_absent,
			partly: m.courses_pack_partly,
			outdated: m.courses_pack_outdated
		};
		return sentences[state.kind]({ size, cost }, { locale });
	}
}

function sentenceOfFailure(thrown: unknown, locale: Language): string {
	const full = thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
	const say = full ? m.courses_pack_phone_full : m.courses_pack_interrupted;
	return say({}, { locale });
}
