/** Advokasi: those who decide are shown what the library does, and asked for one clear thing. */
import type { Activity } from './activity.ts';

export const advocacy: readonly Activity[] = [
	{
		title: 'Lembar fakta satu halaman tentang perpustakaan',
		need: 'Setiap kali bertemu kepala desa, kami bercerita tanpa angka. Permintaan kami mudah terlupa.',
		objective: 'Bahan pembicaraan dengan pengambil keputusan siap dipakai.',
		target_groups: ['perangkat_desa'],
		target_people: 8,
		indicator: '1 lembar berisi data, satu cerita, dan satu permintaan yang jelas',
		indicator_target: 1,
		indicator_unit: 'dokumen',
		steps: [
			[1, 'Mengumpulkan angka kunjungan, pinjaman, dan kegiatan'],
			[1, 'Menulis satu cerita warga dengan izinnya'],
			[1, 'Menyusun satu permintaan dan mencetak lembar fakta']
		],
		in_charge: null,
		partners: ['pemdes'],
		weeks: [1, 1],
		materials: 'Kertas, cetak warna di kantor desa',
		cost: 20_000,
		fund: 'swadaya',
		risk: 'Data belum lengkap: pakai rekap buku tamu dua minggu terakhir.',
		evidence: ['surat']
	},
	{
		title: 'Audiensi dengan Kepala Desa atau Lurah',
		need: 'Pengelola bekerja tanpa surat keputusan, sehingga jam buka dan honor belum pasti.',
		objective: 'Ada surat keputusan pengelola dan jadwal layanan yang disepakati.',
		target_groups: ['perangkat_desa'],
		target_people: 5,
		indicator: '1 pertemuan dengan notulen, SK atau janji tertulis',
		indicator_target: 1,
		indicator_unit: 'kegiatan',
		steps: [
			[1, 'Meminta waktu dan mengirim lembar fakta'],
			[2, 'Bertemu, menyampaikan satu permintaan dalam satu menit'],
			[2, 'Mengirim notulen dan ucapan terima kasih']
		],
		in_charge: null,
		partners: ['pemdes', 'bpd'],
		weeks: [1, 2],
		materials: 'Lembar fakta, foto kegiatan',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Jadwal berubah: sepakati hari pengganti sejak awal.',
		evidence: ['surat', 'foto']
	},
	{
		title: 'Usulan kegiatan perpustakaan di Musyawarah Desa',
		need: 'Perpustakaan belum pernah masuk rencana kerja pemerintah desa.',
		objective: 'Ada anggaran untuk perpustakaan pada tahun depan.',
		target_groups: ['perangkat_desa', 'umum'],
		target_people: 30,
		indicator: 'Usulan tercatat di berita acara musyawarah',
		indicator_target: 1,
		indicator_unit: 'dokumen',
		steps: [
			[2, 'Menanyakan jadwal musyawarah dan syarat usulan'],
			[3, 'Menyusun usulan dua kegiatan dengan biaya'],
			[4, 'Menyampaikan usulan bersama dua warga pengguna']
		],
		in_charge: 'Ketua tim desa',
		partners: ['bpd', 'pemdes'],
		weeks: [2, 4],
		materials: 'Lembar usulan, rincian biaya',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Musyawarah diundur: titipkan usulan tertulis kepada BPD.',
		evidence: ['surat', 'daftar_hadir']
	},
	{
		title: 'Penetapan perpustakaan sebagai lembaga kemasyarakatan desa',
		need: 'Tanpa penetapan, perpustakaan sulit menerima dukungan dari APBDes.',
		objective: 'Perpustakaan memenuhi syarat untuk didukung APBDes.',
		target_groups: ['perangkat_desa'],
		target_people: 6,
		indicator: 'Rancangan SK atau Peraturan Desa diajukan',
		indicator_target: 1,
		indicator_unit: 'dokumen',
		steps: [
			[3, 'Mempelajari contoh peraturan dari desa lain'],
			[3, 'Menyusun rancangan bersama sekretaris desa'],
			[4, 'Mengajukan rancangan kepada kepala desa']
		],
		in_charge: 'Sekretaris desa',
		partners: ['pemdes', 'bpd'],
		weeks: [3, 4],
		materials: 'Contoh SK, daftar pengurus',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Pembahasan lama: mulai dengan SK kepala desa lebih dahulu.',
		evidence: ['surat']
	},
	{
		title: 'Kemitraan dengan Puskesmas dan Posyandu',
		need: 'Kegiatan kesehatan berlangsung di tempat lain. Ruang perpustakaan kosong pada pagi hari.',
		objective: 'Kegiatan kesehatan rutin berlangsung di perpustakaan.',
		target_groups: ['perempuan', 'lansia'],
		target_people: 3,
		indicator: 'Surat kerja sama satu halaman dan jadwal tiga bulan',
		indicator_target: 1,
		indicator_unit: 'dokumen',
		steps: [
			[1, 'Menyiapkan usulan jadwal'],
			[2, 'Bertemu kepala Puskesmas'],
			[2, 'Menandatangani surat kerja sama satu halaman']
		],
		in_charge: null,
		partners: ['posyandu'],
		weeks: [2, 2],
		materials: 'Rancangan surat, denah ruang',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Kepala Puskesmas bertugas di luar: bertemu bidan desa lebih dahulu.',
		evidence: ['surat', 'foto']
	},
	{
		title: 'Ajuan dukungan Wi-Fi dan komputer',
		need: 'Satu komputer dipakai bergantian, dan jaringan internet hanya ada di kantor desa.',
		objective: 'Akses internet tersedia bagi pengunjung perpustakaan.',
		target_groups: ['umum'],
		target_people: 2,
		indicator: '2 proposal dua halaman terkirim ke Diskominfo dan perusahaan, tanggapan dicatat',
		indicator_target: 2,
		indicator_unit: 'dokumen',
		steps: [
			[2, 'Menghitung kebutuhan dan jumlah pengguna'],
			[2, 'Menulis proposal dua halaman'],
			[3, 'Mengirim dan menanyakan tanggapan setelah satu minggu']
		],
		in_charge: null,
		partners: ['dinas', 'swasta', 'bumdes'],
		weeks: [2, 3],
		materials: 'Cetak proposal, amplop, ongkos kirim',
		cost: 25_000,
		fund: 'swadaya',
		risk: 'Tidak ada tanggapan: minta surat pengantar dari kepala desa.',
		evidence: ['surat', 'tautan']
	},
	{
		title: 'Publikasi kegiatan di media sosial dan media lokal',
		need: 'Kegiatan kami ramai, tetapi pejabat dan warga dusun lain tidak mengetahuinya.',
		objective: 'Warga dan pejabat mendukung perpustakaan secara terbuka.',
		target_groups: ['umum', 'perangkat_desa'],
		target_people: 200,
		indicator: '4 unggahan, 1 berita lokal, izin foto lengkap',
		indicator_target: 4,
		indicator_unit: 'lainnya',
		steps: [
			[1, 'Menyepakati siapa memotret dan meminta izin'],
			[2, 'Satu unggahan setiap minggu dengan satu cerita'],
			[4, 'Mengirim berita singkat kepada media lokal']
		],
		in_charge: 'Karang Taruna',
		partners: ['karang_taruna', 'lainnya'],
		weeks: [1, 4],
		materials: 'HP, lembar izin foto',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Ada yang keberatan difoto: tampilkan hasil karya, bukan wajah.',
		evidence: ['tautan', 'foto']
	}
];
