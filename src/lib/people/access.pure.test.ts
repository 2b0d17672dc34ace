import { describe, expect, test } from 'vitest';
import { accessTable, onlyOwn } from './access.ts';
import { covers, isStaff, type Actor, type Grant } from './actor.ts';

const table = accessTable({
	read: {
		participant: 'own group',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'nowhere',
		reviewer: 'scope',
		admin: 'own'
	}
});

function actor(grants: Grant[], groupIds: string[] = []): Actor {
	const who = { userId: 'u', name: 'Sri', username: 'sri', sessionId: 's' };
	return { ...who, grants, groupIds, asked: 0 };
}

const plan = { trainingId: 't1', regionCode: '15.04.04.2014', groupId: 'g1', ownerId: 'u' };

describe('what a person may do', () => {
	test('nobody signed in may do nothing', () => {
		expect(table.can(null, 'read', plan)).toBe(false);
	});

	test('a person without an assignment may do nothing', () => {
		expect(table.can(actor([]), 'read', plan)).toBe(false);
	});

	test('a participant reaches what belongs to the own group only', () => {
		const grants: Grant[] = [{ role: 'participant', scope: { kind: 'training', id: 't1' } }];
		expect(table.can(actor(grants, ['g1']), 'read', plan)).toBe(true);
		expect(table.can(actor(grants, ['g2']), 'read', plan)).toBe(false);
	});

	test('a group in another training opens nothing here', () => {
		const grants: Grant[] = [{ role: 'participant', scope: { kind: 'training', id: 't2' } }];
		expect(table.can(actor(grants, ['g1']), 'read', plan)).toBe(false);
	});

	test('a region covers what lies below it and not what merely looks alike', () => {
		const officer = (code: string) => actor([{ role: 'officer', scope: { kind: 'region', code } }]);
		expect(table.can(officer('15'), 'read', plan)).toBe(true);
		expect(table.can(officer('15.04'), 'read', plan)).toBe(true);
		expect(table.can(officer('15.0'), 'read', plan)).toBe(false);
		expect(table.can(officer('16'), 'read', plan)).toBe(false);
		expect(covers('15.04', '15.045')).toBe(false);
	});

	test('one good grant among several is enough', () => {
		const grants: Grant[] = [
			{ role: 'officer', scope: { kind: 'region', code: '16' } },
			{ role: 'reviewer', scope: { kind: 'nation' } }
		];
		expect(table.can(actor(grants), 'read', plan)).toBe(true);
	});

	test('what is one’s own stays out of reach when it is somebody else’s', () => {
		const admin = actor([{ role: 'admin', scope: { kind: 'nation' } }]);
		expect(table.can(admin, 'read', plan)).toBe(true);
		expect(table.can(admin, 'read', { ...plan, ownerId: 'v' })).toBe(false);
	});

	test('an object without a place is out of every region’s reach', () => {
		const officer = actor([{ role: 'officer', scope: { kind: 'region', code: '15' } }]);
		expect(table.can(officer, 'read', { trainingId: 't1' })).toBe(false);
	});

	test('asking leaves a mark on the actor', () => {
		const sri = actor([]);
		table.can(sri, 'read', plan);
		onlyOwn(sri);
		expect(sri.asked).toBe(2);
	});

	test('only participants are not staff', () => {
		expect(isStaff([{ role: 'participant', scope: { kind: 'training', id: 't' } }])).toBe(false);
		expect(isStaff([{ role: 'facilitator', scope: { kind: 'training', id: 't' } }])).toBe(true);
	});
});
