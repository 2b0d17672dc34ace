/** Everything of this person that waits on the phone or was refused: in words, to copy, to send, to let go of. */
import { m } from '#lib/paraglide/messages.js';
import { copyText } from '#lib/ui/copy-text.ts';
import { targetOf } from '#lib/platform/operations.ts';
import type { Queued } from '#lib/platform/outbox/outbox.ts';
import { keptTests, type KeptTest } from '../offline/kept-test.ts';
import type { Courier } from './courier.ts';
import { linkTo, placeOf } from './places.ts';

type Say = (inputs: Record<string, never>, options: { locale: 'id' | 'en' }) => string;

/** What somebody did, by the kind of its operation. */
const NAMES: ReadonlyMap<string, Say> = new Map<string, Say>([
	['note.save', m.courses_queue_note],
	['tool.save', m.courses_queue_sheet],
	['lesson.done', m.courses_queue_done],
	['practice.answer', m.courses_queue_practice],
	['quiz.handIn', m.courses_queue_quiz],
	['test.answer', m.courses_queue_test_answer],
	['test.handIn', m.courses_queue_test],
	['attendance.enter', m.trainings_attend_code]
]);

export function listQueue(courier: Courier): void {
	const place = courier.page.root.querySelector<HTMLElement>('[data-queue]');
	if (place) new QueueList(courier, place).open();
}

class QueueList {
	readonly #courier: Courier;
	readonly #place: HTMLElement;
	readonly #spoken;
	/** What is shown, so that it is only made anew when it has changed. */
	#shown = '';

	constructor(courier: Courier, place: HTMLElement) {
		this.#courier = courier;
		this.#place = place;
		this.#spoken = { locale: courier.page.locale };
	}

	open(): void {
		const send = this.#part('send');
		send?.querySelector('button')?.addEventListener('click', () => void this.#courier.send());
		this.#courier.onChange((end) => this.#show(end === 'sign in'));
	}

	#part(name: string): HTMLElement | null {
		return this.#place.querySelector<HTMLElement>(`[data-queue-${name}]`);
	}

	async #show(signIn: boolean): Promise<void> {
		const queued = await this.#courier.outbox.queued();
		const waiting = queued.filter(({ refusal }) => refusal === undefined);
		const now = JSON.stringify([queued.map(({ id, refusal }) => [id, refusal]), signIn]);
		if (now === this.#shown) return;
		this.#shown = now;
		const sum = this.#part('sum');
		if (sum) {
			sum.className = queued.length === 0 ? 'notice good' : 'notice warn';
			sum.textContent = this.#sumOf(queued.length, signIn);
		}
		const send = this.#part('send');
		if (send) send.hidden = waiting.length === 0;
		const tests = await keptTests(this.#courier.outbox);
		this.#part('items')?.replaceChildren(...queued.map((one) => this.#itemOf(one, tests)));
	}

	#sumOf(n: number, signIn: boolean): string {
		if (n === 0) return m.courses_queue_empty({}, this.#spoken);
		if (signIn) return m.courses_kept_sign_in({}, this.#spoken);
		return m.courses_queue_some_wait({ n }, this.#spoken);
	}

	#itemOf(one: Queued, tests: readonly KeptTest[]): Node {
		const template = this.#courier.page.root.querySelector<HTMLTemplateElement>(
			'template[data-queue-item]'
		);
		const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
		const part = <E extends HTMLElement>(name: string) => item.querySelector(`[data-${name}]`) as E;
		const refused = one.refusal !== undefined;
		part('place').replaceChildren(this.#placeOf(one, tests));
		part('what').textContent = NAMES.get(one.kind)?.({}, this.#spoken) ?? '';
		part('status').className = refused ? 'notice bad' : 'notice warn';
		part('status').textContent = refused
			? one.refusal || m.courses_queue_refused({}, this.#spoken)
			: m.courses_kept_on_phone({}, this.#spoken);
		const words = part<HTMLTextAreaElement>('words');
		words.value = one.words ?? one.fields.map((pair) => pair.join(': ')).join('\n');
		if (words.value === '') item.querySelector('details')?.remove();
		part('copy')?.addEventListener('click', () => void this.#copy(words, part('copy')));
		const again = part('again');
		again.hidden = !refused;
		again.addEventListener('click', () => void this.#tryAgain(one));
		this.#offerToDrop(part('drop'), one);
		return item;
	}

	#placeOf(one: Queued, tests: readonly KeptTest[]): Node {
		const subject = targetOf(one);
		const known = placeOf(this.#courier.page, subject);
		if (known) return known;
		const test = tests.find(({ testId }) => testId === subject.split('/')[0]);
		if (test) return linkTo(test.path, test.title);
		return document.createTextNode(NAMES.get(one.kind)?.({}, this.#spoken) ?? subject);
	}

	async #copy(words: HTMLTextAreaElement, button: HTMLElement): Promise<void> {
		const copied = await copyText(words.value, async () => words);
		if (copied) button.textContent = m.courses_queue_copied({}, this.#spoken);
	}

	async #tryAgain({ seq }: Queued): Promise<void> {
		await this.#courier.outbox.tryAgain(seq);
		await this.#courier.send();
	}

	/** Asked twice: what goes here is nowhere else. */
	#offerToDrop(button: HTMLElement, { seq }: Queued): void {
		let sure = false;
		button.addEventListener('click', () => {
			if (sure) return void this.#drop(seq);
			sure = true;
			button.className = 'danger';
			button.textContent = m.courses_queue_drop_sure({}, this.#spoken);
		});
	}

	async #drop(seq: number): Promise<void> {
		await this.#courier.outbox.remove(seq);
		await this.#courier.tell();
	}
}
