// The built-in modules. Written by `gitops-policy types`; edits are lost the next time it runs.

/** What a deletion loses, and what stands against it. */
declare module "gitops-policy/prune" {
  import type { Change } from "gitops-policy";

  /** Deleting it loses what Git cannot give back. */
  export function isStateful(change: Change): boolean;
  /** The object that was there is gone afterwards: a delete or a replace. A forget is not, as the object lives on unmanaged. */
  export function isDestructive(change: Change): boolean;
  /** The class of the drift table that the resource belongs to. */
  export function resourceClass(change: Change): ResourceClass;
  /** Whether it may be pruned, by the drift table. */
  export function prunePolicy(change: Change): "allow" | "confirm" | "never";
  /** What stands against the deletion, on the object as it is before the change. */
  export function pruneProtection(change: Change): PruneProtection;
  /** What is gone once a change, or several of one set, deletes what it names: what is in a namespace, of a definition's kind, owned, delivered by an Application or a Kustomization, among the resources that the set knows of. */
  export function cascade(change: Change | readonly Change[]): Cascade;

  export interface Cascade {
    /** How many, those that are named included. */
    readonly count: number;
    /** All of them, in the order of the set. */
    readonly objects: readonly Change[];
    /** Those that hold state which nothing keeps. */
    readonly stateful: readonly Change[];
    /** In one phrase, such as `1 deletion ⇒ 214 objects, 6 stateful (…)`; null where nothing else goes. */
    readonly text: string | null;
  }

  export interface ResourceClass {
    readonly name: string;
    readonly drift: "ignore" | "correct" | "alert" | "freeze";
    readonly prune: "allow" | "confirm" | "never";
    readonly stateful: boolean;
    readonly backup: boolean;
    /** What is lost, in a few words; may be empty. */
    readonly why: string;
  }

  export interface PruneProtection {
    /** Something stands against this very deletion: it keeps the object or its data. */
    readonly protected: boolean;
    /** By what, such as an annotation. */
    readonly by: readonly string[];
    /** What each of `by` does. */
    readonly effects: readonly ("prevents" | "asks" | "orphans" | "retains")[];
    /** Guards that stand against other deletions than this one: a mark that keeps a tool from pruning stops nobody else. */
    readonly powerless: readonly string[];
    /** Where the protection stands, or the object. */
    readonly where: any;
    readonly acknowledged: boolean;
    /** Guards that go in the same change, with the deletions they stood against. */
    readonly lost: readonly { readonly by: string; readonly against: readonly ("prune" | "cascade" | "delete" | "data")[]; readonly where: any }[];
    /** What makes the deletion worse, such as a reclaim policy. */
    readonly dangers: readonly { readonly name: string; readonly does: string; readonly where: any }[];
  }
}

/** What differs between two states, and what that calls for. */
declare module "gitops-policy/drift" {
  import type { Change } from "gitops-policy";

  /** What differs and means something. */
  export function changedPaths(change: Change): ChangedPath[];
  /** What to do about the drift, by the drift table; `ignore` where nothing that means something differs. */
  export function driftClass(change: Change): "ignore" | "correct" | "alert" | "freeze";
  /** What to do about the drift: the table's answer, made stricter by what is going on, such as a freeze window, broken glass, or Git that cannot be read. */
  export function driftDecision(change: Change): DriftDecision;
  /** How what lives departs from Git. */
  export function driftKind(change: Change): "missing" | "modified" | "added" | "extraneous" | "unmanaged" | "identity" | "conflict" | "policy" | "unknown" | "none";

  export interface DriftDecision {
    readonly kind: "missing" | "modified" | "added" | "extraneous" | "unmanaged" | "identity" | "conflict" | "policy" | "unknown" | "none";
    readonly class: "ignore" | "correct" | "alert" | "freeze";
    readonly prune: "allow" | "confirm" | "never";
    /** It is about who may do what: whoever is on call should hear of it. */
    readonly security: boolean;
    /** Why it is stricter than the table says. */
    readonly reasons: readonly string[];
    /** Why it cannot be told, or who claims it; null where there is nothing to say. */
    readonly because: string | null;
  }

  export interface ChangedPath {
    /** In one text, such as `spec.replicas`. */
    readonly path: string;
    readonly steps: readonly string[];
    readonly before: any;
    readonly after: any;
    /** The value to point to: of drift of Kubernetes objects, in Git. */
    readonly where: any;
    /** Who wrote it, as the object that lives says in its `managedFields`; null where it does not. */
    readonly manager: string | null;
  }
}

/** Environments that changes go through one after the other, as the configuration orders them. */
declare module "gitops-policy/promotion" {
  import type { Change } from "gitops-policy";

