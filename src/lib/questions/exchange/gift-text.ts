/** The file as text: where its questions begin, and the signs that do not mean what they mean elsewhere. */

/** A question as it stands in the file, not yet understood. */
export interface GiftBlock {
	readonly line: number;
	readonly category: string | null;
	readonly text: string;
}

const CATEGORY = /^\s*\$CATEGORY:(?<name>.*)$/;

/** How many questions there are is known before any of them is read. */
export function giftBlocks(file: string): GiftBlock[] {
	const blocks: GiftBlock[] = [];
	let category: string | null = null;
	let open: { line: number; lines: string[] } | null = null;
	const close = () => {
		if (open) blocks.push({ line: open.line, category, text: open.lines.join('\n') });
		open = null;
	};
	const lines = file.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
	for (const [at, line] of lines.entries()) {
		const named = CATEGORY.exec(line)?.groups?.name?.trim();
		if (line.trim() === '' || named !== undefined) close();
		if (named !== undefined) category = named;
		else if (line.trim() !== '' && !/^\s*\/\//.test(line)) {
			open ??= { line: at + 1, lines: [] };
			open.lines.push(line);
		}
	}
	close();
	return blocks;
}

/** Escaped signs wait in a corner of Unicode that no text of ours uses, until the rest is understood. */
const SIGNS = ['\\', '~', '=', '#', '{', '}', ':', '\n'];
const CORNER = 0xe000;

export const masked = (text: string): string =>
	text
		.replace(/[\uE000-\uE00F]/g, '')
		.replace(/\\([~=#{}:\\n])/g, (_, sign: string) =>
			String.fromCharCode(CORNER + SIGNS.indexOf(sign === 'n' ? '\n' : sign))
		);

export const unmasked = (text: string): string =>
	text.replace(/[\uE000-\uE00F]/g, (letter) => SIGNS[letter.charCodeAt(0) - CORNER] ?? '');
