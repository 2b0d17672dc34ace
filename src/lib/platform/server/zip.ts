/** Several files as one (ZIP), the same bytes for the same files. */
import { strToU8, zipSync } from 'fflate';

/** Path within the archive, with slashes → content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Archives know no date before 1980; ours has none, so that the same content weighs the same. */
const NO_DATE = new Date('1980-01-01T12:00:00');

export function zip(files: Files): Buffer {
	const contents = Object.entries(files).map(([path, content]) => [
		path,
		typeof content === 'string' ? strToU8(content) : content
	]);
	return Buffer.from(
		zipSync(Object.fromEntries(contents) as Record<string, Uint8Array>, {
			level: 9,
			mtime: NO_DATE
		})
	);
}
