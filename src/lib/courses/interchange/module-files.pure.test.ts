import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/people/actor.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import { readGift } from '#lib/questions/exchange/gift-read.ts';
import { all, only, readXml, type XmlNode } from '../../../../tests/xml-tree.ts';
import { itemsOf, practiceItemsOf, type Language, type Module } from '../course.ts';
import { readCourse } from '../server/content.ts';
import { moduleFile, moduleFiles, type ModuleFileName } from './server/module-files.ts';

const course = readCourse('content');
const inLanguages = course.modules.flatMap((module) =>
	(['id', 'en'] as const).map((language) => ({ module, language, name: module.slug }))
);

function somebody(...grants: Actor['grants']): Actor {
	const who = { userId: 'yusuf', name: 'Yusuf', username: 'yusuf', sessionId: 'none' };
	return { ...who, grants, groupIds: [], asked: 0 };
}
const yusuf = somebody({ role: 'facilitator', scope: { kind: 'training', id: 't1' } });

function fileOf(kind: ModuleFileName, module: Module, language: Language) {
	const found = moduleFiles(course, yusuf, { slug: module.slug, language });
	const file = found.find((one) => one.kind === kind);
	if (!file) throw new Error(`no ${kind}`);
	return file;
}

function unzipped(kind: ModuleFileName, module: Module, language: Language) {
	const files = unzipSync(new Uint8Array(fileOf(kind, module, language).content));
	return new Map(Object.entries(files).map(([path, content]) => [path, strFromU8(content)]));
}

/** What every package promises: each file is named once, each name has its file, each id stands once. */
function manifestOf(files: ReadonlyMap<string, string>): XmlNode {
	const manifest = readXml(files.get('imsmanifest.xml') ?? '');
	const resources = all(manifest, 'resource');
	const named = all(manifest, 'file').map(({ attributes }) => attributes.href);
	expect([...named, 'imsmanifest.xml'].toSorted()).toEqual([...files.keys()].toSorted());
	const ids = ['resource', 'item', 'organization'].flatMap((name) =>
		all(manifest, name).map(({ attributes }) => attributes.identifier ?? '')
	);
	expect(new Set(ids).size).toBe(ids.length);
	for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
	const known = resources.map(({ attributes }) => attributes.identifier);
	for (const { attributes } of [...all(manifest, 'item'), ...all(manifest, 'dependency')]) {
		if (attributes.identifierref) expect(known).toContain(attributes.identifierref);
	}
	for (const { attributes, children } of resources) {
		if (attributes.href) expect(children[0]?.attributes.href).toBe(attributes.href);
	}
	return manifest;
}

describe.each(inLanguages)('the module $name in $language, as a Common Cartridge', (each) => {
	const { module, language } = each;
	const files = unzipped('cartridge', module, language);

	test('says what it is and holds what it names', () => {
		const manifest = manifestOf(files);
		expect(manifest.attributes.xmlns).toBe('http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1');
		expect(only(manifest, 'schema').text).toBe('IMS Common Cartridge');
		expect(only(manifest, 'schemaversion').text).toBe('1.3.0');
		const contents = all(manifest, 'item').flatMap(({ children }) =>
			children.filter(({ name }) => name === 'title').map(({ text }) => text)
		);
		for (const { title } of module.lessons) expect(contents).toContain(title[language]);
	});

	test('has every lesson whole: text, drawings, sources, the words it explains', () => {
		for (const lesson of module.lessons) {
			const page = files.get(`lessons/${lesson.slug}.html`) ?? '';
			expect(page).toContain(`<html lang="${language}">`);
			const words = (html: string) => html.replaceAll(/ href="[^"]*"/g, '');
			expect(words(page)).toContain(words(lesson.html[language].trim()));
			for (const slug of lesson.terms) expect(page).toContain(`id="istilah-${slug}"`);
			const addresses = [...page.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, to = '']) => to);
			for (const to of addresses.filter((one) => !/^(https?|mailto):/.test(one))) {
				expect([...files.keys()], to).toContain(to.replace('../', ''));
			}
		}
	});

	test('asks every question that the profile knows, with its answer and why', () => {
		const assessments = [...files].filter(([path]) => path.endsWith('/assessment.xml'));
		const questions = assessments.flatMap(([, xml]) => all(readXml(xml), 'item'));
		const items = practiceItemsOf({ modules: [module] });
		const lines = items.flatMap((item) =>
			item.kind === 'order' ? [] : item.kind === 'match' ? Object.keys(item.left.id) : [item.id]
		);
		expect(questions).toHaveLength(lines.length);
		for (const [, xml] of assessments) expectOrder(readXml(xml), QUIZ_ORDER);
		for (const question of questions) checkQuestion(question);
		const orders = items.filter(({ kind }) => kind === 'order').length;
		expect(fileOf('cartridge', module, language).leftOut).toBe(orders);
	});
});

