import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { layOutDemo, startServer } from '../journeys/server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One server with the demo for all journeys; those that pull the plug start their own. */
export default async function start(): Promise<() => Promise<void>> {
	const folder = temporaryFolder('rembuk-demo-');
	await layOutDemo(folder);
	const server = await startServer({ port: Number(process.env.REMBUK_JOURNEY_PORT) });
	return async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
		mkdirSync('test-results', { recursive: true });
		writeFileSync('test-results/server.log', server.output());
	};
}
