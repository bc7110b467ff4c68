package dev.boundary.cli;

import dev.boundary.rls.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which tables hold whose rows. A table is {@code schema.table}, or {@code table} for schema {@code public}. */
final class TableOptions {

    @Option(
            names = "--tenant",
            paramLabel = "TABLE=COLUMN",
            description = "A table whose rows belong to the tenant in a column.")
    private Map<String, String> tenant = new LinkedHashMap<>();

    @Option(
            names = "--child",
            paramLabel = "TABLE=COLUMN[,COLUMN]",
            description = "A table whose rows belong to the tenant of the row that this foreign key points at.")
    private Map<String, String> child = new LinkedHashMap<>();

    @Option(
            names = "--mixed",
            paramLabel = "TABLE=COLUMN",
            description = "A table with shared rows, whose tenant column is null.")
    private Map<String, String> mixed = new LinkedHashMap<>();

    @Option(
            names = "--global",
            paramLabel = "TABLE",
            description = "A table that belongs to no tenant and is read-only for the application.")
    private List<String> global = new ArrayList<>();

    Map<TableName, String> tenant() {
        return named(tenant);
    }

    Map<TableName, List<String>> child() {
        Map<TableName, List<String>> tables = new LinkedHashMap<>();
        child.forEach((table, columns) -> tables.put(table(table), List.of(columns.split(",", -1))));
        return tables;
    }

    Map<TableName, String> mixed() {
        return named(mixed);
    }

    List<TableName> global() {
        return global.stream().map(TableOptions::table).toList();
    }

    static TableName table(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? TableName.of(text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    private static Map<TableName, String> named(Map<String, String> texts) {
        Map<TableName, String> tables = new LinkedHashMap<>();
        texts.forEach((table, column) -> tables.put(table(table), column));
        return tables;
    }
}
