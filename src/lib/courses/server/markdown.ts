/**
 * Markdown of lessons: checked for what would break a page, a reader or a screen
 * reader, then rendered once.
 */
import MarkdownIt, { type Token } from 'markdown-it';
import type { Language } from '../course.ts';
import { escaped } from './diagram-file.ts';
import type { Supplies } from './supplies.ts';

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

/** `![what it shows](diagram:<name>)` and `[a word](istilah:<slug>)`. */
const DIAGRAM = 'diagram:';
const TERM = 'istilah:';

/** Fewer letters cannot say what a picture says. */
const SHORTEST_DESCRIPTION = 40;

type Known = Pick<Supplies, 'diagrams' | 'terms'>;

/**
 * Raw HTML, links that lead to other places than pages and mailboxes, images nobody describes,
 * diagrams and terms that are not there.
 */
export function findProblems(markdown: string, known: Known): Finding[] {
	const findings: Finding[] = [];
	for (const { token, line, alone } of tokensWithLines(markdown)) {
		const sentence = problemWith(token, known) ?? (alone ? null : problemAmongWords(token));
		if (sentence) findings.push({ line, sentence });
	}
	return findings;
}

function problemWith(token: Token, known: Known): string | null {
	if (token.type === 'html_block' || token.type === 'html_inline') {
		return `raw HTML is not allowed: ${token.content.trim().slice(0, 40)}`;
	}
	if (token.type === 'link_open') return problemWithLink(hrefOf(token), known);
	if (token.type !== 'image') return null;
	if (token.content.trim() === '') return 'the image lacks a description (alt text)';
	const name = after(DIAGRAM, sourceOf(token));
	return name === null
		? problemWithAddress(sourceOf(token))
		: problemWithDiagram(name, token.content, known);
}

function problemWithLink(href: string, { terms }: Known): string | null {
	const slug = after(TERM, href);
	if (slug === null) return problemWithAddress(href);
	return terms.some((term) => term.slug === slug) ? null : `the glossary has no term "${slug}"`;
}

function problemWithDiagram(name: string, description: string, known: Known): string | null {
	if (!known.diagrams.has(name)) return `there is no diagram "${name}"`;
	return description.length < SHORTEST_DESCRIPTION
		? 'the description (alt text) is too short to say what the diagram shows'
		: null;
}

function problemAmongWords(token: Token): string | null {
	return token.type === 'image' && after(DIAGRAM, sourceOf(token)) !== null
		? 'a diagram stands in a paragraph of its own'
		: null;
}

const hrefOf = (token: Token) => String(token.attrGet('href') ?? '');
const sourceOf = (token: Token) => String(token.attrGet('src') ?? '');
const after = (beginning: string, text: string) =>
	text.startsWith(beginning) ? text.slice(beginning.length) : null;

function problemWithAddress(address: string): string | null {
	const sentence = `the link "${address}" is neither http, https, mailto nor relative`;
	// Two slashes lead to another host; markdown-it hands over control characters encoded, and
	// a browser would drop some of them from the name of a scheme.
	if (/^\/\/|^[^/?#]*%[01]/.test(address)) return sentence;
	const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase();
	return scheme && !ALLOWED_SCHEMES.includes(scheme) ? sentence : null;
}

/** Every token, inline ones too, with the line it stands on and whether it is alone in its paragraph. */
function* tokensWithLines(markdown: string) {
	for (const token of inspector.parse(markdown, {})) {
		let line = (token.map?.[0] ?? 0) + 1;
		yield { token, line, alone: true };
		const children = token.children ?? [];
		for (const child of children) {
			yield { token: child, line, alone: children.length === 1 };
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

/** The slugs of the terms that the text links to, in its order. */
export function termsIn(markdown: string): string[] {
	const slugs = [...tokensWithLines(markdown)]
		.filter(({ token }) => token.type === 'link_open')
		.flatMap(({ token }) => after(TERM, hrefOf(token)) ?? []);
	return [...new Set(slugs)];
}

/** The names of the diagrams it shows. */
export function diagramsIn(markdown: string): string[] {
	return [...tokensWithLines(markdown)]
		.filter(({ token }) => token.type === 'image')
		.flatMap(({ token }) => after(DIAGRAM, sourceOf(token)) ?? []);
}

/**
 * HTML for below the page's own h1: the highest heading becomes an h2. Links to
 * other places get no handle on our window, images wait until they are near,
 * diagrams are drawn into the text, a term leads to its meaning on the same page.
 */
export function renderMarkdown(
	markdown: string,
	language: Language,
	diagrams: Supplies['diagrams']
): string {
	const tokens = renderer.parse(markdown, {});
	const levels = tokens.filter((token) => token.type === 'heading_open').map(levelOf);
	const shift = levels.length > 0 ? 2 - Math.min(...levels) : 0;
	for (const [at, token] of tokens.entries()) {
		if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, levelOf(token) + shift)}`;
		for (const child of token.children ?? []) mark(child);
		const figure = figureOf(token, language, diagrams);
		if (!figure) continue;
		Object.assign(token, { type: 'html_block', content: figure, children: null });
		for (const around of [tokens[at - 1], tokens[at + 1]]) if (around) around.hidden = true;
	}
	return renderer.renderer.render(tokens, renderer.options, {});
}

function levelOf(token: Token): number {
	return Number(token.tag.slice(1));
}

function mark(token: Token): void {
	if (token.type === 'image') token.attrSet('loading', 'lazy');
	if (token.type !== 'link_open') return;
	const term = after(TERM, hrefOf(token));
	if (term !== null) {
		token.attrSet('href', `#istilah-${term}`);
		token.attrSet('class', 'term');
	}
	if (/^https?:/i.test(hrefOf(token))) token.attrSet('rel', 'noopener');
}

/** The drawing in place of a paragraph that holds nothing but a diagram. */
function figureOf(
	{ children }: Token,
	language: Language,
	diagrams: Supplies['diagrams']
): string | null {
	const [image] = children ?? [];
	if (image?.type !== 'image') return null;
	const diagram = diagrams.get(after(DIAGRAM, sourceOf(image)) ?? '')?.[language];
	if (!diagram) return null;
	const { viewBox, drawing } = diagram;
	const label = escaped(image.content.replace(/\s+/g, ' '));
	return `<figure class="diagram"><svg viewBox="${viewBox}" role="img" aria-label="${label}">${drawing}</svg></figure>\n`;
}
