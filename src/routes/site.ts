import type { App } from '#lib/platform/server/app.ts';

/** The address by which other systems know the portal. */
export const siteOf = ({ settings }: App, url: URL): string => settings.origin ?? url.origin;
