/**
 * Items as QTI 2.1 (IMS Question and Test Interoperability): one file each, with
 * the right answer, the explanation and, for a scenario, the reason of each option.
 * Every kind of item has its interaction there.
 */
import type { Locale } from '#lib/platform/calendar.ts';
import { element, xmlDocument, type Xml } from '#lib/platform/xml.ts';
import type { Asked, Choice } from '../items/item.ts';
import { askItem, explainItem, rightAnswer, type Item } from '../items/kinds.ts';

export const QTI_NAMESPACE = 'http://www.imsglobal.org/xsd/imsqti_v2p1';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The item as a file of its own, in one language. */
export function qtiItem(item: Item, language: Locale): string {
	const asked = askItem(item, language);
	return xmlDocument(
		element(
			'assessmentItem',
			{
				xmlns: QTI_NAMESPACE,
				'xmlns:xsi': XSI,
				'xsi:schemaLocation': `${QTI_NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd`,
				identifier: item.id,
				title: item.id,
				label: `${item.id}.${item.version}`,
				'xml:lang': language,
				adaptive: 'false',
				timeDependent: 'false'
			},
			responseOf(item),
			outcome('SCORE', 'float', '0'),
			outcome('FEEDBACK', 'identifier'),
			...(item.kind === 'scenario' ? [outcome('CHOSEN', 'identifier')] : []),
			element(
				'itemBody',
				{},
				...(asked.scenario === null ? [] : [element('p', {}, asked.scenario)]),
				interactionOf(item, asked, language)
			),
			processingOf(item),
			element(
				'modalFeedback',
				{ outcomeIdentifier: 'FEEDBACK', identifier: EXPLAINED, showHide: 'show' },
				explainItem(item, undefined, language).explanation
			)
		)
	);
}

const EXPLAINED = 'explanation';

const outcome = (identifier: string, baseType: string, start?: string) =>
	element(
		'outcomeDeclaration',
		{ identifier, cardinality: 'single', baseType },
		...(start === undefined ? [] : [element('defaultValue', {}, element('value', {}, start))])
	);

/** Identifiers begin with a letter there; the lines on the left of a match are numbers here. */
const name = (key: string): string => (/^[A-Za-z_]/.test(key) ? key : `L${key}`);

const valuesOf = (item: Item): string[] =>
	rightAnswer(item)
		.split(' ')
		.map((part) => part.split(':').map(name).join(' '));

function responseOf(item: Item): Xml {
	const declare = (
		cardinality: string,
		baseType: string,
		values: readonly string[],
		also: Xml[] = []
	) =>
		element(
			'responseDeclaration',
			{ identifier: 'RESPONSE', cardinality, baseType },
			element(
				'correctResponse',
				{},
				values.map((value) => element('value', {}, value))
			),
			...also
		);
	switch (item.kind) {
		case 'single':
		case 'truefalse':
		case 'scenario':
			return declare('single', 'identifier', valuesOf(item));
		case 'multiple':
			return declare('multiple', 'identifier', valuesOf(item));
		case 'order':
			return declare('ordered', 'identifier', valuesOf(item));
		case 'match':
			return declare('multiple', 'directedPair', valuesOf(item));
		case 'short': {
			const accepted = acceptedWords(item);
			const entries = accepted.map((mapKey) =>
				element('mapEntry', { mapKey, mappedValue: 1, caseSensitive: 'false' })
			);
			const mapping = element('mapping', { defaultValue: 0 }, entries);
			return declare('single', 'string', accepted.slice(0, 1), [mapping]);
		}
	}
}

/** Whoever reads in English may answer in Indonesian, and the other way round. */
export function acceptedWords({ answer }: Extract<Item, { kind: 'short' }>): string[] {
	const seen = new Set<string>();
	return [...answer.id, ...answer.en].filter((words) => {
		const same = words.toLowerCase();
		return seen.has(same) ? false : seen.add(same);
	});
}

function interactionOf(item: Item, asked: Asked, language: Locale): Xml {
	const prompt = element('prompt', {}, asked.question);
	const choices = (options: readonly Choice[], ...inside: ((key: string) => Xml[])[]) =>
		options.map(({ key, text }) =>
			element('simpleChoice', { identifier: name(key) }, text, ...inside.map((of) => of(key)))
		);
	const given = { responseIdentifier: 'RESPONSE' };
	switch (item.kind) {
		case 'single':
		case 'truefalse':
			return element(
				'choiceInteraction',
				{ ...given, shuffle: 'false', maxChoices: 1 },
				prompt,
				choices(asked.options)
			);
		case 'scenario':
			return element(
				'choiceInteraction',
				{ ...given, shuffle: 'false', maxChoices: 1 },
				prompt,
				choices(asked.options, (key) => [
					element(
						'feedbackInline',
						{ outcomeIdentifier: 'CHOSEN', identifier: name(key), showHide: 'show' },
						item.reasons[language][key] ?? ''
					)
				])
			);
		case 'multiple':
			return element(
				'choiceInteraction',
				{ ...given, shuffle: 'false', maxChoices: 0 },
				prompt,
				choices(asked.options)
			);
		case 'order':
			return element(
				'orderInteraction',
				{ ...given, shuffle: 'false' },
				prompt,
				choices(asked.options)
			);
		case 'match':
			return element(
				'matchInteraction',
				{ ...given, shuffle: 'false', maxAssociations: asked.left.length },
				prompt,
				matchSet(asked.left, 1),
				matchSet(asked.options, asked.left.length)
			);
		case 'short':
			return element('extendedTextInteraction', { ...given, expectedLength: 100 }, prompt);
	}
}

const matchSet = (choices: readonly Choice[], matchMax: number) =>
	element(
		'simpleMatchSet',
		{},
		choices.map(({ key, text }) =>
			element('simpleAssociableChoice', { identifier: name(key), matchMax }, text)
		)
	);

function processingOf(item: Item): Xml {
	const variable = element('variable', { identifier: 'RESPONSE' });
	const set = (identifier: string, value: Xml) => element('setOutcomeValue', { identifier }, value);
	const base = (baseType: string, value: string) => element('baseValue', { baseType }, value);
	const scored =
		item.kind === 'short'
			? set('SCORE', element('mapResponse', { identifier: 'RESPONSE' }))
			: element(
					'responseCondition',
					{},
					element(
						'responseIf',
						{},
						element('match', {}, variable, element('correct', { identifier: 'RESPONSE' })),
						set('SCORE', base('float', '1'))
					)
				);
	return element(
		'responseProcessing',
		{},
		scored,
		...(item.kind === 'scenario' ? [set('CHOSEN', variable)] : []),
		set('FEEDBACK', base('identifier', EXPLAINED))
	);
}
