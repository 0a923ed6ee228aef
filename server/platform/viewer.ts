import {
  type DataCategory,
  type MissingTerm,
  type Profile,
  profiles,
  type Role,
  type Tool,
} from '../../contract/route.ts'
import type { Audience, SignInWay } from '../../contract/signing-in/sign-in-rules.ts'

/** A grant in effect at this request, as ctx.enter resolved it. */
export interface Grant {
  readonly tool: Tool
  readonly profile: Profile
  /** 0 is national. */
  readonly territoryId: number
  /** Territories that share a commune with it, save the national one, which touches all; empty for a national grant. */
  readonly touches: readonly number[]
}

/** A grant that opens nothing now, and why. */
export interface WithheldGrant {
  readonly tool: Tool
  readonly profile: Profile
  readonly missing: readonly MissingTerm[]
}

/** The person who asks, in this request: read by PostgreSQL in the request's own transaction, kept by no process. */
export interface Viewer {
  readonly accountId: string
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
  readonly givenName: string
  readonly familyName: string
  readonly function: string
  readonly sessionId: string
  readonly state: 'second-factor-required' | 'active' | 'locked'
  readonly acr: string | null
  readonly amr: readonly string[]
  readonly secondFactor: 'proconnect' | 'totp' | 'passkey' | 'recovery-code' | null
  readonly secondFactorAt: string | null
  readonly provenAt: string | null
  readonly signedInAt: string
  readonly seenLately: boolean
  readonly grants: readonly Grant[]
  readonly withheld: readonly WithheldGrant[]
  /**
   * How this session came in, once two factors are proven; and the audiences of the viewer for which the operator does
   * not accept it now.
   */
  readonly way: SignInWay | null
  readonly refusedAudiences: readonly Audience[]
  /** In effect; `regionId` is of a regional direction, or of a security officer (CSSI) or a signatory of a region. */
  readonly roles: readonly { readonly role: Role; readonly regionId: number | null }[]
  /** The categories of data that annex 4 opens. */
  readonly categories: readonly DataCategory[]
  /** The partners of the regions for which the viewer is security officer; empty for one of every region. */
  readonly officerOf: readonly string[]
}

/** The territories a row carries, from its commune; null where it has none. */
export interface TerritoryLine {
  readonly regionId: number | null
  readonly departementId: number | null
  readonly epciId: number | null
  readonly clpeId: number | null
}

const holdsAtLeast = (grant: Grant, tool: Tool, profile: Profile) =>
  grant.tool === tool && profiles.indexOf(grant.profile) >= profiles.indexOf(profile)

/** Holds a grant of that tool with that profile or a larger one, somewhere. */
export const holds = (viewer: Viewer, tool: Tool, profile: Profile): boolean =>
  viewer.grants.some(g => holdsAtLeast(g, tool, profile))

/** A role that others hold everywhere opens nothing here when it is of a region. The SQL twin is ctx.holds_role. */
export const holdsRole = (viewer: Viewer, ...any: readonly Role[]): boolean =>
  viewer.roles.some(r => any.includes(r.role) && (r.role === 'direction-regionale' || r.regionId === null))
/** Whether annex 4 opens that category of data to the viewer (AGR-12). The SQL twin is ctx.opens. */
export const opens = (viewer: Viewer, category: DataCategory): boolean => viewer.categories.includes(category)
/** Security officer for that structure (AGR-16). The SQL twins are ctx.officer_of and ctx.officer_for. */
export const isOfficerOf = (viewer: Viewer, organisationId: string): boolean =>
  holdsRole(viewer, 'cssi') || viewer.officerOf.includes(organisationId)
/** Holds it for that region, as others hold it everywhere. The SQL twins are ctx.role_regions and ctx.acts_in. */
export const holdsInRegion = (viewer: Viewer, role: Role, regionId: number): boolean =>
  viewer.roles.some(r => r.role === role && r.regionId === regionId)
/** Security officer of every region, or of one. */
export const isOfficer = (viewer: Viewer): boolean => viewer.roles.some(r => r.role === 'cssi')

export const stepUpMinutes = 10
/**
 * The second factor was proven in the last ten minutes (IDN-5): asked where an act needs it only for what it comes to.
 */
export const provenLately = ({ provenAt }: Pick<Viewer, 'provenAt'>, now: Date): boolean =>
  provenAt !== null && now.getTime() - Date.parse(provenAt) <= stepUpMinutes * 60_000

/**
 * What keeps every grant of that tool and profile the viewer holds from opening it; none when no such grant is held.
 */
export const missingFor = (viewer: Viewer, tool: Tool, profile: Profile): readonly MissingTerm[] =>
  viewer.withheld
    .filter(w => w.tool === tool && profiles.indexOf(w.profile) >= profiles.indexOf(profile))
    .map(w => w.missing)
    .toSorted((a, b) => a.length - b.length)[0] ?? []

/** Holds it over a perimeter that covers the row. The SQL twin is ctx.covers. */
export const covers = (viewer: Viewer, tool: Tool, profile: Profile, row: TerritoryLine): boolean =>
  viewer.grants.some(
    g =>
      holdsAtLeast(g, tool, profile) &&
      (g.territoryId === 0 ||
        g.territoryId === row.regionId ||
        g.territoryId === row.departementId ||
        g.territoryId === row.epciId ||
        g.territoryId === row.clpeId),
  )

/** Holds it over a perimeter that shares a commune with the territory. The SQL twin is ctx.campagnes. */
export const touches = (viewer: Viewer, tool: Tool, profile: Profile, territoryId: number): boolean =>
  viewer.grants.some(
    g =>
      holdsAtLeast(g, tool, profile) &&
      (g.territoryId === 0 || territoryId === 0 || g.territoryId === territoryId || g.touches.includes(territoryId)),
  )
