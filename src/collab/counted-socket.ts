import { messageType, STEP_2_BYTES, syncStep, UPDATE_BYTES } from './codes.ts';
import type { Ledger } from './save-state.ts';

export type SocketClass = new (url: string | URL, protocols?: string | string[]) => WebSocket;

/**
 * A WebSocket that notes every edit it sends, for the y-websocket client to use.
 *
 * What goes through here is all that the server can ever acknowledge; counting anywhere else would
 * be counting intentions.
 */
export function countedSocket(
	Socket: SocketClass,
	ledger: Ledger,
	onTooLarge: () => void
): typeof WebSocket {
	class CountedSocket extends Socket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			ledger.open();
		}

		override send(data: Uint8Array<ArrayBuffer>): void {
			const edit = asEdit(data);
			if (edit === null) return super.send(data);
			ledger.sent(edit); // also what is too large: it will not be acknowledged, and that is the truth
			if (data.length > STEP_2_BYTES) return onTooLarge();
			super.send(edit === 'update' ? fitting(data) : data);
		}
	}
	// y-websocket wants the class with its constants, which it never reads.
	return CountedSocket as unknown as typeof WebSocket;
}

function asEdit(data: Uint8Array): 'step 2' | 'update' | null {
	if (data[0] !== messageType.sync) return null;
	if (data[1] === syncStep.step2) return 'step 2';
	return data[1] === syncStep.update ? 'update' : null;
}

const HEADER_BYTES = 8;

/** A long paste is one update. Step 2 means the same to the server and may be larger. */
function fitting(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	if (data.length <= UPDATE_BYTES - HEADER_BYTES) return data;
	const step2 = data.slice();
	step2[1] = syncStep.step2;
	return step2;
}
