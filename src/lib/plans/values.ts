/** How the value of a field is said in one piece of text. */
import { m } from '#lib/paraglide/messages.js';
import { formatDay, type CalendarDay, type Locale } from '#lib/platform/calendar.ts';
import { isEmpty, type Activity, type Step, type Value } from './contents.ts';
import { optionName } from './labels.ts';
import { spellNumber } from './numbers.ts';
import type { Field } from './template.ts';

/** '' when nothing was written there. */
export function spellValue(field: Field, value: Value, locale: Locale): string {
	if (isEmpty(value)) return '';
	switch (field.is.kind) {
		case 'several':
			return (value as readonly string[]).map(optionName).join(', ');
		case 'one':
			return optionName(String(value));
		case 'number':
			return (field.is.money ? 'Rp ' : '') + spellNumber(Number(value));
		case 'day':
			return formatDay(String(value) as CalendarDay, locale);
		case 'steps':
			return (value as readonly Step[]).map(spellStep).join('\n');
		case 'prose':
			return String(value);
	}
}

export function spellStep({ text, week }: Step, index: number): string {
	return `${index + 1}. ${text}${week === null ? '' : ` (${m.plans_week({ n: week })})`}`;
}

export const valueOf = (activity: Activity, key: string): Value => activity.values[key] ?? null;
