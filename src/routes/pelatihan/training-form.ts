/** What the form of a training sends. */
import * as v from 'valibot';
import { parseDay, zones, type CalendarDay } from '#lib/platform/calendar.ts';
import { line, readForm } from '#lib/platform/form.ts';
import { agendaChoices, type AgendaChoice } from '#lib/trainings/moving.ts';
import type { TrainingTerms } from '#lib/trainings/server/trainings.ts';

const isDay = (text: string) => parseDay(text) !== null;
const asDay = (text: string) => text as CalendarDay; // checked one line before
const day = v.pipe(v.string(), v.check(isDay), v.transform(asDay));
const dayOrNothing = v.pipe(
	v.optional(v.string(), ''),
	v.check((text) => text === '' || isDay(text)),
	v.transform((text) => (text === '' ? null : asDay(text)))
);

const trainingForm = v.strictObject({
	title: line(160),
	place: line(160),
	region: line(20),
	zone: v.pipe(
		v.picklist(['', ...zones]),
		v.transform((zone) => zone || null)
	),
	starts_on: day,
	ends_on: day,
	plan_due_on: dayOrNothing,
	feedback_opens_on: dayOrNothing,
	agenda: v.optional(v.picklist(agendaChoices))
});

/** With what becomes of the agenda, where that was asked. */
export function termsIn(form: FormData): TrainingTerms & { choice: AgendaChoice | null } {
	const typed = readForm(trainingForm, form);
	return {
		choice: typed.agenda ?? null,
		title: typed.title,
		place: typed.place,
		regionCode: typed.region,
		zone: typed.zone,
		startsOn: typed.starts_on,
		endsOn: typed.ends_on,
		planDueOn: typed.plan_due_on,
		feedbackOpensOn: typed.feedback_opens_on
	};
}
