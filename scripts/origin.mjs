/**
 * Which address people typed, as the adapter is to believe it. It compares that with the Origin of
 * every form, so a wrong answer refuses all of them, and a forged one would let strangers in.
 *
 * - ORIGIN is set: that, whatever a request claims.
 * - PROTOCOL_HEADER is set: a proxy in front says it, and must not let the header through from outside.
 * - Neither: people come directly, by plain http, to the host they name.
 */
const PROTOCOL = 'x-rembuk-protocol';
const HOST = 'x-rembuk-host';

/**
 * Tells the adapter where to look; call it before the build is imported.
 *
 * @returns {(req: import('node:http').IncomingMessage) => void} writes the truth into each request,
 * over whatever stood there
 */
export function claimOrigin() {
	const { ORIGIN, PROTOCOL_HEADER } = process.env;
	if (!ORIGIN && PROTOCOL_HEADER) return () => {};
	process.env.PROTOCOL_HEADER = PROTOCOL;
	if (!ORIGIN || !URL.canParse(ORIGIN)) {
		return (req) => {
			req.headers[PROTOCOL] = 'http';
		};
	}
	const { protocol, host } = new URL(ORIGIN);
	process.env.HOST_HEADER = HOST;
	return (req) => {
		req.headers[PROTOCOL] = protocol.replace(':', '');
		req.headers[HOST] = host;
	};
}
