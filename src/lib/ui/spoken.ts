/** The language of the page that is open: `m.…({}, spoken())`. */
export const spoken = () => ({
	locale: document.documentElement.lang === 'en' ? ('en' as const) : ('id' as const)
});
