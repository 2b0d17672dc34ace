/** The program may not start on this database. Whoever started it is told why, in both languages. */
export class StartRefused extends Error {
	override readonly name = 'StartRefused';
	readonly exitCode = 1;
	/** Indonesian, English. */
	readonly sentences: readonly [string, string];

	constructor(indonesian: string, english: string) {
		super(`${indonesian} / ${english}`);
		this.sentences = [indonesian, english];
	}
}
