import { sql } from 'drizzle-orm';
import * as c from '../columns.ts';

/** Kemendagri codes with their dots: '15', '15.04', '15.04.02', '15.04.02.2010'. Not BPS codes. */
export const region = c.table(
	'region',
	{
		code: c.text().primaryKey(),
		name: c.text().notNull(),
		kind: c.oneOf(['province', 'regency', 'city', 'district', 'village', 'ward']).notNull(),
		parentCode: c.text().references((): c.AnyColumn => region.code)
	},
	(t) => [c.index('region_parent').on(t.parentCode)]
);

export const library = c.table(
	'library',
	{
		id: c.id(),
		name: c.text().notNull(),
		regionCode: c
			.text()
			.notNull()
			.references(() => region.code),
		/** Nomor Pokok Perpustakaan, issued by Perpusnas. */
		npp: c.text()
	},
	(t) => [c.index('library_region').on(t.regionCode)]
);

export const user = c.table('user', {
	id: c.id(),
	/** Lower case; what people sign in with. */
	username: c.text().notNull().unique(),
	name: c.text().notNull(),
	/** Null until the person has chosen a password with a one-time code. */
	passwordHash: c.text(),
	libraryId: c.text().references(() => library.id, { onDelete: 'set null' }),
	/** What others told about this account and it has not seen yet: a reset by the facilitator. */
	resetNotice: c.timestamp(),
	disabledAt: c.timestamp(),
	createdAt: c.timestamp().notNull()
});

export const session = c.table(
	'session',
	{
		/** SHA-256 of the token; the token itself is only in the cookie. */
		id: c.text().primaryKey(),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		kind: c.oneOf(['own_phone', 'shared_phone', 'staff']).notNull(),
		/** Moves with use, up to `endsAt`. */
		expiresAt: c.timestamp().notNull(),
		endsAt: c.timestamp().notNull(),
		createdAt: c.timestamp().notNull(),
		seenAt: c.timestamp().notNull(),
		/** "Chrome, Android": enough to recognise one's own, too little to track. */
		device: c.text().notNull()
	},
	(t) => [c.index('session_user').on(t.userId), c.index('session_expires').on(t.expiresAt)]
);

/** The right to do something, and how far it reaches. */
export const grant = c.table(
	'user_grant',
	{
		id: c.id(),
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		role: c
			.oneOf(['participant', 'facilitator', 'officer', 'consultant', 'reviewer', 'admin'])
			.notNull(),
		scopeKind: c.oneOf(['training', 'region', 'nation']).notNull(),
		/** A training id, a region code, or '' for the nation. */
		scopeId: c.text().notNull(),
		grantedBy: c.text(),
		grantedAt: c.timestamp().notNull()
	},
	(t) => [
		c.uniqueIndex('user_grant_once').on(t.userId, t.role, t.scopeKind, t.scopeId),
		c.index('user_grant_scope').on(t.scopeKind, t.scopeId, t.role)
	]
);

export const consent = c.table(
	'consent',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		purpose: c.oneOf(['account', 'contact']).notNull(),
		version: c.integer().notNull(),
		givenAt: c.timestamp().notNull(),
		withdrawnAt: c.timestamp()
	},
	(t) => [c.primaryKey({ columns: [t.userId, t.purpose, t.version] })]
);

/** Failed sign-ins, per account and per (account, device): never per address alone. */
export const signInFailure = c.table('sign_in_failure', {
	/** SHA-256 of the account's name, or of name and device. */
	key: c.text().primaryKey(),
	failures: c.integer().notNull(),
	firstAt: c.timestamp().notNull(),
	waitUntil: c.timestamp().notNull()
});

/** Devices a person has signed in from: strangers' failures do not slow them down. */
export const knownDevice = c.table(
	'known_device',
	{
		userId: c
			.text()
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		deviceHash: c.text().notNull(),
		at: c.timestamp().notNull()
	},
	(t) => [c.primaryKey({ columns: [t.userId, t.deviceHash] })]
);

/** One-time codes to choose a password: shown once, stored as argon2id. */
export const passwordCode = c.table('password_code', {
	userId: c
		.text()
		.primaryKey()
		.references(() => user.id, { onDelete: 'cascade' }),
	codeHash: c.text().notNull(),
	issuedBy: c.text(),
	issuedAt: c.timestamp().notNull(),
	expiresAt: c.timestamp().notNull(),
	misses: c.integer().notNull().default(0)
});

/** The link that makes the first admin: printed once at the first start in production. */
export const setupLink = c.table('setup_link', {
	tokenHash: c.text().primaryKey(),
	expiresAt: c.timestamp().notNull()
});

/** Append-only and chained: each row's hash covers the one before it. Never anybody's text. */
export const auditEntry = c.table(
	'audit_entry',
	{
		seq: c.bigint().primaryKey(),
		at: c.timestamp().notNull(),
		actorId: c.text(),
		action: c.text().notNull(),
		object: c.text().notNull(),
		hash: c.text().notNull()
	},
	(t) => [c.check('audit_entry_from_one', sql`${t.seq} >= 1`)]
);
