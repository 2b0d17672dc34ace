import * as decoding from 'lib0/decoding';

/** Long messages that come in parts, so that one can see them coming (SPEC [WIRE5]). */
export class Parts {
	#parts: Uint8Array[] = [];

	/** The message, once its last part is here. */
	take(decoder: decoding.Decoder): Uint8Array | null {
		const isLast = decoding.readVarUint(decoder) === 1;
		this.#parts.push(decoding.readVarUint8Array(decoder));
		if (!isLast) return null;
		const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
		let at = 0;
		for (const part of this.#parts) {
			whole.set(part, at);
			at += part.length;
		}
		this.forget();
		return whole;
	}

	/** A new socket begins anew. */
	forget(): void {
		this.#parts = [];
	}
}
