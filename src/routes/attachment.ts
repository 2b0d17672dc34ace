/** A file as the answer to a request: saved, never shown, never kept on the way. */
interface File {
	readonly name: string;
	readonly mediaType: string;
	readonly content: Buffer;
}

export function attachment({ name, mediaType, content }: File): Response {
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}
