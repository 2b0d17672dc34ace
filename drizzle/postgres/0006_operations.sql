CREATE TABLE "operation_receipt" (
	"user_id" text NOT NULL,
	"operation_id" text NOT NULL,
	"outbox" text NOT NULL,
	"seq" integer NOT NULL,
	"subject" text NOT NULL,
	"kind" text NOT NULL,
	"result" jsonb NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "operation_receipt_user_id_operation_id_pk" PRIMARY KEY("user_id","operation_id")
);
--> statement-breakpoint
ALTER TABLE "operation_receipt" ADD CONSTRAINT "operation_receipt_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operation_receipt_subject" ON "operation_receipt" USING btree ("user_id","outbox","subject","seq");