export interface GridShape {
	columns: number;
	/** How wide one is, in px. */
	column: number;
	/** Between two of them, and between two rows, in px. */
	gap: number;
	rowGap: number;
}

/** Two portraits beside each other on the narrowest phone, as many as fit on the widest screen. `width` in px. */
export function gridColumns(width: number): GridShape {
	const [least, gap, rowGap] = width < 480 ? [124, 12, 20] : width < 960 ? [160, 16, 28] : [196, 22, 36];
	const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
	return { columns, column: (width - gap * (columns - 1)) / columns, gap, rowGap };
}
