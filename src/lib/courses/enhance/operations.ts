/**
 * Forms that lose nothing: what is sent is written on the phone first, then tried, and tried again
 * until the server has answered. A form says what it is by `data-operation` and `data-subject`; with
 * `data-each` every sending counts. Where the browser keeps nothing the form stays a plain one.
 */
import { m } from '#lib/paraglide/messages.js';
import { newId } from '#lib/platform/ids.ts';
import { openOutbox, type Outbox, type Queued } from '#lib/platform/outbox/outbox.ts';
import { postTo } from '#lib/platform/outbox/post.ts';
import { sendWaiting, waitMs } from '#lib/platform/outbox/sending.ts';
import type { Language } from '../course.ts';
import { registerWorker } from '../offline/worker.ts';
import type { CoursePage } from './enhancer.ts';
import { showOwn } from './own.ts';

export async function keepWhatIsSent(page: CoursePage): Promise<void> {
	const { root, holder } = page;
	if (!holder || !('indexedDB' in globalThis)) return;
	const outbox = await openOutbox(holder).catch(() => null);
	if (!outbox) return;
	const forms = [...root.querySelectorAll<HTMLFormElement>('form[data-operation]')];
	const desk = new Desk(page, outbox, forms);
	await showOwn(page, outbox);
	await desk.open();
}

/** How long somebody pauses in a note before it is written down, in milliseconds. */
const PAUSE_MS = 800;

class Desk {
	readonly #locale: Language;
	readonly #outbox: Outbox;
	readonly #forms: readonly HTMLFormElement[];
	#attempt = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor({ locale }: CoursePage, outbox: Outbox, forms: readonly HTMLFormElement[]) {
		this.#locale = locale;
		this.#outbox = outbox;
		this.#forms = forms;
	}

	async open(): Promise<void> {
		for (const form of this.#forms) {
			form.addEventListener('submit', (event) => this.#submitted(event, form));
			if (form.dataset.operation === 'note.save') this.#writeWhileTyping(form);
		}
		addEventListener('online', () => void this.#send());
		await this.#showStates();
		if ((await this.#outbox.waiting()).length > 0) await this.#send();
	}

	#submitted(event: SubmitEvent, form: HTMLFormElement): void {
		if (isIncomplete(form)) {
			if (navigator.onLine) return; // the server says what is missing, and where
			event.preventDefault();
			this.#say(form, m.questions_items_incomplete({}, { locale: this.#locale }), 'bad');
			return;
		}
		event.preventDefault();
		void this.#keepAndSend(form);
	}

	async #keepAndSend(form: HTMLFormElement): Promise<void> {
		const kept = await this.#keep(form);
		if (!kept) return form.submit(); // the phone is full: the plain way is left
		await this.#send();
		const sent = await this.#outbox.sentOn(kept.subject);
		const to = sent?.result.to;
		if (typeof to === 'string') goTo(to);
	}

	/** Null when the phone would not take it. */
	async #keep(form: HTMLFormElement): Promise<Queued | null> {
		const { operation = '', subject = '', each } = form.dataset;
		const sheet = form.elements.namedItem('lembar');
		if (sheet instanceof HTMLInputElement && sheet.value === '') sheet.value = newId();
		const fields = [...new FormData(form)].flatMap(([name, value]) =>
			typeof value === 'string' ? [[name, value] as const] : []
		);
		const own = each === undefined ? subject : `${subject}#${newId()}`;
		try {
			const kept = await this.#outbox.put(operation, own, fields);
			this.#say(form, m.courses_kept_on_phone({}, { locale: this.#locale }), 'kept');
			await this.#askForBackgroundSync();
			return kept;
		} catch {
			this.#say(form, m.courses_phone_full({}, { locale: this.#locale }), 'bad');
			return null;
		}
	}

	#writeWhileTyping(form: HTMLFormElement): void {
		let pause: ReturnType<typeof setTimeout>;
		form.addEventListener('input', () => {
			clearTimeout(pause);
			pause = setTimeout(() => void this.#keep(form).then(() => this.#send()), PAUSE_MS);
		});
	}

	async #send(): Promise<void> {
		clearTimeout(this.#timer);
		const post = postTo(this.#locale === 'en' ? '/en/kiriman' : '/kiriman');
		const end = navigator.onLine ? await sendWaiting(this.#outbox, post) : 'later';
		this.#attempt = end === 'later' ? this.#attempt + 1 : 0;
		if (end === 'later') {
			this.#timer = setTimeout(() => void this.#send(), waitMs(this.#attempt));
		}
		await this.#showStates(end === 'sign in');
	}

	async #askForBackgroundSync(): Promise<void> {
		if (navigator.onLine || !('serviceWorker' in navigator)) return;
		const registration = await navigator.serviceWorker.getRegistration();
		if (!registration) return registerWorker().catch(() => {});
		const { sync } = registration as { sync?: { register(tag: string): Promise<void> } };
		await sync?.register('kiriman').catch(() => {});
	}

	async #showStates(signIn = false): Promise<void> {
		const queued = await this.#outbox.queued();
		const locale = { locale: this.#locale };
		for (const form of this.#forms) {
			const { subject = '', operation = '' } = form.dataset;
			const last = queued.findLast(
				(one) => one.kind === operation && one.subject.split('#')[0] === subject
			);
			if (last?.refusal) this.#say(form, last.refusal, 'bad');
			else if (last && signIn) this.#say(form, m.courses_kept_sign_in({}, locale), 'bad');
			else if (last) this.#say(form, m.courses_kept_on_phone({}, locale), 'kept');
			else await this.#sayArrived(form, subject);
		}
	}

	async #sayArrived(form: HTMLFormElement, subject: string): Promise<void> {
		const sentence = form.querySelector<HTMLElement>('[data-operation-state]');
		if (sentence?.dataset.operationState !== 'kept') return;
		const sent = await this.#outbox.sentOn(subject);
		const revision = form.elements.namedItem('revisi');
		if (sent && revision instanceof HTMLInputElement) {
			revision.value = String(sent.result.revision ?? revision.value);
		}
		this.#say(form, m.courses_arrived({}, { locale: this.#locale }), 'good');
	}

	#say(form: HTMLFormElement, text: string, state: 'kept' | 'good' | 'bad'): void {
		let sentence = form.querySelector<HTMLElement>('[data-operation-state]');
		if (!sentence) {
			sentence = document.createElement('p');
			sentence.setAttribute('role', 'status');
			form.append(sentence);
		}
		sentence.dataset.operationState = state;
		sentence.className = state === 'kept' ? 'notice warn' : `notice ${state}`;
		if (sentence.textContent !== text) sentence.textContent = text;
	}
}

/** The result of what was sent: another page, or this one anew. */
function goTo(address: string): void {
	const wanted = new URL(address, location.href);
	const here = wanted.pathname === location.pathname && wanted.search === location.search;
	location.assign(wanted);
	if (here) location.reload();
}

/** A question without any answer, as far as a form can tell by itself. */
function isIncomplete(form: HTMLFormElement): boolean {
	return [...form.querySelectorAll('fieldset')].some((question) => {
		const marks = [...question.querySelectorAll<HTMLInputElement>('[type=radio], [type=checkbox]')];
		if (marks.length > 0) return !marks.some(({ checked }) => checked);
		const fields = [...question.querySelectorAll<HTMLInputElement>('input, select, textarea')];
		return fields.some(({ value }) => value.trim() === '');
	});
}
