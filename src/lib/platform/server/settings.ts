/**
 * The only place that reads the environment, but for the database: that is chosen before any table
 * is built (db/dialect.ts). Mistakes are named one by one at the start; the program does not run with
 * half a configuration.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { databaseUrlIn } from './db/dialect.ts';
import { BAD_CONFIGURATION, StartRefused } from './start-refused.ts';

export interface Settings {
	readonly production: boolean;
	/** The demo training may be put into an empty database. Never in production. */
	readonly demo: boolean;
	readonly databaseUrl: string;
	/** Where pages and sockets are served. 0: any port that is free. */
	readonly host: string;
	readonly port: number;
	/** Figures for Prometheus, to this machine alone; null: none. */
	readonly metricsPort: number | null;
	/** In which header of a request the host stands that people typed. */
	readonly hostHeader: string;
	/** Cookies only over https. Off is for trials on a local network, and said loudly. */
	readonly secureCookies: boolean;
	/** The address people type, or null: the one they came with. */
	readonly origin: string | null;
	/** Who answers questions about personal data; compulsory in production. */
	readonly privacyContact: string;
	readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
	/** What a megabyte of mobile data costs, roughly: told before anything large is fetched. */
	readonly rupiahPerMb: number;
	/** Signs certificates as Open Badges; null: they are handed out unsigned. */
	readonly certificateKey: KeyObject | null;
	/** Limits of the sync server that differ from its own, by name. */
	readonly syncLimits: Readonly<Record<string, number>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws StartRefused with one sentence for each mistake. */
export function readSettings(env: Environment): Settings {
	const mistakes: string[] = [];
	const production = env.NODE_ENV === 'production';
	const flag = (name: string, otherwise: boolean) => {
		const value = env[name];
		if (value === undefined || value === '') return otherwise;
		if (['1', 'true', 'yes'].includes(value)) return true;
		if (['0', 'false', 'no'].includes(value)) return false;
		mistakes.push(`${name}: tulis true atau false. / write true or false.`);
		return otherwise;
	};
	const demo = flag('REMBUK_DEMO', false);
	const secureCookies = flag('COOKIE_SECURE', true);
	const logLevel = oneOf(env.LOG_LEVEL ?? 'info', ['debug', 'info', 'warn', 'error'], () =>
		mistakes.push('LOG_LEVEL: debug, info, warn, error.')
	);
	const settings: Settings = {
		production,
		demo,
		databaseUrl: databaseUrl(env, mistakes),
		host: env.HOST || '127.0.0.1',
		port: portIn(env.PORT || '3000', { name: 'PORT', least: 0 }, mistakes),
		metricsPort: env.METRICS_PORT
			? portIn(env.METRICS_PORT, { name: 'METRICS_PORT', least: 1 }, mistakes)
			: null,
		hostHeader: env.HOST_HEADER?.toLowerCase() ?? 'host',
		secureCookies,
		origin: origin(env.ORIGIN, mistakes),
		privacyContact: env.PRIVACY_CONTACT?.trim() ?? '',
		logLevel,
		rupiahPerMb: rupiahPerMb(env.RUPIAH_PER_MB, mistakes),
		certificateKey: certificateKey(env.CERTIFICATE_KEY_FILE, mistakes),
		syncLimits: syncLimits(env.SYNC_LIMITS, mistakes)
	};
	if (production) mistakes.push(...productionMistakes(settings));
	if (mistakes.length > 0) throw new StartRefused(mistakes, BAD_CONFIGURATION);
	return settings;
}

function oneOf<T extends string>(value: string, allowed: readonly T[], refuse: () => void): T {
	const found = allowed.find((one) => one === value);
	if (found === undefined) refuse();
	return found ?? (allowed[0] as T);
}

