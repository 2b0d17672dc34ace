/** What statements of xAPI (1.0.3) are made of, whoever they are about. */
import { createHash } from 'node:crypto';

type LanguageMap = Readonly<Record<string, string>>;

export interface Activity {
	readonly objectType: 'Activity';
	/** An address; nothing has to be there. */
	readonly id: string;
	readonly definition?: Readonly<Record<string, unknown>>;
}

export interface Statement {
	readonly id: string;
	readonly actor: {
		readonly objectType: 'Agent';
		readonly account: { readonly homePage: string; readonly name: string };
	};
	readonly verb: { readonly id: string; readonly display: LanguageMap };
	readonly object: Activity;
	readonly result?: Readonly<Record<string, unknown>>;
	readonly context: Readonly<Record<string, unknown>>;
	readonly timestamp: string;
}

const verb = (name: string, indonesian: string) => ({
	id: `http://adlnet.gov/expapi/verbs/${name}`,
	display: { id: indonesian, en: name }
});

export const verbs = {
	answered: verb('answered', 'menjawab'),
	completed: verb('completed', 'menyelesaikan'),
	passed: verb('passed', 'lulus'),
	failed: verb('failed', 'belum lulus')
};

const type = (name: string) => `http://adlnet.gov/expapi/activities/${name}`;

export const types = {
	course: type('course'),
	lesson: type('lesson'),
	question: type('cmi.interaction'),
	test: type('assessment')
};

export interface Counted {
	readonly correct: number;
	readonly total: number;
}

export const scoreOf = ({ correct, total }: Counted) => ({
	scaled: Number((correct / total).toFixed(4)),
	raw: correct,
	min: 0,
	max: total
});

/** RFC 9562, version 5: the same statement has the same id in every file, so a store keeps it once. */
export function statementId(name: string): string {
	const bytes = createHash('sha1').update(URL_NAMESPACE).update(name).digest().subarray(0, 16);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return [0, 8, 12, 16, 20].map((at, part) => hex.slice(at, [8, 12, 16, 20, 32][part])).join('-');
}

const URL_NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
