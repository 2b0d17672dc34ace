/**
 * The program may not start like this. Whoever started it is told why in plain sentences, in both
 * languages, instead of a stack (scripts/serve.mjs).
 */
export class StartRefused extends Error {
	override readonly name = 'StartRefused';
	readonly sentences: readonly string[];
	readonly exitCode: number;

	constructor(sentences: readonly string[], exitCode = 1) {
		super(sentences.join(' / '));
		this.sentences = sentences;
		this.exitCode = exitCode;
	}
}

/** sysexits.h: EX_CONFIG */
export const BAD_CONFIGURATION = 78;
