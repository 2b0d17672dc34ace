/**
 * The attendance of a training as sheets: each person's sessions and hours on a
 * row, and each entry with how it came about.
 */
import { formatDay, formatInstant, zoneNames, type Locale } from '#lib/platform/calendar.ts';
import type { Sheet, SheetCell } from '#lib/platform/sheet.ts';
import { m } from '#lib/paraglide/messages.js';
import { hoursIn, jpOf } from './attendance.ts';
import type { Slot } from './server/agenda.ts';
import type { CorrectionMade, Entry } from './server/attendance-entries.ts';
import { timeSpan, type Training } from './training.ts';

export interface AttendanceOfTraining {
	readonly training: Training;
	/** In the order of the agenda. */
	readonly slots: readonly Slot[];
	/** Team by team. */
	readonly people: readonly {
		readonly userId: string;
		readonly name: string;
		readonly team: string;
		readonly library: string | null;
		/** Slot → what is known; a slot of which nothing is known is not there. */
		readonly entries: ReadonlyMap<string, EntryMade>;
	}[];
}

export interface EntryMade extends Entry {
	/** The last one; null when nobody has set it right. */
	readonly correction: CorrectionMade | null;
}

/** One row for each person: a column for each session, then training hours. */
export function hoursSheet(
	{ slots, people }: Pick<AttendanceOfTraining, 'slots' | 'people'>,
	locale: Locale
): Sheet {
	const in_ = { locale };
	return {
		name: m.trainings_sheet_hours({}, in_),
		columns: [
			...personColumns(locale),
			...slots.map((slot) => ({
				title: `${formatDay(slot.onDay, locale)} ${timeSpan(slot, locale)} ${slot.title}`,
				width: 20
			})),
			{ title: m.trainings_sheet_jp_attended({}, in_), width: 12 },
			{ title: m.trainings_sheet_jp_total({}, in_), width: 12 }
		],
		rows: people.map((person): SheetCell[] => {
			const there = slots.filter(({ id }) => person.entries.get(id)?.present);
			const { attended, total } = hoursIn(slots, new Set(there.map(({ id }) => id)));
			return [
				...personCells(person),
				...slots.map(({ id }) => presence(person.entries.get(id), locale)),
				attended,
				total
			];
		})
	};
}

/** One row for each session and person, with days that sort. */
export function entriesSheet(
	{ training, slots, people }: AttendanceOfTraining,
	locale: Locale
): Sheet {
	const in_ = { locale };
	const column = (title: string, width: number) => ({ title, width });
	return {
		name: m.trainings_sheet_entries({}, in_),
		columns: [
			column(m.trainings_sheet_day({}, in_), 12),
			column(m.trainings_attendance_time({ zone: zoneNames[training.zone] }, in_), 14),
			column(m.trainings_attendance_session({}, in_), 40),
			column(m.trainings_jp_name({}, in_), 6),
			...personColumns(locale),
			column(m.trainings_attendance({}, in_), 16),
			column(m.trainings_sheet_way({}, in_), 26),
			column(m.trainings_sheet_at({}, in_), 34),
			column(m.trainings_sheet_by({}, in_), 26),
			column(m.trainings_correct_reason({}, in_), 40)
		],
		rows: slots.flatMap((slot) =>
			people.map((person): SheetCell[] => {
				const entry = person.entries.get(slot.id);
				return [
					slot.onDay,
					timeSpan(slot, locale),
					slot.title,
					jpOf(slot),
					...personCells(person),
					presence(entry, locale),
					...(entry ? howItCame(entry, training, locale) : [null, null, null, null])
				];
			})
		)
	};
}

const personColumns = (locale: Locale) => [
	{ title: m.trainings_sheet_team({}, { locale }), width: 28 },
	{ title: m.trainings_sheet_name({}, { locale }), width: 28 },
	{ title: m.trainings_sheet_library({}, { locale }), width: 28 }
];

const personCells = ({ team, name, library }: AttendanceOfTraining['people'][number]) => [
	team,
	name,
	library
];

function presence(entry: Entry | undefined, locale: Locale): string {
	if (!entry) return m.trainings_sheet_unknown({}, { locale });
	return (entry.present ? m.trainings_present : m.trainings_absent)({}, { locale });
}

const ways = {
	code: m.trainings_sheet_way_code,
	later: m.trainings_sheet_way_later,
	paper: m.trainings_sheet_way_paper,
	correction: m.trainings_sheet_way_correction
} satisfies Record<Entry['way'], unknown>;

const howItCame = (entry: EntryMade, { zone }: Training, locale: Locale): SheetCell[] => [
	ways[entry.way]({}, { locale }),
	formatInstant(entry.at, zone, locale),
	entry.enteredBy,
	entry.correction?.reason ?? null
];
