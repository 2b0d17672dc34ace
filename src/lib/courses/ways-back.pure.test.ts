import { expect, test } from 'vitest';
import { withWaysBack } from './ways-back.ts';

test('only the first link to a term is where its meaning leads back to', () => {
	const link = (term: string) => `<a href="#istilah-${term}" class="term">${term}</a>`;
	const parts = [`${link('bi')} ${link('jp')} ${link('bi')}`, link('jp')];
	const { parts: marked, terms } = withWaysBack(parts);
	const html = marked.join('');
	expect([...terms]).toEqual(['bi', 'jp']);
	expect(html.match(/id="[^"]+"/g)).toEqual(['id="ke-bi"', 'id="ke-jp"']);
	expect(html.replaceAll(/ id="[^"]+"/g, '')).toBe(parts.join(''));
});
