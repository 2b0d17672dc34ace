/**
 * Whether the server can listen: asked before anything slow is done, when there may be nothing yet
 * to read the settings with. Imports only node: modules.
 */
import { createServer } from 'node:net';

/**
 * Why nobody can listen there, in sentences; null when it is free.
 *
 * @returns {Promise<string[] | null>}
 */
export async function whyNotListen() {
	const host = process.env.HOST || '127.0.0.1';
	const port = Number(process.env.PORT || 3000);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		return [
			`PORT harus berupa angka 0 sampai 65535, bukan "${process.env.PORT}".`,
			`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`
		];
	}
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', (error) => resolve(listenSentences(error, { host, port })));
		probe.listen({ host, port }, () => probe.close(() => resolve(null)));
	});
}

/**
 * @param {Error & { code?: string }} error what `listen` failed with
 * @param {{ host: string, port: number }} at
 * @returns {string[]}
 */
export function listenSentences(error, { host, port }) {
	switch (error.code) {
		case 'EADDRINUSE':
			return [
				`Port ${port} sedang dipakai program lain. Hentikan program itu, atau pilih port lain: PORT=3001 npm start`,
				`Port ${port} is taken by another program. Stop that program, or choose another port: PORT=3001 npm start`
			];
		case 'EACCES':
			return [
				`Port ${port} tidak boleh dipakai oleh pengguna ini. Pilih port di atas 1023.`,
				`This user may not use port ${port}. Choose a port above 1023.`
			];
		default:
			return [
				`Alamat ${host} port ${port} tidak dapat dipakai (${error.code ?? error.message}). Periksa HOST dan PORT.`,
				`The address ${host} port ${port} cannot be used (${error.code ?? error.message}). Check HOST and PORT.`
			];
	}
}
