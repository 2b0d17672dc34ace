/** Peningkatan layanan informasi: what the library offers becomes easier to find and to reach. */
import type { Activity } from './activity.ts';

export const information: readonly Activity[] = [
	{
		title: 'Menata ulang rak menurut kebutuhan warga',
		need: 'Buku tersusun menurut tanggal datang. Warga yang mencari resep atau cara bertanam harus bertanya, dan sering pulang tanpa buku.',
		objective: 'Buku mudah ditemukan oleh warga tanpa bantuan petugas.',
		target_groups: ['umum'],
		target_people: null,
		indicator: '300 judul tertata dalam 5 tema, label terpasang',
		indicator_target: 300,
		indicator_unit: 'judul',
		steps: [
			[1, 'Memilih lima tema bersama warga: pertanian, masakan, anak, kesehatan, usaha'],
			[1, 'Memilah buku, menyisihkan yang rusak'],
			[1, 'Membuat dan memasang label tema di rak']
		],
		in_charge: null,
		partners: ['karang_taruna'],
		weeks: [1, 1],
		materials: 'Kertas karton, spidol, plastik pelapis, lem',
		cost: 150_000,
		fund: 'swadaya',
		risk: 'Tenaga kurang saat memilah: minta bantuan Karang Taruna pada Sabtu sore.',
		evidence: ['foto', 'daftar_hadir']
	},
	{
		title: 'Membuat Pojok Pertanian dan Perikanan',
		need: 'Petani bertanya tentang hama dan pupuk kepada penjual, bukan kepada perpustakaan, karena bahannya belum ada.',
		objective: 'Informasi usaha tani tersedia dan dipakai oleh kelompok tani.',
		target_groups: ['petani_nelayan'],
		target_people: 20,
		indicator: '1 pojok, 25 judul atau brosur, 20 pemakai',
		indicator_target: 20,
		indicator_unit: 'orang',
		steps: [
			[1, 'Menanyakan tiga masalah utama kepada ketua kelompok tani'],
			[1, 'Meminta brosur kepada penyuluh dan memilih buku yang sesuai'],
			[2, 'Membuka pojok pada malam pertemuan kelompok tani']
		],
		in_charge: null,
		partners: ['kelompok_tani', 'dinas'],
		weeks: [1, 2],
		materials: 'Satu rak yang sudah ada, papan nama dari kayu bekas',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Brosur belum datang: cetak ringkasan dari laman resmi dinas.',
		evidence: ['foto', 'daftar_hadir']
	},
	{
		title: 'Menambah jam buka sore dan memasang papan jadwal',
		need: 'Perpustakaan tutup pukul 13.00, sedangkan remaja dan warga yang bekerja baru sempat datang sore hari.',
		objective: 'Warga yang bekerja dan remaja dapat datang ke perpustakaan.',
		target_groups: ['remaja', 'umum'],
		target_people: 40,
		indicator: 'Buka 6 jam per hari selama sedikitnya 20 hari, jadwal terpasang',
		indicator_target: 120,
		indicator_unit: 'jam',
		steps: [
			[1, 'Menyusun jadwal jaga bersama dua relawan'],
			[1, 'Memasang papan jadwal di perpustakaan dan kantor desa'],
			[4, 'Menghitung pengunjung sore dan memutuskan jadwal tetap']
		],
		in_charge: null,
		partners: ['pemdes', 'karang_taruna'],
		weeks: [1, 4],
		materials: 'Papan jadwal, lampu tambahan',
		cost: 75_000,
		fund: 'apbdes',
		risk: 'Relawan berhalangan: sediakan satu pengganti untuk setiap hari.',
		evidence: ['foto', 'daftar_hadir']
	},
	{
		title: 'Buku tamu sederhana dengan rekap mingguan',
		need: 'Kami belum dapat menjawab pertanyaan kepala desa: siapa saja yang datang, dan untuk apa.',
		objective: 'Data kunjungan akurat dan siap dipakai untuk laporan.',
		target_groups: ['umum'],
		target_people: null,
		indicator: '4 rekap mingguan, terpilah laki-laki dan perempuan serta kelompok usia',
		indicator_target: 4,
		indicator_unit: 'dokumen',
		steps: [
			[1, 'Membuat lembar buku tamu dengan empat kolom centang'],
			[1, 'Melatih relawan mengisi bersama pengunjung'],
			[4, 'Membuat rekap setiap Sabtu dan menempelkannya di dinding']
		],
		in_charge: null,
		partners: [],
		weeks: [1, 4],
		materials: 'Buku folio, penggaris, pulpen',
		cost: 30_000,
		fund: 'swadaya',
		risk: 'Pengunjung lupa mengisi: letakkan buku tamu di pintu masuk.',
		evidence: ['foto', 'surat']
	},
	{
		title: 'Layanan tanya informasi lewat WhatsApp',
		need: 'Dusun terjauh berjarak satu jam perjalanan. Warga di sana hampir tidak pernah datang.',
		objective: 'Warga dusun jauh memperoleh jawaban tanpa harus datang.',
		target_groups: ['umum'],
		target_people: 60,
		indicator: '1 nomor layanan, sedikitnya 15 pertanyaan terjawab paling lama 1 hari',
		indicator_target: 15,
		indicator_unit: 'lainnya',
		steps: [
			[2, 'Menyiapkan akun layanan dengan jam jawab yang jelas'],
			[2, 'Mengumumkan layanan lewat ketua RT dan pengajian'],
			[4, 'Mencatat pertanyaan yang sering muncul menjadi lembar jawaban']
		],
		in_charge: null,
		partners: ['pemdes'],
		weeks: [2, 4],
		materials: 'Paket data satu bulan',
		cost: 50_000,
		fund: 'swadaya',
		risk: 'Sinyal lemah: jawab dua kali sehari dari kantor desa.',
		evidence: ['tautan', 'cerita']
	},
	{
		title: 'Kotak buku keliling ke Posyandu',
		need: 'Ibu dengan balita sulit meninggalkan rumah, tetapi selalu hadir di Posyandu setiap bulan.',
		objective: 'Ibu dan balita terjangkau oleh layanan baca.',
		target_groups: ['perempuan', 'anak'],
		target_people: 25,
		indicator: '2 kunjungan, 30 buku dipinjam',
		indicator_target: 30,
		indicator_unit: 'judul',
		steps: [
			[1, 'Menyepakati hari kunjungan dengan kader'],
			[2, 'Membawa kotak pertama, membacakan satu cerita'],
			[4, 'Kunjungan kedua: menukar buku dan mencatat yang disukai']
		],
		in_charge: 'Kader Posyandu',
		partners: ['posyandu'],
		weeks: [2, 4],
		materials: 'Kotak kayu, 40 buku anak dan kesehatan ibu, buku catatan pinjam',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Buku tidak kembali: pinjamkan atas nama kelompok dasawisma.',
		evidence: ['foto', 'daftar_hadir']
	},
	{
		title: 'Klinik iPusnas dan internet sehat',
		need: 'Remaja memakai internet setiap hari, tetapi belum tahu bahwa buku dapat dipinjam secara digital.',
		objective: 'Warga bisa meminjam buku digital dan memilih informasi yang dapat dipercaya.',
		target_groups: ['remaja'],
		target_people: 15,
		indicator: '15 akun aktif, 1 lembar panduan',
		indicator_target: 15,
		indicator_unit: 'orang',
		steps: [
			[2, 'Meminta izin sekolah dan memilih hari'],
			[3, 'Memandu pendaftaran dalam kelompok lima orang'],
			[3, 'Membagikan lembar panduan satu halaman']
		],
		in_charge: null,
		partners: ['sekolah'],
		weeks: [3, 3],
		materials: 'Wi-Fi kantor desa, lembar panduan, dua HP cadangan',
		cost: 100_000,
		fund: 'swadaya',
		risk: 'Jaringan penuh: daftar bergantian, unduh aplikasi sehari sebelumnya.',
		evidence: ['daftar_hadir', 'tautan']
	}
];
