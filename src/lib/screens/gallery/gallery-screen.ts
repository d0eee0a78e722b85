/** What a member's page shows, as its address says. */
export type GalleryTab = 'headshots' | 'profile-picture';

/** Leads to another member's page. */
export interface GalleryLink {
	/** Whose page it is. */
	label: string;
	/** What it leads to: a member with several photo shoots has a page for each. */
	noun: 'member' | 'photo shoot';
	href: string;
}
