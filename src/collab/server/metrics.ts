/**
 * What an operator watches (SPEC [MET]): figures for Prometheus, without a document's or a person's
 * id in them.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Counts {
	readonly sockets: number;
	readonly documents: number;
	/** Documents of which stored bytes cannot be read. */
	readonly damaged: number;
	/** Documents with edits that the storage does not take now. */
	readonly unstored: number;
}

export interface Watched {
	counts(): Counts;
	refusals(): ReadonlyMap<string, number>;
}

/** From a quarter of a window to a disk that hardly answers, in seconds. */
const LATENCIES_S = [0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10];

export class Metrics {
	readonly #registry = new Registry();
	readonly #stored: Histogram;
	readonly #logBytes: Counter;
	readonly #compactions: Counter<'outcome'>;
	readonly #storageRefusals: Counter<'reason'>;
	readonly #failures: Counter<'reason'>;

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
		gauge(
			'rembuk_sync_unstored',
			'Documents with edits that the storage does not take now',
			() => watched.counts().unstored
		);
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
		this.#failures = new Counter({
			name: 'rembuk_process_failures_total',
			help: 'Things thrown that nobody caught: the process is about to end',
			labelNames: ['reason'],
			registers
		});
		this.#storageRefusals = new Counter({
			name: 'rembuk_sync_storage_refused_total',
			help: 'Times the storage did not take edits, by the code of the database',
			labelNames: ['reason'],
			registers
		});
	}

	processFailed(reason: string): void {
		this.#failures.inc({ reason });
	}

	/** @param reason the database's own code */
	storageRefused(reason: string): void {
		this.#storageRefusals.inc({ reason });
	}

	acknowledged(afterMs: number, bytes: number): void {
		this.#stored.observe(afterMs / 1000);
		this.#logBytes.inc(bytes);
	}

	compacted(outcome: 'done' | 'skipped' | 'failed'): void {
		this.#compactions.inc({ outcome });
	}

	/** In the format Prometheus reads. */
	text(): Promise<string> {
		return this.#registry.metrics();
	}
}
