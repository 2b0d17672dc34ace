/** The agenda (jadwal) of a bimtek of five days: arrival, three days of work, departure. */
export interface DemoSlot {
	/** From 1. */
	readonly day: number;
	readonly startsAt: string;
	readonly endsAt: string;
	readonly title: string;
	readonly moduleSlug: string | null;
	/** Null: by the length. */
	readonly jp: number | null;
}

type Row = readonly [startsAt: string, endsAt: string, title: string, moduleSlug?: string];

const days: readonly (readonly Row[])[] = [
	[
		['13:00', '14:30', 'Registrasi dan akun portal'],
		['14:30', '15:30', 'Tes awal'],
		['15:45', '16:30', 'Kontrak belajar'],
		['16:30', '17:30', 'Pembukaan']
	],
	[
		['08:00', '10:00', 'Konsep transformasi perpustakaan', 'konsep-transformasi'],
		['10:15', '12:00', 'Literasi digital dan TIK', 'tik'],
		['13:00', '15:30', 'Strategi: peningkatan layanan informasi', 'strategi-implementasi'],
		['15:45', '16:15', 'Umpan balik harian']
	],
	[
		['08:00', '10:00', 'Strategi: pelibatan masyarakat', 'strategi-implementasi'],
		['10:15', '12:00', 'Strategi: advokasi', 'strategi-implementasi'],
		['13:00', '15:30', 'Etos kerja pengelola perpustakaan', 'etos-kerja'],
		['15:45', '16:15', 'Umpan balik harian']
	],
	[
		['08:00', '09:30', 'Layanan prima perpustakaan', 'layanan-prima'],
		['09:45', '10:45', 'SIM dan dokumentasi'],
		['11:00', '12:00', 'Klinik rencana kerja: tiga rencana'],
		['13:00', '14:30', 'Klinik rencana kerja (lanjutan)'],
		['14:30', '15:30', 'Presentasi antarkelompok'],
		['15:45', '16:15', 'Tes akhir'],
		['16:15', '16:45', 'Evaluasi akhir'],
		['16:45', '17:30', 'Penutupan']
	],
	[['08:00', '10:00', 'Kepulangan; hari pertama rencana satu bulan']]
];

/** Where nobody is taught, there are no training hours. */
const withoutHours = new Set([
	'Registrasi dan akun portal',
	'Pembukaan',
	'Umpan balik harian',
	'Evaluasi akhir',
	'Penutupan',
	'Kepulangan; hari pertama rencana satu bulan'
]);

export const agenda: readonly DemoSlot[] = days.flatMap((rows, index) =>
	rows.map(([startsAt, endsAt, title, moduleSlug = null]) => ({
		day: index + 1,
		startsAt,
		endsAt,
		title,
		moduleSlug,
		jp: withoutHours.has(title) ? 0 : null
	}))
);
