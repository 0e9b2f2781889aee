// What rules see. Written by `gitops-policy types`; edits are lost the next time it runs.

/** True for a value that is not known until apply. Asking does not make the decision undetermined; branching on the value would. */
declare function isUnknown(value: unknown): boolean;

/** True for a value that no message may show. It can be compared and measured; in text it shows as `(sensitive #1f3a)`. */
declare function isSensitive(value: unknown): boolean;

/** Types for rules: `import("gitops-policy").Rule`. There is nothing to import at run time. */
declare module "gitops-policy" {
  /** What happens to the resource. */
  export type Operation = "none" | "create" | "update" | "delete" | "replace" | "forget" | "import" | "read" | "connect";
  /** Where the change was seen. */
  export type Origin = "manifest" | "diff" | "plan" | "review" | "live" | "drift";
  /** Who judges it. */
  export type Surface = "ci" | "admission" | "audit" | "reconcile";
  /** What brought it about. */
  export type Cause = "explicit" | "prune" | "cascade" | "replace";
  /** How bad a finding is. */
  export type Severity = "info" | "low" | "medium" | "high" | "critical";
  /** The most that a finding may do. */
  export type Enforcement = "off" | "audit" | "warn" | "deny";

  /** The identity of a Kubernetes object. In text: `Deployment prod/web`. */
  export interface KubernetesResource {
    readonly platform: "kubernetes";
    /** API group; empty for the core group. */
    readonly group: string;
    readonly version: string;
    /** Group and version, such as `apps/v1`. */
    readonly apiVersion: string;
    readonly kind: string;
    /** Empty for what has no namespace. */
    readonly namespace: string;
    readonly name: string;
    readonly address?: any;
    readonly type?: any;
    readonly provider?: any;
    readonly module?: any;
    readonly index?: any;
    readonly deposed?: any;
    readonly isData?: any;
    readonly path?: any;
    toString(): string;
  }

  /** The identity of a Terraform resource. In text: its address. */
  export interface TerraformResource {
    readonly platform: "terraform";
    /** Such as `module.db.aws_db_instance.main[0]`. */
    readonly address: string;
    readonly type: string;
    readonly name: string;
    /** Source address, such as `registry.terraform.io/hashicorp/aws`. */
    readonly provider: string;
    /** Address of its module; empty for the root. */
    readonly module: string;
    /** Key of `for_each` or number of `count`; null for none. */
    readonly index: string | null;
    /** Key of a deposed object; null for none. */
    readonly deposed: string | null;
    readonly isData: boolean;
    readonly group?: any;
    readonly version?: any;
    readonly apiVersion?: any;
    readonly kind?: any;
    readonly namespace?: any;
    readonly path?: any;
    toString(): string;
  }

  /** A file of a CI system or another tool. In text: `GitHubWorkflow .github/workflows/ci.yml`. */
  export interface ToolFile {
    readonly platform: "file";
    /** Such as `GitHubWorkflow`. */
    readonly kind: string;
    readonly path: string;
    readonly group?: any;
    readonly version?: any;
    readonly apiVersion?: any;
    readonly namespace?: any;
    readonly name?: any;
    readonly address?: any;
    readonly type?: any;
    readonly provider?: any;
    readonly module?: any;
    readonly index?: any;
    readonly deposed?: any;
    readonly isData?: any;
    toString(): string;
  }

  /** Compare `platform` first; the fields of the other platforms are undefined. */
  export type Resource = KubernetesResource | TerraformResource | ToolFile;

