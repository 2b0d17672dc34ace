import { hash } from 'node:crypto';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { BLANK, type Words } from '../routes/blanks.ts';

/** What stays the same up to the next blank. */
interface Part {
	readonly bytes: Buffer;
	readonly deflated: Buffer;
	/** The blank that follows; null after the last part. */
	readonly blank: string | null;
}

/**
 * A page with blanks in its text: what stays the same is encoded and compressed once, and each reader
 * gets it with their own words in between.
 */
export class BlankPage {
	/** Names what stays the same. */
	readonly #edition: string;
	readonly #parts: readonly Part[];

	constructor(html: string) {
		this.#edition = digest(html);
		// Text and name of a blank in turn.
		const pieces = html.split(BLANK);
		this.#parts = pieces.flatMap((text, at) => {
			if (at % 2 === 1) return [];
			const bytes = Buffer.from(text);
			return [{ bytes, deflated: deflated(bytes), blank: pieces[at + 1] ?? null }];
		});
	}

	/** Names the page with these words in it, for browsers that have it already. */
	etag(words: Words): string {
		return `"${this.#edition}.${digest(JSON.stringify(words))}"`;
	}

	filledWith(words: Words): Buffer<ArrayBuffer> {
		return Buffer.concat(this.#parts.flatMap(({ bytes, blank }) => [bytes, wordFor(blank, words)]));
	}

	/** The same as a gzip file (RFC 1952). */
	gzippedWith(words: Words): Buffer<ArrayBuffer> {
		const file: Buffer[] = [GZIP_HEADER];
		let check = 0;
		let length = 0;
		for (const part of this.#parts) {
			const word = wordFor(part.blank, words);
			file.push(part.deflated, word.length > LONG ? deflated(word) : stored(word));
			check = crc32(word, crc32(part.bytes, check));
			length += part.bytes.length + word.length;
		}
		const trailer = Buffer.alloc(8);
		trailer.writeUInt32LE(check, 0);
		trailer.writeUInt32LE(length, 4);
		return Buffer.concat([...file, LAST_BLOCK, trailer]);
	}
}

/** Deflate, no time, no name, unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** RFC 1951: the last block, and nothing in it. */
const LAST_BLOCK = Buffer.from([3, 0]);

/** Bytes. A shorter word costs more to compress than it saves. */
const LONG = 200;

/** Whole bytes of a deflate stream, which others may follow. */
const deflated = (bytes: Buffer) => deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

/** The same for a few bytes as they are (RFC 1951, 3.2.4). */
function stored(bytes: Buffer): Buffer {
	const head = Buffer.alloc(5);
	head.writeUInt16LE(bytes.length, 1);
	head.writeUInt16LE(~bytes.length & 0xffff, 3);
	return Buffer.concat([head, bytes]);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };

function wordFor(blank: string | null, words: Words): Buffer {
	const word = blank === null ? '' : (words[blank] ?? '');
	return Buffer.from(word.replace(/[&<"]/g, (sign) => ESCAPES[sign] ?? ''));
}

const digest = (text: string) => hash('sha256', text, 'base64url').slice(0, 22);
