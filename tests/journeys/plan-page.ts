/** The page of a plan as people see it: its activities, their fields, and whether the work is safe. */
import { expect, type Locator, type Page } from '@playwright/test';

export const saveState = (page: Page): Locator => page.getByRole('status');

/** A phone that has found no server several times waits up to a minute before it looks again. */
export const ONCE_BACK = { timeout: 90_000 };

/** Only what the page itself says: this is the promise that is tested. */
export async function expectSaved(page: Page, within?: { timeout: number }): Promise<void> {
	await expect(saveState(page)).toContainText('Tersimpan di server', within);
}

export async function openPlan(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await expectSaved(page);
	await expect(page.getByRole('button', { name: 'Tambah kegiatan' })).toBeVisible();
}

/** The card of the nth activity, from 1. */
export const activity = (page: Page, n: number): Locator =>
	page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Kegiatan ${n}` }) });

export const field = (page: Page, n: number, name: string): Locator =>
	activity(page, n).getByRole('textbox', { name });

/** The label of a field, beside which the names of those who are in it stand. */
export const label = (page: Page, n: number, name: string): Locator =>
	activity(page, n).locator('label').filter({ hasText: name });

/** Where a person's cursor stands matters when two write: this puts it there as a finger would. */
export async function putCursor(place: Locator, where: 'Home' | 'End'): Promise<void> {
	await place.focus();
	await place.press(where);
}
