/** The field of one cell of a table on a sheet; rows and columns count from 0. */
export const cellName = (table: string, row: number, column: number) =>
	`${table}[${row}][${column}]`;
