/**
 * Markdown of lessons: checked for what would break a page, a reader or a screen
 * reader, then rendered once.
 */
import MarkdownIt, { type Token } from 'markdown-it';

/** Line counted from the first line of the text that was handed in. */
export interface Finding {
	readonly line: number;
	readonly sentence: string;
}

const renderer = new MarkdownIt({ html: false });

/** Sees raw HTML and every link as what they are, in order to report them. Never renders. */
const inspector = new MarkdownIt({ html: true });
inspector.validateLink = () => true;

const ALLOWED_SCHEMES = ['http:', 'https:', 'mailto:'];

/** Raw HTML, links that lead to other places than pages and mailboxes, images nobody describes. */
export function findProblems(markdown: string): Finding[] {
	const findings: Finding[] = [];
	for (const { token, line } of tokensWithLines(markdown)) {
		const sentence = problemWith(token);
		if (sentence) findings.push({ line, sentence });
	}
	return findings;
}

function problemWith(token: Token): string | null {
	if (token.type === 'html_block' || token.type === 'html_inline') {
		return `raw HTML is not allowed: ${token.content.trim().slice(0, 40)}`;
	}
	if (token.type === 'link_open') return problemWithAddress(String(token.attrGet('href') ?? ''));
	if (token.type !== 'image') return null;
	if (token.content.trim() === '') return 'the image lacks a description (alt text)';
	return problemWithAddress(String(token.attrGet('src') ?? ''));
}

function problemWithAddress(address: string): string | null {
	const sentence = `the link "${address}" is neither http, https, mailto nor relative`;
	// Two slashes lead to another host; markdown-it hands over control characters encoded, and
	// a browser would drop some of them from the name of a scheme.
	if (/^\/\/|^[^/?#]*%[01]/.test(address)) return sentence;
	const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase();
	return scheme && !ALLOWED_SCHEMES.includes(scheme) ? sentence : null;
}

/** Every token, inline ones too, with the line it stands on. */
function* tokensWithLines(markdown: string): Generator<{ token: Token; line: number }> {
	for (const token of inspector.parse(markdown, {})) {
		let line = (token.map?.[0] ?? 0) + 1;
		yield { token, line };
		for (const child of token.children ?? []) {
			yield { token: child, line };
			if (child.type === 'softbreak' || child.type === 'hardbreak') line++;
		}
	}
}

/** The texts of all headings of the second level. */
export function sectionsOf(markdown: string): string[] {
	return inspector
		.parse(markdown, {})
		.flatMap((token, at, all) =>
			token.type === 'heading_open' && token.tag === 'h2' ? [all[at + 1]?.content ?? ''] : []
		);
}

/** Words as a reader counts them: list markers, rules and addresses are none. */
export function countWords(markdown: string): number {
	let words = 0;
	for (const { token } of tokensWithLines(markdown)) {
		const isText = token.type === 'text' || token.type === 'code_inline';
		if (isText)
			words += token.content.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
	}
	return words;
}

/**
 * HTML for below the page's own h1: the highest heading becomes an h2. Links to
 * other places get no handle on our window, images wait until they are near.
 */
export function renderMarkdown(markdown: string): string {
	const tokens = renderer.parse(markdown, {});
	const levels = tokens.filter((token) => token.type === 'heading_open').map(levelOf);
	const shift = levels.length > 0 ? 2 - Math.min(...levels) : 0;
	for (const token of tokens) {
		if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, levelOf(token) + shift)}`;
		for (const child of token.children ?? []) mark(child);
	}
	return renderer.renderer.render(tokens, renderer.options, {});
}

function levelOf(token: Token): number {
	return Number(token.tag.slice(1));
}

function mark(token: Token): void {
	if (token.type === 'image') token.attrSet('loading', 'lazy');
	if (token.type !== 'link_open') return;
	if (/^https?:/i.test(String(token.attrGet('href') ?? ''))) token.attrSet('rel', 'noopener');
}
