/** What a password must be. Length, not composition: ASVS 5.0 6.2 (see docs/decisions). */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

const TOO_COMMON = [
	'perpustakaan',
	'perpusnas',
	'tpbis',
	'bimtek',
	'pustakawan',
	'rembuk',
	'indonesia',
	'merdeka',
	'password',
	'katasandi',
	'rahasia',
	'bismillah',
	'sayang',
	'qwerty',
	'asdfgh',
	'abcdef',
	'admin',
	'aceh',
	'sumatera',
	'riau',
	'jambi',
	'bengkulu',
	'lampung',
	'bangkabelitung',
	'jakarta',
	'jawabarat',
	'jawatengah',
	'yogyakarta',
	'jawatimur',
	'banten',
	'bali',
	'nusatenggara',
	'kalimantan',
	'sulawesi',
	'gorontalo',
	'maluku',
	'papua'
];

/** Nothing but a well-known word, the user name, one repeated sign or a run of digits, perhaps with digits around it. */
export function isTooCommon(password: string, username: string): boolean {
	const letters = password.toLowerCase().replace(/[^\p{L}]/gu, '');
	const signs = new Set(password);
	if (signs.size <= 3) return true;
	if ('01234567890123456789'.includes(password) || '98765432109876543210'.includes(password)) {
		return true;
	}
	if (/^\d+$/.test(password)) return signs.size <= 5;
	const own = username.toLowerCase().replace(/[^\p{L}]/gu, '');
	return TOO_COMMON.includes(letters) || (own !== '' && letters === own);
}
