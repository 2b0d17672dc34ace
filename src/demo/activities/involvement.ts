/** Pelibatan masyarakat: people do something together that starts from what they need. */
import type { Activity } from './activity.ts';

export const involvement: readonly Activity[] = [
	{
		title: 'Dengar kebutuhan warga dengan lima pertanyaan',
		need: 'Kegiatan selama ini kami pilih sendiri. Beberapa sepi, karena tidak menjawab yang dibutuhkan warga.',
		objective: 'Kegiatan perpustakaan sesuai dengan kebutuhan warga.',
		target_groups: ['umum', 'perempuan'],
		target_people: 20,
		indicator: '20 jawaban, sedikitnya 10 dari perempuan, 3 kebutuhan utama disepakati',
		indicator_target: 20,
		indicator_unit: 'orang',
		steps: [
			[1, 'Menyusun lima pertanyaan singkat'],
			[1, 'Mendatangi warga di warung, ladang, dan Posyandu'],
			[1, 'Menghitung jawaban dan memilih tiga kebutuhan utama']
		],
		in_charge: null,
		partners: ['pemdes'],
		weeks: [1, 1],
		materials: 'Lembar pertanyaan, papan jalan, pulpen',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Warga sungkan menjawab: bertanya berdua dengan ketua RT.',
		evidence: ['surat', 'foto']
	},
	{
		title: 'Kelas olahan pangan dari buku resep',
		need: 'Hasil kebun dijual mentah dengan harga rendah. Ibu-ibu ingin mencoba olahan, tetapi belum tahu caranya.',
		objective: 'Menambah keterampilan usaha bagi ibu PKK.',
		target_groups: ['perempuan', 'umkm'],
		target_people: 15,
		indicator: '1 kelas, 2 produk contoh, 5 orang mencoba jual',
		indicator_target: 5,
		indicator_unit: 'orang',
		steps: [
			[1, 'Memilih dua resep bersama pengurus PKK'],
			[2, 'Belanja bahan di desa, menyiapkan dapur'],
			[2, 'Kelas praktik: membaca resep, memasak, mencicipi'],
			[3, 'Mencoba jual di warung dan mencatat modal']
		],
		in_charge: 'Ketua Pokja PKK',
		partners: ['pkk', 'bumdes'],
		weeks: [2, 3],
		materials: 'Buku resep, bahan masakan, kemasan sederhana',
		cost: 400_000,
		fund: 'swadaya',
		risk: 'Bahan mahal: ganti dengan hasil kebun yang sedang panen.',
		evidence: ['daftar_hadir', 'produk', 'foto']
	},
	{
		title: 'Belajar foto produk dan unggah di media sosial',
		need: 'Produk warga bagus, tetapi fotonya gelap dan tidak menyebut cara memesan.',
		objective: 'Pemasaran pelaku UMKM meningkat lewat HP yang sudah dimiliki.',
		target_groups: ['umkm', 'remaja'],
		target_people: 12,
		indicator: '12 unggahan, 1 grup tindak lanjut',
		indicator_target: 12,
		indicator_unit: 'lainnya',
		steps: [
			[2, 'Mengundang pelaku UMKM dan Karang Taruna sebagai pendamping'],
			[3, 'Praktik foto dengan cahaya jendela dan kertas putih'],
			[3, 'Menulis keterangan produk dan mengunggahnya bersama']
		],
		in_charge: null,
		partners: ['karang_taruna', 'bumdes'],
		weeks: [3, 3],
		materials: 'Kertas putih, meja, paket data',
		cost: 150_000,
		fund: 'swadaya',
		risk: 'Peserta belum punya akun: buat satu akun bersama milik BUMDes.',
		evidence: ['tautan', 'daftar_hadir']
	},
	{
		title: 'Dongeng dan baca nyaring Sabtu pagi',
		need: 'Anak datang untuk bermain, tetapi jarang membuka buku. Orang tua belum terbiasa membacakan.',
		objective: 'Anak gemar membaca dan orang tua ikut membacakan.',
		target_groups: ['anak', 'perempuan'],
		target_people: 20,
		indicator: '4 sesi, rata-rata 15 anak',
		indicator_target: 4,
		indicator_unit: 'kegiatan',
		steps: [
			[1, 'Memilih empat buku dan dua pembaca'],
			[2, 'Sesi mingguan setiap Sabtu pukul 09.00'],
			[4, 'Mengajak orang tua membacakan pada sesi terakhir']
		],
		in_charge: 'Relawan baca',
		partners: ['sekolah', 'pkk'],
		weeks: [1, 4],
		materials: 'Tikar, buku bergambar, alat peraga dari kardus',
		cost: 100_000,
		fund: 'swadaya',
		risk: 'Hujan: pindah ke balai desa yang berdekatan.',
		evidence: ['daftar_hadir', 'foto']
	},
	{
		title: 'Cek kesehatan dan baca bersama lansia',
		need: 'Warga lansia merasa perpustakaan bukan tempat mereka. Huruf pada buku terlalu kecil.',
		objective: 'Layanan perpustakaan ramah bagi lansia.',
		target_groups: ['lansia'],
		target_people: 15,
		indicator: '1 kegiatan, 15 peserta, bahan berhuruf besar tersedia',
		indicator_target: 15,
		indicator_unit: 'orang',
		steps: [
			[2, 'Menyepakati hari dengan Puskesmas'],
			[2, 'Mencetak bacaan berhuruf besar'],
			[3, 'Cek kesehatan, membaca bersama, bercerita']
		],
		in_charge: 'Kader lansia',
		partners: ['posyandu'],
		weeks: [3, 3],
		materials: 'Bacaan huruf besar, kursi bersandaran, air minum',
		cost: 0,
		fund: 'tanpa_biaya',
		risk: 'Sulit datang sendiri: jemput bersama Karang Taruna.',
		evidence: ['daftar_hadir', 'foto', 'cerita']
	},
	{
		title: 'Kelas keterampilan bersama penyandang disabilitas',
		need: 'Penyandang disabilitas belum pernah diajak menyusun kegiatan, padahal mereka punya keterampilan.',
		objective: 'Kesempatan belajar setara bagi penyandang disabilitas.',
		target_groups: ['disabilitas'],
		target_people: 10,
		indicator:
			'1 kelas, sedikitnya 5 orang dengan pendamping, kebutuhan akses tercatat tanpa diagnosis',
		indicator_target: 5,
		indicator_unit: 'orang',
		steps: [
			[2, 'Berkunjung dan menanyakan keterampilan yang diminati'],
			[3, 'Menyiapkan jalan masuk dan tempat duduk'],
			[4, 'Kelas bersama pendamping, memajang hasil karya']
		],
		in_charge: null,
		partners: ['swasta', 'dinas'],
		weeks: [4, 4],
		materials: 'Bahan kerajinan, papan landai, label besar',
		cost: 200_000,
		fund: 'csr',
		risk: 'Pintu sempit: pindahkan kelas ke teras perpustakaan.',
		evidence: ['daftar_hadir', 'produk']
	},
	{
		title: 'Pojok pupuk organik: dari buku ke praktik',
		need: 'Harga pupuk naik. Petani mendengar tentang pupuk organik, tetapi belum pernah melihat caranya.',
		objective: 'Petani menemukan solusi usaha tani dari bacaan dan mencobanya.',
		target_groups: ['petani_nelayan'],
		target_people: 15,
		indicator: '1 praktik, 3 petani menerapkan',
		indicator_target: 3,
		indicator_unit: 'orang',
		steps: [
			[2, 'Membaca bersama satu buku dan memilih satu resep pupuk'],
			[3, 'Praktik dengan penyuluh di kebun contoh'],
			[4, 'Mengunjungi petani yang menerapkan dan mencatat hasil']
		],
		in_charge: 'Ketua kelompok tani',
		partners: ['kelompok_tani', 'dinas'],
		weeks: [2, 4],
		materials: 'Kotoran ternak, daun kering, drum bekas, larutan pengurai',
		cost: 250_000,
		fund: 'swadaya',
		risk: 'Pupuk belum jadi dalam sebulan: tunjukkan contoh jadi dari penyuluh.',
		evidence: ['foto', 'produk', 'cerita']
	}
];
