/**
 * The form of a workplan: one entry per field. All three strategies share it.
 *
 * A new field is a line here. A field that is no longer asked stays in the shared documents and in
 * what was handed in, so its key is never used for anything else.
 */
import { m } from '#lib/paraglide/messages.js';
import type { Option, Say } from './kind.ts';
import type { Field } from './kinds.ts';

export interface Template {
	/** Raised when fields change; a stored plan says under which it was handed in. */
	readonly version: number;
	readonly fields: readonly Field[];
	/** Activities of one plan. */
	readonly maxRows: number;
}

const options = (labels: Record<string, Say>): Option[] =>
	Object.entries(labels).map(([key, label]) => ({ key, label }));

const targetGroups = options({
	anak: m.plans_target_anak,
	remaja: m.plans_target_remaja,
	perempuan: m.plans_target_perempuan,
	petani_nelayan: m.plans_target_petani_nelayan,
	umkm: m.plans_target_umkm,
	lansia: m.plans_target_lansia,
	disabilitas: m.plans_target_disabilitas,
	perangkat_desa: m.plans_target_perangkat_desa,
	umum: m.plans_target_umum
});

const units = options({
	orang: m.plans_unit_orang,
	kegiatan: m.plans_unit_kegiatan,
	judul: m.plans_unit_judul,
	dokumen: m.plans_unit_dokumen,
	rupiah: m.plans_unit_rupiah,
	jam: m.plans_unit_jam
});

const partners = options({
	pemdes: m.plans_partner_pemdes,
	bpd: m.plans_partner_bpd,
	pkk: m.plans_partner_pkk,
	kesehatan: m.plans_partner_kesehatan,
	karang_taruna: m.plans_partner_karang_taruna,
	bumdes: m.plans_partner_bumdes,
	kelompok_tani: m.plans_partner_kelompok_tani,
	sekolah: m.plans_partner_sekolah,
	keagamaan: m.plans_partner_keagamaan,
	dinas: m.plans_partner_dinas,
	swasta: m.plans_partner_swasta,
	lainnya: m.plans_other
});

const funds = options({
	tanpa_biaya: m.plans_fund_tanpa_biaya,
	swadaya: m.plans_fund_swadaya,
	apbdes: m.plans_fund_apbdes,
	apbd: m.plans_fund_apbd,
	apbn: m.plans_fund_apbn,
	csr: m.plans_fund_csr,
	lainnya: m.plans_other
});

const evidence = options({
	daftar_hadir: m.plans_evidence_daftar_hadir,
	foto: m.plans_evidence_foto,
	tautan: m.plans_evidence_tautan,
	surat: m.plans_evidence_surat,
	produk: m.plans_evidence_produk,
	cerita: m.plans_evidence_cerita
});

const BILLION = 1_000_000_000;

const fields = [
	{
		key: 'title',
		kind: 'prose',
		part: 'what',
		label: m.plans_field_title,
		max: 120,
		oneLine: true,
		required: true
	},
	{ key: 'need', kind: 'prose', part: 'what', label: m.plans_field_need, max: 500 },
	{
		key: 'objective',
		kind: 'prose',
		part: 'what',
		label: m.plans_field_objective,
		max: 300,
		required: true
	},
	{
		key: 'target_groups',
		kind: 'choice',
		part: 'who',
		label: m.plans_field_target_groups,
		options: targetGroups
	},
	{
		key: 'target_count',
		kind: 'integer',
		part: 'who',
		label: m.plans_field_target_count,
		max: 1_000_000
	},
	{
		key: 'person_in_charge',
		kind: 'prose',
		part: 'who',
		label: m.plans_field_person_in_charge,
		hint: m.plans_hint_person_in_charge,
		max: 120,
		oneLine: true,
		suggest: 'team'
	},
	{
		key: 'partners',
		kind: 'choice',
		part: 'who',
		label: m.plans_field_partners,
		options: partners
	},
	{
		key: 'output',
		kind: 'prose',
		part: 'how',
		label: m.plans_field_output,
		hint: m.plans_hint_output,
		max: 300
	},
	{
		key: 'indicator_target',
		kind: 'integer',
		part: 'how',
		label: m.plans_field_indicator_target,
		max: BILLION
	},
	{
		key: 'indicator_unit',
		kind: 'one_of',
		part: 'how',
		label: m.plans_field_indicator_unit,
		options: units
	},
	{
		key: 'steps',
		kind: 'steps',
		part: 'how',
		label: m.plans_field_steps,
		hint: m.plans_hint_steps,
		maxSteps: 10,
		max: 160
	},
	{ key: 'starts_on', kind: 'day', part: 'how', label: m.plans_field_starts_on },
	{ key: 'ends_on', kind: 'day', part: 'how', label: m.plans_field_ends_on },
	{ key: 'materials', kind: 'prose', part: 'means', label: m.plans_field_materials, max: 500 },
	{
		key: 'cost',
		kind: 'rupiah',
		part: 'means',
		label: m.plans_field_cost,
		hint: m.plans_hint_cost,
		max: 100 * BILLION
	},
	{ key: 'fund', kind: 'one_of', part: 'means', label: m.plans_field_fund, options: funds },
	{ key: 'risk', kind: 'prose', part: 'means', label: m.plans_field_risk, max: 300 },
	{
		key: 'evidence',
		kind: 'choice',
		part: 'means',
		label: m.plans_field_evidence,
		options: evidence
	}
] as const satisfies readonly Field[];

export type FieldKey = (typeof fields)[number]['key'];

export const template: Template = { version: 1, fields, maxRows: 30 };

/** A field of today's form; every key the program names is one of them. */
export function fieldOf(key: FieldKey): Field {
	const found = template.fields.find((field) => field.key === key);
	if (!found) throw new Error(`no field ${key}`);
	return found;
}