  /** The environment before that of a change, and whether anything of it is among what is judged; null where there is none. */
  export function previousEnvironment(change: Change): { readonly name: string, readonly known: boolean } | null;
  /** The same resource in the environment before, as it stands at the head; null where there is none. */
  export function counterpart(change: Change): Change | null;
  /** Where the resource differs from its counterpart, names of environments and what servers write aside; empty where there is no counterpart. */
  export function environmentDifferences(change: Change): EnvironmentDifference[];
  /** Whether one of the pointers covers the place; `*` is any step or part of one, `**` any number of steps. */
  export function fitsPath(steps: readonly string[], patterns: readonly string[]): boolean;

  /** Every version that the resource deploys: of images, charts, revisions and artifacts. */
  export function versions(change: Change): Version[];
  /** For how long a version has been in the environment before that of the change, by the history of the base. */
  export function timeIn(change: Change, version: Version): TimeIn;
  /** What the annotations `gitopspolicy.dev/hotfix` and `gitopspolicy.dev/hotfix-until` say; null where there are none. */
  export function hotfix(change: Change): Hotfix | null;
  /** Who owns the file of the change, by `CODEOWNERS` of the base; null where there is no such file. */
  export function owners(change: Change): string[] | null;
  /** Who has approved the pull request; null where nobody says. */
  export function approvals(change: Change): Approvals | null;

  export interface Version {
    readonly kind: "image" | "chart" | "revision" | "artifact";
    /** Of what: a repository, a chart, a repository's path. */
    readonly name: string;
    /** Which: a digest, a tag, a revision. */
    readonly version: string;
    /** What it goes by: equal for equal versions of the same. */
    readonly key: string;
    /** As people write it: `ghcr.io/acme/web:1.4.0`. */
    readonly text: string;
    /** The resource did not have it before. */
    readonly introduced: boolean;
    /** The value to point to. */
    readonly where: any;
  }

  export interface TimeIn {
    /** It has been there; unknown where the history is not. */
    readonly seen: boolean;
    /** Days of the longest time it was there without a break; unknown where the history does not tell. */
    readonly days: number;
    /** The days that are certain. */
    readonly atLeast: number;
  }

  export interface Hotfix {
    readonly reason: any;
    readonly until: any;
    /** Days left until then, negative afterwards; NaN where no day is given. */
    readonly days: number;
    readonly where: any;
  }

  export interface Approvals {
    readonly author: string;
    readonly by: readonly string[];
    /** Members by team: `@acme/platform`. */
    readonly teams: { readonly [team: string]: readonly string[] };
  }

  export interface EnvironmentDifference {
    /** The place as a pointer; elements of a list go by their names where they have some. */
    readonly path: string;
    readonly steps: readonly string[];
    /** The value in the environment before; null where there is none. */
    readonly previous: any;
    /** The value here; null where there is none. */
    readonly own: any;
    /** The change made it so; false for what stood there before. */
    readonly introduced: boolean;
    /** The value to point to. */
    readonly where: any;
  }
}

/** The images of a resource, and whether they come from where they may. */
declare module "gitops-policy/images" {
  import type { Change } from "gitops-policy";

  /** Every image that a change or an object names: all pod shapes, common custom resources, values of Helm charts, files of kustomize and Helm, Terraform attributes. */
  export function images(changeOrObject: Change | object | null): Image[];
  /** Every image that the resource named before the change; none where there was nothing. */
  export function imagesBefore(change: Change): Image[];
  /** One reference, taken apart. */
  export function parseImage(reference: string): Image;
  /**
   * Whether one of the entries covers the image. Compared segment by segment: `registry.example.com` covers neither
   * `registry.example.com.evil.io` nor another port. `*` stands for any text within one label or segment.
   */
  export function inRegistry(image: Image, entries: string | readonly string[]): boolean;

  /** A comment such as `# {"$imagepolicy": "flux-system:app:tag"}`, in source files only: rendering loses it. */
  export interface ImageMarker {
    /** Namespace and name of the ImagePolicy, with a colon between; empty where the comment cannot be read. */
    readonly policy: string;
    /** The part of the reference that the value is; null for all of it. */
    readonly part: "tag" | "name" | "digest" | null;
    /** Why Flux passes the comment over; null when it does not. */
    readonly problem: string | null;
    /** The value in front of the comment. */
    readonly where: any;
  }

