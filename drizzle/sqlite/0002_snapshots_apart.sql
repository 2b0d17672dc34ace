CREATE TABLE `document_snapshot` (
	`document_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`snapshot` blob NOT NULL,
	`outline` blob,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
INSERT INTO `document_snapshot`("document_id", "seq", "snapshot") SELECT "id", "snapshot_seq", "snapshot" FROM `document` WHERE "snapshot" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `__new_document` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`schema_number` integer NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`head` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_document`("id", "kind", "schema_number", "epoch", "head", "created_at") SELECT "id", "kind", "schema_number", "epoch", "head", "created_at" FROM `document`;--> statement-breakpoint
DROP TABLE `document`;--> statement-breakpoint
ALTER TABLE `__new_document` RENAME TO `document`;--> statement-breakpoint
PRAGMA foreign_keys=ON;