/** Everything that is wrong with the course text, so that it can be put right in one go. */
export class ContentError extends Error {
	override readonly name = 'ContentError';
	/** One line each: `file:line: sentence`. */
	readonly mistakes: string[];

	constructor(mistakes: string[]) {
		super(`The course text has ${mistakes.length} mistake(s):\n${mistakes.join('\n')}`);
		this.mistakes = mistakes;
	}
}

export class Mistakes {
	readonly #found: { file: string; line: number; sentence: string }[] = [];

	add(file: string, line: number, sentence: string): void {
		this.#found.push({ file, line, sentence });
	}

	/** Throws when there is any, in the order in which an editor meets them. */
	throwIfAny(): void {
		if (this.#found.length === 0) return;
		const inOrder = this.#found.toSorted(
			(one, other) => one.file.localeCompare(other.file, 'en') || one.line - other.line
		);
		throw new ContentError(
			inOrder.map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`)
		);
	}
}
