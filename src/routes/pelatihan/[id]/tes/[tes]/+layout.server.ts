import enhancement from '#lib/courses/enhance/entry.ts?worker&url';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = () => ({ enhancement });
