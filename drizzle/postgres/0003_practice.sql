CREATE TABLE "practice_answer" (
	"attempt_id" text NOT NULL,
	"item_id" text NOT NULL,
	"item_version" integer NOT NULL,
	"user_id" text NOT NULL,
	"occasion" text NOT NULL,
	"answer" text NOT NULL,
	"right" boolean NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "practice_answer_attempt_id_item_id_pk" PRIMARY KEY("attempt_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "practice_answer" ADD CONSTRAINT "practice_answer_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "practice_answer_user" ON "practice_answer" USING btree ("user_id","item_id");