import { expect, test } from 'vitest';
import { readSettings, StartRefused } from './settings.ts';

test('says where to serve, and where figures are shown, if at all', () => {
	expect(readSettings({})).toMatchObject({
		host: '127.0.0.1',
		port: 3000,
		metricsPort: null,
		hostHeader: 'host'
	});
	const set = { HOST: '0.0.0.0', PORT: '0', METRICS_PORT: '9464', HOST_HEADER: 'X-Host' };
	expect(readSettings(set)).toMatchObject({
		host: '0.0.0.0',
		port: 0,
		metricsPort: 9464,
		hostHeader: 'x-host'
	});
});

test('names every port that is none, each in a sentence of its own', () => {
	const mistakes = (env: Record<string, string>) => {
		try {
			readSettings(env);
			return [];
		} catch (thrown) {
			return thrown instanceof StartRefused ? thrown.sentences : [];
		}
	};
	expect(mistakes({ PORT: 'tiga ribu', METRICS_PORT: '0' })).toEqual([
		expect.stringMatching(/^PORT: .*tiga ribu$/),
		expect.stringMatching(/^METRICS_PORT: .*: 0$/)
	]);
	expect(mistakes({ PORT: '65536' })).toHaveLength(1);
});
