/**
 * Carries what waits on this phone to the server: tries at once, when the signal comes back, and ever
 * more rarely in between. Whoever shows what waits is told after every change.
 */
import type { Outbox, Queued, Written } from '#lib/platform/outbox/outbox.ts';
import { postTo } from '#lib/platform/outbox/post.ts';
import { sendWaiting, waitMs, type End } from '#lib/platform/outbox/sending.ts';
import { registerWorker } from '../offline/worker.ts';
import type { CoursePage } from './enhancer.ts';

/** Called when something was put in or has arrived; `end` says how the last sending ended. */
export type Listener = (end: End) => Promise<void>;

export class Courier {
	readonly page: CoursePage;
	readonly outbox: Outbox;
	readonly #listeners: Listener[] = [];
	#end: End = 'empty';
	#attempt = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(page: CoursePage, outbox: Outbox) {
		this.page = page;
		this.outbox = outbox;
	}

	onChange(listener: Listener): void {
		this.#listeners.push(listener);
	}

	/** After everybody has said what they listen for. */
	async start(): Promise<void> {
		addEventListener('online', () => void this.send());
		await this.tell();
		if ((await this.outbox.waiting()).length > 0) await this.send();
	}

	/** Writes it down on the phone. Null: the phone would not take it. */
	async put(written: Written): Promise<Queued | null> {
		const kept = await this.outbox.put(written).catch(() => null);
		if (!kept) return null;
		await this.tell();
		await this.#askForBackgroundSync();
		return kept;
	}

	async send(): Promise<End> {
		clearTimeout(this.#timer);
		this.#end = await this.#sendAll();
		this.#attempt = this.#end === 'later' ? this.#attempt + 1 : 0;
		if (this.#end === 'later') {
			this.#timer = setTimeout(() => void this.send(), waitMs(this.#attempt));
		}
		await this.tell();
		return this.#end;
	}

	async tell(): Promise<void> {
		for (const listener of this.#listeners) await listener(this.#end);
	}

	async #sendAll(): Promise<End> {
		if (!navigator.onLine) return 'later';
		const post = postTo(this.page.locale === 'en' ? '/en/kiriman' : '/kiriman');
		// What cannot be noted on a full phone has arrived all the same, and is answered by its receipt.
		return sendWaiting(this.outbox, post).catch((): End => 'later');
	}

	async #askForBackgroundSync(): Promise<void> {
		if (navigator.onLine || !('serviceWorker' in navigator)) return;
		const registration = await navigator.serviceWorker.getRegistration();
		if (!registration) return registerWorker().catch(() => {});
		const { sync } = registration as { sync?: { register(tag: string): Promise<void> } };
		await sync?.register('kiriman').catch(() => {});
	}
}
