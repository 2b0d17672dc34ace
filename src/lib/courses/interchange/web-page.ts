/**
 * Lessons and sheets as pages of their own, for systems that know nothing of ours:
 * whole without a script, their look in one file beside them.
 */
import { escapeXml } from '#lib/platform/xml.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Language, Lesson, Term } from '../course.ts';
import { phaseNames } from '../phase-names.ts';
import type { Tool, ToolPart } from '../tool.ts';

export const STYLE_FILE = 'rembuk.css';

/** Plain colours of the house in the light; fills are pale, so that text is legible on them. */
export const STYLE = `body{max-width:42rem;margin:0 auto;padding:1rem;color:#23261f;background:#fff;font:1.0625rem/1.65 system-ui,sans-serif}
h1,h2,h3{line-height:1.25}
a{color:#1f6b3a}
.meta{color:#575b50;font-size:.9375rem}
blockquote{margin-left:0;padding-left:1rem;border-left:4px solid #8b8672}
table{width:100%;border-collapse:collapse}
td,th{height:2rem;padding:.3rem;border:1px solid #8b8672;text-align:left}
.line{height:2rem;border-bottom:1px solid #8b8672}
.box::before{content:"";display:inline-block;width:.9em;height:.9em;margin-right:.4em;border:1.5px solid;vertical-align:-.1em}
.boxes{display:flex;flex-wrap:wrap;gap:0 1rem}
.diagram{margin:1rem 0}
.diagram svg{display:block;width:100%;max-width:28rem;height:auto;font-size:16px;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.d-ink{--edge:#23261f;--fill:#23261f;--word:#23261f}
.d-line{--edge:#8b8672}
.d-paper{--fill:#fff}
.d-soft{--edge:#8b8672;--fill:#f3eee2;--word:#575b50}
.d-leaf{--edge:#1f6b3a;--fill:#e4f1e6;--word:#1f6b3a}
.d-turmeric{--edge:#8a5a00;--fill:#fcf0d2;--word:#8a5a00}
.d-clay{--edge:#a5321f;--fill:#fbe6e0;--word:#a5321f}
.diagram svg *{fill:var(--fill,none);stroke:var(--edge,none)}
.diagram line,.diagram polyline,.diagram [fill="none"]{fill:none}
.diagram text,.diagram tspan{stroke:none;fill:var(--word,#23261f)}
`;

interface Page {
	readonly title: string;
	readonly language: Language;
	/** HTML. */
	readonly body: string;
}

const page = ({ title, language, body }: Page) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<link rel="stylesheet" href="../${STYLE_FILE}">
</head>
<body>
${body}
</body>
</html>
`;

const text = (tag: string, content: string, attributes = '') =>
	`<${tag}${attributes}>${escapeXml(content)}</${tag}>`;
const list = (entries: readonly string[]) =>
	`<ul>\n${entries.map((entry) => text('li', entry)).join('\n')}\n</ul>`;

export interface LessonPage {
	readonly lesson: Lesson;
	/** The sheets that have a page, by slug. */
	readonly tools: ReadonlyMap<string, Tool>;
	readonly terms: readonly Term[];
}

/** Where a page finds the page of a sheet. */
const toolHref = (slug: string) => `../${toolFile(slug)}`;
export const toolFile = (slug: string): string => `tools/${slug}.html`;

const LINK = /<a href="(?<address>[^"]*)"(?<rest>[^>]*)>/g;
const TO_TOOL = /^\.\.\/alat\/(?<slug>[\w-]+)$/;

/** Slugs of the sheets that the text of a lesson leads to. */
export function toolsLinked(html: string): string[] {
	return [...html.matchAll(LINK)].flatMap(
		({ groups }) => TO_TOOL.exec(groups?.address ?? '')?.groups?.slug ?? []
	);
}

/** A link to a sheet leads to its page; one to another place of the portal is only words there. */
function withLinks(html: string, tools: ReadonlyMap<string, Tool>): string {
	return html.replace(LINK, (whole, address: string, rest: string) => {
		if (/^(https?:|mailto:|#)/.test(address)) return whole;
		const slug = TO_TOOL.exec(address)?.groups?.slug ?? '';
		return tools.has(slug) ? `<a href="${toolHref(slug)}"${rest}>` : '<a>';
	});
}

export function lessonPage({ lesson, tools, terms }: LessonPage, language: Language): string {
	const wanted = { locale: language };
	const { title, minutes, phase, objectives, sources, html } = lesson;
	const tool = lesson.tool === null ? undefined : tools.get(lesson.tool);
	const about = [phaseNames[phase]({}, wanted), m.courses_minutes({ minutes }, wanted)].join(' · ');
	const parts = [
		text('h1', title[language]),
		text('p', about, ' class="meta"'),
		text('p', m.courses_lesson_objectives({}, wanted)),
		list(objectives[language]),
		withLinks(html[language].trim(), tools),
		...(tool
			? [
					text('h2', m.courses_interchange_tool({}, wanted)),
					`<p>${text('a', tool.title[language], ` href="${toolHref(tool.slug)}"`)}</p>`
				]
			: []),
		text('h2', m.courses_sources_heading({}, wanted)),
		list(sources[language]),
		...(terms.length > 0
			? [text('h2', m.courses_glossary_title({}, wanted)), termList(terms, language)]
			: [])
	];
	return page({ title: title[language], language, body: parts.join('\n') });
}

function termList(terms: readonly Term[], language: Language): string {
	const entries = terms.map(
		({ slug, term, meaning }) =>
			text('dt', term[language], ` id="istilah-${slug}"`) + text('dd', meaning[language])
	);
	return `<dl>\n${entries.join('\n')}\n</dl>`;
}

/** A sheet to print and to fill in by hand. */
export function toolPage({ title, purpose, parts }: Tool, language: Language): string {
	const body = [
		text('h1', title[language]),
		text('p', purpose[language], ' class="meta"'),
		...parts.map((part) => toolPart(part, language))
	];
	return page({ title: title[language], language, body: body.join('\n') });
}

function toolPart(part: ToolPart, language: Language): string {
	const label = (of: Exclude<ToolPart, { kind: 'note' }>) => text('strong', of.label[language]);
	switch (part.kind) {
		case 'note':
			return text('p', part.text[language]);
		case 'check':
			return text('p', part.label[language], ' class="box"');
		case 'text': {
			const hint = part.hint ? text('p', part.hint[language], ' class="meta"') : '';
			return `<p>${label(part)}</p>${hint}${'<div class="line"></div>'.repeat(part.lines)}`;
		}
		case 'choice': {
			const boxes = part.options[language].map((option) => text('span', option, ' class="box"'));
			return `<p>${label(part)}</p><p class="boxes">${boxes.join('')}</p>`;
		}
		case 'table': {
			const columns = part.columns[language];
			const head = columns.map((column) => text('th', column, ' scope="col"')).join('');
			const row = `<tr>${'<td></td>'.repeat(columns.length)}</tr>`;
			const caption = `<caption>${label(part)}</caption>`;
			return `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${row.repeat(part.rows)}</tbody></table>`;
		}
	}
}
