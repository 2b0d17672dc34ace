CREATE TABLE `operation_receipt` (
	`user_id` text NOT NULL,
	`operation_id` text NOT NULL,
	`outbox` text NOT NULL,
	`seq` integer NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`result` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `operation_id`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `operation_receipt_subject` ON `operation_receipt` (`user_id`,`outbox`,`subject`,`seq`);