function portIn(
	value: string,
	{ name, least }: { name: string; least: number },
	mistakes: string[]
): number {
	const port = Number(value);
	if (Number.isInteger(port) && port >= least && port < 65_536) return port;
	mistakes.push(
		`${name}: angka ${least} sampai 65535. / a number from ${least} to 65535: ${value}`
	);
	return least;
}

/** A small package bought by the day, as villages do. */
const RUPIAH_PER_MB = 20;

function rupiahPerMb(value: string | undefined, mistakes: string[]): number {
	if (!value) return RUPIAH_PER_MB;
	const price = Number(value);
	if (Number.isFinite(price) && price >= 0) return price;
	mistakes.push('RUPIAH_PER_MB: harga 1 MB dalam rupiah, misalnya 20. / a price such as 20.');
	return RUPIAH_PER_MB;
}

/** What verifiers of Open Badges are bound to know: RSA, and long enough for years. */
const LEAST_KEY_BITS = 2_048;
const OTHERS_MAY_READ = 0o077;

/** A private key in a file that nobody else may read. */
function certificateKey(path: string | undefined, mistakes: string[]): KeyObject | null {
	if (!path) return null;
	const mistake = (id: string, en: string) => mistakes.push(`CERTIFICATE_KEY_FILE: ${id} / ${en}`);
	try {
		if (process.platform !== 'win32' && (statSync(path).mode & OTHERS_MAY_READ) !== 0) {
			mistake('berkas dapat dibaca orang lain; chmod 600.', 'others can read the file; chmod 600.');
			return null;
		}
		const key = createPrivateKey(readFileSync(path));
		const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
		if (key.asymmetricKeyType === 'rsa' && bits >= LEAST_KEY_BITS) return key;
		mistake('perlu kunci RSA 2048 bit atau lebih.', 'an RSA key of 2048 bits or more is needed.');
	} catch {
		mistake('berkas kunci tidak dapat dibaca.', 'the key file cannot be read.');
	}
	return null;
}

/** 'sockets=2000 windowMs=30' */
function syncLimits(value: string | undefined, mistakes: string[]): Record<string, number> {
	const limits: Record<string, number> = {};
	for (const pair of value?.split(/[\s,]+/).filter(Boolean) ?? []) {
		const [, name, amount] = /^([A-Za-z0-9]+)=(\d+(?:\.\d+)?)$/.exec(pair) ?? [];
		if (name !== undefined && Number(amount) > 0) limits[name] = Number(amount);
		else mistakes.push(`SYNC_LIMITS: ${pair}? misalnya / such as: sockets=2000 windowMs=30`);
	}
	return limits;
}

function databaseUrl(env: Environment, mistakes: string[]): string {
	const url = databaseUrlIn(env);
	const known = /^(postgres|postgresql):\/\/|^file:|^[^:]+$/.test(url);
	if (!known) {
		mistakes.push(
			'DATABASE_URL: postgres://… atau nama berkas SQLite. / postgres://… or the name of a SQLite file.'
		);
	}
	return url;
}

function origin(value: string | undefined, mistakes: string[]): string | null {
	if (!value) return null;
	if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))
		return new URL(value).origin;
	mistakes.push('ORIGIN: alamat lengkap seperti https://rembuk.example.go.id. / a whole address.');
	return null;
}

function productionMistakes(settings: Settings): string[] {
	const mistakes: string[] = [];
	if (settings.demo) {
		mistakes.push(
			'REMBUK_DEMO: data contoh tidak untuk produksi. / the demo is not for production.'
		);
	}
	if (!settings.privacyContact) {
		mistakes.push(
			'PRIVACY_CONTACT: isi kontak petugas pelindungan data. / name a contact for personal data.'
		);
	}
	if (settings.secureCookies && settings.origin?.startsWith('http:')) {
		mistakes.push(
			'ORIGIN: pakai https, atau COOKIE_SECURE=false untuk uji coba di jaringan lokal. / use https, or COOKIE_SECURE=false for a trial on a local network.'
		);
	}
	return mistakes;
}
