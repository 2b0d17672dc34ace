CREATE TABLE "lesson_done" (
	"user_id" text NOT NULL,
	"lesson_key" text NOT NULL,
	"done_at" bigint NOT NULL,
	CONSTRAINT "lesson_done_user_id_lesson_key_pk" PRIMARY KEY("user_id","lesson_key")
);
--> statement-breakpoint
CREATE TABLE "quiz_attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"module_slug" text NOT NULL,
	"edition" text NOT NULL,
	"answers" jsonb NOT NULL,
	"correct" integer NOT NULL,
	"total" integer NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"schema_number" integer NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	"head" bigint DEFAULT 0 NOT NULL,
	"snapshot" "bytea",
	"snapshot_seq" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "document_snapshot_not_ahead" CHECK ("document"."snapshot_seq" <= "document"."head")
);
--> statement-breakpoint
CREATE TABLE "document_author" (
	"document_id" text NOT NULL,
	"client_id" bigint NOT NULL,
	"user_id" text,
	CONSTRAINT "document_author_document_id_client_id_pk" PRIMARY KEY("document_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "document_update" (
	"document_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"update" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "document_update_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "feedback_comment" (
	"id" text PRIMARY KEY NOT NULL,
	"training_id" text NOT NULL,
	"instrument" text NOT NULL,
	"item" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"training_id" text NOT NULL,
	"instrument" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"on_day" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback_participation" (
	"training_id" text NOT NULL,
	"instrument" text NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "feedback_participation_training_id_instrument_user_id_pk" PRIMARY KEY("training_id","instrument","user_id")
);
--> statement-breakpoint
CREATE TABLE "feedback_response" (
	"id" text PRIMARY KEY NOT NULL,
	"training_id" text NOT NULL,
	"instrument" text NOT NULL,
	"version" integer NOT NULL,
	"on_day" text NOT NULL,
	"answers" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback_tally" (
	"training_id" text NOT NULL,
	"instrument" text NOT NULL,
	"version" integer NOT NULL,
	"item" text NOT NULL,
	"subject" text NOT NULL,
	"value" integer NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "feedback_tally_training_id_instrument_version_item_subject_value_pk" PRIMARY KEY("training_id","instrument","version","item","subject","value")
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entry_from_one" CHECK ("audit_entry"."seq" >= 1)
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"user_id" text NOT NULL,
	"purpose" text NOT NULL,
	"version" integer NOT NULL,
	"given_at" bigint NOT NULL,
	"withdrawn_at" bigint,
	CONSTRAINT "consent_user_id_purpose_version_pk" PRIMARY KEY("user_id","purpose","version")
);
--> statement-breakpoint
CREATE TABLE "user_grant" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"scope_kind" text NOT NULL,
	"scope_id" text NOT NULL,
	"granted_by" text,
	"granted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "known_device" (
	"user_id" text NOT NULL,
	"device_hash" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "known_device_user_id_device_hash_pk" PRIMARY KEY("user_id","device_hash")
);
--> statement-breakpoint
CREATE TABLE "library" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"region_code" text NOT NULL,
	"npp" text
);
--> statement-breakpoint
CREATE TABLE "password_code" (
	"user_id" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"issued_by" text,
	"issued_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"misses" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "region" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"parent_code" text
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"device" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_link" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"first_at" bigint NOT NULL,
	"wait_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"library_id" text,
	"reset_notice" bigint,
	"disabled_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "user_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "plan" (
	"id" text PRIMARY KEY NOT NULL,
	"training_id" text NOT NULL,
	"group_id" text NOT NULL,
	"region_code" text NOT NULL,
	"strategy" text NOT NULL,
	"document_id" text NOT NULL,
	"template_version" integer NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_return" (
	"plan_id" text NOT NULL,
	"version" integer NOT NULL,
	"returned_by" text,
	"returned_at" bigint NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "plan_return_plan_id_version_pk" PRIMARY KEY("plan_id","version")
);
--> statement-breakpoint
CREATE TABLE "plan_submission" (
	"plan_id" text NOT NULL,
	"version" integer NOT NULL,
	"submitted_by" text,
	"submitted_at" bigint NOT NULL,
	"due_on" text NOT NULL,
	"contents" jsonb NOT NULL,
	CONSTRAINT "plan_submission_plan_id_version_pk" PRIMARY KEY("plan_id","version")
);
--> statement-breakpoint
CREATE TABLE "search_doc" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "search_doc_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ref" text NOT NULL,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"terms" text NOT NULL,
	CONSTRAINT "search_doc_ref_unique" UNIQUE("ref")
);
--> statement-breakpoint
CREATE TABLE "agenda_slot" (
	"id" text PRIMARY KEY NOT NULL,
	"training_id" text NOT NULL,
	"on_day" text NOT NULL,
	"starts_at" text NOT NULL,
	"ends_at" text NOT NULL,
	"title" text NOT NULL,
	"module_slug" text
);
--> statement-breakpoint
CREATE TABLE "door" (
	"training_id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"open" boolean DEFAULT false NOT NULL,
	CONSTRAINT "door_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "team" (
	"id" text PRIMARY KEY NOT NULL,
	"training_id" text NOT NULL,
	"name" text NOT NULL,
	"region_code" text NOT NULL,
	"library_id" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_member" (
	"group_id" text NOT NULL,
	"user_id" text NOT NULL,
	"joined_at" bigint NOT NULL,
	CONSTRAINT "team_member_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "join_request" (
	"training_id" text NOT NULL,
	"user_id" text NOT NULL,
	"region_code" text NOT NULL,
	"library_id" text,
	"state" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	CONSTRAINT "join_request_training_id_user_id_pk" PRIMARY KEY("training_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "training" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"place" text NOT NULL,
	"region_code" text NOT NULL,
	"zone" text NOT NULL,
	"starts_on" text NOT NULL,
	"ends_on" text NOT NULL,
	"plan_due_on" text NOT NULL,
	"feedback_opens_on" text NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "training_days_in_order" CHECK ("training"."starts_on" <= "training"."ends_on")
);
--> statement-breakpoint
ALTER TABLE "lesson_done" ADD CONSTRAINT "lesson_done_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_author" ADD CONSTRAINT "document_author_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_update" ADD CONSTRAINT "document_update_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_comment" ADD CONSTRAINT "feedback_comment_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_draft" ADD CONSTRAINT "feedback_draft_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_participation" ADD CONSTRAINT "feedback_participation_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_participation" ADD CONSTRAINT "feedback_participation_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_response" ADD CONSTRAINT "feedback_response_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_tally" ADD CONSTRAINT "feedback_tally_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_grant" ADD CONSTRAINT "user_grant_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_device" ADD CONSTRAINT "known_device_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "library" ADD CONSTRAINT "library_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_code" ADD CONSTRAINT "password_code_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region" ADD CONSTRAINT "region_parent_code_region_code_fk" FOREIGN KEY ("parent_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user" ADD CONSTRAINT "user_library_id_library_id_fk" FOREIGN KEY ("library_id") REFERENCES "public"."library"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan" ADD CONSTRAINT "plan_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan" ADD CONSTRAINT "plan_group_id_team_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."team"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan" ADD CONSTRAINT "plan_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan" ADD CONSTRAINT "plan_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_return" ADD CONSTRAINT "plan_return_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plan"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_return" ADD CONSTRAINT "plan_return_returned_by_user_id_fk" FOREIGN KEY ("returned_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_submission" ADD CONSTRAINT "plan_submission_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plan"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_submission" ADD CONSTRAINT "plan_submission_submitted_by_user_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_slot" ADD CONSTRAINT "agenda_slot_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door" ADD CONSTRAINT "door_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_library_id_library_id_fk" FOREIGN KEY ("library_id") REFERENCES "public"."library"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_group_id_team_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."team"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_request" ADD CONSTRAINT "join_request_library_id_library_id_fk" FOREIGN KEY ("library_id") REFERENCES "public"."library"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training" ADD CONSTRAINT "training_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quiz_attempt_user" ON "quiz_attempt" USING btree ("user_id","module_slug");--> statement-breakpoint
CREATE INDEX "feedback_comment_training" ON "feedback_comment" USING btree ("training_id","instrument");--> statement-breakpoint
CREATE INDEX "feedback_response_training" ON "feedback_response" USING btree ("training_id","instrument");--> statement-breakpoint
CREATE UNIQUE INDEX "user_grant_once" ON "user_grant" USING btree ("user_id","role","scope_kind","scope_id");--> statement-breakpoint
CREATE INDEX "user_grant_scope" ON "user_grant" USING btree ("scope_kind","scope_id","role");--> statement-breakpoint
CREATE INDEX "library_region" ON "library" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "region_parent" ON "region" USING btree ("parent_code");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_expires" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_once" ON "plan" USING btree ("group_id","strategy");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_document" ON "plan" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "plan_training" ON "plan" USING btree ("training_id");--> statement-breakpoint
CREATE INDEX "plan_region" ON "plan" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "search_doc_kind_at" ON "search_doc" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "agenda_slot_training" ON "agenda_slot" USING btree ("training_id","on_day","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "team_once" ON "team" USING btree ("training_id","region_code","name");--> statement-breakpoint
CREATE INDEX "team_member_user" ON "team_member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "join_request_user" ON "join_request" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "training_region" ON "training" USING btree ("region_code","starts_on");