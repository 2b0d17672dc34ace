import type { Certified } from '../../sheet.ts';

/** A certificate as it is printed and given out as a badge. */
export const certifiedSari: Certified = {
	code: '7KPQM3X09T1Z',
	name: 'Sari Wulandari, A.Md.',
	issuedAt: new Date('2026-05-22T09:30:00Z'),
	contents: {
		title: 'Bimtek SPP-TIK Jambi 2026 Gel. I',
		place: 'Kota Jambi',
		region: 'Jambi',
		startsOn: '2026-05-18',
		endsOn: '2026-05-22',
		sessions: [
			{ onDay: '2026-05-19', title: 'Konsep transformasi perpustakaan', jp: 3 },
			{ onDay: '2026-05-20', title: 'Strategi: advokasi', jp: 2 }
		],
		totalJp: 6
	}
};
