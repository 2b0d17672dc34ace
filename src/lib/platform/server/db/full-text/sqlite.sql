CREATE VIRTUAL TABLE `search_fts` USING fts5(`terms`, content='search_doc', content_rowid='id', tokenize='unicode61');
--> statement-breakpoint
-- What is erased leaves the index as well, at once.
INSERT INTO `search_fts`(`search_fts`, `rank`) VALUES ('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER `search_doc_ai` AFTER INSERT ON `search_doc` BEGIN
	INSERT INTO `search_fts`(rowid, `terms`) VALUES (new.`id`, new.`terms`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_doc_ad` AFTER DELETE ON `search_doc` BEGIN
	INSERT INTO `search_fts`(`search_fts`, rowid, `terms`) VALUES ('delete', old.`id`, old.`terms`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_doc_au` AFTER UPDATE ON `search_doc` BEGIN
	INSERT INTO `search_fts`(`search_fts`, rowid, `terms`) VALUES ('delete', old.`id`, old.`terms`);
	INSERT INTO `search_fts`(rowid, `terms`) VALUES (new.`id`, new.`terms`);
END;
