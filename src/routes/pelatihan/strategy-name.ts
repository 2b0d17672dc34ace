import type { Strategy } from '#lib/plans/plan.ts';
import { m } from '#lib/paraglide/messages.js';

const names = {
	layanan_informasi: m.trainings_strategy_layanan_informasi,
	pelibatan_masyarakat: m.trainings_strategy_pelibatan_masyarakat,
	advokasi: m.trainings_strategy_advokasi
} satisfies Record<Strategy, () => string>;

export const strategyName = (strategy: Strategy): string => names[strategy]();
