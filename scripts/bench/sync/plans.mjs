/** Documents that are there before anybody comes. */
import * as Y from 'yjs';

const FIELDS = ['title', 'objective', 'who', 'risk', 'result'];
const SENTENCE = 'Kelompok membaca warga desa bertemu setiap hari Sabtu di balai desa. ';

/** A plan with a few rows, about 3 kB. */
export function smallPlan(rows = 8) {
	const doc = new Y.Doc();
	doc.clientID = 1;
	doc.getMap('meta').set('schema', 1);
	const all = doc.getMap('rows');
	for (let n = 0; n < rows; n++) {
		const row = new Y.Map();
		all.set(`row-${n}`, row);
		row.set('pos', `a${n}`);
		for (const field of FIELDS) row.set(field, new Y.Text(SENTENCE.slice(0, 40 + n)));
	}
	return Y.encodeStateAsUpdate(doc);
}
