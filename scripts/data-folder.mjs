/** The folder of the database, looked at before anything slow is done. Imports only node: modules. */
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './bootstrap.mjs';

const DEFAULT_URL = 'file:data/rembuk.db';

/**
 * Why nothing can be stored there, in sentences; null when it can. Creates the folder. A relative
 * path counts from the project's folder. Asks nothing of a PostgreSQL address.
 *
 * @returns {string[] | null}
 */
export function whyNotStore() {
	const url = process.env.DATABASE_URL || DEFAULT_URL;
	if (/^postgres(ql)?:/.test(url)) return null;
	const file = resolve(root, url.replace(/^file:(\/\/)?/, ''));
	const folder = dirname(file);
	try {
		mkdirSync(folder, { recursive: true });
		// Asking for permission is not enough: root always has it, also on a read-only file system.
		const probe = join(folder, `.writable-${process.pid}`);
		writeFileSync(probe, '');
		rmSync(probe);
		if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
		return null;
	} catch (thrown) {
		const code = thrown instanceof Error && 'code' in thrown ? thrown.code : 'EIO';
		if (code === 'ENOSPC') {
			return [
				`Diska tempat folder data (${folder}) penuh. Sediakan ruang kosong, lalu ulangi.`,
				`The disk of the data folder (${folder}) is full. Make room, then try again.`
			];
		}
		return [
			`Folder data (${folder}) tidak dapat ditulisi (${code}). Ubah pemilik atau izinnya, atau pilih tempat lain dengan DATABASE_URL.`,
			`The data folder (${folder}) cannot be written to (${code}). Change its owner or permissions, or choose another place with DATABASE_URL.`
		];
	}
}
