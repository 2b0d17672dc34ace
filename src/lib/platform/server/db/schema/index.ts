/** Every table of every room. */
export * from './attendance.ts';
export * from './certificates.ts';
export * from './courses.ts';
export * from './documents.ts';
export * from './feedback.ts';
export * from './operations.ts';
export * from './people.ts';
export * from './plans.ts';
export * from './search.ts';
export * from './trainings.ts';
export * from './practice.ts';
export * from './tests.ts';
