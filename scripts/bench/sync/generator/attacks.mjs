/** What a hostile phone sends, as fast as it can, without reading what comes back. */
import * as encoding from 'lib0/encoding';
import { pause, Phone } from './phone.mjs';

const NOTHING = Uint8Array.of(0);

/**
 * @typedef {object} Attack
 * @property {number} frames
 * @property {(n: number) => [0 | 2, Uint8Array]} frame step of the sync and its bytes
 */

/** @type {Record<string, Attack>} */
const attacks = {
	/** Everything of a large document, again and again. */
	'step 1 flood': { frames: 2_000, frame: () => [0, NOTHING] },
	/** Ten bytes that claim to hold hundreds of millions of items. */
	'claimed counts': {
		frames: 20,
		frame: (n) => [
			2,
			encoding.encode((to) => {
				encoding.writeVarUint(to, 1);
				encoding.writeVarUint(to, 0x0fffffff);
				encoding.writeVarUint(to, 7_000_000 + n);
				encoding.writeVarUint(to, 0);
			})
		]
	},
	/** One letter each, resting on letters that never come. */
	gaps: {
		frames: 3_000,
		frame: (n) => [
			2,
			encoding.encode((to) => {
				encoding.writeVarUint(to, 1); // client
				encoding.writeVarUint(to, 1); // item
				encoding.writeVarUint(to, 8_000_000 + n);
				encoding.writeVarUint(to, 5);
				encoding.writeUint8(to, 0x84); // text, to the right of …
				encoding.writeVarUint(to, 8_000_000 + n);
				encoding.writeVarUint(to, 4);
				encoding.writeVarString(to, 'x');
				encoding.writeVarUint(to, 0);
			})
		]
	}
};

export const ATTACKS = Object.keys(attacks);

/**
 * @param {{ port: number, dialect: string, id: string, attack: string }} plan
 * @returns {Promise<{ sent: number, closedWith: number | null }>}
 */
export async function attackOn({ attack, ...where }) {
	const { frames, frame } = attacks[attack] ?? { frames: 0, frame: () => [0, NOTHING] };
	/** @type {number | null} */
	let closedWith = null;
	const phone = new Phone(
		{ ...where, cookie: 'attacker' },
		{ closed: (code) => (closedWith = code) }
	);
	await phone.synced;
	let sent = 0;
	while (sent < frames && closedWith === null) {
		const [step, bytes] = frame(sent++);
		phone.send(phone.speech.sync(/** @type {0 | 2} */ (step), bytes));
		if (sent % 50 === 0) await pause(1);
	}
	if (attack === 'step 1 flood') phone.socket.pause();
	await pause(3_000);
	phone.end();
	return { sent, closedWith };
}
