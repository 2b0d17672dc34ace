/**
 * Hocuspocus with its database extension on SQLite, and defaults otherwise. The statements are those
 * of its own SQLite extension; that one needs an older better-sqlite3 with an install script.
 */
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { answer, memory, startProfile, stopProfile, usage } from '../children.mjs';
import { peer } from '../peers.mjs';

const { Server } = peer('@hocuspocus/server');
const { Database } = peer('@hocuspocus/extension-database');
const { Doc, applyUpdate, encodeStateAsUpdate } = peer('yjs');

const db = new BetterSqlite3(join(process.env.DATA_DIR ?? '', 'hocuspocus.sqlite'));
db.pragma('journal_mode = WAL'); // kinder than the extension, which keeps the slower default
db.exec(
	'create table if not exists documents (name varchar(255) not null, data blob not null, unique(name))'
);
const find = db.prepare('select data from documents where name = ? order by rowid desc');
const keep = db.prepare(
	'insert into documents (name, data) values (?, ?) on conflict(name) do update set data = excluded.data'
);

const server = new Server({
	address: '127.0.0.1',
	port: Number(process.env.PORT),
	quiet: true,
	stopOnSignals: false,
	extensions: [
		new Database({
			fetch: async (/** @type {{ documentName: string }} */ { documentName }) =>
				/** @type {any} */ (find.get(documentName))?.data ?? null,
			store: async (/** @type {{ documentName: string, state: Buffer }} */ change) => {
				keep.run(change.documentName, change.state);
			}
		})
	]
});

answer({
	listen: async () => void (await server.listen()),
	prepare: (/** @type {import('../contestants.mjs').Prepared[]} */ documents) => {
		for (const { id, update, tail = [] } of documents) {
			const doc = new Doc();
			for (const part of [update, ...tail]) applyUpdate(doc, part);
			keep.run(id, Buffer.from(encodeStateAsUpdate(doc)));
		}
	},
	stored: (/** @type {string} */ id) => {
		const row = /** @type {any} */ (find.get(id));
		return row ? [row.data] : [];
	},
	usage,
	startProfile,
	stopProfile,
	memory,
	stop: () => server.destroy()
});
