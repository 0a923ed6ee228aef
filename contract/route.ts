import type { Static, TSchema } from 'typebox'
import type { RefusalCode } from './refusals.ts'

/** The common tools of annex 4 and the profiles a grant can carry, from the smallest to the largest. */
export const tools = ['campagnes', 'fiche-etablissement', 'fiche-recrutement'] as const
export type Tool = (typeof tools)[number]
/**
 * The categories of data that annex 4 opens by code, each of one tool: what a tool can do without (AGR-12). Closed, its
 * tables answer nothing.
 */
const byTool = {
  campagnes: ['besoins'],
  'fiche-etablissement': ['interlocuteurs', 'notes', 'engagements', 'renseignements'],
  'fiche-recrutement': [],
} as const satisfies Record<Tool, readonly string[]>
export type DataCategory = (typeof byTool)[Tool][number]
export const categoriesOf: Readonly<Record<Tool, readonly DataCategory[]>> = byTool
export const categories: readonly DataCategory[] = Object.values(categoriesOf).flat()
export const profiles = ['consultation', 'conseiller', 'responsable', 'pilote'] as const
export type Profile = (typeof profiles)[number]
/**
 * Who does what for a structure; opens no business data by itself (convention, annex 1, 5.1). The last four are the
 * operator's own.
 */
export const roles = [
  'rgc',
  'signataire',
  'correspondant-si',
  'dpd',
  'rssi',
  'responsable-formation',
  'responsable-operationnel',
  'cssi',
  'direction-regionale',
  'support',
  'administrateur',
] as const
export type Role = (typeof roles)[number]
/**
 * Reasons why a grant opens nothing. The account is ended, blocked or inactive for two months.
 * The structure lacks a convention, or the contractor a contract. The person has texts to accept or awareness to renew.
 * Annex 4 does not have the tool, or this sign-in is not accepted for the profile.
 * The operator has published no text of that kind, or no annex 4 (`…-unpublished`).
 * The perimeter goes beyond the structure's territories, or a second person has not confirmed yet.
 */
export const missingTerms = [
  'account',
  'block',
  'convention',
  'contract',
  'inactivity',
  'cgu',
  'cgu-unpublished',
  'confidentialite',
  'confidentialite-unpublished',
  'securite',
  'securite-unpublished',
  'awareness',
  'annex-4',
  'annex-4-unpublished',
  'cpu',
  'cpu-unpublished',
  'sign-in',
  'perimeter',
  'confirmation',
] as const
export type MissingTerm = (typeof missingTerms)[number]

/**
 * The coarse gate, checked before anything is loaded; `may` decides the rest.
 * - `identified`: a session, even locked or short of its second factor. - `signed-in`: two factors.
 * - `tool:profile`: an effective grant of that tool, of that profile or a larger one, somewhere. - `role:…`: that role
 * in effect.
 */
export type Needs = 'identified' | 'signed-in' | `${Tool}:${Profile}` | `role:${Role}`

type PathParam<P extends string> = P extends `${string}:${infer Head}/${infer Tail}`
  ? Head | PathParam<`/${Tail}`>
  : P extends `${string}:${infer Last}`
    ? Last
    : never

/** Bytes a body may hold where its route says nothing; enough for any form. */
export const commonBodyLimit = 64 * 1024
/** Where nobody is signed in yet: an address and a password, a token, and no more. */
export const anonymousBodyLimit = 4 * 1024
/** For a file, or a list of a whole campaign. */
export const fileBodyLimit = 2 * 1024 * 1024

/**
 * What an answer tells of persons. `by` names the parameter that says of what, `byMember` what of the answer says it; a
 * list of one's own has neither.
 */
export interface Reveals {
  readonly kind: 'account' | 'establishment' | 'exchange' | 'list' | 'need' | 'note' | 'trail-entry'
  readonly by?: string
  readonly byMember?: string
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Without the `/api` prefix: `/campaigns/:campaignId`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly needs: Needs
  /** A write in this category of data: refused while annex 4 closes it. A reading answers nothing of it. */
  readonly writesIn?: DataCategory
  /** Its role may be held for a region: `may` says for whom. Elsewhere a role of a region opens nothing. */
  readonly regional?: true
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Bytes its body may hold, where the common limit is too little. */
  readonly bodyLimit?: number
  readonly reply: TSchema
  /** Codes a caller must be ready for, beyond those any route may answer. */
  readonly refusals?: readonly RefusalCode[]
  /** What people edit together: the reply carries `version` (its ETag) and a write must send it back in If-Match. */
  readonly versioned?: true
  /** Asks again for the second factor when the last proof is older than ten minutes (IDN-5). */
  readonly stepUp?: true
  /** Its reply carries what is shown once: it is not kept under the idempotency key. */
  readonly secret?: true
  /** Public reference data, the same for everyone. The browser keeps it for an hour, then asks by its ETag. */
  readonly cacheable?: true
  /** Keeps what is being typed: no act, hence no trail; writes only to the tables that a fence lists. */
  readonly noAct?: true
  /** Its reply tells of persons met at employers, or how to reach a colleague: each reading is in the trail (SEC-1). */
  readonly revealsPersons?: Reveals
  /** Its refusal shows the thing as it stands (`current`), hence such persons: that is a reading too. */
  readonly refusalReveals?: Reveals
  /** Reads the trail: that is in the trail too (SEC-1). */
  readonly readsTrail?: 'trail.searched' | 'trail.entry-read'
  /**
   * Its reply tells what employers do, beyond the register: each reading is in the trail, on the `siret` asked, or on
   * each establishment told of the `siren` asked.
   */
  readonly readsEmployer?: 'recruitment.read'
  /** Looks for employers by their hires where `hires` or `expectedHires` are asked: that is in the trail, without the words (SEC-1). */
  readonly looksByHires?: 'recruitment.searched'
  /** Called by the page on its own, not by a person: does not keep a session awake. */
  readonly background?: true
  /** Whether it counts as a deliberate act (ACC-5) where its method does not say it: see isDeliberate. */
  readonly deliberate?: boolean
}

/**
 * What keeps a person from being inactive (annex 1, 5.1): every write, save what a page sends on its own or by habit;
 * of readings, only those that say so.
 * Polling and what a page reads again by itself never count.
 */
export const isDeliberate = (route: Route): boolean =>
  route.deliberate ?? (route.method !== 'GET' && !route.noAct && !route.background)

type NeedsParams<P extends string> = [PathParam<P>] extends [never]
  ? { params?: never }
  : { params: TSchema & { properties: Record<PathParam<P>, TSchema> } }

export const defineRoute = <const P extends string, const R extends Omit<Route, 'path' | 'params'>>(
  route: R & { path: P } & NeedsParams<P>,
): typeof route => route

type Of<R, K extends keyof Route> = R extends { [k in K]: infer S extends TSchema } ? Static<S> : undefined
export type Params<R> = Of<R, 'params'>
export type Query<R> = Of<R, 'query'>
export type Body<R> = Of<R, 'body'>
export type Reply<R> = Of<R, 'reply'>
