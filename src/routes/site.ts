import type { App } from '#lib/platform/server/app.ts';

/** The address by which people and other systems know the portal: 'https://rembuk.example.go.id'. */
export const siteOf = ({ settings }: App, url: URL): string => settings.origin ?? url.origin;
