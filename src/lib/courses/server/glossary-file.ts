/** The words of the field: `content/glossary.yaml`, in both languages. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Term } from '../course.ts';
import { inBoth, slug } from './fields.ts';
import type { Mistakes } from './mistakes.ts';
import { readYaml } from './yaml-part.ts';

const glossary = v.array(v.strictObject({ slug, term: inBoth, meaning: inBoth }));

/** Empty when there is none. */
export function readGlossary(file: string, mistakes: Mistakes): readonly Term[] {
	if (!existsSync(file)) return [];
	const part = readYaml(glossary, { file, text: readFileSync(file, 'utf8') }, mistakes);
	const terms = part?.value ?? [];
	for (const [at, { slug }] of terms.entries()) {
		if (terms.findIndex((other) => other.slug === slug) === at) continue;
		mistakes.add(file, part?.lineOf([at, 'slug']) ?? 1, `the term "${slug}" is there twice`);
	}
	return terms;
}
