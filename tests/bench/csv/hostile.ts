import type { Company } from '../../backend/company.ts';

/** What members may call themselves: each would be a formula somewhere, or break a file that is made carelessly. */
const hostile = [
	'=1+1',
	'+1+1',
	'-1+1',
	'@SUM(1;1)',
	'＝1+1',
	'\u200B=1+1',
	'\u00AD=1+1',
	'=HYPERLINK("https://example.com","here")',
	"=cmd|' /C calc'!A0",
	'Ada;=1+1',
	'Ada\t=1+1',
	'Ada\r\n=1+1',
	'Ada,"=1+1"',
	'Ada;"=1+1"',
	'"=1+1"',
	"O'Neil, “Jay”",
	'漢字、仮名',
	`Ada ${'of the house of Lovelace, '.repeat(10)}`,
];

/** What a row must hold, but for apostrophes that keep a cell from being a formula. */
export interface ExpectedRow {
	email: string;
	name: string;
	title: string;
}

/** Gives everybody a hostile name, title, address and team. @returns their rows */
export function poison(company: Company): ExpectedRow[] {
	const pick = (place: number) => hostile[place % hostile.length]!;
	company.organization.teams.forEach((team, place) => (team.name = pick(place)));
	const teams = new Map(company.organization.teams.map(({ id, name }) => [id, name]));
	return company.members.map((member, place) => {
		const shoot = company.shoots[place]!;
		const email = `${['=', '+', '-', ''][place % 4]}1+${place}@example.com`;
		const [name, title] = [pick(place), pick(place + Math.floor(place / hostile.length))];
		const teamName = teams.get(member.teamId ?? '') ?? null;
		Object.assign(member, { email, name, teamName });
		// Without pictures: signing their links takes longer than anything that is measured.
		Object.assign(shoot, { email, title, teamName, favoriteId: null, profilePicture: null, photoCount: 0 });
		return { email, name: name.trim(), title: title.trim() };
	});
}
