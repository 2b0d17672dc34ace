import { beforeEach, describe, expect, test } from 'vitest';
import { noteFailingAccount, refuseInCrowd } from './crowd.ts';

const SCHOOL = '203.0.113.7';

let now: Date;
let app: { now: () => Date };

beforeEach(() => {
	now = new Date('2026-05-18T02:00:00Z');
	app = { now: () => now };
});

const later = (ms: number) => (now = new Date(now.getTime() + ms));

function failing(accounts: number, address = SCHOOL) {
	for (let n = 0; n < accounts; n++) noteFailingAccount(app, address, `orang.${n}`);
}

const isRefused = (address: string, device = 'hp') => {
	try {
		refuseInCrowd(app, address, device);
		return false;
	} catch (refusal) {
		expect(refusal).toMatchObject({ code: 'too_many' });
		return true;
	}
};

describe('an address behind which accounts fail', () => {
	test('slows nobody down up to sixty of them, however often each of them fails', () => {
		for (let round = 0; round < 10; round++) failing(60);
		expect(isRefused(SCHOOL)).toBe(false);
	});

	test('costs each device a pause of five seconds before each attempt from then on', () => {
		failing(61);
		expect(isRefused(SCHOOL)).toBe(true);
		later(4_999);
		expect(isRefused(SCHOOL)).toBe(true);
		later(1);
		expect(isRefused(SCHOOL, 'hp lain')).toBe(true);
		expect(isRefused(SCHOOL)).toBe(false);
		expect(isRefused(SCHOOL)).toBe(true);
	});

	test('is like any other ten minutes later', () => {
		failing(61);
		later(10 * 60_000);
		expect(isRefused(SCHOOL)).toBe(false);
	});

	test('says nothing about its neighbours', () => {
		failing(61);
		expect(isRefused('203.0.113.8')).toBe(false);
	});

	test('is one household for all the addresses that IPv6 gives it', () => {
		failing(61, '2001:db8:0:7::1');
		expect(isRefused('2001:DB8::7:aaaa:bbbb:cccc:dddd')).toBe(true);
		expect(isRefused('2001:db8:0:8::1')).toBe(false);
	});

	test('is the same whether a socket writes it as IPv4 or as IPv6', () => {
		failing(61, `::ffff:${SCHOOL}`);
		expect(isRefused(SCHOOL)).toBe(true);
	});
});
