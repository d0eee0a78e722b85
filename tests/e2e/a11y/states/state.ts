import type { Locator, Page } from '@playwright/test';
import type { Admin, Setup } from '../../support/fixtures.ts';

export interface Place {
	admin: Admin;
	page: Page;
}

/** What an admin may have on the screen, by name. */
export interface State {
	name: string;
	/** Goes there, from the state before. @returns what is seen then, and stays */
	reach: (place: Place) => Promise<Locator>;
	/** Another size of the window ends it: one goes there anew. */
	fleeting?: true;
}

/** States of one page, one after another, without opening it anew. */
export interface Visit {
	name: string;
	setup: Setup;
	/** Before the page is opened. */
	prepare?: (page: Page) => Promise<void>;
	/** Also seen on the largest screens. */
	widest?: true;
	states: State[];
	/** What the console is told meanwhile. */
	logs?: RegExp;
}
