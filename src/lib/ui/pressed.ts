/**
 * A button that was pressed says so until its work is done: it cannot be pressed a second time
 * meanwhile, and it comes back when nothing came of it. The one place for this, whatever a form is about.
 */
import { m } from '#lib/paraglide/messages.js';
import { spoken } from './spoken.ts';

export interface Pressed {
	readonly form: HTMLFormElement;
	/** Null when a script or an old browser sends the form without saying by which button. */
	readonly button: HTMLButtonElement | null;
}

/** Another page is on its way, or the work has ended here. */
export type Outcome = 'leaving' | 'here';

/** A browser that gives up waiting for a page does not always say so: then the button comes back by itself. */
const PATIENCE_MS = 30_000;

const atWork = new WeakSet<HTMLFormElement>();

export function pressedIn({ target, submitter }: SubmitEvent): Pressed | null {
	if (!(target instanceof HTMLFormElement)) return null;
	const first = target.querySelector<HTMLButtonElement>('button:not([type=button])');
	return { form: target, button: submitter instanceof HTMLButtonElement ? submitter : first };
}

/** Where it would be sent. */
export function actionOf({ form, button }: Pressed): URL {
	const own = button?.getAttribute('formaction');
	return new URL(own ?? form.getAttribute('action') ?? '', location.href);
}

/** Does what was asked for by a press, once: further presses on the same form meanwhile do nothing. */
export async function onePress(pressed: Pressed, work: () => Promise<Outcome>): Promise<void> {
	if (atWork.has(pressed.form)) return;
	const comeBack = showAtWork(pressed);
	let outcome: Outcome = 'here';
	try {
		outcome = await work();
	} finally {
		if (outcome === 'here') comeBack();
	}
}

/** The browser itself fetches the next page: nobody tells when that fails. */
export function leaveByPress(event: SubmitEvent, pressed: Pressed): void {
	if (atWork.has(pressed.form)) event.preventDefault();
	else showAtWork(pressed);
}

function showAtWork({ form, button }: Pressed): () => void {
	atWork.add(form);
	const label = button ? [...button.childNodes] : [];
	const words = m.ui_at_work({}, spoken());
	if (button) {
		button.style.minWidth = `${button.offsetWidth}px`;
		button.setAttribute('aria-busy', 'true');
		button.replaceChildren(words);
	}
	const heard = hearing();
	heard.textContent = words;
	const comeBack = () => {
		clearTimeout(patience);
		removeEventListener('pageshow', comeBack);
		heard.textContent = '';
		button?.replaceChildren(...label);
		button?.removeAttribute('aria-busy');
		if (button) button.style.minWidth = '';
		atWork.delete(form);
	};
	const patience = setTimeout(comeBack, PATIENCE_MS);
	// Shown again by the Back button, as it was left.
	addEventListener('pageshow', comeBack);
	return comeBack;
}

/** For those who hear the page: a button whose words change is silent. */
function hearing(): HTMLElement {
	const known = document.querySelector<HTMLElement>('[data-at-work]');
	if (known) return known;
	const sentence = document.createElement('p');
	sentence.className = 'visually-hidden';
	sentence.dataset.atWork = '';
	sentence.setAttribute('role', 'status');
	document.body.append(sentence);
	return sentence;
}
