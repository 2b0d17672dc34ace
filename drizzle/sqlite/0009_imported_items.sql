CREATE TABLE `imported_item` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`objective` text NOT NULL,
	`item` text NOT NULL,
	`wording` text NOT NULL,
	`asked_in` text NOT NULL,
	`imported_by` text,
	`imported_at` integer NOT NULL,
	FOREIGN KEY (`imported_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imported_item_wording_unique` ON `imported_item` (`wording`);--> statement-breakpoint
CREATE INDEX `imported_item_asked` ON `imported_item` (`asked_in`);