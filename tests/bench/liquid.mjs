// node liquid.mjs LIQUIDJS-DIRECTORY TEMPLATE DATA.json SECONDS: as liquid.cpp, with liquidjs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [directory, file, json, seconds] = process.argv.slice(2);
const { Liquid } = createRequire(directory + "/")("liquidjs");
const engine = new Liquid({ timezoneOffset: 0 });
const text = readFileSync(file, "utf8"), data = JSON.parse(readFileSync(json, "utf8"));
const once = () => engine.renderSync(engine.parse(text), data);
if (Number(seconds) <= 0) {
  process.stdout.write(once());
} else {
  for (let i = 0; i < 500; ++i) once(); // until it is compiled
  const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  const start = cpu();
  let n = 0, spent = 0;
  for (; spent < Number(seconds); spent = cpu() - start, n += 50) for (let i = 0; i < 50; ++i) once();
  console.log(n / spent);
}
