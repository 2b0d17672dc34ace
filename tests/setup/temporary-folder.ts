import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 1_500_000_000;

/**
 * A new folder for databases to throw away: in memory where there is room, because they keep every
 * promise of durability and would wait for the disk at each of some ten thousand commits.
 */
export function temporaryFolder(prefix: string): string {
	return mkdtempSync(join(hasRoom() ? IN_MEMORY : tmpdir(), prefix));
}

function hasRoom(): boolean {
	if (!existsSync(IN_MEMORY)) return false;
	const { bavail, bsize } = statfsSync(IN_MEMORY);
	return bavail * bsize >= ENOUGH_BYTES;
}
