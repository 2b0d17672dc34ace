/** The people and libraries of the demo training. All of them are invented; the villages are real. */
export const DEMO_PASSWORD = 'rembuk-bersama-2026';

interface DemoPerson {
	readonly username: string;
	readonly name: string;
}

export interface DemoTeam {
	/** Kemendagri code. */
	readonly village: string;
	readonly library: string;
	readonly members: readonly DemoPerson[];
}

const person = (username: string, name: string): DemoPerson => ({ username, name });

/** Two teams come from villages called Koto Jayo; one person has a single name. */
export const teams: readonly DemoTeam[] = [
	{
		village: '15.04.04.2014',
		library: 'Perpustakaan Bina Ilmu',
		members: [
			person('sari', 'Sari Wulandari, A.Md.'),
			person('dodi', 'Dodi Saputra'),
			person('wahyu.hidayat', 'Wahyu Hidayat')
		]
	},
	{
		village: '15.04.04.2011',
		library: 'Perpustakaan Cahaya Karmeo',
		members: [
			person('rohani', 'Hj. Rohani'),
			person('rina.marlina', 'Rina Marlina'),
			person('m.ilham', 'M. Ilham')
		]
	},
	{
		village: '15.08.11.2007',
		library: 'Perpustakaan Sumber Baca',
		members: [
			person('yusuf', 'Yusuf'),
			person('siti.aminah', 'Siti Aminah'),
			person('eko.prasetyo', 'Eko Prasetyo')
		]
	},
	{
		village: '15.08.09.2001',
		library: 'Perpustakaan Pelita Koto Jayo',
		members: [
			person('desi.anggraini', 'Desi Anggraini'),
			person('zulkifli', 'Zulkifli'),
			person('lina.marpaung', 'Lina Marpaung')
		]
	},
	{
		village: '15.08.01.2016',
		library: 'Perpustakaan Taman Koto Jayo',
		members: [
			person('fauziah', 'Fauziah'),
			person('andi.kurniawan', 'Andi Kurniawan'),
			person('mulyadi', 'Mulyadi')
		]
	},
	{
		village: '15.03.09.2006',
		library: 'Rumah Baca Perdamaian',
		members: [
			person('sri.wahyuni', 'Sri Wahyuni'),
			person('agus.setiawan', 'Agus Setiawan'),
			person('nur.hasanah', 'Nur Hasanah')
		]
	},
	{
		village: '15.03.07.2002',
		library: 'Perpustakaan Melati',
		members: [
			person('juliana.sitorus', 'Juliana Sitorus'),
			person('hendra.gunawan', 'Hendra Gunawan'),
			person('marlina', 'Marlina')
		]
	},
	{
		village: '15.06.04.2014',
		library: 'Perpustakaan Teluk Pustaka',
		members: [
			person('abdul.rahman', 'Abdul Rahman'),
			person('hafizah', 'Hafizah'),
			person('rudi.kurnia', 'Rudi Kurnia')
		]
	},
	{
		village: '15.05.04.2007',
		library: 'Perpustakaan Candi Aksara',
		members: [
			person('ayu.lestari', 'Ayu Lestari'),
			person('sutrisno', 'Sutrisno'),
			person('nadia.safitri', 'Nadia Safitri')
		]
	},
	{
		village: '15.05.02.1010',
		library: 'Perpustakaan Sengeti Cerdas',
		members: [
			person('dewi.puspita', 'Dewi Puspita, S.Pd.'),
			person('arif.rahman', 'Arif Rahman'),
			person('yulia.citra', 'Yulia Citra')
		]
	},
	{
		village: '15.09.04.1001',
		library: 'Perpustakaan Wirotho Membaca',
		members: [
			person('suparmi', 'Suparmi'),
			person('joko.susilo', 'Joko Susilo'),
			person('ratna.sari', 'Ratna Sari')
		]
	},
	{
		village: '15.71.03.1003',
		library: 'Perpustakaan Talang Banjar Ceria',
		members: [
			person('linda.kartika', 'Linda Kartika'),
			person('ferdi.ananda', 'Ferdi Ananda'),
			person('ismail.yahya', 'Ismail Yahya')
		]
	}
];

export const facilitators: readonly DemoPerson[] = [
	person('nurhayati', 'Nurhayati, S.IP.'),
	person('taufik.akbar', 'Taufik Akbar, M.Hum.'),
	person('melda.gultom', 'Melda Gultom, S.Sos.')
];

export const officer = person('amril', 'Drs. Amril');
export const consultant = person('maria', 'Maria Simanjuntak');
export const reviewer = person('bambang', 'Bambang Hariyanto, S.Sos.');
export const admin = person('kepala', 'Ratih Permata, S.Kom.');

/** Waits at the door of the training that is still to come. */
export const newcomer = {
	...person('fitri', 'Fitri Handayani'),
	village: '15.07.01.2002',
	library: 'Perpustakaan Lambur Membaca'
} as const;

export interface DemoAccount {
	readonly username: string;
	readonly password: string;
	/** In Indonesian / in English. */
	readonly who: string;
}

const account = ({ username }: DemoPerson, who: string): DemoAccount => ({
	username,
	password: DEMO_PASSWORD,
	who
});

const [{ members: binaIlmu }, { members: karmeo }] = teams as [DemoTeam, DemoTeam];
const [sari, dodi] = binaIlmu as [DemoPerson, DemoPerson];
const [rohani] = karmeo as [DemoPerson];
const [nurhayati] = facilitators as [DemoPerson];

/** The few that are worth trying; everybody else has the same password. */
export const demoAccounts: readonly DemoAccount[] = [
	account(sari, 'Peserta, Perpustakaan Bina Ilmu / participant'),
	account(dodi, 'Peserta, satu tim dengan sari / participant in the same team as sari'),
	account(rohani, 'Peserta, Perpustakaan Cahaya Karmeo / participant in another team'),
	account(nurhayati, 'Fasilitator / facilitator'),
	account(officer, 'Dinas Provinsi Jambi / provincial office'),
	account(consultant, 'Konsultan, Jambi dan Sumatera Selatan / consultant'),
	account(reviewer, 'Perpusnas, peninjau / reviewer at the National Library'),
	account(admin, 'Admin portal / admin'),
	account(newcomer, 'Menunggu di pintu pelatihan berikutnya / waiting at the door')
];
