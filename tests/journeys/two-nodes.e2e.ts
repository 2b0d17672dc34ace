import { expect, test } from '@playwright/test';
import { startPostgres, type PostgresServer } from '../setup/postgres.ts';
import { balance, type Balancer } from './balancer.ts';
import { browserOf } from './people.ts';
import { activity, expectSaved, field, ONCE_BACK, openPlan } from './plan-page.ts';
import { hrefsIn } from './pages.ts';
import { startServer, type RunningServer } from './server.ts';

let database: PostgresServer;
const nodes: RunningServer[] = [];
const balancers: Balancer[] = [];

test.beforeAll(async () => {
	database = await startPostgres();
	const databaseUrl = database.url();
	// One after the other, as an upgrade goes: the first one prepares the database.
	for (let n = 0; n < 2; n++) nodes.push(await startServer({ databaseUrl }));
	const [satu = 0, dua = 0] = nodes.map(({ port }) => port);
	balancers.push(await balance([satu, dua]), await balance([dua, satu]));
});

test.afterAll(async () => {
	for (const balancer of balancers) await balancer.close();
	for (const node of nodes) await node.stop();
	await database?.stop();
});

test('two write on different nodes; one node is stopped under them, and nothing is lost', async ({
	browser
}) => {
	const [first, second] = balancers.map(({ url }) => url);
	const sari = await browserOf(browser, first!, 'sari');
	const dodi = await browserOf(browser, second!, 'dodi');
	const [hers, his] = [await sari.newPage(), await dodi.newPage()];
	const plans = hrefsIn(await (await sari.request.get('/rencana')).text(), /^\/rencana\/\w+$/);
	const plan = plans.at(-1) ?? '';
	await openPlan(hers, plan);
	await openPlan(his, plan);

	await test.step('what one types the other reads, and each sees that the other is here', async () => {
		await hers.getByRole('button', { name: 'Tambah kegiatan' }).click();
		await expect(activity(his, 1)).toBeVisible();
		await field(hers, 1, 'Judul kegiatan').fill('Audiensi');
		await expect(field(his, 1, 'Judul kegiatan')).toHaveValue('Audiensi');
		await expect(his.getByText('Sari Wulandari').first()).toBeVisible();
		await field(his, 1, 'Tujuan').fill('Dukungan kepala desa');
		await expect(field(hers, 1, 'Tujuan')).toHaveValue('Dukungan kepala desa');
		await expectSaved(hers);
		await expectSaved(his);
	});

	await test.step('her node is stopped while she writes; she goes on at the other', async () => {
		const title = field(hers, 1, 'Judul kegiatan');
		// Her phone may be back at the other node before this one is gone.
		const wasAway = hers.evaluate(
			() =>
				new Promise<void>((resolve) => {
					const look = () => document.querySelector('[data-save=offline]') && resolve();
					new MutationObserver(look).observe(document, { subtree: true, attributes: true });
				})
		);
		const stopped = nodes[0]!.kill('SIGTERM');
		await title.fill('Audiensi dengan kepala desa');
		await stopped;
		await wasAway;
		await title.fill('Audiensi dengan kepala desa dan BPD');
		await expectSaved(hers, ONCE_BACK);
		await expect(field(his, 1, 'Judul kegiatan')).toHaveValue(
			'Audiensi dengan kepala desa dan BPD'
		);
	});

	await test.step('the page itself comes from the node that is left', async () => {
		await hers.reload();
		await expectSaved(hers);
		await expect(field(hers, 1, 'Judul kegiatan')).toHaveValue(
			'Audiensi dengan kepala desa dan BPD'
		);
		await expect(field(hers, 1, 'Tujuan')).toHaveValue('Dukungan kepala desa');
	});
});