type Order = Readonly<Record<string, readonly string[]>>;

/** What may stand in what, and in which order, as the profile of Common Cartridge has it. */
const QUIZ_ORDER: Order = {
	questestinterop: ['assessment'],
	assessment: ['qtimetadata', 'section'],
	section: ['item'],
	item: ['itemmetadata', 'presentation', 'resprocessing', 'itemfeedback'],
	itemmetadata: ['qtimetadata'],
	qtimetadata: ['qtimetadatafield'],
	qtimetadatafield: ['fieldlabel', 'fieldentry'],
	presentation: ['material', 'response_lid', 'response_str'],
	response_lid: ['render_choice'],
	response_str: ['render_fib'],
	render_choice: ['response_label'],
	response_label: ['material'],
	material: ['mattext'],
	resprocessing: ['outcomes', 'respcondition'],
	outcomes: ['decvar'],
	respcondition: ['conditionvar', 'setvar', 'displayfeedback'],
	conditionvar: ['and', 'other', 'varequal'],
	and: ['varequal', 'not'],
	not: ['varequal'],
	itemfeedback: ['flow_mat'],
	flow_mat: ['material']
};

/** The same for an item of QTI 2.1. */
const ITEM_ORDER: Order = {
	assessmentItem: [
		'responseDeclaration',
		'outcomeDeclaration',
		'itemBody',
		'responseProcessing',
		'modalFeedback'
	],
	responseDeclaration: ['correctResponse', 'mapping'],
	correctResponse: ['value'],
	mapping: ['mapEntry'],
	outcomeDeclaration: ['defaultValue'],
	defaultValue: ['value'],
	itemBody: [
		'p',
		'choiceInteraction',
		'orderInteraction',
		'matchInteraction',
		'extendedTextInteraction'
	],
	choiceInteraction: ['prompt', 'simpleChoice'],
	orderInteraction: ['prompt', 'simpleChoice'],
	matchInteraction: ['prompt', 'simpleMatchSet'],
	extendedTextInteraction: ['prompt'],
	simpleMatchSet: ['simpleAssociableChoice'],
	simpleChoice: ['feedbackInline'],
	responseProcessing: ['responseCondition', 'setOutcomeValue'],
	responseCondition: ['responseIf'],
	responseIf: ['match', 'setOutcomeValue'],
	match: ['variable', 'correct'],
	setOutcomeValue: ['mapResponse', 'variable', 'baseValue']
};

function expectOrder(node: XmlNode, order: Order): void {
	const known = order[node.name] ?? [];
	// Within <and>, what is right and what is not stand in the order of the options.
	const free = node.name === 'and' || node.name === 'responseProcessing';
	const places = node.children.map(({ name }) => known.indexOf(name));
	expect(places, node.name).not.toContain(-1);
	if (!free) expect(places, node.name).toEqual(places.toSorted((one, other) => one - other));
	for (const child of node.children) expectOrder(child, order);
}

const OPTIONS_OF: Readonly<Record<string, (n: number) => boolean>> = {
	'cc.true_false.v0p1': (n) => n === 2,
	'cc.multiple_choice.v0p1': (n) => n >= 3,
	'cc.multiple_response.v0p1': (n) => n >= 2,
	'cc.fib.v0p1': (n) => n === 0
};

function checkQuestion(question: XmlNode): void {
	const profile = all(question, 'fieldentry')[0]?.text ?? '';
	const options = all(question, 'response_label').map(({ attributes }) => attributes.ident ?? '');
	expect(OPTIONS_OF[profile]?.(options.length), `${profile}: ${options.length}`).toBe(true);
	const scored = all(question, 'respcondition').filter((one) => all(one, 'setvar').length > 0);
	const answers = scored.flatMap((one) => all(one, 'varequal').map(({ text }) => text));
	expect(answers.length).toBeGreaterThan(0);
	if (profile !== 'cc.fib.v0p1') {
		for (const answer of answers) expect(options).toContain(answer);
	}
	const shown = all(question, 'displayfeedback').map(({ attributes }) => attributes.linkrefid);
	const told = all(question, 'itemfeedback').map(({ attributes }) => attributes.ident);
	expect(shown.toSorted()).toEqual(told.toSorted());
	for (const feedback of all(question, 'itemfeedback')) expect(feedback.text).not.toBe('');
}

