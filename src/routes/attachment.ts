interface Taken {
	/** Stands in a header as it is: letters, digits, dots and dashes. */
	readonly name: string;
	readonly mediaType: string;
	readonly content: string | Uint8Array;
}

/** A file to take along, as the answer to a request. It is asked for anew each time: it may hold names. */
export function attachment({ name, mediaType, content }: Taken): Response {
	const bytes =
		typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
	return new Response(bytes, {
		headers: {
			'content-type': mediaType,
			'content-length': String(bytes.byteLength),
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}
