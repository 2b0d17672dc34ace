/**
 * A test that is being taken: each answer is written on the phone when it is given and sent by itself,
 * with a word beside it; all of the test can be answered and handed in without a signal. An answer
 * carries the number of the one it was given over, so that an older page undoes nothing unasked.
 */
import { m } from '#lib/paraglide/messages.js';
import type { Queued } from '#lib/platform/outbox/outbox.ts';
import { isChanged, wordsIn } from '#lib/ui/fields.ts';
import { actionOf, onePress, pressedIn, type Outcome } from '#lib/ui/pressed.ts';
import { answerIn, showAnswer } from '#lib/questions/items/from-page.ts';
import { dropTest } from '../offline/kept-test.ts';
import type { Language } from '../course.ts';
import type { Courier } from './courier.ts';
import { say } from '#lib/ui/state.ts';
import { isKeptCopy, keepThisTest } from './test-keeping.ts';
import { inTime, pageAfter } from './test-pages.ts';
import { showProgress } from './test-progress.ts';

export async function keepTest(courier: Courier): Promise<void> {
	const { root } = courier.page;
	const {
		testPath = '',
		testName = '',
		testKind
	} = root.querySelector<HTMLElement>('[data-test-path]')?.dataset ?? {};
	if (testKind !== 'page' && testKind !== 'review') {
		// Handed in, or closed: there is nothing left to go on with.
		return dropTest(courier.outbox, testPath).catch(() => {});
	}
	const form = root.querySelector<HTMLFormElement>('form[data-test]');
	if (!form) return;
	const desk = new TestDesk(courier, form, { path: testPath, name: testName });
	await desk.open();
	const begun = { path: testPath, title: testName, testId: form.dataset.test ?? '' };
	void keepThisTest(courier, begun).then((kept) => kept && desk.sayKept());
}

/** How long somebody pauses in a word before it is written down, in milliseconds. */
const PAUSE_MS = 600;

class TestDesk {
	readonly #courier: Courier;
	readonly #form: HTMLFormElement;
	readonly #test: { readonly path: string; readonly name: string };
	readonly #items: readonly HTMLFieldSetElement[];
	readonly #spoken: { readonly locale: Language };
	/** Half answered: the page alone has it. */
	readonly #half = new Set<HTMLFieldSetElement>();
	/** The phone would not take an answer: the plain way is left. */
	#isFull = false;
	/** It waited on the phone while this page was open, or this page is older than its arrival. */
	#handedIn: boolean;
	/** The result is on its way. */
	#leaves = false;
	readonly #pauses = new Map<HTMLFieldSetElement, ReturnType<typeof setTimeout>>();

	constructor(courier: Courier, form: HTMLFormElement, test: { path: string; name: string }) {
		this.#courier = courier;
		this.#form = form;
		this.#test = test;
		this.#items = [...form.querySelectorAll<HTMLFieldSetElement>('fieldset[data-control]')];
		this.#spoken = { locale: courier.page.locale };
		this.#handedIn = isKeptCopy(courier.page.root);
	}

