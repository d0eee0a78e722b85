/*
 * What a list needs when it is long, or changes under the focus: one file, that comes when the page has begun.
 */
export { focusCard, keepFocus } from './keep-focus';
export { default as VirtualRows } from './VirtualRows.svelte';
