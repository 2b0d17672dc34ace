/** The words for fields, options, strategies and states, in the language of the page. */
import { m } from '#lib/paraglide/messages.js';
import type { PlanState, Strategy } from './plan.ts';

type Say = () => string;

export const strategyNames = {
	layanan_informasi: () => m.plans_strategy_layanan_informasi(),
	pelibatan_masyarakat: () => m.plans_strategy_pelibatan_masyarakat(),
	advokasi: () => m.plans_strategy_advokasi()
} satisfies Record<Strategy, Say>;

export const stateNames = {
	draft: () => m.plans_state_draft(),
	submitted: () => m.plans_state_submitted(),
	returned: () => m.plans_state_returned()
} satisfies Record<PlanState, Say>;

/** Colour of a state's badge; the word says the same. */
export const stateTones = {
	draft: '',
	submitted: 'good',
	returned: 'warn'
} satisfies Record<PlanState, string>;

const fieldNames: Readonly<Record<string, Say>> = {
	title: () => m.plans_field_title(),
	need: () => m.plans_field_need(),
	objective: () => m.plans_field_objective(),
	target_groups: () => m.plans_field_target_groups(),
	target_people: () => m.plans_field_target_people(),
	indicator: () => m.plans_field_indicator(),
	indicator_target: () => m.plans_field_indicator_target(),
	indicator_unit: () => m.plans_field_indicator_unit(),
	steps: () => m.plans_field_steps(),
	in_charge: () => m.plans_field_in_charge(),
	partners: () => m.plans_field_partners(),
	starts_on: () => m.plans_field_starts_on(),
	ends_on: () => m.plans_field_ends_on(),
	materials: () => m.plans_field_materials(),
	cost: () => m.plans_field_cost(),
	fund: () => m.plans_field_fund(),
	risk: () => m.plans_field_risk(),
	evidence: () => m.plans_field_evidence()
};

const hints: Readonly<Record<string, Say>> = {
	title: () => m.plans_hint_title(),
	indicator: () => m.plans_hint_indicator(),
	in_charge: () => m.plans_hint_in_charge(),
	cost: () => m.plans_hint_cost()
};

const optionNames: Readonly<Record<string, Say>> = {
	anak: () => m.plans_option_anak(),
	remaja: () => m.plans_option_remaja(),
	perempuan: () => m.plans_option_perempuan(),
	petani_nelayan: () => m.plans_option_petani_nelayan(),
	umkm: () => m.plans_option_umkm(),
	lansia: () => m.plans_option_lansia(),
	disabilitas: () => m.plans_option_disabilitas(),
	perangkat_desa: () => m.plans_option_perangkat_desa(),
	umum: () => m.plans_option_umum(),
	orang: () => m.plans_option_orang(),
	kegiatan: () => m.plans_option_kegiatan(),
	judul: () => m.plans_option_judul(),
	dokumen: () => m.plans_option_dokumen(),
	rupiah: () => m.plans_option_rupiah(),
	jam: () => m.plans_option_jam(),
	lainnya: () => m.plans_option_lainnya(),
	pemdes: () => m.plans_option_pemdes(),
	bpd: () => m.plans_option_bpd(),
	pkk: () => m.plans_option_pkk(),
	posyandu: () => m.plans_option_posyandu(),
	karang_taruna: () => m.plans_option_karang_taruna(),
	bumdes: () => m.plans_option_bumdes(),
	kelompok_tani: () => m.plans_option_kelompok_tani(),
	sekolah: () => m.plans_option_sekolah(),
	rumah_ibadah: () => m.plans_option_rumah_ibadah(),
	dinas: () => m.plans_option_dinas(),
	swasta: () => m.plans_option_swasta(),
	tanpa_biaya: () => m.plans_option_tanpa_biaya(),
	swadaya: () => m.plans_option_swadaya(),
	apbdes: () => m.plans_option_apbdes(),
	apbd: () => m.plans_option_apbd(),
	apbn: () => m.plans_option_apbn(),
	csr: () => m.plans_option_csr(),
	daftar_hadir: () => m.plans_option_daftar_hadir(),
	foto: () => m.plans_option_foto(),
	tautan: () => m.plans_option_tautan(),
	surat: () => m.plans_option_surat(),
	produk: () => m.plans_option_produk(),
	cerita: () => m.plans_option_cerita()
};

export const fieldName = (key: string) => fieldNames[key]?.() ?? key;
export const fieldHint = (key: string) => hints[key]?.() ?? null;
export const optionName = (option: string) => optionNames[option]?.() ?? option;
