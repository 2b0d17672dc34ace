import { expect, test } from 'vitest';
import { Health } from './health.ts';

const MINUTE_MS = 60_000;

test('[QUA5] a document is left alone after three failures in ten minutes, not after three in an hour', () => {
	const health = new Health();
	expect([0, 9, 19].map((minute) => health.failed('seldom', minute * MINUTE_MS))).toEqual([
		false,
		false,
		false
	]);
	expect([0, 5, 9].map((minute) => health.failed('often', minute * MINUTE_MS))).toEqual([
		false,
		false,
		true
	]);
});

test('[QUA3] what is built anew begins without a past', () => {
	const health = new Health();
	health.failed('plan-1', 0);
	health.failed('plan-1', 0);
	health.foundDamaged('plan-1');
	health.forget('plan-1');
	expect([health.isDamaged('plan-1'), health.failed('plan-1', 0)]).toEqual([false, false]);
});
