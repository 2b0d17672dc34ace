/**
 * Items as a quiz of a Common Cartridge: its profile of QTI 1.2. There are no
 * pairs there, so each line of a match becomes a question of its own, and no
 * orders: those are left out, and `leftOut` says how many.
 */
import type { Locale } from '#lib/platform/calendar.ts';
import { element, xmlDocument, type Xml } from '#lib/platform/xml.ts';
import { askItem, explainItem, type Item } from '../items/kinds.ts';
import { acceptedWords } from './qti.ts';

export const CARTRIDGE_QUIZ_NAMESPACE = 'http://www.imsglobal.org/xsd/ims_qtiasiv1p2';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export interface CartridgeQuiz {
	readonly id: string;
	readonly title: string;
	readonly items: readonly Item[];
}

/** How many of these a Common Cartridge cannot hold. */
export function leftOut(items: readonly Item[]): number {
	return items.filter(({ kind }) => kind === 'order').length;
}

/** A whole file, in one language. */
export function cartridgeQuiz({ id, title, items }: CartridgeQuiz, language: Locale): string {
	return xmlDocument(
		element(
			'questestinterop',
			{
				xmlns: CARTRIDGE_QUIZ_NAMESPACE,
				'xmlns:xsi': XSI,
				'xsi:schemaLocation': `${CARTRIDGE_QUIZ_NAMESPACE} http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_qtiasiv1p2p1_v1p0.xsd`
			},
			element(
				'assessment',
				{ ident: id, title, 'xml:lang': language },
				fields({
					cc_profile: 'cc.exam.v0p1',
					qmd_assessmenttype: 'Examination',
					qmd_scoretype: 'Percentage',
					qmd_feedbackpermitted: 'Yes',
					qmd_hintspermitted: 'No',
					qmd_solutionspermitted: 'Yes',
					cc_maxattempts: 'unlimited'
				}),
				element(
					'section',
					{ ident: 'root_section' },
					items.flatMap((item) => questionsOf(item, language)).map(itemElement)
				)
			)
		)
	);
}

type Profile =
	'cc.multiple_choice.v0p1' | 'cc.multiple_response.v0p1' | 'cc.true_false.v0p1' | 'cc.fib.v0p1';

/** A question as the profile knows it. */
interface Question {
	readonly id: string;
	readonly profile: Profile;
	readonly text: string;
	/** Empty for words to be written. */
	readonly options: readonly {
		readonly key: string;
		readonly text: string;
		readonly reason?: string | undefined;
	}[];
	/** Keys of all that is right, or the words that are accepted. */
	readonly right: readonly string[];
	readonly explanation: string;
}

function questionsOf(item: Item, language: Locale): Question[] {
	const asked = askItem(item, language);
	const common = {
		id: item.id,
		text: asked.scenario === null ? asked.question : `${asked.scenario}\n\n${asked.question}`,
		options: asked.options,
		explanation: explainItem(item, undefined, language).explanation
	};
	switch (item.kind) {
		case 'single':
		case 'truefalse':
			return [{ ...common, profile: oneOf(common.options), right: [item.answer] }];
		case 'scenario': {
			const reasons = item.reasons[language];
			const options = asked.options.map((option) => ({ ...option, reason: reasons[option.key] }));
			return [{ ...common, options, profile: oneOf(options), right: [item.answer] }];
		}
		case 'multiple':
			return [{ ...common, profile: 'cc.multiple_response.v0p1', right: item.answer }];
		case 'match':
			return asked.left.map(({ key, text }) => ({
				...common,
				id: `${item.id}_${key}`,
				text: `${common.text}\n\n${text}`,
				profile: oneOf(common.options),
				right: [item.answer[key] ?? '']
			}));
		case 'short':
			return [{ ...common, profile: 'cc.fib.v0p1', right: acceptedWords(item) }];
		case 'order':
			return [];
	}
}

/** The profile calls a choice between two true or false, whatever they say, and wants three for any other. */
const oneOf = (options: Question['options']): Profile =>
	options.length === 2 ? 'cc.true_false.v0p1' : 'cc.multiple_choice.v0p1';

const RESPONSE = 'response1';
const GENERAL = 'general_fb';

function itemElement(question: Question): Xml {
	const reasons = question.options.filter(({ reason }) => reason !== undefined);
	return element(
		'item',
		{ ident: question.id, title: question.id },
		element('itemmetadata', {}, fields({ cc_profile: question.profile })),
		element('presentation', {}, material(question.text), responseElement(question)),
		element(
			'resprocessing',
			{},
			element(
				'outcomes',
				{},
				element('decvar', { varname: 'SCORE', vartype: 'Decimal', minvalue: 0, maxvalue: 100 })
			),
			shown(element('other', {}), GENERAL),
			...reasons.map(({ key }) => shown(equal(key), `${key}_fb`)),
			...conditionsOf(question).map((condition) =>
				element(
					'respcondition',
					{ continue: 'No' },
					element('conditionvar', {}, condition),
					element('setvar', { varname: 'SCORE', action: 'Set' }, '100')
				)
			)
		),
		feedback(GENERAL, question.explanation),
		...reasons.map(({ key, reason = '' }) => feedback(`${key}_fb`, reason))
	);
}

function responseElement({ profile, options }: Question): Xml {
	if (profile === 'cc.fib.v0p1') {
		return element(
			'response_str',
			{ ident: RESPONSE, rcardinality: 'Single' },
			element('render_fib', { columns: 40, rows: 1, prompt: 'Box' })
		);
	}
	const rcardinality = profile === 'cc.multiple_response.v0p1' ? 'Multiple' : 'Single';
	return element(
		'response_lid',
		{ ident: RESPONSE, rcardinality },
		element(
			'render_choice',
			{},
			options.map(({ key, text }) => element('response_label', { ident: key }, material(text)))
		)
	);
}

/** Whichever of them holds, the question is answered rightly. */
function conditionsOf({ profile, options, right }: Question): Xml[] {
	if (profile === 'cc.fib.v0p1') {
		return right.map((words) => element('varequal', { respident: RESPONSE, case: 'No' }, words));
	}
	if (profile !== 'cc.multiple_response.v0p1') return right.map(equal);
	const all = options.map(({ key }) =>
		right.includes(key) ? equal(key) : element('not', {}, equal(key))
	);
	return [element('and', {}, all)];
}

const equal = (value: string) => element('varequal', { respident: RESPONSE }, value);

const shown = (condition: Xml, linkrefid: string) =>
	element(
		'respcondition',
		{ continue: 'Yes' },
		element('conditionvar', {}, condition),
		element('displayfeedback', { feedbacktype: 'Response', linkrefid })
	);

const material = (text: string) =>
	element('material', {}, element('mattext', { texttype: 'text/plain' }, text));

const feedback = (ident: string, text: string) =>
	element('itemfeedback', { ident }, element('flow_mat', {}, material(text)));

const fields = (entries: Readonly<Record<string, string>>) =>
	element(
		'qtimetadata',
		{},
		Object.entries(entries).map(([label, entry]) =>
			element(
				'qtimetadatafield',
				{},
				element('fieldlabel', {}, label),
				element('fieldentry', {}, entry)
			)
		)
	);
