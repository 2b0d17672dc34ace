import { expect, test } from 'vitest';
import { shortName } from './short-name.ts';

test.each([
	['Sri Wahyuni', 'Sri'],
	['Dra. Hj. Siti Aminah, M.Si.', 'Siti'],
	['H. Muhammad Yusuf', 'Muhammad'],
	['I Made Sukarta', 'Made'],
	['Ibu Nurhayati', 'Nurhayati'],
	['Suharto', 'Suharto'],
	['Drs. H.', 'Drs.']
])('%s is called %s where there is little room', (name, short) => {
	expect(shortName(name)).toBe(short);
});
