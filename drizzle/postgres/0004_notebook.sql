CREATE TABLE "note" (
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"text" text NOT NULL,
	"revision" integer NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "note_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "note_operation" (
	"user_id" text NOT NULL,
	"operation" text NOT NULL,
	"revision" integer NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "note_operation_user_id_operation_pk" PRIMARY KEY("user_id","operation")
);
--> statement-breakpoint
CREATE TABLE "note_set_aside" (
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"revision" integer NOT NULL,
	"text" text NOT NULL,
	"written_at" bigint NOT NULL,
	CONSTRAINT "note_set_aside_user_id_key_revision_pk" PRIMARY KEY("user_id","key","revision")
);
--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_operation" ADD CONSTRAINT "note_operation_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_set_aside" ADD CONSTRAINT "note_set_aside_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_operation_at" ON "note_operation" USING btree ("at");