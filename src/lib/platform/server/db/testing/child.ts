/** Other processes in tests: the programs beside this file, run by the same Node. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAMS = {
	'append-for-ever': new URL('./append-for-ever.ts', import.meta.url),
	'fill-disk': new URL('./fill-disk.ts', import.meta.url),
	migrate: new URL('./migrate.ts', import.meta.url),
	open: new URL('./open.ts', import.meta.url)
};
type Program = keyof typeof PROGRAMS;
const pathOf = (program: Program) => fileURLToPath(PROGRAMS[program]);

export function startChild(program: Program, url: string): ChildProcess {
	return start(process.execPath, [pathOf(program)], url);
}

/** In a shell that does `first` before it becomes the program: limits, traps. */
export function startChildAfter(first: string, program: Program, url: string): ChildProcess {
	return start(
		'/bin/sh',
		['-c', `${first}; exec "$0" "$1"`, process.execPath, pathOf(program)],
		url
	);
}

function start(command: string, args: string[], url: string): ChildProcess {
	const env = { ...process.env, DATABASE_URL: url, NODE_OPTIONS: '' };
	return spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

export async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
	if (child.stdout) yield* createInterface({ input: child.stdout });
}

export const ended = (child: ChildProcess): Promise<number | null> =>
	new Promise((resolve) => {
		if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
		else child.once('exit', resolve);
	});

/** What a short program said, and how it ended. */
export async function runChild(program: Program, url: string) {
	const child = startChild(program, url);
	const said: string[] = [];
	const end = ended(child);
	for await (const line of linesOf(child)) said.push(line);
	return { said, exitCode: await end };
}
