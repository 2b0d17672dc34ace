/**
 * A module as an IMS Common Cartridge 1.3: lessons and sheets as web pages, the
 * questions of each lesson and the quiz as tests, in one language.
 */
import { element, xmlDocument, type Xml } from '#lib/platform/xml.ts';
import { m } from '#lib/paraglide/messages.js';
import { cartridgeQuiz, leftOut } from '#lib/questions/exchange/cartridge-quiz.ts';
import type { Course, CourseItem, Language, Module } from '../course.ts';
import type { Tool } from '../tool.ts';
import {
	lessonPage,
	STYLE,
	STYLE_FILE,
	toolFile,
	toolPage,
	toolsLinked,
	type LessonPage
} from './web-page.ts';

const NAMESPACE = 'http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1';
const LOM = 'http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const PROFILE = 'http://www.imsglobal.org/profile/cc/ccv1p3';
const QUIZ_TYPE = 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment';

/** One thing in the cartridge: where it stands in the table of contents, and its file. */
interface Entry {
	/** Begins with a letter, unique in the cartridge. */
	readonly id: string;
	readonly title: string;
	readonly type: 'webcontent' | typeof QUIZ_TYPE;
	readonly href: string;
	readonly content: string;
}

/** Path → content of every file of the cartridge. */
export function cartridgeFiles(
	module: Module,
	course: Pick<Course, 'tools' | 'terms'>,
	language: Language
): Record<string, string> {
	const tools = toolsOf(module, course);
	const entries = [
		...module.lessons.flatMap((lesson) =>
			lessonEntries({ lesson, tools, terms: course.terms }, language)
		),
		...quizEntries(module, language),
		...[...tools.values()].map((tool) => toolEntry(tool, language))
	];
	return {
		'imsmanifest.xml': manifest(module, entries, language),
		[STYLE_FILE]: STYLE,
		...Object.fromEntries(entries.map(({ href, content }) => [href, content]))
	};
}

/** The sheets that its lessons use or speak of, by slug. */
function toolsOf({ lessons }: Module, { tools }: Pick<Course, 'tools'>): Map<string, Tool> {
	const slugs = lessons.flatMap(({ tool, html }) => [
		...(tool === null ? [] : [tool]),
		...toolsLinked(html.id),
		...toolsLinked(html.en)
	]);
	return new Map(tools.filter(({ slug }) => slugs.includes(slug)).map((tool) => [tool.slug, tool]));
}

function toolEntry(tool: Tool, language: Language): Entry {
	return {
		id: `tool-${tool.slug}`,
		title: tool.title[language],
		type: 'webcontent',
		href: toolFile(tool.slug),
		content: toolPage(tool, language)
	};
}

function lessonEntries({ lesson, tools, terms }: LessonPage, language: Language): Entry[] {
	const { slug, title, questions } = lesson;
	const own = terms.filter((term) => lesson.terms.includes(term.slug));
	const name = m.courses_interchange_questions({ title: title[language] }, { locale: language });
	return [
		{
			id: `lesson-${slug}`,
			title: title[language],
			type: 'webcontent',
			href: `lessons/${slug}.html`,
			content: lessonPage({ lesson, tools, terms: own }, language)
		},
		...testEntry({ id: `questions-${slug}`, title: name }, questions, language)
	];
}

function quizEntries({ slug, title, quiz }: Module, language: Language): Entry[] {
	const name = m.courses_interchange_quiz({ title: title[language] }, { locale: language });
	return testEntry({ id: `quiz-${slug}`, title: name }, quiz?.items ?? [], language);
}

function testEntry(
	{ id, title }: Pick<Entry, 'id' | 'title'>,
	items: readonly CourseItem[],
	language: Language
): Entry[] {
	// A test without a question is none.
	if (items.length === leftOut(items)) return [];
	const content = cartridgeQuiz({ id, title, items }, language);
	return [{ id, title, type: QUIZ_TYPE, href: `${id}/assessment.xml`, content }];
}

function manifest(module: Module, entries: readonly Entry[], language: Language): string {
	const { slug, edition, title, objectives } = module;
	const style = element(
		'resource',
		{ identifier: 'style', type: 'webcontent', href: STYLE_FILE },
		file(STYLE_FILE)
	);
	return xmlDocument(
		element(
			'manifest',
			{
				identifier: `rembuk-${slug}-${edition}-${language}`,
				xmlns: NAMESPACE,
				'xmlns:lomimscc': LOM,
				'xmlns:xsi': XSI,
				'xsi:schemaLocation': `${NAMESPACE} ${PROFILE}/ccv1p3_imscp_v1p2_v1p0.xsd ${LOM} ${PROFILE}/LOM/ccv1p3_lommanifest_v1p0.xsd`
			},
			element(
				'metadata',
				{},
				element('schema', {}, 'IMS Common Cartridge'),
				element('schemaversion', {}, '1.3.0'),
				element(
					'lomimscc:lom',
					{},
					element(
						'lomimscc:general',
						{},
						element('lomimscc:title', {}, inLanguage(title[language], language)),
						element('lomimscc:language', {}, language),
						element(
							'lomimscc:description',
							{},
							inLanguage(objectives[language].join(' '), language)
						)
					)
				)
			),
			element(
				'organizations',
				{},
				element(
					'organization',
					{ identifier: 'contents', structure: 'rooted-hierarchy' },
					element(
						'item',
						{ identifier: 'root' },
						element(
							'item',
							{ identifier: `module-${slug}` },
							element('title', {}, title[language]),
							entries.map(({ id, title }) =>
								element(
									'item',
									{ identifier: `item-${id}`, identifierref: id },
									element('title', {}, title)
								)
							)
						)
					)
				)
			),
			element('resources', {}, entries.map(resource), style)
		)
	);
}

/** A page names its file as the place to open; a test is found by its type. */
function resource({ id, type, href }: Entry): Xml {
	if (type !== 'webcontent') return element('resource', { identifier: id, type }, file(href));
	return element(
		'resource',
		{ identifier: id, type, href },
		file(href),
		element('dependency', { identifierref: 'style' })
	);
}

const file = (href: string) => element('file', { href });
const inLanguage = (text: string, language: Language) =>
	element('lomimscc:string', { language }, text);
