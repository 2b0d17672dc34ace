/** A form that is refused says "yang ditandai": then what is refused must be marked, and nothing else. */
import type { Page } from '@playwright/test';
import { send } from './people.ts';

/** Longer than any form takes, whatever the field: nothing is carried out. */
const TOO_LONG = 'x'.repeat(20_001);
const SAYS_MARKED = 'yang ditandai';
/** Their fields are their questions, which say in words of their own what they lack. */
const QUESTIONNAIRES = /^\/(umpan-balik\/|pelatihan\/\w+\/(tes|ingat-lagi))|\/kuis$|\?\/latihan/;

interface Field {
	/** Where its form goes. */
	readonly action: string;
	readonly name: string;
	/** Everything that its form sends. */
	readonly sent: [string, string][];
}

/** What is wrong with the forms of the page that is open: one line for each field. */
export async function unmarkedFields(page: Page): Promise<string[]> {
	const problems: string[] = [];
	for (const { action, name, sent } of await fieldsToWrite(page)) {
		if (QUESTIONNAIRES.test(new URL(action).pathname + new URL(action).search)) continue;
		const faulty = sent.map(([own, value]): [string, string] => [
			own,
			own === name ? TOO_LONG : value
		]);
		const html = await (await send(page.context().request, action, faulty)).text();
		if (!html.includes(SAYS_MARKED)) continue;
		const marked = await markedIn(page, html);
		const wanted = `${name}, in words, in sight`;
		if (marked.join(' | ') !== wanted) problems.push(`${action}: ${name} (${marked.join(' | ')})`);
	}
	return problems;
}

/** Of each form and each of its buttons: the fields in which somebody writes or chooses from a list. */
function fieldsToWrite(page: Page): Promise<Field[]> {
	return page.evaluate(() => {
		const forms = [...document.querySelectorAll<HTMLFormElement>('form[method=POST i]')];
		return forms.flatMap((form) => {
			const buttons = [...form.querySelectorAll<HTMLButtonElement>('button[formaction]')];
			const actions =
				buttons.length > 0 ? buttons.map((button) => button.formAction) : [form.action];
			const sent = [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
				typeof value === 'string' ? [[name, value]] : []
			);
			const written = form.querySelectorAll<HTMLInputElement>(
				'input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea, select'
			);
			return actions.flatMap((action) => [...written].map(({ name }) => ({ action, name, sent })));
		});
	});
}

/** The fields that a page marks, and whether it says so in words where they can be seen. */
function markedIn(page: Page, html: string): Promise<string[]> {
	// The page forbids styles within the text, and would complain of each.
	return page.evaluate(
		(text) => {
			const answer = new DOMParser().parseFromString(text, 'text/html');
			return [...answer.querySelectorAll('[aria-invalid=true]')].map((field) => {
				const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
				const words = ids.map((id) => answer.getElementById(id)?.textContent ?? '').join(' ');
				const folded = field.closest('details:not([open])');
				return [
					field.getAttribute('name'),
					/Mohon periksa isian ini/.test(words) ? 'in words' : 'without words',
					folded ? 'folded away' : 'in sight'
				].join(', ');
			});
		},
		html.replaceAll(/<style[\s\S]*?<\/style>| style="[^"]*"/g, '')
	);
}
