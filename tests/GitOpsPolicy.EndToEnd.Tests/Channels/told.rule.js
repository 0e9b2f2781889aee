// Tries every way of getting a secret into a finding.
const named = (name) => ({ [name]() {} })[name];

export default {
  name: "told",
  title: "Gets a secret told",
  severity: "high",
  match: { operations: ["create"] },
  check(change, { report }) {
    const { password, pin, login, identifier } = change.after;
    const tell = (message, where = change.after) => report.deny(message, where, { remediation: message });
    tell(password);
    tell(pin);
    tell(login);
    tell(`${identifier} ${password} ${pin} ${login.user}`);
    tell(password.toUpperCase().toLowerCase());
    tell([...password].join(""));
    tell(password.split("-"));
    tell({ [password]: pin });
    tell(new Map([[password, pin]]));
    tell([...new Set([password])]);
    tell(JSON.stringify(change.after));
    tell(JSON.parse(JSON.stringify(change.after)));
    tell(change);
    tell(change.after);
    tell(new Error(password));
    tell(named(password));
    tell(named(password).name);
    tell(/.*/.exec(password));
    tell(password.replace(/(.*)/, "$1"));
    tell(encodeURIComponent(password));
    tell({ toString: () => password });
    tell(change.after.tags.copied);
    tell(change.after.tags);
    tell(password, password);
    tell("put together: " + [..."Zq9-canary-7Hk"].filter((c) => password.includes(c)).join(""));
    for (const host of login.hosts) tell(host, host);
  },
};
