// duckdb.mjs FILE.duckdb [SQL…]: runs each statement with two threads, prints the rows of the last as CSV. Finds
// @duckdb/node-api where DUCKDB_NODE points (a folder with node_modules), else as node finds it.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.env.DUCKDB_NODE ?? '.', 'x.js'));
const { DuckDBInstance } = require('@duckdb/node-api');
const [file, ...statements] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { threads: '2' });
const connection = await instance.connect();
let rows = [];
for (const sql of statements) rows = await (await connection.run(sql)).getRows();
for (const row of rows) console.log(row.join(','));
connection.closeSync();
instance.closeSync();