  /** One intended or observed change of one resource. */
  export interface Change {
    readonly operation: Operation;
    /** The object before; null where there is none. Every value in it knows its file, line and column. */
    readonly before: any;
    /** The object after; null where there is none. Every value in it knows its file, line and column. */
    readonly after: any;
    /** `after`, or `before` where there is no `after`. */
    readonly object: any;
    readonly resource: Resource;
    /** The identity it had before a rename, a move or a change of API version; else null. */
    readonly previous: Resource | null;
    readonly surface: Surface;
    readonly origin: Origin;
    readonly cause: Cause;
    /** The environment of the configuration that its file belongs to; null for none. */
    readonly environment: string | null;
    /** Who makes it, where that is known. */
    readonly actor: string | null;
    /** Why, in the words of the plan, such as `delete_because_each_key`. */
    readonly reason: string | null;
    readonly file: string | null;
    /** The part of a Kubernetes resource that a request goes to, such as `scale` or `exec`; empty for the resource itself. */
    readonly subresource: string;
    /** What forces a replace: lists of steps. */
    readonly replacePaths: readonly (readonly string[])[];
    /** An acknowledgement names this very deletion. */
    readonly acknowledged: boolean;
    /** The change that looks like the other half of a rename; null for none. */
    readonly pairedWith: Change | null;
  }

  /** All changes of one pull request, plan or pass. */
  export interface ChangeSet {
    /** Changes of resources. */
    readonly changes: readonly Change[];
    /** Changes of tools' files, such as workflows. */
    readonly files: readonly Change[];
    /** How many resources there were before; null where that is not known. */
    readonly countBefore: number | null;
    /** Why the set is not the whole picture; empty when it is. */
    readonly incomplete: readonly string[];
    /** How many changes there are of these operations; of all when none is named. */
    count(...operations: Operation[]): number;
  }

  /** What findings are reported to. */
  export interface Report {
    /**
     * Reports a finding that stops the change.
     * @param message One line of at most 1 KB that says what is wrong.
     * @param where The value to point to: anything that came out of the change, or a change. Without it, the change as a whole.
     */
    deny(message: string, where?: unknown, options?: ReportOptions): void;
    /** Reports a finding that is shown and stops nothing. */
    warn(message: string, where?: unknown, options?: ReportOptions): void;
    /** Reports a finding that is only recorded. */
    audit(message: string, where?: unknown, options?: ReportOptions): void;
  }

  export interface ReportOptions {
    /** What to do, instead of the rule's own `remediation`. */
    remediation?: string;
    /** What mends it for certain, for everybody. It becomes an edit of the file that the values came from. */
    fix?: Fix;
  }

  /** A change for the better, told with values that came out of the change as they are: no copies, and no parts of them. */
  export interface Fix {
    /** Values that are taken out, with their keys. */
    remove?: unknown;
    /** Texts, numbers and words that become others. */
    set?: readonly (readonly [value: unknown, to: string | number | boolean | null])[];
    /** Parts of a text that become others; each must stand in the text once. */
    replace?: readonly (readonly [text: string, from: string, to: string])[];
    /** Keys that a mapping gets, or an item that a list gets. */
    add?: readonly (readonly [holder: unknown, what: unknown])[];
  }

  /** What a rule is given beside the change. */
  export interface Tools<P> {
    /** The parameters in force. */
    readonly params: P;
    readonly report: Report;
    /** The change set that the change belongs to. */
    readonly set: ChangeSet;
  }

  /** What a rule judges. Every line given must fit; within a line one of the words must. */
  export interface Match {
    /** Default: every one but `none` and `read`. */
    operations?: Operation | readonly Operation[];
    kubernetes?: {
      /** `Kind` of any group, `group/Kind`, or a glob of either. */
      kinds?: string | readonly string[];
      namespaces?: string | readonly string[];
      /** Every one must be there; values are globs. */
      labels?: { readonly [key: string]: string };
      /** Every one must be there; values are globs. */
      annotations?: { readonly [key: string]: string };
    };
    terraform?: {
      /** Resource types such as `aws_db_*`. */
      types?: string | readonly string[];
      /** Source addresses such as `* /hashicorp/aws` (without the space). */
      providers?: string | readonly string[];
    };
    /** Files of CI systems and other tools, which a rule judges only when it names them. */
    files?: {
      /** Such as `GitHubWorkflow`. */
      kinds?: string | readonly string[];
    };
    origins?: Origin | readonly Origin[];
    environments?: string | readonly string[];
    surfaces?: Surface | readonly Surface[];
  }

  export type ParameterType = "string" | "integer" | "number" | "boolean" | "array" | "object";

