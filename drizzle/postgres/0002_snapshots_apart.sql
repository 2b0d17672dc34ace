CREATE TABLE "document_snapshot" (
	"document_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"snapshot" "bytea" NOT NULL,
	"outline" "bytea"
);
--> statement-breakpoint
ALTER TABLE "document" DROP CONSTRAINT "document_snapshot_not_ahead";--> statement-breakpoint
ALTER TABLE "document_snapshot" ADD CONSTRAINT "document_snapshot_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "document_snapshot"("document_id", "seq", "snapshot") SELECT "id", "snapshot_seq", "snapshot" FROM "document" WHERE "snapshot" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "document" DROP COLUMN "snapshot";--> statement-breakpoint
ALTER TABLE "document" DROP COLUMN "snapshot_seq";