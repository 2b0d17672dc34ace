/**
 * Telling "the storage cannot be reached or written right now" from a bug: a full disk, a lost
 * connection, a lock that was not granted. People are told that their work could not be kept and
 * may try again; reading goes on.
 */
import { Refusal } from '../../refusal.ts';

const SQLITE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|PROTOCOL|NOMEM)/;

const POSTGRES = new Set([
	'40001', // serialization failure, still so after all retries
	'40P01', // deadlock, likewise
	'53100', // disk full
	'53200', // out of memory
	'53300', // too many connections
	'55P03', // lock not granted in time
	'57014', // statement timeout
	'58030' // I/O error
]);

const LOST = new Set([
	'57P01', // shut down by an administrator
	'57P02', // crash of another backend
	'57P03', // still starting
	'25P03', // idle in transaction for too long
	'ECONNREFUSED',
	'ECONNRESET',
	'ECONNABORTED',
	'ENOENT', // the socket file is gone while the server restarts
	'EPIPE',
	'ETIMEDOUT',
	'EHOSTUNREACH'
]);
const LOST_TEXT = /connection terminated|timeout exceeded when trying to connect|not queryable/i;
/** A standby that has not taken over yet lets nobody begin to write. */
const STANDBY_TEXT = /during recovery|hot standby/i;

/** The database's own code, through Drizzle's wrapping. */
export function databaseCode(thrown: unknown): string {
	for (let error = thrown; error instanceof Error; error = error.cause) {
		if ('code' in error && typeof error.code === 'string') return error.code;
	}
	return '';
}

/** PostgreSQL gave up one of two transactions that got in each other's way: try again. */
export function isConflict(thrown: unknown): boolean {
	return ['40001', '40P01'].includes(databaseCode(thrown));
}

/** The connection to PostgreSQL broke, or there is no server that takes writes right now. */
export function isLostConnection(thrown: unknown): boolean {
	const code = databaseCode(thrown);
	if (LOST.has(code) || code.startsWith('08')) return true;
	const text = thrown instanceof Error ? messages(thrown) : '';
	return code === '0A000' ? STANDBY_TEXT.test(text) : code === '' && LOST_TEXT.test(text);
}

/** A storage failure becomes a refusal, with the failure as its cause; anything else stays what it is. */
export function asRefusal(thrown: unknown): unknown {
	if (thrown instanceof Refusal) return thrown;
	const code = databaseCode(thrown);
	if (!SQLITE.test(code) && !POSTGRES.has(code) && !isLostConnection(thrown)) return thrown;
	const refusal = new Refusal('unavailable', 'platform_refused_storage');
	refusal.cause = thrown;
	return refusal;
}

function messages(error: Error): string {
	return error.cause instanceof Error ? `${error.message} ${messages(error.cause)}` : error.message;
}
