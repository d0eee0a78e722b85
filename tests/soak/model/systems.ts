/** What some systems ask for, as the page says it: one of each way to name files, and those with a list of their own. */
export const systems = {
	entra: {
		label: 'Microsoft 365 / Entra ID',
		rule: 'local-part',
		width: 648,
		height: 648,
		onlyHeadshots: false,
		mapping: null,
	},
	'google-workspace': {
		label: 'Google Workspace',
		rule: 'email',
		width: 500,
		height: 500,
		onlyHeadshots: false,
		mapping: null,
	},
	successfactors: {
		label: 'SAP SuccessFactors',
		rule: 'plain',
		width: 180,
		height: 240,
		onlyHeadshots: true,
		mapping: 'photos.csv',
	},
	namely: {
		label: 'Namely',
		rule: 'email',
		width: 1024,
		height: 1024,
		onlyHeadshots: false,
		mapping: 'namely.csv',
	},
} as const;

export type SystemId = keyof typeof systems;

export function domainOf(email: string): string {
	return email.slice(email.lastIndexOf('@') + 1);
}

export function localPart(email: string): string {
	return email.slice(0, email.lastIndexOf('@'));
}

/** Tame addresses, in nothing but letters, digits and `_`. */
export function plain(email: string): string {
	return email.replace(/[^a-z0-9]+/gi, '_');
}
