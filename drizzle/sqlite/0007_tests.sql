CREATE TABLE `test_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`phase` text NOT NULL,
	`user_id` text NOT NULL,
	`form` text NOT NULL,
	`started_at` integer NOT NULL,
	`handed_in_at` integer,
	`late` integer DEFAULT false NOT NULL,
	`correct` integer,
	`total` integer,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `test_attempt_once` ON `test_attempt` (`training_id`,`phase`,`user_id`);--> statement-breakpoint
CREATE INDEX `test_attempt_user` ON `test_attempt` (`user_id`);--> statement-breakpoint
CREATE TABLE `test_operation` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`attempt_id` text NOT NULL,
	`operation_id` text NOT NULL,
	`item_id` text NOT NULL,
	`item_version` integer NOT NULL,
	`answer` text NOT NULL,
	`right` integer NOT NULL,
	`device` text NOT NULL,
	`sequence` integer NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`attempt_id`) REFERENCES `test_attempt`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `test_operation_once` ON `test_operation` (`attempt_id`,`operation_id`);--> statement-breakpoint
CREATE TABLE `test_result` (
	`attempt_id` text NOT NULL,
	`item_id` text NOT NULL,
	`item_version` integer NOT NULL,
	`objective` text NOT NULL,
	`answer` text NOT NULL,
	`right` integer NOT NULL,
	PRIMARY KEY(`attempt_id`, `item_id`),
	FOREIGN KEY (`attempt_id`) REFERENCES `test_attempt`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `test_tally` (
	`item_id` text NOT NULL,
	`item_version` integer NOT NULL,
	`phase` text NOT NULL,
	`score` integer NOT NULL,
	`answer` text NOT NULL,
	`right` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`item_id`, `item_version`, `phase`, `score`, `answer`)
);
--> statement-breakpoint
CREATE TABLE `test_window` (
	`training_id` text NOT NULL,
	`phase` text NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` text,
	`closed_at` integer,
	`closed_by` text,
	PRIMARY KEY(`training_id`, `phase`),
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
