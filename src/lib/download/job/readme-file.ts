import type { DownloadOptions } from '$lib/download/options/options';
import { formatDate } from '$lib/ui/dates';
import { count } from '$lib/ui/numbers';
import { INDEX_PATH } from './places';
import { presetOf } from '$lib/download/options/presets';

/** What an archive's README tells. */
export interface ReadmeFacts {
	/** `null` where nobody knows. */
	organization: string | null;
	/** ms since the epoch */
	now: number;
	filename: string;
	/** Members whose every file is in the archive, of all members with a favorite. */
	membersSaved: number;
	membersTotal: number;
	/** Photos in the archive, and those that are not. */
	files: number;
	failed: number;
}

/** Windows' editor takes a text without it for one in the machine's old code page. */
const BYTE_ORDER_MARK = '\ufeff';

/** `README.txt`: what this archive is, when and from whom, how many. UTF-8 with a byte order mark, CRLF. */
export function readmeText(facts: ReadmeFacts, options: DownloadOptions): string {
	const lines = [
		oneLine(facts.filename),
		'',
		`Headshots${facts.organization === null ? '' : ` of ${oneLine(facts.organization)}`}, downloaded on ${formatDate(facts.now)}.`,
		`${count(facts.files, 'photo')}; ${facts.membersSaved} of ${count(facts.membersTotal, 'member')} complete.`,
		...failedLines(facts, options),
		'',
		...layoutLines(options),
		...presetLines(options),
	];
	return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('');
}

function failedLines({ failed }: ReadmeFacts, { index }: DownloadOptions): string[] {
	if (failed === 0) return [];
	const where = index ? ` ${INDEX_PATH} says why.` : '';
	return [`${count(failed, 'photo')} could not be downloaded.${where}`];
}

function layoutLines({ layout, files, index }: DownloadOptions): string[] {
	const headshot = 'headshot.jpg: the full headshot';
	const pfp = 'pfp.jpg: the square profile picture';
	const inFolders = {
		both: [headshot, pfp],
		headshots: [headshot],
		pfps: [pfp],
	};
	const what = {
		folders: ['Each member has a folder:', ...inFolders[files].map((line) => `  ${line}`)],
		'flat-headshot': ['Each file is one member’s headshot.'],
		'flat-pfp': ['Each file is one member’s profile picture.'],
	};
	return [...what[layout], ...(index ? [`${INDEX_PATH}: a line for each photo`] : [])];
}

function presetLines({ preset }: DownloadOptions): string[] {
	const demands = presetOf(preset);
	if (demands === null) return [];
	return ['', `Made for ${demands.name}. ${demands.demands}`, ...demands.sources];
}

/** A name from outside can't begin a line of its own. */
function oneLine(text: string): string {
	return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}