  /** An image; in text as it was written. The parts of a malformed reference are null. */
  export interface Image {
    /** As written. */
    readonly raw: string;
    /** Such as `docker.io`. */
    readonly registry: string | null;
    /** Registry and path, such as `docker.io/library/nginx`. */
    readonly repository: string | null;
    readonly path: string | null;
    /** The last step of the path. */
    readonly name: string | null;
    /** The tag that is pulled; `latest` where neither tag nor digest is written; null where only a digest is, or the tag is named elsewhere. */
    readonly tag: string | null;
    readonly digest: string | null;
    /** Neither tag nor digest is written, which means `latest`. */
    readonly implicitTag: boolean;
    /** No tag stands here, and one is named elsewhere: by a chart, in the manifests, or by what fills in a placeholder. */
    readonly open: boolean;
    /** The reference can be read. */
    readonly valid: boolean;
    /** Why it cannot be read; null when it can. */
    readonly problem: string | null;
    /** The registry that this one only looks like; null for none. */
    readonly lookAlike: string | null;
    /** It is empty, or another tool fills in some of it. */
    readonly placeholder: boolean;
    /** The comments by which Flux's image automation finds the values of this image. */
    readonly markers: readonly ImageMarker[];
    /** Name of the container; null where there is none. */
    readonly container: string | null;
    readonly role: "container" | "initContainer" | "ephemeralContainer" | "volume" | "values" | "field";
    /** Where it stands in the object. */
    readonly pointer: string;
    /** `false` for one that is not known until apply. */
    readonly known: boolean;
    toString(): string;
  }
}

/** Secrets in clear, and what encrypted files look like. No value ever comes out in clear. */
declare module "gitops-policy/secrets" {
  import type { Change } from "gitops-policy";

  /** Every secret in clear of a change, an object or a value, the surest first within a value. */
  export function findSecrets(changeOrValue: any): FoundSecret[];
  /** The values of a Secret. */
  export function secretValues(object: Change | object | null): SecretValue[];
  /** What SOPS has encrypted of an object, and what not. */
  export function sopsState(object: Change | object | null): SopsState;
  /** Values of a SealedSecret that are not sealed. */
  export function sealedProblems(object: Change | object | null): { readonly key: string; readonly where: any; readonly problem: string }[];
  /** A reference that a tool resolves, ciphertext, or a word to be replaced. */
  export function isPlaceholder(value: unknown): boolean;
  /** Whether a value under this name is a secret by its name. */
  export function isSecretName(name: string): boolean;

  /** Where it is and what it is, never what it says. */
  export interface FoundSecret {
    readonly where: any;
    /** In words, such as `AWS access key`. */
    readonly kind: string;
    readonly detector: string;
    readonly confidence: "possible" | "likely" | "certain";
    /** The name it stands under; null for none. */
    readonly key: string | null;
    /** It was found in Base64. */
    readonly encoded: boolean;
    /** A reader had marked it as sensitive already. */
    readonly masked: boolean;
    /** It is among the data of a Secret. */
    readonly inData: boolean;
    readonly pointer: string;
    toString(): string;
  }

  export interface SecretValue {
    readonly key: string;
    readonly where: any;
    readonly kind: "plain" | "configuration" | "harmless";
  }

  export interface SopsState {
    /** There is SOPS metadata. */
    readonly present: boolean;
    readonly encrypted: boolean;
    /** Values that should be encrypted and are not. */
    readonly plain: readonly { readonly where: any; readonly pointer: string }[];
    readonly problems: readonly { readonly where: any; readonly problem: string }[];
  }
}

/** Parts of Kubernetes objects that many rules ask for. */
declare module "gitops-policy/kubernetes" {
  import type { Change } from "gitops-policy";

  /** The pod's specification of a Pod or of a kind that makes pods; null for others. */
  export function podSpec(changeOrObject: Change | object | null): any;
  /** Init, ordinary and ephemeral containers, in the order they start. */
  export function containers(changeOrObject: Change | object | null): any[];
  /** The labels; an empty object where there are none. */
  export function labels(changeOrObject: Change | object | null): { readonly [key: string]: any };
  /** The annotations; an empty object where there are none. */
  export function annotations(changeOrObject: Change | object | null): { readonly [key: string]: any };
  /** The number that a quantity such as `500m` or `2Gi` stands for; NaN for a text that is none. */
  export function quantity(value: string | number): number;
}

/** Small helps for Terraform. */
declare module "gitops-policy/terraform" {
  import type { Change } from "gitops-policy";

  /** The one nested block that Terraform wraps in a list; null for none. */
  export function block(value: any): any;
  /** Why this deletion looks like an accident; null when it does not. */
  export function accident(change: Change): string | null;
}

/** What the standard library lacks for values of documents. */
declare module "gitops-policy/values" {
  /**
   * The two say the same: arrays element by element, objects property by property in any order, maps and sets by what they hold
   * (objects as keys by identity). Decided by what is known; unknown where that does not settle it.
   */
  export function deepEqual(a: unknown, b: unknown): boolean;
}
