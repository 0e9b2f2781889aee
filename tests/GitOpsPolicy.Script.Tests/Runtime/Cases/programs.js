// Small programs as rule authors write them.

//# grouping and summing
const pods = [{ ns: "a", cpu: 1 }, { ns: "b", cpu: 2 }, { ns: "a", cpu: 3 }]; const by = {}; for (const { ns, cpu } of pods) (by[ns] ??= []).push(cpu); print(by);
print(Object.entries(by).map(([k, v]) => `${k}=${v.reduce((x, y) => x + y, 0)}`).join(";")); print(pods.filter(p => p.cpu > 1).map(p => p.ns)); print(new Set(pods.map(p => p.ns)).size);
const m = new Map(pods.map((p, i) => [p.ns + i, p])); for (const [k, { cpu }] of m) print([k, cpu]); print([...m.keys()]);
//= {a: [1, 3], b: [2]}
//= 'a=4;b=2'
//= ['b', 'a']
//= 2
//= ['a0', 1]
//= ['b1', 2]
//= ['a2', 3]
//= ['a0', 'b1', 'a2']

//# image references
const parse = image => { const [, repo, tag, digest] = /^([^:@]+(?::\d+\/[^:@]+)?)(?::([\w.-]+))?(?:@(sha256:[a-f0-9]+))?$/.exec(image) ?? []; return { repo, tag: tag ?? "latest", digest }; };
print(parse("nginx")); print(parse("registry.example.com:5000/team/app:v1.2.3")); print(parse("a/b@sha256:abc")); print(parse("bad image"));
print(["nginx:1", "app:v1.2.3"].every(i => /:v?\d/.test(i))); print("a-b-c".split("-").at(-1)); print("x".padStart(3, "ab")); print("a,b,,c".split(",").filter(Boolean));
//= {repo: 'nginx', tag: 'latest', digest: undefined}
//= {repo: 'registry.example.com:5000/team/app', tag: 'v1.2.3', digest: undefined}
//= {repo: 'a/b', tag: 'latest', digest: 'sha256:abc'}
//= {repo: 'bad image', tag: 'latest', digest: undefined}
//= true
//= 'c'
//= 'abx'
//= ['a', 'b', 'c']

//# recursion over a tree
const walk = (node, path = [], out = []) => { if (Array.isArray(node)) node.forEach((n, i) => walk(n, [...path, i], out)); else if (node && typeof node === "object") Object.keys(node).forEach(k => walk(node[k], [...path, k], out)); else out.push(path.join("/") + "=" + node); return out; };
print(walk({ spec: { containers: [{ name: "a", env: [{ name: "X", value: "1" }] }, { name: "b" }], replicas: 3, paused: null } }));
//= ['spec/containers/0/name=a', 'spec/containers/0/env/0/name=X', 'spec/containers/0/env/0/value=1', 'spec/containers/1/name=b', 'spec/replicas=3', 'spec/paused=null']

//# sorting
const v = ["v1.10.0", "v1.2.0", "v1.9.1"]; const key = s => s.slice(1).split(".").map(Number); print(v.sort((a, b) => { const [x, y] = [key(a), key(b)]; for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return x[i] - y[i]; return 0; }));
print([3, 1, 10, 2].sort()); print([3, 1, 10, 2].sort((a, b) => b - a)); print(["b", undefined, "a"].sort()); print([5, 1].toSorted()); print(Object.groupBy === undefined || true);
//= ['v1.2.0', 'v1.9.1', 'v1.10.0']
//= [1, 10, 2, 3]
//= [10, 3, 2, 1]
//= ['a', 'b', undefined]
//= [1, 5]
//= true

//# quantities
const units = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, m: 1e-3, "": 1, k: 1e3, M: 1e6 }; const q = s => { const [, n, u] = /^([\d.]+)([A-Za-z]*)$/.exec(s); if (!(u in units)) throw new RangeError(`unit ${u}`); return Number(n) * units[u]; };
print(["100m", "1Gi", "0.5", "2k"].map(q)); try { q("1x"); } catch (e) { print(e); print(e.message); }
//= [0.1, 1073741824, 0.5, 2000]
//= RangeError
//= 'unit x'

//# memo and currying
const memo = f => { const c = new Map(); return n => c.get(n) ?? (c.set(n, f(n)), c.get(n)); }; const fib = memo(n => n < 2 ? n : fib(n - 1) + fib(n - 2)); print(fib(60)); const curry = f => a => b => c => f(a, b, c); print(curry((a, b, c) => a + b + c)(1)(2)(3));
const compose = (...fs) => x => fs.reduceRight((v, f) => f(v), x); print(compose(x => x + 1, x => x * 2)(5)); print([1, 2, 3].map(String).map(s => s + "!"));
//= 1548008755920
//= 6
//= 11
//= ['1!', '2!', '3!']

//# labels and selectors
const labels = { app: "x", tier: "db", "app.kubernetes.io/name": "pg" }; const { app, ...rest } = labels; print(rest); print(Object.fromEntries(Object.entries(labels).filter(([k]) => k.includes("/")))); print("tier" in labels && labels.tier === "db"); print(JSON.stringify(labels)); print(JSON.parse('{"a":[1,{"b":null}]}'));
const matches = (sel, l) => Object.entries(sel).every(([k, v]) => l[k] === v); print(matches({ app: "x" }, labels)); print(matches({ app: "y" }, labels));
//= {tier: 'db', app.kubernetes.io/name: 'pg'}
//= {app.kubernetes.io/name: 'pg'}
//= true
//= '{"app":"x","tier":"db","app.kubernetes.io/name":"pg"}'
//= {a: [1, {b: null}]}
//= true
//= false

//# state machines and loops
let state = "start", steps = []; while (state !== "end") { switch (state) { case "start": steps.push(1); state = "mid"; break; case "mid": steps.push(2); state = steps.length > 3 ? "end" : "mid"; continue; default: throw new Error("bad"); } steps.push("after"); } print(steps);
const grid = []; for (let y = 0; y < 3; y++) { const row = []; for (let x = 0; x < 3; x++) { if (x === y) continue; row.push(x * y); } grid.push(row); } print(grid); let s = ""; for (const ch of "héllo") s = ch + s; print(s);
let out = ""; for (let i = 0; i < 2000; i++) out += "ab"; print(out.length); const acc = []; do { acc.push(acc.length); } while (acc.length < 3); print(acc);
//= [1, 'after', 2, 2]
//= [[0, 0], [0, 2], [0, 2]]
//= 'oll\u00e9h'
//= 4000
//= [0, 1, 2]
