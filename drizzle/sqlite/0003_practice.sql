CREATE TABLE `practice_answer` (
	`attempt_id` text NOT NULL,
	`item_id` text NOT NULL,
	`item_version` integer NOT NULL,
	`user_id` text NOT NULL,
	`occasion` text NOT NULL,
	`answer` text NOT NULL,
	`right` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`attempt_id`, `item_id`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `practice_answer_user` ON `practice_answer` (`user_id`,`item_id`);