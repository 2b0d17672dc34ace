/**
 * Who is measured. All of them are asked the same by the same generator.
 *
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} script
 * @property {'yjs' | 'hocuspocus' | 'none'} dialect how it is spoken to, see generator/dialect.mjs
 * @property {string} package
 * @property {boolean} keepsOnDisk
 *
 * @typedef {object} Prepared a document that is there before anybody comes
 * @property {string} id
 * @property {Uint8Array} update
 * @property {Uint8Array[]} [tail] what came after `update`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../parts/children.mjs';
import { start } from './children.mjs';

/** @type {Contestant} */
export const ours = {
	name: 'rembuk',
	script: 'servers/ours.mjs',
	dialect: 'yjs',
	package: 'this project',
	keepsOnDisk: true
};
/** @type {Contestant} */
export const hocuspocus = {
	name: 'hocuspocus',
	script: 'servers/hocuspocus.mjs',
	dialect: 'hocuspocus',
	package: '@hocuspocus/server',
	keepsOnDisk: true
};
/** @type {Contestant} */
export const yWebsocketServer = {
	name: 'y-websocket',
	script: 'servers/y-websocket-server.mjs',
	dialect: 'yjs',
	package: '@y/websocket-server',
	keepsOnDisk: false
};
/** @type {Contestant} */
export const relay = {
	name: 'relay',
	script: 'servers/relay.mjs',
	dialect: 'none',
	package: 'ws',
	keepsOnDisk: false
};

/**
 * @typedef {object} Running
 * @property {number} port
 * @property {import('./children.mjs').Child['ask']} ask
 * @property {(signal?: NodeJS.Signals) => Promise<void>} crash ends it and keeps its data
 * @property {() => Promise<void>} restart starts it again, same port, same data
 * @property {() => Promise<void>} end
 */

/**
 * @param {Contestant} contestant
 * @param {{ documents?: Prepared[], limits?: object, env?: Record<string, string> }} [how]
 * @returns {Promise<Running>}
 */
export async function run({ script }, { documents = [], limits = {}, env = {} } = {}) {
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-bench-'));
	const all = { PORT: String(port), DATA_DIR: folder, LIMITS: JSON.stringify(limits), ...env };
	let child = start(script, { DATABASE_URL: '', ...all });
	await child.ask('prepare', documents);
	await child.ask('listen');
	return {
		port,
		ask: (what, about) => child.ask(what, about),
		crash: (signal = 'SIGKILL') => child.end(signal),
		restart: async () => {
			child = start(script, { DATABASE_URL: '', ...all });
			await child.ask('listen');
		},
		end: async () => {
			await child.end();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
