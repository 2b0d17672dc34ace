/** A PostgreSQL of its own process, with fsync: says its address, and ends with whoever asked. */
import { startPostgres } from './postgres.ts';

const server = await startPostgres({ durable: true });
process.send?.(server.url());
process.once('disconnect', () => void server.stop().then(() => process.exit()));
