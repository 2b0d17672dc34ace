import { Refusal } from '#lib/platform/refusal.ts';

export const isGone = (documentId: string): Refusal =>
	new Refusal('not_found', 'platform_refused_document_gone', { documentId });

export const isFrozen = (documentId: string): Refusal =>
	new Refusal('closed', 'platform_refused_document_frozen', { documentId });

export const wasRebuilt = (documentId: string): Refusal =>
	new Refusal('closed', 'platform_refused_document_rebuilt', { documentId });
