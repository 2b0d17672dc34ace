/**
 * Logs: one JSON line each, on standard output. Ids and codes only: no text that
 * people wrote, no names, no addresses, no query strings.
 */
export type Level = 'debug' | 'info' | 'warn' | 'error';

type Fact = string | number | boolean | null;

export type Log = (level: Level, event: string, facts?: Readonly<Record<string, Fact>>) => void;

const order = ['debug', 'info', 'warn', 'error'] as const;

export function jsonLog(least: Level, print: (line: string) => void = console.log): Log {
	return (level, event, facts = {}) => {
		if (order.indexOf(level) < order.indexOf(least)) return;
		print(JSON.stringify({ at: new Date().toISOString(), level, event, ...facts }));
	};
}

/** What a stack says about where a bug is, without the message: that may quote what somebody typed. */
export function whereThrown(thrown: unknown): string {
	if (!(thrown instanceof Error)) return typeof thrown;
	const frames = (thrown.stack ?? '').split('\n').filter((row) => /^\s+at /.test(row));
	return [thrown.name, ...frames.slice(0, 8).map((row) => row.trim())].join(' | ');
}
