/**
 * SKM, the survey that every public service asks for (PermenPANRB 14/2017): nine elements, each
 * with four steps from worst to best.
 *
 * Changing a word below changes what was measured: raise the `version` of the instruments that ask it.
 */
import type { Item } from '../instrument.ts';
import type { Wording } from '#lib/questions/question.ts';

export const satisfaction: readonly Item[] = [
	element(
		'D601',
		{ id: 'Kesesuaian persyaratan peserta', en: 'Fitness of the requirements for participants' },
		[
			['Tidak sesuai', 'Not fitting'],
			['Kurang sesuai', 'Less fitting'],
			['Sesuai', 'Fitting'],
			['Sangat sesuai', 'Very fitting']
		]
	),
	element(
		'D602',
		{ id: 'Kemudahan prosedur mengikuti pelatihan', en: 'Ease of the procedure for taking part' },
		[
			['Tidak mudah', 'Not easy'],
			['Kurang mudah', 'Less easy'],
			['Mudah', 'Easy'],
			['Sangat mudah', 'Very easy']
		]
	),
	element('D603', { id: 'Ketepatan waktu layanan', en: 'Timeliness of the service' }, [
		['Tidak tepat', 'Not on time'],
		['Kurang tepat', 'Less on time'],
		['Tepat', 'On time'],
		['Sangat tepat', 'Very much on time']
	]),
	element('D604', { id: 'Kewajaran biaya', en: 'Fairness of the cost' }, [
		['Sangat mahal', 'Very expensive'],
		['Cukup mahal', 'Rather expensive'],
		['Murah', 'Cheap'],
		['Gratis', 'Free of charge']
	]),
	element('D605', { id: 'Kesesuaian hasil dengan yang dijanjikan', en: 'Results as promised' }, [
		['Tidak sesuai', 'Not as promised'],
		['Kurang sesuai', 'Less than promised'],
		['Sesuai', 'As promised'],
		['Sangat sesuai', 'Fully as promised']
	]),
	element('D606', { id: 'Kemampuan petugas', en: 'Ability of the staff' }, [
		['Tidak mampu', 'Not able'],
		['Kurang mampu', 'Less able'],
		['Mampu', 'Able'],
		['Sangat mampu', 'Very able']
	]),
	element(
		'D607',
		{ id: 'Kesopanan dan keramahan petugas', en: 'Courtesy and friendliness of the staff' },
		[
			['Tidak ramah', 'Not friendly'],
			['Kurang ramah', 'Less friendly'],
			['Ramah', 'Friendly'],
			['Sangat ramah', 'Very friendly']
		]
	),
	element('D608', { id: 'Mutu sarana dan prasarana', en: 'Quality of the facilities' }, [
		['Buruk', 'Bad'],
		['Cukup', 'Sufficient'],
		['Baik', 'Good'],
		['Sangat baik', 'Very good']
	]),
	element(
		'D609',
		{ id: 'Penanganan pengaduan dan masukan', en: 'Handling of complaints and suggestions' },
		[
			['Tidak ada', 'There is none'],
			['Ada tetapi tidak berfungsi', 'There is, but it does not work'],
			['Kurang maksimal', 'Not at its best'],
			['Dikelola dengan baik', 'Well managed']
		]
	)
];

function element(id: string, text: Wording, steps: readonly [string, string][]): Item {
	const options = steps.map(([inIndonesian, inEnglish], place) => ({
		value: place + 1,
		label: { id: inIndonesian, en: inEnglish }
	}));
	return { id, kind: 'PG', required: false, scored: true, text, options };
}
