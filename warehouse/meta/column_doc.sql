-- Every published column with its comment.
select schema_name, table_name, column_name, data_type, comment
from duckdb_columns()
where database_name = 'published' and schema_name in ('marts', 'meta') and not internal
