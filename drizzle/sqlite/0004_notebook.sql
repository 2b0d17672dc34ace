CREATE TABLE `note` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`text` text NOT NULL,
	`revision` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `key`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `note_operation` (
	`user_id` text NOT NULL,
	`operation` text NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `operation`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `note_operation_at` ON `note_operation` (`at`);--> statement-breakpoint
CREATE TABLE `note_set_aside` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`revision` integer NOT NULL,
	`text` text NOT NULL,
	`written_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `key`, `revision`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
