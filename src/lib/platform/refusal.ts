/**
 * A foreseen "no". Anything else that is thrown is a bug.
 *
 * `messageKey` names a text in `messages/`, which says what happened, what is
 * safe and what to do next; `details` fills its placeholders.
 */
export type RefusalCode =
	| 'invalid'
	| 'unauthenticated'
	| 'forbidden'
	| 'not_found'
	| 'closed'
	| 'too_many'
	| 'too_large'
	| 'unavailable';

export const httpStatus = {
	invalid: 400,
	unauthenticated: 401,
	forbidden: 403,
	not_found: 404,
	closed: 409,
	too_many: 429,
	too_large: 413,
	unavailable: 503
} satisfies Record<RefusalCode, number>;

type Details = Readonly<Record<string, string | number>>;

export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly code: RefusalCode;
	readonly messageKey: string;
	readonly details: Details;

	constructor(code: RefusalCode, messageKey: string, details: Details = {}) {
		super(`${code}: ${messageKey}`);
		this.code = code;
		this.messageKey = messageKey;
		this.details = details;
	}
}
