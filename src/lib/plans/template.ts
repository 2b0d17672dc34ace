/**
 * What an activity (kegiatan) of a workplan is made of. A new field is one entry
 * here; its kind decides how it is kept in the shared document and how it is
 * shown. Labels and hints stand in messages/plans.*.json under the field's key.
 */
export type FieldKind =
	| { readonly kind: 'prose'; readonly max: number; readonly rows: 1 | 3 }
	| { readonly kind: 'several'; readonly options: readonly string[] }
	| { readonly kind: 'one'; readonly options: readonly string[] }
	| { readonly kind: 'number'; readonly max: number; readonly money?: true }
	| { readonly kind: 'day' }
	| { readonly kind: 'steps'; readonly most: number; readonly weeks: number };

export interface Field {
	readonly key: string;
	/** Without it the plan cannot be handed in. */
	readonly required?: true;
	readonly is: FieldKind;
}

/** Raised when a field changes its meaning: an older page then becomes read-only. */
export const TEMPLATE_VERSION = 1;

const oneLine = (max: number): FieldKind => ({ kind: 'prose', max, rows: 1 });
const someLines = (max: number): FieldKind => ({ kind: 'prose', max, rows: 3 });
const several = (...options: string[]): FieldKind => ({ kind: 'several', options });
const one = (...options: string[]): FieldKind => ({ kind: 'one', options });
const number = (max: number): FieldKind => ({ kind: 'number', max });

export const fields: readonly Field[] = [
	{ key: 'title', required: true, is: oneLine(120) },
	{ key: 'need', is: someLines(500) },
	{ key: 'objective', required: true, is: someLines(300) },
	{
		key: 'target_groups',
		is: several(
			'anak',
			'remaja',
			'perempuan',
			'petani_nelayan',
			'umkm',
			'lansia',
			'disabilitas',
			'perangkat_desa',
			'umum'
		)
	},
	{ key: 'target_people', is: number(100_000) },
	{ key: 'indicator', required: true, is: someLines(300) },
	{ key: 'indicator_target', is: number(1_000_000_000) },
	{
		key: 'indicator_unit',
		is: one('orang', 'kegiatan', 'judul', 'dokumen', 'rupiah', 'jam', 'lainnya')
	},
	{ key: 'steps', is: { kind: 'steps', most: 10, weeks: 4 } },
	{ key: 'in_charge', required: true, is: oneLine(120) },
	{
		key: 'partners',
		is: several(
			'pemdes',
			'bpd',
			'pkk',
			'posyandu',
			'karang_taruna',
			'bumdes',
			'kelompok_tani',
			'sekolah',
			'rumah_ibadah',
			'dinas',
			'swasta',
			'lainnya'
		)
	},
	{ key: 'starts_on', is: { kind: 'day' } },
	{ key: 'ends_on', is: { kind: 'day' } },
	{ key: 'materials', is: someLines(300) },
	{ key: 'cost', is: { kind: 'number', max: 100_000_000_000, money: true } },
	{
		key: 'fund',
		is: one('tanpa_biaya', 'swadaya', 'apbdes', 'apbd', 'apbn', 'csr', 'lainnya')
	},
	{ key: 'risk', is: someLines(300) },
	{
		key: 'evidence',
		is: several('daftar_hadir', 'foto', 'tautan', 'surat', 'produk', 'cerita')
	}
];

export const requiredFields = fields.filter((field) => field.required);
