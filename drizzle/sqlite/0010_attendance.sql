CREATE TABLE `attendance` (
	`slot_id` text NOT NULL,
	`user_id` text NOT NULL,
	`present` integer NOT NULL,
	`way` text NOT NULL,
	`proven_at` integer,
	`at` integer NOT NULL,
	`entered_by` text,
	PRIMARY KEY(`slot_id`, `user_id`),
	FOREIGN KEY (`slot_id`) REFERENCES `agenda_slot`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attendance_user` ON `attendance` (`user_id`);--> statement-breakpoint
CREATE TABLE `attendance_correction` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slot_id` text NOT NULL,
	`user_id` text NOT NULL,
	`present` integer NOT NULL,
	`reason` text NOT NULL,
	`corrected_by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`slot_id`) REFERENCES `agenda_slot`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attendance_correction_slot` ON `attendance_correction` (`slot_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `attendance_correction_user` ON `attendance_correction` (`user_id`);--> statement-breakpoint
CREATE TABLE `attendance_window` (
	`id` text PRIMARY KEY NOT NULL,
	`slot_id` text NOT NULL,
	`secret` text NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` text,
	`closed_at` integer,
	`closed_by` text,
	FOREIGN KEY (`slot_id`) REFERENCES `agenda_slot`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attendance_window_slot` ON `attendance_window` (`slot_id`,`opened_at`);--> statement-breakpoint
CREATE TABLE `certificate` (
	`code` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`salt` text NOT NULL,
	`contents` text NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` text,
	`revoked_at` integer,
	`revoked_by` text,
	`revoked_reason` text,
	`replaces` text,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_in_force` ON `certificate` (`training_id`,`user_id`) WHERE "certificate"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX `certificate_training` ON `certificate` (`training_id`);--> statement-breakpoint
CREATE INDEX `certificate_user` ON `certificate` (`user_id`);--> statement-breakpoint
CREATE TABLE `completion` (
	`training_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	`overridden_by` text,
	`reason` text,
	PRIMARY KEY(`training_id`, `user_id`),
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `completion_user` ON `completion` (`user_id`);--> statement-breakpoint
CREATE TABLE `completion_terms` (
	`training_id` text PRIMARY KEY NOT NULL,
	`attendance_percent` integer NOT NULL,
	`pre_test` integer NOT NULL,
	`post_test` integer NOT NULL,
	`changed_by` text,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `agenda_slot` ADD `jp` integer;