/*
 * What only some members' page shows, or shows further down: one file, that comes when the page has begun.
 */
export { default as AttentionSection } from './AttentionSection.svelte';
export { default as FinishedEmpty } from './FinishedEmpty.svelte';
export { default as Notices } from './Notices.svelte';
export { default as Sections } from './Sections.svelte';
export { default as SelectionBar } from './SelectionBar.svelte';
