/** The built style sheet: the build puts it here, and fails when it can't. */
const css = '__HEADSHOT_ADMIN_CSS__';

/** A constructed sheet belongs to one document. */
const sheets = new WeakMap<Document, CSSStyleSheet>();

/** The element's styles. A strict `style-src` allows them: they are no `<style>` and no attribute. */
export function sheetOf(document: Document): CSSStyleSheet {
	let sheet = sheets.get(document);
	if (!sheet) {
		sheet = new (document.defaultView ?? window).CSSStyleSheet();
		sheet.replaceSync(css);
		sheets.set(document, sheet);
	}
	return sheet;
}