	get #testId(): string {
		return this.#form.dataset.test ?? '';
	}

	get #isWhole(): boolean {
		return this.#form.dataset.testWhole !== undefined;
	}

	open(): Promise<void> {
		for (const item of this.#items) {
			item.addEventListener('change', () => void this.#answered(item));
			item.addEventListener('input', ({ target }) => this.#typing(item, target));
		}
		this.#sayHow(m.courses_test_saved_each({}, this.#spoken));
		if (this.#isWhole) this.#offerHandIn();
		this.#form.addEventListener('submit', (event) => this.#submitted(event));
		this.#courier.onChange((end) => this.#show(end === 'sign in'));
		return this.#keepWhatIsThere();
	}

	/** On a slow phone somebody may have answered before this script had come. */
	async #keepWhatIsThere(): Promise<void> {
		for (const item of this.#items) if (isChanged(item)) await this.#keep(item);
	}

	/** The whole test is on the phone now. */
	sayKept(): void {
		this.#sayHow(m.courses_test_kept({}, this.#spoken));
	}

	#sayHow(text: string): void {
		const sentence = this.#part('plain');
		if (sentence) sentence.textContent = text;
	}

	#part(name: string): HTMLElement | null {
		return this.#courier.page.root.querySelector<HTMLElement>(`[data-test-${name}]`);
	}

	#typing(item: HTMLFieldSetElement, target: EventTarget | null): void {
		if (!(target instanceof HTMLInputElement) || target.type !== 'text') return;
		clearTimeout(this.#pauses.get(item));
		this.#pauses.set(
			item,
			setTimeout(() => void this.#answered(item), PAUSE_MS)
		);
	}

	async #answered(item: HTMLFieldSetElement): Promise<void> {
		if (await this.#keep(item)) await this.#courier.send();
	}

	/** True when it is on the phone now. What is half an answer stays on the page alone, and says so. */
	async #keep(item: HTMLFieldSetElement): Promise<boolean> {
		clearTimeout(this.#pauses.get(item));
		this.#pauses.delete(item);
		const reading = answerIn(item);
		if (!reading) return false;
		this.#half.delete(item);
		if ('lack' in reading && reading.lack !== 'open') {
			this.#half.add(item);
			say(item, m.courses_item_incomplete({}, this.#spoken), 'bad');
			return false;
		}
		const answer = 'answer' in reading ? reading.answer : '';
		const { version = '', seen = '0' } = item.dataset;
		const kept = await this.#courier.put({
			kind: 'test.answer',
			subject: this.#subjectOf(item),
			fields: [
				['version', version],
				['seen', seen],
				['answer', answer]
			],
			words: wordsIn(item)
		});
		this.#isFull ||= kept === null;
		if (!kept) say(item, m.courses_item_phone_full({}, this.#spoken), 'bad');
		return kept !== null;
	}

	#subjectOf = ({ id }: HTMLFieldSetElement) => `${this.#testId}/${id}`;

	/** The plain buttons: what is on the page is kept and sent, then comes the page they lead to. */
	#submitted(event: SubmitEvent): void {
		event.preventDefault();
		const pressed = pressedIn(event);
		if (!pressed) return;
		const action = actionOf(pressed);
		void onePress(pressed, () =>
			action.search.includes('/kirim') ? this.#handIn() : this.#goOn(action)
		);
	}

	async #goOn(action: URL): Promise<Outcome> {
		await this.#keepWhatIsTyped();
		if (this.#isWhole && !this.#isFull) return 'here'; // the Enter key in a field
		const to = pageAfter(this.#form, action);
		// The plain way says what is lacking, and needs no room on the phone.
		if (to === null || this.#isFull || this.#half.size > 0) return this.#sendPlainly(action);
		await inTime(this.#courier.send());
		location.assign(`${location.pathname}?bagian=${to}`);
		return 'leaving';
	}

	#sendPlainly(action: URL): Outcome {
		if (!navigator.onLine) return 'here'; // it would lead to a page of the browser's
		this.#form.action = action.href;
		this.#form.submit();
		return 'leaving';
	}

	async #keepWhatIsTyped(): Promise<void> {
		for (const item of [...this.#pauses.keys()]) await this.#keep(item);
	}

	#offerHandIn(): void {
		const section = this.#part('hand-in');
		if (!section) return;
		this.#part('ways')?.setAttribute('hidden', '');
		section.removeAttribute('hidden');
		const button = section.querySelector('button');
		const pressed = { form: this.#form, button };
		button?.addEventListener('click', () => void onePress(pressed, () => this.#handIn()));
	}

	async #handIn(): Promise<Outcome> {
		await this.#keepWhatIsTyped();
		const [half] = this.#half;
		if (half) {
			lead(half);
			return 'here';
		}
		const sheet = await this.#sheet();
		const words = `${this.#test.name}\n${wordsIn(this.#form)}`;
		const written = { kind: 'test.handIn', subject: this.#testId, fields: sheet, words };
		if (!this.#isFull && (await this.#courier.put(written))) {
			await this.#courier.send();
			return this.#leaves ? 'leaving' : 'here';
		}
		const full = m.courses_item_phone_full({}, this.#spoken);
		say(this.#part('hand-in') ?? this.#form, full, 'bad');
		return this.#sendPlainly(new URL(this.#form.action));
	}

	/** Everything this page and this phone know, so that it counts whatever arrives before it. */
	async #sheet(): Promise<[string, string][]> {
		// What another tab of this phone has answered meanwhile goes along.
		await this.#show(false);
		const lines = new Map<string, string>();
		for (const { subject, fields } of await this.#courier.outbox.waiting()) {
			const [testId, itemId = ''] = subject.split('/');
			if (testId !== this.#testId || itemId === '') continue;
			const { version = '', seen = '0', answer = '' } = Object.fromEntries(fields);
			lines.set(itemId, `${version}.${seen} ${answer}`);
		}
		for (const item of this.#items) {
			const reading = answerIn(item);
			if (!reading || !('answer' in reading)) continue;
			const { version = '', seen = '0' } = item.dataset;
			lines.set(item.id, `${version}.${seen} ${reading.answer}`);
		}
		return [...lines];
	}

	async #show(signIn: boolean): Promise<void> {
		const queued = await this.#courier.outbox.queued();
		for (const item of this.#items) await this.#showItem(item, queued);
		if (this.#isWhole) showProgress(this.#courier.page, this.#items);
		await this.#showTest(queued, signIn);
	}

	/** What waits on the phone goes before what the server last said, and that before the page. */
	async #showItem(item: HTMLFieldSetElement, queued: readonly Queued[]): Promise<void> {
		if (this.#half.has(item)) return;
		const subject = this.#subjectOf(item);
		const waits = queued.findLast((one) => one.subject === subject);
		if (waits) {
			const answer = waits.fields.find(([name]) => name === 'answer')?.[1] ?? '';
			if (!item.contains(document.activeElement)) showAnswer(item, answer);
			const refused = waits.refusal !== undefined;
			const refusal = waits.refusal || m.courses_queue_refused({}, this.#spoken);
			say(
				item,
				refused ? refusal : m.courses_item_on_phone({}, this.#spoken),
				refused ? 'bad' : 'kept'
			);
			return;
		}
		const sent = await this.#courier.outbox.sentOn(subject);
		const stands = Number(sent?.result.seen ?? 0);
		if (!sent || stands <= Number(item.dataset.seen)) return;
		item.dataset.seen = String(stands);
		this.#noteSeen(stands);
		const newer = sent.result.state === 'newer';
		if (newer || !item.contains(document.activeElement)) {
			showAnswer(item, String(sent.result.answer ?? ''));
		}
		if (newer) say(item, m.courses_item_newer({}, this.#spoken), 'warn');
		else if (sent.result.late === true) say(item, m.courses_item_late({}, this.#spoken), 'warn');
		else say(item, m.courses_item_sent({}, this.#spoken), 'good');
	}

	/** The plain buttons send what this page has seen. */
	#noteSeen(stands: number): void {
		const field = this.#form.elements.namedItem('dilihat');
		if (field instanceof HTMLInputElement && Number(field.value) < stands) {
			field.value = String(stands);
		}
	}

	/** The test as a whole: handed in and waiting, arrived, or too late. */
	async #showTest(queued: readonly Queued[], signIn: boolean): Promise<void> {
		const handIn = queued.findLast(
			({ kind, subject }) => kind === 'test.handIn' && subject === this.#testId
		);
		const place = this.#part('state');
		const waits = handIn !== undefined && handIn.refusal === undefined;
		const sent = handIn ? undefined : await this.#courier.outbox.sentOn(this.#testId);
		const to = sent?.result.to;
		if (typeof to === 'string' && this.#handedIn) {
			await dropTest(this.#courier.outbox, this.#test.path).catch(() => {});
			this.#leaves = true;
			return location.replace(to);
		}
		this.#handedIn ||= waits;
		for (const item of this.#items) item.disabled = waits;
		const text = this.#sentenceFor(handIn, signIn);
		const section = this.#part('hand-in');
		const button = section?.querySelector('button');
		if (button) button.disabled = waits;
		// Where it was pressed, and where the page begins.
		if (section && handIn) say(section, text, waits ? 'kept' : 'bad');
		if (!place) return;
		place.hidden = text === '';
		place.className = waits ? 'notice warn' : 'notice bad';
		if (place.textContent !== text) place.textContent = text;
	}

	#sentenceFor(handIn: Queued | undefined, signIn: boolean): string {
		if (handIn?.refusal !== undefined) {
			return handIn.refusal || m.courses_queue_refused({}, this.#spoken);
		}
		if (signIn) return m.courses_kept_sign_in({}, this.#spoken);
		return handIn ? m.courses_test_handed_in_on_phone({}, this.#spoken) : '';
	}
}

/** To a question that is only half answered. */
function lead(item: HTMLFieldSetElement): void {
	item.scrollIntoView({ block: 'start' });
	item.querySelector<HTMLElement>('input, select')?.focus({ preventScroll: true });
}
