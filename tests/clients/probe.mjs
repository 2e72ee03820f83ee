// What a Node client sees of a published file: the recipe stands above this text, prints one JSON document.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const rows = async (query) => (await connection.runAndReadAll(query)).getRowsJson().map((row) => row.map(String));
const folder = process.argv[2];
const answers = {};
for (const name of readdirSync(folder).filter((name) => name.endsWith(".sql")).sort()) {
  answers[name.replace(".sql", "")] = await rows(readFileSync(join(folder, name), "utf-8"));
}
const refused = [];
for (const attempt of ["select * from read_csv('/etc/hosts')", "set enable_external_access = true", "create table x (i int)"]) {
  try {
    await rows(attempt);
  } catch {
    refused.push(attempt);
  }
}
console.log(
  JSON.stringify({
    version: (await rows("select version()"))[0][0],
    tables: (await rows("select schema_name || '.' || table_name from duckdb_tables() order by 1")).map((row) => row[0]),
    uncommented: await rows(
      "select table_name, column_name from duckdb_columns() where schema_name in ('marts', 'meta') and not internal and coalesce(comment, '') = ''",
    ),
    answers,
    search: await rows("select article_key from marts.search('機器人')"),
    refused,
  }),
);
