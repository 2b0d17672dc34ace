import { defineConfig } from 'drizzle-kit';

/** One schema, two dialects: DATABASE_URL chooses. Run through scripts/generate-migrations.mjs. */
const postgres = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '');

export default defineConfig({
	dialect: postgres ? 'postgresql' : 'sqlite',
	schema: './src/lib/platform/server/db/schema/index.ts',
	out: postgres ? './drizzle/postgres' : './drizzle/sqlite',
	casing: 'snake_case'
});
