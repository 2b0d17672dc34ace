import { defineConfig } from 'drizzle-kit';

const postgres = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '');

/** One schema, two folders of migrations: run `generate` once without and once with a PostgreSQL address. */
export default defineConfig({
	dialect: postgres ? 'postgresql' : 'sqlite',
	schema: './src/lib/platform/server/db/schema/index.ts',
	out: postgres ? './drizzle/postgres' : './drizzle/sqlite',
	casing: 'snake_case'
});
