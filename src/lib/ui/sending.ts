/**
 * Sends a form without leaving its page, so that nothing typed is lost when the signal goes on the way:
 * the page is left only when the answer is there.
 */
import { m } from '#lib/paraglide/messages.js';
import { goTo, LEADS_TO, STAYS } from './leads-to.ts';
import { actionOf, type Outcome, type Pressed } from './pressed.ts';
import { spoken } from './spoken.ts';
import { say } from './state.ts';

/** What it does not know it leaves to the browser: files, and answers that are pages of their own (`data-plain`). */
export const canSend = ({ method, enctype, dataset }: HTMLFormElement): boolean =>
	method === 'post' &&
	enctype === 'application/x-www-form-urlencoded' &&
	dataset.plain === undefined;

export async function sendFromPage(pressed: Pressed): Promise<Outcome> {
	const { form } = pressed;
	const answer = await answerTo(pressed);
	if (!answer) return tell(form, m.ui_no_answer({}, spoken()));
	if (answer.to !== null) {
		goTo(answer.to);
		return 'leaving';
	}
	if (answer.elsewhere) return sendPlainly(pressed);
	const main = answer.page.querySelector('main');
	if (!main) return tell(form, m.ui_no_answer({}, spoken()));
	const error = main.querySelector('[data-error]')?.textContent;
	if (error) return tell(form, error);
	document.title = answer.page.title;
	document.querySelector('main')?.replaceWith(main);
	showFromTop(main, actionOf(pressed).hash.slice(1));
	return 'here';
}

interface Answer {
	readonly to: string | null;
	/** Somebody else answered: the form was not carried out. */
	readonly elsewhere: boolean;
	readonly page: Document;
}

/** Null: none came. */
async function answerTo(pressed: Pressed): Promise<Answer | null> {
	try {
		const answer = await fetch(actionOf(pressed), {
			method: 'POST',
			headers: { accept: 'text/html', [STAYS]: '1' },
			body: written(pressed)
		});
		// The styles of another page are not this one's to allow: its policy would complain of each.
		const text = (await answer.text()).replace(/<style[^]*?<\/style>/g, '');
		return {
			to: answer.headers.get(LEADS_TO),
			elsewhere: answer.redirected,
			page: new DOMParser().parseFromString(text, 'text/html')
		};
	} catch {
		return null;
	}
}

function written({ form, button }: Pressed): URLSearchParams {
	const fields = new URLSearchParams();
	for (const [name, value] of new FormData(form)) {
		if (typeof value === 'string') fields.append(name, value);
	}
	if (button?.name) fields.append(button.name, button.value);
	return fields;
}

/** A session that is over, say: the page that keeps the form meanwhile is the browser's to show. */
function sendPlainly({ form, button }: Pressed): Outcome {
	form.dataset.plain = '';
	// When this press has ended: that one is a press of its own.
	setTimeout(() => form.requestSubmit(button));
	return 'here';
}

function tell(form: HTMLFormElement, sentence: string): Outcome {
	say(form, sentence, 'bad');
	return 'here';
}

/** Where a page that was fetched would begin. */
function showFromTop(main: HTMLElement, hash: string): void {
	const begins = hash === '' ? null : document.getElementById(hash);
	if (begins) begins.scrollIntoView();
	else scrollTo(0, 0);
	main.focus({ preventScroll: true });
}
