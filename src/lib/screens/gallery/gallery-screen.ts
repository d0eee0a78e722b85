/** What a member's page shows, as its address says. */
export type GalleryTab = 'headshots' | 'profile-picture';

/** Leads to another member's page. */
export interface GalleryLink {
	/** Whose page it is. */
	label: string;
	href: string;
}
