CREATE TABLE `lesson_done` (
	`user_id` text NOT NULL,
	`lesson_key` text NOT NULL,
	`done_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `lesson_key`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `quiz_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`module_slug` text NOT NULL,
	`edition` text NOT NULL,
	`answers` text NOT NULL,
	`correct` integer NOT NULL,
	`total` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `quiz_attempt_user` ON `quiz_attempt` (`user_id`,`module_slug`);--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`schema_number` integer NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`head` integer DEFAULT 0 NOT NULL,
	`snapshot` blob,
	`snapshot_seq` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "document_snapshot_not_ahead" CHECK("document"."snapshot_seq" <= "document"."head")
);
--> statement-breakpoint
CREATE TABLE `document_author` (
	`document_id` text NOT NULL,
	`client_id` integer NOT NULL,
	`user_id` text,
	PRIMARY KEY(`document_id`, `client_id`),
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `document_update` (
	`document_id` text NOT NULL,
	`seq` integer NOT NULL,
	`update` blob NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`document_id`, `seq`),
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `feedback_comment` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`instrument` text NOT NULL,
	`item` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `feedback_comment_training` ON `feedback_comment` (`training_id`,`instrument`);--> statement-breakpoint
CREATE TABLE `feedback_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`instrument` text NOT NULL,
	`sealed` blob NOT NULL,
	`on_day` text NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `feedback_participation` (
	`training_id` text NOT NULL,
	`instrument` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`training_id`, `instrument`, `user_id`),
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `feedback_response` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`instrument` text NOT NULL,
	`version` integer NOT NULL,
	`on_day` text NOT NULL,
	`answers` text NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `feedback_response_training` ON `feedback_response` (`training_id`,`instrument`);--> statement-breakpoint
CREATE TABLE `feedback_tally` (
	`training_id` text NOT NULL,
	`instrument` text NOT NULL,
	`version` integer NOT NULL,
	`item` text NOT NULL,
	`subject` text NOT NULL,
	`value` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`training_id`, `instrument`, `version`, `item`, `subject`, `value`),
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `audit_entry` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`object` text NOT NULL,
	`hash` text NOT NULL,
	CONSTRAINT "audit_entry_from_one" CHECK("audit_entry"."seq" >= 1)
);
--> statement-breakpoint
CREATE TABLE `consent` (
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`version` integer NOT NULL,
	`given_at` integer NOT NULL,
	`withdrawn_at` integer,
	PRIMARY KEY(`user_id`, `purpose`, `version`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `user_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`scope_kind` text NOT NULL,
	`scope_id` text NOT NULL,
	`granted_by` text,
	`granted_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_grant_once` ON `user_grant` (`user_id`,`role`,`scope_kind`,`scope_id`);--> statement-breakpoint
CREATE INDEX `user_grant_scope` ON `user_grant` (`scope_kind`,`scope_id`,`role`);--> statement-breakpoint
CREATE TABLE `known_device` (
	`user_id` text NOT NULL,
	`device_hash` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `device_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `library` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`region_code` text NOT NULL,
	`npp` text,
	FOREIGN KEY (`region_code`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `library_region` ON `library` (`region_code`);--> statement-breakpoint
CREATE TABLE `password_code` (
	`user_id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`issued_by` text,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`misses` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `region` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`parent_code` text,
	FOREIGN KEY (`parent_code`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `region_parent` ON `region` (`parent_code`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`device` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE INDEX `session_expires` ON `session` (`expires_at`);--> statement-breakpoint
CREATE TABLE `setup_link` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_failure` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`first_at` integer NOT NULL,
	`wait_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`library_id` text,
	`reset_notice` integer,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`library_id`) REFERENCES `library`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_username_unique` ON `user` (`username`);--> statement-breakpoint
CREATE TABLE `plan` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`group_id` text NOT NULL,
	`region_code` text NOT NULL,
	`strategy` text NOT NULL,
	`document_id` text NOT NULL,
	`template_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`region_code`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_once` ON `plan` (`group_id`,`strategy`);--> statement-breakpoint
CREATE UNIQUE INDEX `plan_document` ON `plan` (`document_id`);--> statement-breakpoint
CREATE INDEX `plan_training` ON `plan` (`training_id`);--> statement-breakpoint
CREATE INDEX `plan_region` ON `plan` (`region_code`);--> statement-breakpoint
CREATE TABLE `plan_return` (
	`plan_id` text NOT NULL,
	`version` integer NOT NULL,
	`returned_by` text,
	`returned_at` integer NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`plan_id`, `version`),
	FOREIGN KEY (`plan_id`) REFERENCES `plan`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`returned_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `plan_submission` (
	`plan_id` text NOT NULL,
	`version` integer NOT NULL,
	`submitted_by` text,
	`submitted_at` integer NOT NULL,
	`due_on` text NOT NULL,
	`contents` text NOT NULL,
	PRIMARY KEY(`plan_id`, `version`),
	FOREIGN KEY (`plan_id`) REFERENCES `plan`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`submitted_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `search_doc` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ref` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`terms` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_doc_ref_unique` ON `search_doc` (`ref`);--> statement-breakpoint
CREATE INDEX `search_doc_kind_at` ON `search_doc` (`kind`,`at`);--> statement-breakpoint
CREATE TABLE `agenda_slot` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`on_day` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`title` text NOT NULL,
	`module_slug` text,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `agenda_slot_training` ON `agenda_slot` (`training_id`,`on_day`,`starts_at`);--> statement-breakpoint
CREATE TABLE `door` (
	`training_id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`expires_at` integer NOT NULL,
	`open` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `door_code_unique` ON `door` (`code`);--> statement-breakpoint
CREATE TABLE `team` (
	`id` text PRIMARY KEY NOT NULL,
	`training_id` text NOT NULL,
	`name` text NOT NULL,
	`region_code` text NOT NULL,
	`library_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`region_code`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`library_id`) REFERENCES `library`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `team_once` ON `team` (`training_id`,`region_code`,`name`);--> statement-breakpoint
CREATE TABLE `team_member` (
	`group_id` text NOT NULL,
	`user_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `user_id`),
	FOREIGN KEY (`group_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `team_member_user` ON `team_member` (`user_id`);--> statement-breakpoint
CREATE TABLE `join_request` (
	`training_id` text NOT NULL,
	`user_id` text NOT NULL,
	`region_code` text NOT NULL,
	`library_id` text,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	PRIMARY KEY(`training_id`, `user_id`),
	FOREIGN KEY (`training_id`) REFERENCES `training`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`region_code`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`library_id`) REFERENCES `library`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `join_request_user` ON `join_request` (`user_id`);--> statement-breakpoint
CREATE TABLE `training` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`region_code` text NOT NULL,
	`zone` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`plan_due_on` text NOT NULL,
	`feedback_opens_on` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`region_code`) REFERENCES `region`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "training_days_in_order" CHECK("training"."starts_on" <= "training"."ends_on")
);
--> statement-breakpoint
CREATE INDEX `training_region` ON `training` (`region_code`,`starts_on`);