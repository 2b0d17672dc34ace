/**
 * Forms that lose nothing: what is sent is written on the phone first, then tried, and tried again
 * until the server has answered. A form says what it is by `data-operation` and `data-subject`; with
 * `data-each` every sending counts, with `data-typing` a pause while writing is a sending; with
 * `data-again` a new try takes the place of one that was refused. When the phone takes nothing more
 * the form is sent the plain way.
 */
import { m } from '#lib/paraglide/messages.js';
import { newId } from '#lib/platform/ids.ts';
import type { Queued } from '#lib/platform/outbox/outbox.ts';
import { isChanged, wordsIn } from '#lib/ui/fields.ts';
import { goTo } from '#lib/ui/leads-to.ts';
import { onePress, pressedIn, type Outcome } from '#lib/ui/pressed.ts';
import type { Courier } from './courier.ts';
import { dropDraft } from './drafts.ts';
import { say, stateOf } from '#lib/ui/state.ts';

export function keepForms(courier: Courier): void {
	const { root } = courier.page;
	const forms = [...root.querySelectorAll<HTMLFormElement>('form[data-operation]')];
	new Desk(courier, forms).open();
}

/** How long somebody pauses in a note before it is written down, in milliseconds. */
const PAUSE_MS = 800;

class Desk {
	readonly #courier: Courier;
	readonly #forms: readonly HTMLFormElement[];

	constructor(courier: Courier, forms: readonly HTMLFormElement[]) {
		this.#courier = courier;
		this.#forms = forms;
	}

	open(): void {
		for (const form of this.#forms) {
			form.addEventListener('submit', (event) => this.#submitted(event, form));
			if (form.dataset.typing !== undefined) this.#writeWhileTyping(form);
		}
		this.#courier.onChange((end) => this.#showStates(end === 'sign in'));
	}

	get #spoken() {
		return { locale: this.#courier.page.locale };
	}

	#submitted(event: SubmitEvent, form: HTMLFormElement): void {
		const sheet = form.dataset.each !== undefined;
		const lack = sheet ? lackIn(form) : null;
		if (lack) {
			if (navigator.onLine) return; // the server says what is missing, and where
			event.preventDefault();
			const told = { open: m.questions_items_incomplete, same_place: m.questions_lack_same_place };
			say(form, told[lack]({}, this.#spoken), 'bad');
			return;
		}
		const pressed = pressedIn(event);
		event.preventDefault();
		if (pressed) void onePress(pressed, () => this.#keepAndSend(form));
	}

	async #keepAndSend(form: HTMLFormElement): Promise<Outcome> {
		const kept = await this.#keep(form);
		if (!kept) {
			form.submit(); // the phone is full: the plain way is left
			return 'leaving';
		}
		await dropDraft(this.#courier.outbox, form);
		await this.#courier.send();
		const sent = await this.#courier.outbox.sentOn(kept.subject);
		const to = sent?.result.to;
		if (typeof to !== 'string') return 'here';
		goTo(to);
		return 'leaving';
	}

	/** Null when the phone would not take it. */
	async #keep(form: HTMLFormElement): Promise<Queued | null> {
		const { operation: kind = '', subject = '', each, again } = form.dataset;
		const sheet = form.elements.namedItem('lembar');
		if (sheet instanceof HTMLInputElement && sheet.value === '') sheet.value = newId();
		const fields = [...new FormData(form)].flatMap(([name, value]) =>
			typeof value === 'string' ? [[name, value] as const] : []
		);
		const own = each === undefined ? subject : `${subject}#${newId()}`;
		const words = wordsIn(form);
		if (again !== undefined) await this.#forgetRefused(kind, subject);
		const kept = await this.#courier.put({ kind, subject: own, fields, words });
		if (!kept) say(form, m.courses_phone_full({}, this.#spoken), 'bad');
		return kept;
	}

	async #forgetRefused(kind: string, subject: string): Promise<void> {
		const refused = (await this.#courier.outbox.queued()).filter(
			(one) =>
				one.refusal !== undefined && one.kind === kind && one.subject.split('#')[0] === subject
		);
		await Promise.all(refused.map(({ seq }) => this.#courier.outbox.remove(seq)));
	}

	#writeWhileTyping(form: HTMLFormElement): void {
		let pause: ReturnType<typeof setTimeout>;
		const write = async () => {
			if (await this.#keep(form)) await this.#courier.send();
		};
		const writeSoon = () => {
			clearTimeout(pause);
			pause = setTimeout(() => void write(), PAUSE_MS);
		};
		form.addEventListener('input', writeSoon);
		// On a slow phone somebody may have written before this script had come.
		if (isChanged(form)) writeSoon();
		form.addEventListener('submit', () => clearTimeout(pause));
	}

	async #showStates(signIn: boolean): Promise<void> {
		const queued = await this.#courier.outbox.queued();
		for (const form of this.#forms) {
			const { subject = '', operation = '' } = form.dataset;
			const last = queued.findLast(
				(one) => one.kind === operation && one.subject.split('#')[0] === subject
			);
			if (last?.refusal !== undefined) {
				say(form, last.refusal || m.courses_queue_refused({}, this.#spoken), 'bad');
			} else if (last && signIn) say(form, m.courses_kept_sign_in({}, this.#spoken), 'bad');
			else if (last) say(form, m.courses_kept_on_phone({}, this.#spoken), 'kept');
			else await this.#sayArrived(form, subject);
		}
	}

	async #sayArrived(form: HTMLFormElement, subject: string): Promise<void> {
		if (stateOf(form) !== 'kept') return;
		const sent = await this.#courier.outbox.sentOn(subject);
		const revision = form.elements.namedItem('revisi');
		if (sent && revision instanceof HTMLInputElement) {
			revision.value = String(sent.result.revision ?? revision.value);
		}
		const aside = sent?.result.setAside === true;
		const words = aside ? m.courses_arrived_beside : m.courses_arrived;
		say(form, words({}, this.#spoken), 'good');
	}
}

/** A question without any answer, or with two lines in one place, as far as a form can tell by itself. */
function lackIn(form: HTMLFormElement): 'open' | 'same_place' | null {
	const questions = [...form.querySelectorAll('fieldset')];
	if (questions.some(isOpen)) return 'open';
	return questions.some(hasOnePlaceTwice) ? 'same_place' : null;
}

function isOpen(question: Element): boolean {
	const marks = [...question.querySelectorAll<HTMLInputElement>('[type=radio], [type=checkbox]')];
	if (marks.length > 0) return !marks.some(({ checked }) => checked);
	const fields = [...question.querySelectorAll<HTMLInputElement>('input, select, textarea')];
	return fields.some(({ value }) => value.trim() === '');
}

function hasOnePlaceTwice(question: Element): boolean {
	const places = [...question.querySelectorAll<HTMLSelectElement>('select[data-place]')];
	return new Set(places.map(({ value }) => value)).size < places.length;
}