  /** What a value has to be: a type's name, or more about it. */
  export type ValueSchema = ParameterType | ValueDescription;

  export interface ValueDescription {
    readonly type: ParameterType;
    /** What each element of a list has to be. */
    readonly items?: ValueSchema;
    /** What the values of an object have to be, by name. */
    readonly properties?: { readonly [name: string]: ValueSchema };
    /** What every other value of an object has to be; without it other names are errors. */
    readonly additionalProperties?: ValueSchema;
    readonly enum?: readonly (string | number | boolean | null)[];
    /** Regular expression that is found in the text. */
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    /** For whoever sets it. */
    readonly description?: string;
  }

  /** A parameter that the configuration may set. */
  export interface ParameterDescription extends ValueDescription {
    /** Value while the configuration sets none. */
    readonly default?: unknown;
    /** A question only the user can answer. While the parameter is unset the rule is not applied. */
    readonly ask?: string;
  }

  export interface Parameters {
    readonly [name: string]: ParameterType | ParameterDescription;
  }

  /** The value that a schema describes. */
  export type ValueOf<S> =
    S extends "string" ? string :
    S extends "integer" | "number" ? number :
    S extends "boolean" ? boolean :
    S extends "array" ? readonly any[] :
    S extends "object" ? { readonly [name: string]: any } :
    S extends { readonly enum: readonly (infer E)[] } ? E :
    S extends { readonly type: "array"; readonly items: infer I } ? readonly ValueOf<I>[] :
    S extends { readonly type: "object"; readonly properties: infer M } ? { readonly [K in keyof M]?: ValueOf<M[K]> } :
    S extends { readonly type: "object"; readonly additionalProperties: infer A } ? { readonly [name: string]: ValueOf<A> } :
    S extends { readonly type: infer T } ? ValueOf<T> :
    any;

  /** The values that a rule sees: those with `default` or `ask` are always there. */
  export type ValuesOf<P> = {
    readonly [K in keyof P]: P[K] extends { readonly default: unknown } | { readonly ask: string } ? ValueOf<P[K]> : ValueOf<P[K]> | undefined;
  };

  /** What rules of both kinds say about themselves. */
  export interface RuleDescription<P> {
    /** Lower-case letters, digits and dashes; distinct among all rules. */
    name: string;
    /** One line that says what the rule wants. */
    title: string;
    /** Why, in as many lines as it takes. */
    description?: string;
    /** `medium` when nothing is said. */
    severity?: Severity;
    /** A word to group by, such as `supply-chain`. */
    category?: string;
    /** What the author of the change should do. */
    remediation?: string;
    /** What the fixes of the rule do, where it offers some. */
    fixes?: string;
    /** The most that a finding of this rule may do; the configuration may say otherwise. */
    enforcement?: Enforcement;
    /** `false`: no waiver excuses it. */
    waivable?: boolean;
    match?: Match;
    parameters?: P;
  }

  /** A rule that judges each matching change. */
  export interface ChangeRule<P> extends RuleDescription<P> {
    check(change: Change, tools: Tools<ParamsOf<P>>): void;
    checkSet?: never;
  }

  /** A rule that judges the change set as a whole, once. */
  export interface ChangeSetRule<P> extends RuleDescription<P> {
    checkSet(set: ChangeSet, tools: Tools<ParamsOf<P>>): void;
    check?: never;
  }

  /** Values of declared parameters; of any when the declaration is not known. */
  export type ParamsOf<P> = Parameters extends P ? { readonly [name: string]: any } : ValuesOf<P>;

  /**
   * The default export of a rule:
   *
   *     /** @type {import("gitops-policy").Rule} *\/
   *     export default { … };
   *
   * `params` is checked too when the parameters have a name of their own:
   *
   *     const parameters = /** @type {const} *\/ ({ limit: { type: "integer", default: 10 } });
   *
   *     /** @type {import("gitops-policy").Rule<typeof parameters>} *\/
   *     export default { …, parameters, check(change, { params, report }) { params.limit … } };
   */
  export type Rule<P = Parameters> = ChangeRule<P> | ChangeSetRule<P>;
}
