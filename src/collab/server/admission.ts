/** Who comes to which document, and what the rest of the house says to that (SPEC [ADM]). */
import type { CloseCode } from '../codes.ts';

export type Right = 'read' | 'write';

export interface Person {
	readonly id: string;
	readonly name: string;
	readonly role: string;
	readonly sessionId: string;
}

/** What is kept of a request for as long as its socket lives, to ask again. */
export interface AdmissionRequest {
	readonly documentId: string;
	readonly cookie: string | undefined;
}

export type Admission =
	| { readonly ok: true; readonly person: Person; readonly right: Right }
	| { readonly ok: false; readonly code: CloseCode; readonly reason: string };

export type Admit = (request: AdmissionRequest) => Promise<Admission>;
