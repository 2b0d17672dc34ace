/**
 * Puts a text on the clipboard. False when the browser will not: then it stands selected in the field,
 * to be copied by hand, and nobody may be told otherwise.
 *
 * @param field where the text can be seen by the time it is answered
 */
export async function copyText(
	text: string,
	field: () => Promise<HTMLTextAreaElement | undefined>
): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// There is no clipboard without https, as on a trial in a local network.
		(await field())?.select();
		return document.execCommand('copy');
	}
}
