/** What became of something that was sent, in one sentence beside it. */
export type State = 'kept' | 'good' | 'warn' | 'bad';

/** The sentence stands at the end of its part of the page, and is heard when it changes. */
export function say(part: Element, text: string, state: State): void {
	let sentence = part.querySelector<HTMLElement>('[data-operation-state]');
	if (!sentence) {
		sentence = document.createElement('p');
		sentence.setAttribute('role', 'status');
		part.append(sentence);
	}
	sentence.dataset.operationState = state;
	sentence.className = state === 'kept' ? 'notice warn' : `notice ${state}`;
	if (sentence.textContent !== text) sentence.textContent = text;
}

export const stateOf = (part: Element): string | undefined =>
	part.querySelector<HTMLElement>('[data-operation-state]')?.dataset.operationState;
