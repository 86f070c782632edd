// Audits five pages as a slow phone sees them: node run.mjs http://127.0.0.1:PORT [runs]
// Prints `page performance accessibility` and what lowers a page; ends with 1 when one is below its floor.
// Nothing leaves the machine: no error reporting, and the browser asks for no updates, lists or suggestions.
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const FLOORS = { performance: 95, accessibility: 100 };
const PASSWORD = "qiushi-2020-demo";
// Page: who, and its address; a pattern is looked for on the page at the address, and followed.
const PAGES = [
  ["cockpit", "leader", "/cockpit/?as_of=2020-03-23"],
  ["workbench", "industry", "/workbench/"],
  ["ledger", "office", "/resumption/ledger/?status=RESUMED"],
  ["record", "office", "/resumption/ledger/?status=RESUMED", /href="(\/resumption\/enterprises\/[^"/]+\/)"/],
  ["enterprise", "ifc", "/resumption/mine/"],
];
const CHROMIUM = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
  "--lang=zh-CN",
];

const [site, runs = "3"] = process.argv.slice(2);

function cookies(answer) {
  return answer.headers.getSetCookie().map((line) => line.split(";")[0]);
}

// The cookies of somebody who is signed in.
async function signedIn(username) {
  const form = await fetch(`${site}/sign-in/`);
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await form.text())[1];
  const answer = await fetch(`${site}/sign-in/`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookies(form).join("; "), Referer: `${site}/sign-in/` },
    body: new URLSearchParams({ csrfmiddlewaretoken: token, username, password: PASSWORD }),
  });
  if (answer.status !== 302) throw new Error(`${username} can't sign in: ${answer.status}`);
  return cookies(answer).join("; ");
}

async function addressOf(path, pattern, cookie) {
  if (!pattern) return site + path;
  const page = await (await fetch(site + path, { headers: { Cookie: cookie } })).text();
  return site + pattern.exec(page)[1];
}

// One audit: the scores in hundredths, and what took points away.
async function audited(address, cookie, port) {
  const { lhr } = await lighthouse(address, {
    port,
    output: "json",
    logLevel: "error",
    enableErrorReporting: false,
    onlyCategories: Object.keys(FLOORS),
    extraHeaders: { Cookie: cookie },
    locale: "en-US",
  });
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(address).pathname) throw new Error(`sent on to ${lhr.finalDisplayedUrl}`);
  const lost = Object.entries(lhr.categories).flatMap(([category, { auditRefs }]) =>
    auditRefs
      .map(({ id, weight }) => ({ ...lhr.audits[id], weight, category }))
      .filter((each) => each.score !== null && each.score < 1 && (each.weight || process.env.LIGHTHOUSE_ALL))
      .map((each) => `${each.category}: ${each.id} ${each.score} ${each.displayValue ?? ""}`),
  );
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]));
  return { scores, lost };
}

// The best of several runs: other work on the machine only takes points away. A fault of accessibility counts in whichever run it is seen.
function best(results) {
  const found = [...results].sort((a, b) => b.scores.performance - a.scores.performance)[0];
  found.scores.accessibility = Math.min(...results.map((each) => each.scores.accessibility));
  return found;
}

// A browser of its own for each run: nothing of the run before is left, neither files nor cookies.
async function runOf(address, cookie) {
  const browser = await chromeLauncher.launch({
    chromePath: process.env.SHOUSHAN_CHROMIUM ?? "/usr/bin/chromium",
    chromeFlags: CHROMIUM,
    ignoreDefaultFlags: true,
    logLevel: "silent",
  });
  try {
    return await audited(address, cookie, browser.port);
  } finally {
    browser.kill();
  }
}

let isBelow = false;
for (const [name, username, path, pattern] of PAGES) {
  const cookie = await signedIn(username);
  const address = await addressOf(path, pattern, cookie);
  await fetch(address, { headers: { Cookie: cookie } }); // a server that has just started reads its templates
  const results = [];
  for (let run = 0; run < Number(runs); run += 1) results.push(await runOf(address, cookie));
  const { scores, lost } = best(results);
  console.log(`${name} ${scores.performance} ${scores.accessibility}`);
  const short = Object.entries(FLOORS).some(([category, floor]) => scores[category] < floor);
  if (short || process.env.LIGHTHOUSE_ALL) for (const line of lost) console.log(`  ${line}`);
  isBelow ||= short;
}
if (isBelow) console.error(`below the floor: performance ${FLOORS.performance}, accessibility ${FLOORS.accessibility}`);
process.exit(isBelow ? 1 : 0);
