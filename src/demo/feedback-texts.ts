/** What people wrote in the free fields of the form at the end: invented, and about nobody. */
export const texts: Readonly<Record<string, readonly string[]>> = {
	D502: [
		'Praktik menyusun rencana bersama tim desa. Kami pulang sudah membawa rencana, bukan hanya catatan.',
		'Suasana kekeluargaan. Peserta yang baru mengelola perpustakaan tidak merasa tertinggal.',
		'Contoh dari desa lain yang keadaannya mirip dengan kami.',
		'Presentasi antarkelompok. Kami mendapat dua gagasan dari tim lain.',
		'Modul yang bisa dibaca lagi di HP setelah sampai di rumah.',
		'Pendampingan di klinik rencana kerja, setiap tim dikunjungi satu per satu.',
		'Jadwal yang tepat waktu dan istirahat yang cukup untuk salat.',
		'Permainan pembuka di hari kedua membuat kami saling kenal.'
	],
	D503: [
		'Mohon jaringan internet disiapkan lebih kuat. Sore hari kami bergantian memakai hotspot HP.',
		'Waktu untuk advokasi ditambah, karena bagian inilah yang paling sulit di desa kami.',
		'Undangan mohon dikirim paling lambat dua minggu sebelumnya agar kami sempat meminta izin.',
		'Sertakan satu perangkat desa, supaya rencana kami langsung didengar.',
		'Klinik rencana kerja sebaiknya dua sesi pagi, saat peserta masih segar.',
		'Ruangan agak dingin dan kursi bagian belakang sulit melihat layar.',
		'Kelompok yang jauh dari kota mohon dibantu biaya perjalanan lebih awal.',
		'Huruf pada salindia diperbesar agar peserta yang sudah berumur dapat membaca.',
		'Setelah pelatihan, mohon ada pertemuan daring singkat setiap dua minggu.'
	],
	D504: [
		'Tambah: cara menulis proposal dua halaman, dengan contoh yang sudah disetujui.',
		'Tambah: membuat poster sederhana dengan HP.',
		'Sejarah program bisa dipersingkat, kami sudah membacanya di modul.',
		'Tambah latihan berbicara dengan kepala desa, sekali saja belum cukup.',
		'Tambah: mengisi SIM langkah demi langkah dengan data kami sendiri.',
		'Teori etos kerja dapat dikurangi, diganti dengan membahas kasus nyata.'
	],
	D211: [
		'Penjelasannya jelas dan sabar. Mohon contoh dari kelurahan ditambah.',
		'Suara kadang terlalu pelan untuk peserta di belakang.',
		'Terima kasih, pertanyaan kami selalu dijawab sampai tuntas.',
		'Sebaiknya peserta yang pendiam juga diberi kesempatan berbicara.',
		'Bahannya padat; mohon ada jeda lima menit untuk mencoba sendiri.',
		'Cara mengajarnya menyenangkan, kami jadi berani mencoba.',
		'Mohon istilah asing dijelaskan dengan bahasa sehari-hari.'
	]
};
