/**
 * What every part of the bench is told, and what they find.
 *
 * @typedef {object} Setting
 * @property {readonly import('./contestants.mjs').Contestant[]} contestants
 * @property {boolean} quick
 * @property {number} repetitions
 * @property {number} seconds of measuring, each time
 * @property {number} warmUpSeconds before that: programs compile what they use often
 * @property {(contestant: import('./contestants.mjs').Contestant) => Promise<Record<string, string>>} newDatabase
 *   environment of one server, with an empty database where it does not bring its own
 * @property {(what: string) => void} say what is being measured now
 *
 * @typedef {object} Results by part, then by contestant (or by load or attack before that)
 * @property {Record<string, Record<string, import('./parts/deliveries.mjs').Delivered>>} [deliveries]
 * @property {Record<string, import('./parts/memory.mjs').Kept>} [memory]
 * @property {Record<string, import('./parts/opening.mjs').Opened>} [opening]
 * @property {Record<string, import('./parts/restart.mjs').Returned>} [storm]
 * @property {Record<string, import('./parts/restart.mjs').Killed>} [kills]
 * @property {Record<string, Record<string, import('./parts/attacks.mjs').Endured>>} [attacks]
 */
export {};
