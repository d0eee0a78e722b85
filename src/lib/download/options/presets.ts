import type { DownloadOptions, Layout } from './options';
import type { FileRule } from '$lib/members/names';

/** What a system that photos are uploaded to asks for. Only what its maker documents, read in November 2026. */
export interface Preset {
	id: string;
	/** As its users call it. */
	name: string;
	/** Where the demands are documented: https URLs, the most telling one first. */
	sources: readonly [string, ...string[]];
	/** For the person: how the files are named and made, and what to do with them. */
	demands: string;
	/** Which picture it can be made of, the usual one first. */
	layouts: readonly [Flat, ...Flat[]];
	fileRule: FileRule;
	/** The picture's size in px, which is also its shape; a smaller one stays as large as it is. */
	frame: { width: number; height: number };
	/** Enlarged until no side is shorter, in px; 0: never enlarged. */
	minSide: number;
	/** The largest file in bytes; `null` where none is documented. */
	maxBytes: number | null;
	/** How many files it takes at a time; `null` where no limit is documented. */
	maxFiles: number | null;
	/** The file that tells the system whose photo is whose. */
	mapping: Mapping | null;
}

export type Flat = Exclude<Layout, 'folders'>;

/** A CSV of two columns, in the archive's root: e-mail and file name. */
export interface Mapping {
	path: string;
	header: readonly [email: string, file: string];
}

const KB = 1000;
const MB = 1000 * KB;

/** What most have in common: a square of a good size, named after the e-mail. */
const usual = {
	layouts: ['flat-pfp', 'flat-headshot'],
	fileRule: 'email',
	frame: { width: 1024, height: 1024 },
	minSide: 0,
	maxBytes: null,
	maxFiles: null,
	mapping: null,
} as const;

export const presets: readonly Preset[] = [
	{
		...usual,
		id: 'entra',
		name: 'Microsoft 365 / Entra ID',
		sources: [
			// "name of the image file has to be the username without the domain", `*.jpg`, at most 4 MB
			'https://pnp.github.io/script-samples/graph-update-user-photo/README.html',
			// the largest size of the nine that Microsoft 365 keeps is 648 × 648
			'https://learn.microsoft.com/graph/api/profilephoto-get',
		],
		demands:
			'For the PnP script “Add or update user photo”: j.doe.jpg for j.doe@contoso.com, at most 648 × 648 px and ' +
			'4 MB. The script takes one domain at a time: with several, each has a folder of its own.',
		fileRule: 'local-part',
		frame: { width: 648, height: 648 },
		maxBytes: 4 * MB,
	},
	{
		...usual,
		id: 'google-workspace',
		name: 'Google Workspace',
		sources: [
			// two versions of one page: any size up to 5 MB, and before that 500 × 500 px and 100 KB; this fits both
			'https://support.google.com/a/answer/6371005',
			// userKey is the primary e-mail; "Whatever the size of the photo being uploaded, the API downsizes it"
			'https://developers.google.com/workspace/admin/directory/reference/rest/v1/UserPhoto',
		],
		demands:
			'Named after the e-mail, which is the Directory API’s user key; at most 500 × 500 px and 100 kB, which every ' +
			'version of Google’s own limits allows. The API shows 96 × 96 px of it.',
		frame: { width: 500, height: 500 },
		maxBytes: 100 * KB,
	},
	{
		...usual,
		id: 'slack',
		name: 'Slack',
		// at most 1024 × 1024 px, at least 512 × 512; one that isn't square is letterboxed
		sources: ['https://docs.slack.dev/reference/methods/users.setPhoto'],
		demands:
			'Square, 512 to 1024 px, as users.setPhoto asks: a smaller picture is enlarged. Slack sets the photo of ' +
			'whoever is signed in, so the files are named after the e-mail to hand each to its member.',
		minSide: 512,
	},
	{
		...usual,
		id: 'okta-ad',
		name: 'Okta, from Active Directory',
		// "no larger than 96 pixels by 96 pixels (100 KB)"
		sources: ['https://support.okta.com/help/s/article/mapping-the-thumbnail-photo-from-ad-to-okta'],
		demands: 'For the attribute thumbnailPhoto: at most 96 × 96 px and 100 kB. Named after the e-mail.',
		frame: { width: 96, height: 96 },
		maxBytes: 100 * KB,
	},
	{
		...usual,
		id: 'successfactors',
		name: 'SAP SuccessFactors',
		sources: [
			// JPEG, at most 2 MB, 180 × 240 px recommended, no spaces or special characters; CSV Username,Filename;
			// at most 20,000 files in a folder
			'https://userapps.support.sap.com/sap/support/knowledge/en/2220377',
		],
		demands:
			'JPEGs of 180 × 240 px and at most 2 MB, without special characters in their names, and photos.csv with ' +
			'Username and Filename. The e-mail stands for the username: replace it where yours differ.',
		// A round profile picture can't be cut to 3:4.
		layouts: ['flat-headshot'],
		fileRule: 'plain',
		frame: { width: 180, height: 240 },
		maxBytes: 2 * MB,
		maxFiles: 20_000,
		mapping: { path: 'photos.csv', header: ['Username', 'Filename'] },
	},
	{
		...usual,
		id: 'bamboohr',
		name: 'BambooHR',
		// width and height are the same, JPG, GIF or PNG, at most 20 MB; the employee is in the request's path
		sources: ['https://documentation.bamboohr.com/reference/upload-employee-photo'],
		demands:
			'Exactly square and at most 20 MB. BambooHR knows people by employee id, which isn’t known here: the files ' +
			'are named after the e-mail.',
		maxBytes: 20 * MB,
	},
	{
		...usual,
		id: 'hibob',
		name: 'HiBob',
		// a ZIP, each photo named after the work e-mail
		sources: ['https://help.hibob.com/hc/en-us/articles/4532656636177'],
		demands: 'Upload the ZIP as it is, and match by work e-mail: each file is named after it.',
	},
	{
		...usual,
		id: 'namely',
		name: 'Namely',
		// a spreadsheet with a column for the file's name and one that identifies, and a ZIP with the files
		sources: [
			'https://vensure.clientspace.net/Namely/Content/Namely%20Files/FAQs/How%20can%20I%20import%20profile%20photos.htm',
		],
		demands:
			'For General Import: take namely.csv out of the archive, upload it, attach the ZIP in step 2, and match the ' +
			'columns Company email and Profile photo.',
		mapping: { path: 'namely.csv', header: ['Company email', 'Profile photo'] },
	},
	{
		...usual,
		id: 'plumm',
		name: 'Plumm',
		// a ZIP, at most 1,000 images, file name, exact match, e-mail
		sources: ['https://www.heyplumm.com/knowledge-base/import-profile-pictures'],
		demands:
			'Upload the ZIP as it is, and choose File Name, Exact Match and Email ID. At most 1,000 pictures at a time.',
		maxFiles: 1000,
	},
];

/** `null` for an id that no preset has. */
export function presetOf(id: string | null): Preset | null {
	return presets.find((preset) => preset.id === id) ?? null;
}

/** The same options for another system, or for none; the picture changes where that system can't use it. */
export function withPreset(options: DownloadOptions, id: string | null): DownloadOptions {
	const layouts: readonly Layout[] | undefined = presetOf(id)?.layouts;
	const layout = layouts === undefined || layouts.includes(options.layout) ? options.layout : layouts[0]!;
	return { ...options, preset: id, layout };
}
