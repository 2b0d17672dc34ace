/**
 * Asks one address again and again and measures each answer. Runs as a process of its own, so that
 * it does not share an event loop with whoever answers:
 *
 *     node load.mjs <url> <connections> <seconds> [cookie]     prints one line of JSON
 */
import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';

const WARM_UP_MS = 1_000;

const [url = '', connections = '8', seconds = '5', cookie = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });

const headers = { 'accept-encoding': 'gzip', ...(cookie && { cookie }) };

/** @type {number[]} */
let tookMs = [];
let bytes = 0;
let failed = 0;
/** From the first to the last, the warm-up too: what the server's CPU time is divided by. */
let answeredInAll = 0;
let going = true;

const asking = Array.from({ length: Number(connections) }, ask);
await pause(WARM_UP_MS);
tookMs = [];
failed = 0;
const started = performance.now();
await pause(Number(seconds) * 1_000);
const elapsedMs = performance.now() - started;
const counted = tookMs.toSorted((a, b) => a - b);
going = false;
await Promise.all(asking);
agent.destroy();

console.log(
	JSON.stringify({
		perSecond: (counted.length / elapsedMs) * 1_000,
		p50Ms: counted[Math.floor(counted.length * 0.5)] ?? null,
		p99Ms: counted[Math.floor(counted.length * 0.99)] ?? null,
		bytes,
		failed,
		answeredInAll
	})
);

async function ask() {
	while (going) {
		const asked = performance.now();
		if (!(await answered())) failed += 1;
		else {
			answeredInAll += 1;
			tookMs.push(performance.now() - asked);
		}
	}
}

/** @returns {Promise<boolean>} */
function answered() {
	return new Promise((resolve) => {
		const request = get(url, { agent, headers }, (answer) => {
			let size = 0;
			answer.on('data', (/** @type {Buffer} */ part) => (size += part.length));
			answer.on('end', () => {
				bytes = size;
				resolve(answer.statusCode === 200);
			});
		});
		request.on('error', () => resolve(false));
	});
}

/** @param {number} ms */
function pause(ms) {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
