import { AsyncLocalStorage } from 'node:async_hooks';
import { eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestDb, type TestDb } from '../../../../../tests/open-db.ts';
import { openDb, type Db, type Read, type Tx } from './index.ts';
import { prepared } from './prepared.ts';
import { region } from './schema/index.ts';
import { databaseCode } from './unavailable.ts';

let database: TestDb;
let db: Db;
beforeAll(async () => {
	database = await openTestDb();
	db = database.db;
});
afterAll(() => database.drop());
beforeEach(() => db.write((tx) => tx.delete(region)));

const add = async (tx: Tx, code: string) => {
	await tx.insert(region).values({ code, name: code, kind: 'village' });
};
const codes = async (read: Read = db.read) =>
	(await read.select({ code: region.code }).from(region).orderBy(region.code)).map((r) => r.code);
/** Gives way to whoever else is waiting. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('write', () => {
	test('leaves nothing behind when it fails; neighbours in the same commit are kept', async () => {
		const jobs = ['1', '2', '3'].map((code) =>
			db.write(async (tx) => {
				await add(tx, code);
				await turn();
				if (code === '2') throw new Error('changed my mind');
				return code;
			})
		);
		const outcomes = await Promise.allSettled(jobs);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await codes()).toEqual(['1', '3']);
	});

	test('keeps hundreds of small ones apart', async () => {
		const many = Array.from({ length: 300 }, (_, n) => String(n).padStart(3, '0'));
		await Promise.all(many.map((code) => db.write((tx) => add(tx, code))));
		expect(await codes()).toEqual(many);
	});

	test('is not seen by readers before it has ended', async () => {
		await db.write(async (tx) => {
			await add(tx, '1');
			expect(await codes()).toEqual([]);
			expect(await codes(tx)).toEqual(['1']);
			expect(await tx.$count(region)).toBe(1);
		});
		expect(await codes()).toEqual(['1']);
	});

	test('lets nobody look and act at the same time: ten seats, forty askers', async () => {
		const asked = Array.from({ length: 40 }, (_, n) =>
			db.write(async (tx) => {
				const taken = await tx.$count(region, like(region.code, 'seat%'));
				await turn();
				if (taken >= 10) return false;
				await add(tx, `seat ${n}`);
				return true;
			})
		);
		const seated = (await Promise.all(asked)).filter(Boolean);
		expect(seated).toHaveLength(10);
		expect(await codes()).toHaveLength(10);
	});

	test('inside a write is refused instead of waiting for itself', async () => {
		await expect(db.write(() => db.write(async () => {}))).rejects.toThrow('inside write()');
		await db.write((tx) => add(tx, 'still works'));
	});

	test('may be started by what a write has left running', async () => {
		let open = () => {};
		const gate = new Promise<void>((resolve) => (open = resolve));
		let later: Promise<void> | undefined;
		await db.write(async () => {
			later = gate.then(() => db.write((tx) => add(tx, 'later')));
		});
		open();
		await later;
		expect(await codes()).toEqual(['later']);
	});

	test('cannot be used once it has ended', async () => {
		let kept: Tx | undefined;
		await db.write(async (tx) => {
			kept = tx;
		});
		await expect(add(kept as Tx, 'late')).rejects.toThrow();
		expect(await codes()).toEqual([]);
	});

	test('cannot go on after a failed statement, even when the error was caught', async () => {
		const swallowed = db.write(async (tx) => {
			await add(tx, '1');
			await add(tx, '1').catch(() => {});
			return 'went on';
		});
		await expect(swallowed).rejects.toThrow('swallowed');
		const wentOn = db.write(async (tx) => {
			await add(tx, '1');
			await add(tx, '1').catch(() => {});
			await add(tx, '2');
		});
		await expect(wentOn).rejects.toThrow();
		expect(await codes()).toEqual([]);
	});

	test('is refused when it holds its transaction for too long', async () => {
		// A second, within which a neighbour who does little has done it also on a busy machine.
		const impatient = await openDb(database.url, { holdMs: 1000, lock: false });
		let wake = () => {};
		let late: Promise<unknown> = Promise.resolve();
		const slow = impatient.write((tx) => {
			late = (async () => {
				await add(tx, 'slow');
				await new Promise<void>((resolve) => (wake = resolve));
				await add(tx, 'too late');
			})();
			return late;
		});
		const neighbour = impatient.write((tx) => add(tx, 'neighbour'));
		await expect(slow).rejects.toThrow('over 1000 ms');
		await neighbour;
		wake();
		await expect(late).rejects.toThrow();
		await impatient.close();
		expect(await codes()).toEqual(['neighbour']);
	});

	test('tells the news after the commit and only then', async () => {
		const news: string[] = [];
		await db.write(async (tx) => {
			tx.afterCommit(() => news.push('told'));
			await add(tx, '1');
			expect(news).toEqual([]);
		});
		expect(news).toEqual(['told']);
		const failed = db.write(async (tx) => {
			tx.afterCommit(() => news.push('never told'));
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow('no');
		expect(news).toEqual(['told']);
	});

	test('may be followed by another write from the news', async () => {
		let next: Promise<void> | undefined;
		await db.write(async (tx) => {
			await add(tx, '1');
			tx.afterCommit(() => (next = db.write((other) => add(other, '2'))));
		});
		await next;
		expect(await codes()).toEqual(['1', '2']);
	});

	test('stands even when a listener throws', async () => {
		const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
		await db.write(async (tx) => {
			await add(tx, '1');
			tx.afterCommit(() => {
				throw new Error('the listener is broken');
			});
		});
		expect(warned).toHaveBeenCalledExactlyOnceWith(new Error('the listener is broken'));
		warned.mockRestore();
		expect(await codes()).toEqual(['1']);
	});

	test('runs in the context of whoever asked, not of a neighbour', async () => {
		const person = new AsyncLocalStorage<string>();
		const heard: (string | undefined)[] = [];
		const as = (name: string) =>
			person.run(name, () =>
				db.write(async (tx) => {
					await turn();
					heard.push(person.getStore());
					tx.afterCommit(() => heard.push(person.getStore()));
					return person.getStore();
				})
			);
		expect(await Promise.all(['Sri', 'Budi', 'Ani'].map(as))).toEqual(['Sri', 'Budi', 'Ani']);
		expect(heard.sort()).toEqual(['Ani', 'Ani', 'Budi', 'Budi', 'Sri', 'Sri']);
	});

	test('says which rule of the database was broken', async () => {
		await db.write((tx) => add(tx, '1'));
		const error: unknown = await db.write((tx) => add(tx, '1')).catch((thrown: unknown) => thrown);
		expect(databaseCode(error)).toMatch(/^(23505|SQLITE_CONSTRAINT_PRIMARYKEY)$/);
	});
});

describe('under row locks', () => {
	test('a write is all or nothing as well', async () => {
		await db.writeUnderRowLocks((tx) => add(tx, '1'));
		const failed = db.writeUnderRowLocks(async (tx) => {
			await add(tx, '2');
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow('no');
		expect(await codes()).toEqual(['1']);
	});
});

describe('snapshot', () => {
	test('sees one moment, whatever is written meanwhile', async () => {
		await db.write((tx) => add(tx, '1'));
		const seen = await db.snapshot(async (read) => {
			const before = await codes(read);
			await db.write((tx) => add(tx, '2'));
			return [before, await codes(read)];
		});
		expect(seen).toEqual([['1'], ['1']]);
		expect(await codes()).toEqual(['1', '2']);
	});

	test('can be taken by many at once, again and again', async () => {
		for (let round = 0; round < 3; round++) {
			const asked = Array.from({ length: 8 }, () =>
				db.snapshot(async (read) => {
					await turn();
					return codes(read);
				})
			);
			expect(await Promise.all(asked)).toEqual(Array(8).fill([]));
		}
	});

	test('ends with its callback', async () => {
		let kept: Read | undefined;
		await db.snapshot(async (read) => {
			kept = read;
		});
		await expect(codes(kept)).rejects.toThrow();
	});
});

describe('reading', () => {
	test('cannot write, whatever is asked', async () => {
		const sneaky = sql`insert into region (code, name, kind) values ('1', 'x', 'village')`;
		await expect(db.read.rows(sneaky)).rejects.toThrow();
		await expect(db.snapshot((read) => read.rows(sneaky))).rejects.toThrow();
		expect(await codes()).toEqual([]);
	});

	test('goes on after a question that made no sense', async () => {
		await expect(db.read.rows(sql`select nonsense`)).rejects.toThrow();
		expect(await codes()).toEqual([]);
	});

	test('a question is put together once for each handle and asked with other values', async () => {
		let built = 0;
		const nameOf = prepared(['code'], (read, { code }) => {
			built++;
			return read.select({ name: region.name }).from(region).where(eq(region.code, code));
		});
		await db.write(async (tx) => {
			await add(tx, '15');
			expect(await nameOf(tx, { code: '15' })).toEqual([{ name: '15' }]);
		});
		expect(await nameOf(db.read, { code: '15' })).toEqual([{ name: '15' }]);
		expect(await nameOf(db.read, { code: "16' or 1 = 1 --" })).toEqual([]);
		expect(built).toBe(2);
		const both = (read: Read) => Promise.all(['15', '16'].map((code) => nameOf(read, { code })));
		for (let n = 0; n < 2; n++) expect(await db.snapshot(both)).toEqual([[{ name: '15' }], []]);
	});
});
