/** Pages for guests. Every other route needs a person and must ask what that person may do. */
const forGuests = new Set([
	'/',
	'/masuk',
	'/masuk/lagi',
	'/keluar',
	'/atur-ulang',
	'/siapkan/[token]',
	'/gabung',
	'/gabung/[kode]',
	'/sertifikat',
	'/sertifikat/[kode]',
	'/sertifikat/[kode]/kredensial',
	'/sertifikat/[kode]/kredensial.jwt',
	'/sertifikat/kunci',
	'/privasi',
	'/health/live',
	'/health/ready',
	'/csp-laporan'
]);

export function isPublic(routeId: string): boolean {
	return forGuests.has(routeId);
}
