/**
 * INS-D, the form at the end of a training: the organisers, every facilitator,
 * every module, the workplans, the whole, and the nine elements of the SKM.
 *
 * Changing a word below changes what was measured: raise `version`.
 */
import type { Instrument, Item } from '../instrument.ts';
import { satisfaction } from './skm.ts';

type Need = 'required' | 'optional';

const asked =
	(kind: 'N4' | 'T4' | 'TXT' | 'R10') =>
	(id: string, need: Need, inIndonesian: string, inEnglish: string): Item => ({
		id,
		kind,
		required: need === 'required',
		text: { id: inIndonesian, en: inEnglish }
	});

const rated = asked('N4');
const agreed = asked('T4');
const written = asked('TXT');
const recommended = asked('R10');

const organisers: readonly Item[] = [
	rated('D101', 'required', 'Kejelasan informasi sebelum kegiatan', 'Clear information beforehand'),
	rated('D102', 'required', 'Kemudahan pendaftaran', 'Ease of registration'),
	rated('D103', 'required', 'Kesesuaian pelaksanaan dengan jadwal', 'Keeping to the timetable'),
	rated('D104', 'required', 'Sikap dan bantuan panitia', 'Manner and help of the organisers'),
	rated('D105', 'required', 'Kesiapan sarana belajar', 'Readiness of the learning facilities'),
	rated(
		'D106',
		'required',
		'Kebersihan dan kenyamanan ruang',
		'Cleanliness and comfort of the room'
	),
	rated('D107', 'optional', 'Konsumsi', 'Food and drink'),
	rated('D108', 'optional', 'Penginapan', 'Accommodation'),
	rated('D109', 'required', 'Jaringan internet selama kegiatan', 'Internet during the training'),
	rated('D110', 'required', 'Bahan belajar dan modul', 'Learning materials and modules'),
	rated(
		'D111',
		'required',
		'Kemudahan memakai portal belajar',
		'Ease of using the learning portal'
	),
	rated(
		'D112',
		'optional',
		'Kemudahan bagi lansia dan penyandang disabilitas',
		'Ease for elderly people and people with disabilities'
	),
	rated(
		'D113',
		'optional',
		'Tanggapan panitia atas masukan peserta',
		'How the organisers responded to suggestions'
	)
];

const facilitator: readonly Item[] = [
	rated('D201', 'required', 'Penguasaan materi', 'Command of the subject'),
	rated('D202', 'required', 'Urutan penyajian mudah diikuti', 'An order that is easy to follow'),
	rated('D203', 'required', 'Cara menjelaskan', 'Way of explaining'),
	rated('D204', 'required', 'Metode dan media', 'Methods and media'),
	rated(
		'D205',
		'required',
		'Contoh sesuai keadaan desa/kelurahan',
		'Examples that fit life in the village'
	),
	rated('D206', 'required', 'Cara menjawab pertanyaan', 'Way of answering questions'),
	rated(
		'D207',
		'required',
		'Memberi kesempatan kepada semua peserta',
		'Giving everybody a chance to take part'
	),
	rated('D208', 'required', 'Bahasa mudah dipahami', 'Language that is easy to understand'),
	rated('D209', 'required', 'Memberi semangat', 'Encouragement'),
	rated('D210', 'required', 'Ketepatan waktu', 'Punctuality'),
	written('D211', 'optional', 'Saran untuk fasilitator ini', 'Suggestions for this facilitator')
];

const module: readonly Item[] = [
	rated('D301', 'required', 'Materi sesuai kebutuhan saya', 'The material fits my needs'),
	rated('D302', 'required', 'Materi mudah dipahami', 'The material is easy to understand'),
	rated(
		'D303',
		'required',
		'Materi dapat diterapkan di tempat saya',
		'The material can be applied where I work'
	),
	rated('D304', 'required', 'Latihan membantu pemahaman', 'The exercises help understanding'),
	{
		id: 'D305',
		kind: 'PG',
		required: true,
		text: { id: 'Waktu untuk modul ini', en: 'Time for this module' },
		options: [
			{ value: 1, label: { id: 'Terlalu singkat', en: 'Too short' } },
			{ value: 2, label: { id: 'Cukup', en: 'Enough' } },
			{ value: 3, label: { id: 'Terlalu lama', en: 'Too long' } }
		]
	}
];

const workplans: readonly Item[] = [
	agreed(
		'D401',
		'required',
		'Ketiga rencana kerja kami dapat dilaksanakan dalam satu bulan',
		'Our three workplans can be carried out within one month'
	),
	agreed(
		'D402',
		'required',
		'Semua anggota tim ikut menyusun',
		'Every member of the team took part in drafting'
	),
	agreed(
		'D403',
		'required',
		'Saya tahu siapa yang dapat dihubungi bila ada kendala',
		'I know whom to contact when there is a problem'
	),
	agreed(
		'D404',
		'required',
		'Menyusun bersama di portal berjalan lancar',
		'Drafting together in the portal went smoothly'
	)
];

const whole: readonly Item[] = [
	recommended(
		'D501',
		'required',
		'Seberapa besar kemungkinan Bapak/Ibu menyarankan pelatihan ini kepada pengelola lain?',
		'How likely are you to recommend this training to other librarians?'
	),
	written('D502', 'optional', 'Apa yang perlu dipertahankan?', 'What should be kept?'),
	written(
		'D503',
		'optional',
		'Apa yang perlu diubah agar pelatihan di wilayah lain lebih baik?',
		'What should change so that trainings in other regions are better?'
	),
	written(
		'D504',
		'optional',
		'Materi yang perlu ditambah atau dikurangi',
		'Material to be added or reduced'
	)
];

export const end: Instrument = {
	id: 'end',
	version: 1,
	title: { id: 'Umpan balik akhir pelatihan', en: 'Feedback at the end of the training' },
	sections: [
		{
			key: 'organisers',
			title: { id: 'Penyelenggaraan', en: 'Organisation' },
			about: 'training',
			items: organisers
		},
		{
			key: 'facilitator',
			title: { id: 'Fasilitator', en: 'Facilitator' },
			about: 'facilitator',
			items: facilitator
		},
		{
			key: 'module',
			title: { id: 'Modul', en: 'Module' },
			about: 'module',
			items: module
		},
		{
			key: 'workplans',
			title: { id: 'Rencana kerja', en: 'Workplans' },
			about: 'training',
			items: workplans
		},
		{
			key: 'whole',
			title: { id: 'Pelatihan secara umum', en: 'The training as a whole' },
			about: 'training',
			items: whole
		},
		{
			key: 'satisfaction',
			title: {
				id: 'Survei kepuasan masyarakat (sukarela)',
				en: 'Public satisfaction survey (voluntary)'
			},
			about: 'training',
			items: satisfaction
		}
	],
	modules: [
		{
			id: 'konsep-transformasi',
			name: {
				id: 'Konsep transformasi perpustakaan berbasis inklusi sosial',
				en: 'The idea of social-inclusion-based library transformation'
			}
		},
		{
			id: 'strategi-implementasi',
			name: {
				id: 'Strategi implementasi program',
				en: 'Putting the programme into practice'
			}
		},
		{
			id: 'etos-kerja',
			name: {
				id: 'Etos kerja pengelola perpustakaan',
				en: 'Work ethic of those who run a library'
			}
		},
		{
			id: 'layanan-prima',
			name: {
				id: 'Layanan prima perpustakaan',
				en: 'Excellent library service'
			}
		}
	],
	skm: satisfaction.map((item) => item.id)
};
