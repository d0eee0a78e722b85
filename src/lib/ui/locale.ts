/** The screens are in American English, whatever the browser's language is, and so are dates and numbers unless told. */
const standard = 'en-US';

const moment = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

let formats = formatsOf(standard);
let onread = () => {};
let onchange = () => {};

/** How dates and numbers are written just now. */
export function inLocale(): Readonly<ReturnType<typeof formatsOf>> {
	onread();
	return formats;
}

/**
 * For whoever draws again what was written in another way: one for all that is drawn. A page whose locale stays needs none.
 * @param read somebody is about to write a date or a number
 * @param changed they are written in another way now
 */
export function observeLocale(read: () => void, changed: () => void): void {
	[onread, onchange] = [read, changed];
}

/**
 * Writes dates and numbers as another place does; what is on the screen already is drawn again where somebody observes.
 * @param locale a BCP 47 tag, e.g. `en-GB`; `null`, or what is no tag, for American English
 */
export function setLocale(locale: string | null): void {
	try {
		formats = formatsOf(locale || standard);
	} catch {
		console.warn(`"${locale}" is no locale; dates and numbers stay American.`);
		formats = formatsOf(standard);
	}
	onchange();
}

/** @throws RangeError for what is no tag */
function formatsOf(locale: string) {
	return {
		locale,
		date: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
		moment: new Intl.DateTimeFormat(locale, moment),
		dayAndMoment: new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...moment }),
		number: new Intl.NumberFormat(locale),
	};
}
