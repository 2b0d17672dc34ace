/** Which part of the list of staff an address shows: without a question mark, empty for its beginning. */
export function listQuery({
	typed,
	pageNumber
}: {
	typed: string;
	pageNumber: string | null;
}): string {
	const query = new URLSearchParams();
	if (typed) query.set('cari', typed);
	if (pageNumber && pageNumber !== '1') query.set('halaman', pageNumber);
	return query.toString();
}
