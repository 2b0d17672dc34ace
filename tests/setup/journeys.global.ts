import { mkdirSync, writeFileSync } from 'node:fs';
import { startServer } from '../journeys/server.ts';

/** One server with the demo for all journeys; those that pull the plug start their own. */
export default async function start(): Promise<() => Promise<void>> {
	const server = await startServer({ port: Number(process.env.REMBUK_JOURNEY_PORT) });
	return async () => {
		await server.stop();
		mkdirSync('test-results', { recursive: true });
		writeFileSync('test-results/server.log', server.output());
	};
}
