import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the build made for browsers stands beside what it made of this file. */
const folder = clientFolder(dirname(fileURLToPath(import.meta.url)));

function clientFolder(from: string): string | null {
	const here = join(from, 'client');
	if (existsSync(join(here, '_app'))) return here;
	return dirname(from) === from ? null : clientFolder(dirname(from));
}

/** A file of the build by its path from the root of the site; null in development, where there is none. */
export function builtFile(path: string): Buffer | null {
	const place = folder && join(folder, path);
	return place && existsSync(place) ? readFileSync(place) : null;
}
