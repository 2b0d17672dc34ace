/**
 * What an operator watches (SPEC [MET]): figures for Prometheus, without a document's or a person's
 * id in them.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Watched {
	counts(): { sockets: number; documents: number; damaged: number };
	refusals(): ReadonlyMap<string, number>;
}

/** From a quarter of a window to a disk that hardly answers, in seconds. */
const LATENCIES_S = [0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10];

export class Metrics {
	readonly #registry = new Registry();
	readonly #stored: Histogram;
	readonly #logBytes: Counter;
	readonly #compactions: Counter<'outcome'>;

	constructor(watched: Watched) {
		const registers = [this.#registry];
		collectDefaultMetrics({ register: this.#registry });
		const gauge = (name: string, help: string, value: () => number) =>
			new Gauge({
				...{ name, help, registers },
				collect() {
					this.set(value());
				}
			});
		gauge('rembuk_sync_sockets', 'Open sockets', () => watched.counts().sockets);
		gauge('rembuk_sync_documents', 'Documents in memory', () => watched.counts().documents);
		gauge('rembuk_sync_damaged', 'Documents found damaged', () => watched.counts().damaged);
		new Gauge({
			name: 'rembuk_sync_refused',
			help: 'Refused frames and sockets since the start, by reason',
			labelNames: ['reason'],
			registers,
			collect() {
				for (const [reason, times] of watched.refusals()) this.set({ reason }, times);
			}
		});
		this.#stored = new Histogram({
			name: 'rembuk_sync_acknowledged_seconds',
			help: 'From the first edit of a window until all of it is on disk, relayed and acknowledged',
			buckets: LATENCIES_S,
			registers
		});
		this.#logBytes = new Counter({
			name: 'rembuk_sync_log_bytes_total',
			help: 'Bytes of edits added to the document log',
			registers
		});
		this.#compactions = new Counter({
			name: 'rembuk_sync_compactions_total',
			help: 'Compactions of documents',
			labelNames: ['outcome'],
			registers
		});
	}

	acknowledged(afterMs: number, bytes: number): void {
		this.#stored.observe(afterMs / 1000);
		this.#logBytes.inc(bytes);
	}

	compacted(outcome: 'done' | 'failed'): void {
		this.#compactions.inc({ outcome });
	}

	/** In the format Prometheus reads. */
	text(): Promise<string> {
		return this.#registry.metrics();
	}
}
