/**
 * Ends the program with what happened and what to do, in plain sentences (Indonesian, then English)
 * and without a stack.
 *
 * @param {number} exitCode
 * @param {readonly string[]} sentences
 * @returns {never}
 */
export function giveUp(exitCode, sentences) {
	process.stderr.write(sentences.map((sentence) => `${sentence}\n`).join(''));
	process.exit(exitCode);
}
