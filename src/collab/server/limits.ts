/**
 * What one phone, one person and one document may ask of the server (SPEC [LIM]).
 *
 * Counted by socket, person and document, never by address: a class of forty phones shares one.
 */
import { BAD_CONFIGURATION, StartRefused } from '#lib/platform/server/start-refused.ts';
import { STEP_2_BYTES, UPDATE_BYTES } from '../codes.ts';

export interface Limits {
	/** How long updates are collected before they are stored together. */
	readonly windowMs: number;
	/** A document in which nothing was written for so long is quiet: its next update does not wait … */
	readonly quietMs: number;
	/** … unless the whole server has done that so often in a second. */
	readonly earlyPerSecond: number;
	readonly presenceWindowMs: number;
	readonly updateBytes: number;
	readonly step2Bytes: number;
	readonly awarenessBytes: number;
	readonly awarenessPerSecond: number;
	readonly framesPerSecond: number;
	readonly framesBurst: number;
	readonly bytesPerSecond: number;
	readonly bytesBurst: number;
	readonly step1PerSecond: number;
	readonly step1Burst: number;
	readonly socketsPerPerson: number;
	readonly socketsPerDocument: number;
	readonly sockets: number;
	/** A reader with more than this waiting who takes none of it for `slowReaderMs` is cut off. */
	readonly backlogBytes: number;
	readonly slowReaderMs: number;
	/** With more than this waiting it is cut off at once. */
	readonly backlogMostBytes: number;
	readonly pingMs: number;
	readonly deadMs: number;
	readonly recheckMs: number;
	/** Whose right nobody could ask for again for so long is sent away. */
	readonly uncheckedMs: number;
	readonly admissionMs: number;
	/** How often the log is asked whether another process has written something unheard. */
	readonly catchUpMs: number;
	readonly documentWarnBytes: number;
	readonly documentBytes: number;
	/** So much of one document may wait for the disk; then its writers are not read until it is less. */
	readonly unstoredBytes: number;
	/** An open document without sockets is forgotten after this. */
	readonly idleMs: number;
	readonly compactAfterUpdates: number;
	readonly compactAfterBytes: number;
	/** A document that is larger, or takes longer, stays as it is. */
	readonly compactMostBytes: number;
	readonly compactMs: number;
}

const SECOND = 1000;
const KIB = 1024;
const MIB = 1024 * KIB;

export const defaultLimits: Limits = {
	windowMs: 20,
	quietMs: 500,
	earlyPerSecond: 25,
	presenceWindowMs: 200,
	updateBytes: UPDATE_BYTES,
	step2Bytes: STEP_2_BYTES,
	awarenessBytes: 4 * KIB,
	awarenessPerSecond: 10,
	framesPerSecond: 40,
	framesBurst: 200,
	bytesPerSecond: 256 * KIB,
	bytesBurst: 2 * MIB,
	step1PerSecond: 0.5,
	step1Burst: 3,
	socketsPerPerson: 6,
	socketsPerDocument: 100,
	sockets: 5000,
	backlogBytes: MIB,
	slowReaderMs: 30 * SECOND,
	backlogMostBytes: 16 * MIB,
	pingMs: 25 * SECOND,
	deadMs: 60 * SECOND,
	recheckMs: 60 * SECOND,
	uncheckedMs: 600 * SECOND,
	admissionMs: 5 * SECOND,
	catchUpMs: 30 * SECOND,
	documentWarnBytes: MIB,
	documentBytes: 5 * MIB,
	unstoredBytes: 2 * MIB,
	idleMs: 30 * SECOND,
	compactAfterUpdates: 500,
	compactAfterBytes: 64 * KIB,
	compactMostBytes: 16 * MIB,
	compactMs: 30 * SECOND
};

/**
 * Limits an operator has set, by the names above. Throws `StartRefused` with one sentence for each
 * name that is none.
 */
export function limitsFrom(set: Readonly<Record<string, number>>): Partial<Limits> {
	const unknown = Object.keys(set).filter((name) => !Object.hasOwn(defaultLimits, name));
	if (unknown.length > 0) {
		const known = Object.keys(defaultLimits).join(', ');
		throw new StartRefused(
			unknown.map((name) => `SYNC_LIMITS: ${name}? (${known})`),
			BAD_CONFIGURATION
		);
	}
	return set;
}

/** So many at once, then so many per second. */
export class Allowance {
	readonly #perSecond: number;
	readonly #burst: number;
	#left: number;
	#at: number;

	constructor(perSecond: number, burst: number, nowMs: number) {
		this.#perSecond = perSecond;
		this.#burst = burst;
		this.#left = burst;
		this.#at = nowMs;
	}

	/** False when the allowance is used up; then nothing is taken. */
	take(amount: number, nowMs: number): boolean {
		const since = Math.max(0, nowMs - this.#at);
		this.#at = nowMs;
		this.#left = Math.min(this.#burst, this.#left + (since / SECOND) * this.#perSecond);
		if (this.#left < amount) return false;
		this.#left -= amount;
		return true;
	}
}
