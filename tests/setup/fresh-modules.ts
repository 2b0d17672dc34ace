import { vi } from 'vitest';

// Test files share a process; what one has left in a module of ours must not reach the next.
vi.resetModules();
