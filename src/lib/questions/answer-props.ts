import type { Locale } from '#lib/platform/calendar.ts';
import type { Question } from './question.ts';

/** What every control of a question is given. */
export interface AnswerProps {
	question: Question;
	name: string;
	locale: Locale;
	/** What was sent before. */
	typed: readonly string[];
	/** Why that was refused, in words. */
	refusal?: string | undefined;
}