describe.each(inLanguages)(
	'the questions of $name in $language, as QTI',
	({ module, language }) => {
		const files = unzipped('qti', module, language);

		test('are one file each, named in the package', () => {
			const manifest = manifestOf(files);
			const items = practiceItemsOf({ modules: [module] });
			expect(all(manifest, 'resource')).toHaveLength(items.length);
			expect(only(manifest, 'schema').text).toBe('QTIv2.1 Package');
		});

		test('carry their answers, and nothing that is not declared', () => {
			for (const item of practiceItemsOf({ modules: [module] })) {
				const xml = readXml(files.get(`items/${item.id}.xml`) ?? '');
				expectOrder(xml, ITEM_ORDER);
				expect(xml.attributes).toMatchObject({ identifier: item.id, 'xml:lang': language });
				const values = all(only(xml, 'correctResponse'), 'value').map(({ text }) => text);
				const plain = rightAnswer(item)
					.split(' ')
					.map((part) => part.replace(/^(\d):/, 'L$1 '));
				if (item.kind !== 'short') expect(values).toEqual(plain);
				const names = [...all(xml, 'simpleChoice'), ...all(xml, 'simpleAssociableChoice')].map(
					({ attributes }) => attributes.identifier ?? ''
				);
				expect(new Set(names).size).toBe(names.length);
				if (item.kind !== 'short') {
					for (const name of values.flatMap((value) => value.split(' '))) {
						expect(names).toContain(name);
					}
				}
				const declared = [...all(xml, 'outcomeDeclaration'), ...all(xml, 'responseDeclaration')];
				const known = declared.map(({ attributes }) => attributes.identifier);
				for (const { attributes } of [...all(xml, 'setOutcomeValue'), ...all(xml, 'variable')]) {
					expect(known).toContain(attributes.identifier);
				}
				expect(only(xml, 'modalFeedback').text).toBe(item.explanation[language]);
			}
		});
	}
);

test.each(inLanguages)('the questions of $name in $language come back from GIFT', (each) => {
	const { module, language } = each;
	const { content } = fileOf('gift', module, language);
	const rows = readGift(content.toString());
	expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
	const items = practiceItemsOf({ modules: [module] }).filter(({ kind }) => kind !== 'order');
	expect(rows.map(({ title }) => title).toSorted()).toEqual(items.map(({ id }) => id).toSorted());
	for (const { title, place } of rows) {
		expect(place).toBe(items.find(({ id }) => id === title)?.objective);
	}
});

describe('a module for another system', () => {
	test('never holds a question that measures', () => {
		const measuring = itemsOf({ ...course, modules: [] });
		expect(measuring.length).toBeGreaterThan(0);
		for (const { module, language } of inLanguages) {
			const holds = JSON.stringify([...unzipped('qti', module, language)]);
			for (const { id } of measuring) expect(holds).not.toContain(`"items/${id}.xml"`);
		}
	});

	test('is the same file every time it is made', () => {
		const [module] = course.modules;
		if (!module) throw new Error('no module');
		const again = moduleFiles(readCourse('content'), yusuf, { slug: module.slug, language: 'id' });
		for (const file of again) {
			expect(file.content.equals(fileOf(file.kind, module, 'id').content)).toBe(true);
		}
	});

	test('is for whoever teaches or follows, wherever that is, and not for participants', () => {
		const slug = course.modules[0]?.slug ?? '';
		const take = (who: Actor | null) => moduleFiles(course, who, { slug, language: 'id' });
		expect(take(somebody({ role: 'officer', scope: { kind: 'region', code: '15' } }))).toHaveLength(
			3
		);
		expect(take(somebody({ role: 'admin', scope: { kind: 'nation' } }))).toHaveLength(3);
		const sri = somebody({ role: 'participant', scope: { kind: 'training', id: 't1' } });
		for (const who of [sri, somebody(), null]) {
			expect(() => take(who)).toThrow(expect.objectContaining({ code: 'forbidden' }));
		}
		expect(() => moduleFiles(course, yusuf, { slug: 'tidak-ada', language: 'id' })).toThrow(
			expect.objectContaining({ code: 'not_found' })
		);
		expect(() =>
			moduleFile(course, yusuf, { slug, language: 'id', name: '../package.json' })
		).toThrow(expect.objectContaining({ code: 'not_found' }));
	});
});
