/**
 * The regions every installation starts with: all provinces, regencies and
 * cities, and the villages of the trainings in Jambi. Whoever comes from another village types its name.
 *
 * Codes are those of the Ministry of Home Affairs (Kepmendagri
 * 300.2.2-2430/2025), text with dots. Not BPS codes: those swap two pairs in
 * Jambi alone. Villages were read from github.com/cahyadsn/wilayah (MIT).
 */
import { knownRegencies } from './regencies-data.ts';

/** [code, name]: what a code is and what it lies in can be read from the code itself. */
export const knownRegions: readonly (readonly [code: string, name: string])[] = [
	['11', 'Aceh'],
	['12', 'Sumatera Utara'],
	['13', 'Sumatera Barat'],
	['14', 'Riau'],
	['15', 'Jambi'],
	['16', 'Sumatera Selatan'],
	['17', 'Bengkulu'],
	['18', 'Lampung'],
	['19', 'Kepulauan Bangka Belitung'],
	['21', 'Kepulauan Riau'],
	['31', 'DKI Jakarta'],
	['32', 'Jawa Barat'],
	['33', 'Jawa Tengah'],
	['34', 'DI Yogyakarta'],
	['35', 'Jawa Timur'],
	['36', 'Banten'],
	['51', 'Bali'],
	['52', 'Nusa Tenggara Barat'],
	['53', 'Nusa Tenggara Timur'],
	['61', 'Kalimantan Barat'],
	['62', 'Kalimantan Tengah'],
	['63', 'Kalimantan Selatan'],
	['64', 'Kalimantan Timur'],
	['65', 'Kalimantan Utara'],
	['71', 'Sulawesi Utara'],
	['72', 'Sulawesi Tengah'],
	['73', 'Sulawesi Selatan'],
	['74', 'Sulawesi Tenggara'],
	['75', 'Gorontalo'],
	['76', 'Sulawesi Barat'],
	['81', 'Maluku'],
	['82', 'Maluku Utara'],
	['91', 'Papua'],
	['92', 'Papua Barat'],
	['93', 'Papua Selatan'],
	['94', 'Papua Tengah'],
	['95', 'Papua Pegunungan'],
	['96', 'Papua Barat Daya'],

	...knownRegencies,

	['15.01.01', 'Gunung Raya'],
	['15.01.01.2003', 'Lempur Mudik'],

	['15.03.03', 'Sarolangun'],
	['15.03.03.2028', 'Bernai Dalam'],
	['15.03.07', 'Air Hitam'],
	['15.03.07.2002', 'Jernih'],
	['15.03.08', 'Bathin VIII'],
	['15.03.08.2005', 'Bangun Jayo'],
	['15.03.09', 'Singkut'],
	['15.03.09.2006', 'Perdamaian'],
	['15.03.10', 'Cermin Nan Gedang'],
	['15.03.10.2004', 'Teluk Tigo'],

	['15.04.02', 'Muara Tembesi'],
	['15.04.02.2010', 'Tanjung Marwo'],
	['15.04.03', 'Muara Bulian'],
	['15.04.03.1001', 'Muara Bulian'],
	['15.04.04', 'Batin XXIV'],
	['15.04.04.2011', 'Karmeo'],
	['15.04.04.2014', 'Terentang Baru'],

	['15.05.02', 'Sekernan'],
	['15.05.02.1010', 'Sengeti'],
	['15.05.04', 'Maro Sebo'],
	['15.05.04.2007', 'Muaro Jambi'],

	['15.06.03', 'Pengabuan'],
	['15.06.03.2015', 'Parit Bilal'],
	['15.06.04', 'Betara'],
	['15.06.04.2014', 'Teluk Kulbi'],
	['15.06.11', 'Bram Itam'],
	['15.06.11.2008', 'Kemuning'],

	['15.07.01', 'Muara Sabak Timur'],
	['15.07.01.2002', 'Lambur'],

	// Two villages called Koto Jayo in one regency: names are never enough.
	['15.08.01', 'Tanah Tumbuh'],
	['15.08.01.2016', 'Koto Jayo'],
	['15.08.09', 'Pelepat Ilir'],
	['15.08.09.2001', 'Koto Jayo'],
	['15.08.09.2017', 'Padang Palangeh'],
	['15.08.11', 'Bathin III'],
	['15.08.11.2007', 'Sarana Jaya'],

	['15.09.04', 'Rimbo Bujang'],
	['15.09.04.1001', 'Wirotho Agung'],
	['15.09.04.2003', 'Rimbo Mulyo'],

	['15.71.01', 'Telanaipura'],
	['15.71.01.1004', 'Telanaipura'],
	['15.71.03', 'Jambi Timur'],
	['15.71.03.1003', 'Talang Banjar']
];
