/** The screens are in American English, whatever the browser's language is, and so are dates and numbers unless told. */
const standard = 'en-US';

const moment = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

let formats = formatsOf(standard);

/** How dates and numbers are written just now. */
export function inLocale(): Readonly<ReturnType<typeof formatsOf>> {
	return formats;
}

/**
 * Writes dates and numbers as another place does, in everything that is drawn from now on.
 * @param locale a BCP 47 tag, e.g. `en-GB`; `null`, or what is no tag, for American English
 */
export function setLocale(locale: string | null): void {
	try {
		formats = formatsOf(locale || standard);
	} catch {
		console.warn(`"${locale}" is no locale; dates and numbers stay American.`);
		formats = formatsOf(standard);
	}
}

/** @throws RangeError for what is no tag */
function formatsOf(locale: string) {
	return {
		locale,
		date: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
		clock: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }),
		moment: new Intl.DateTimeFormat(locale, moment),
		dayAndMoment: new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...moment }),
		number: new Intl.NumberFormat(locale),
	};
}
