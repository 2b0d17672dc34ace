import { encode } from 'uqr';

export interface QrDrawing {
	/** Modules along one side, the quiet border included. */
	readonly size: number;
	/** An SVG path of the dark modules, one unit each. */
	readonly path: string;
}

/** Four empty modules around it: without them some cameras do not find the code. */
const QUIET_BORDER = 4;

/** A QR code as one SVG path, so that the page needs no image and no script. */
export function drawQr(text: string): QrDrawing {
	const { data, size } = encode(text, { ecc: 'M', border: QUIET_BORDER });
	const path = data.flatMap((row, y) =>
		runs(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
	);
	return { size, path: path.join('') };
}

/** Dark stretches of a row: where each begins and how long it is. */
function runs(row: readonly boolean[]): [x: number, width: number][] {
	const found: [number, number][] = [];
	row.forEach((dark, x) => {
		const last = found.at(-1);
		if (!dark) return;
		if (last && last[0] + last[1] === x) last[1]++;
		else found.push([x, 1]);
	});
	return found;
}
