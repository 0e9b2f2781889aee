// The steps of CI systems in one form, whatever the system.

/** @param {any} value */
const listOf = (value) => (Array.isArray(value) ? value : []);
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const recordsOf = (value) => (isRecord(value) ? Object.values(value).filter(isRecord) : []);
const isText = (value) => typeof value === "string";

// Texts of a script: one, a list, or lists within the list.
function blocksOf(value) {
  if (isText(value)) return [{ text: value, where: value }];
  return listOf(value).flatMap(blocksOf);
}

/**
 * @typedef {object} Step
 * @property {{ text: string, where: any }[]} script what the shell runs; empty for an action
 * @property {string | null} uses the action; null for a script
 * @property {any} inputs what the action is given
 * @property {{ where: any, word: string } | null} soft why its failure does not count; null when it does
 * @property {boolean} pipefail a pipe fails with any of its commands
 * @property {boolean} errexit the first failure ends the script
 * @property {any} condition when it runs; null when nothing is said
 * @property {any} id by which others ask how it ended
 * @property {any} job the job that it belongs to; null for none
 */

/** @returns {Step} */
function step(script, more = {}) {
  return { script: blocksOf(script), uses: null, inputs: {}, soft: null, pipefail: false, errexit: true, condition: null, id: null, job: null, ...more };
}

const softBy = (holder, word) => (holder[word] === true ? { where: holder[word], word: `\`${word}: true\`` } : null);

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax: without `shell`, `bash -e`; with `shell: bash`, `-eo pipefail` too.
function github(job, steps, defaultShell) {
  return listOf(steps).filter(isRecord).map((one) => {
    const shell = one.shell ?? defaultShell;
    const more = { soft: softBy(one, "continue-on-error") ?? softBy(job, "continue-on-error"), condition: one.if ?? null, id: one.id ?? null, job };
    if (isText(one.uses)) return step([], { ...more, uses: one.uses, inputs: isRecord(one.with) ? one.with : {} });
    return step(one.run, { ...more, pipefail: shell === "bash" || /pipefail/.test(shell ?? ""), errexit: !/\+e\b/.test(shell ?? "") });
  });
}

function githubWorkflow(file) {
  return recordsOf(file.jobs).flatMap((job) => github(job, job.steps, job.defaults?.run?.shell ?? file.defaults?.run?.shell));
}

// The runner's shell has `errexit`, and `pipefail` where the shell knows it. What fails in `after_script` is not told.
function gitlab(file) {
  return recordsOf(file).flatMap((job) => {
    const more = { soft: softBy(job, "allow_failure") ?? optional(job), pipefail: true, condition: job.when ?? null, job };
    const after = job.after_script === undefined ? [] : [step(job.after_script, { ...more, soft: { where: job.after_script, word: "`after_script`" } })];
    return [step([job.before_script, job.script], more), ...after];
  });
}

// A manual job counts as passed while nobody has started it, unless it has `rules` or says `allow_failure: false`.
function optional(job) {
  if (job.when !== "manual" || job.rules !== undefined || job.allow_failure !== undefined) return null;
  return { where: job.when, word: "`when: manual` without `allow_failure: false`" };
}

function circle(file) {
  return [...recordsOf(file.jobs), ...recordsOf(file.commands)].flatMap((job) =>
    listOf(job.steps).map((one) => one?.run ?? null).filter((run) => run !== null)
      .map((run) => step(isRecord(run) ? run.command : run, { pipefail: !isRecord(run) || run.shell === undefined, condition: run.when ?? null, job })));
}

// Neither `bash:` nor `script:` stops at the first failure: the last command decides.
function azure(file) {
  const jobs = [file, ...listOf(file.jobs), ...listOf(file.stages).flatMap((stage) => listOf(stage?.jobs))].filter(isRecord);
  return jobs.flatMap((job) => [...listOf(job.steps), ...recordsOf(job.strategy).flatMap((way) => recordsOf(way)).flatMap((phase) => listOf(phase.steps))]
    .filter(isRecord)
    .map((one) => step(one.script ?? one.bash ?? one.inputs?.script ?? one.inputs?.inlineScript, {
      soft: softBy(one, "continueOnError") ?? softBy(job, "continueOnError"), errexit: false, condition: one.condition ?? null, job,
    })));
}

function bitbucket(value) {
  if (Array.isArray(value)) return value.flatMap(bitbucket);
  if (!isRecord(value)) return [];
  const own = value.script === undefined ? [] : [step(value.script, { pipefail: true, job: value })];
  return [...own, ...Object.values(value).flatMap(bitbucket)];
}

// https://www.runatlantis.io/docs/custom-workflows: each `run` is a `sh -c`.
function atlantis(file) {
  const stages = recordsOf(file.workflows).flatMap((workflow) => recordsOf(workflow)).flatMap((stage) => listOf(stage.steps));
  const hooks = listOf(file.repos).filter(isRecord).flatMap((repo) => [...listOf(repo.pre_workflow_hooks), ...listOf(repo.post_workflow_hooks)]);
  return [...stages, ...hooks].filter(isRecord).map((one) => step(isRecord(one.run) ? one.run.command : one.run, { errexit: false }));
}

const readers = {
  GitHubWorkflow: githubWorkflow,
  GitHubAction: (file) => github({}, file.runs.steps, undefined),
  GitLabPipeline: gitlab,
  CircleCIConfig: circle,
  AzurePipeline: azure,
  BitbucketPipeline: (file) => bitbucket(file.pipelines),
  AtlantisRepoConfig: atlantis,
  AtlantisServerConfig: atlantis,
};

/**
 * The steps of a tool's file, in order; none for a kind that has none.
 * @param {any} file @param {string} kind @returns {Step[]}
 */
export const stepsOf = (file, kind) => (kind in readers ? readers[kind](file) : []);
